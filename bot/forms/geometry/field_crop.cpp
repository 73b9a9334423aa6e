#include "forms/geometry/field_crop.h"

namespace softbot {

FormGeometry geometry_of_crop(const PaperField& field) {
  const double left = field.box.x - crop_margin_mm;
  const double top = field.box.y - crop_margin_mm;
  const auto on_crop = [&](MmBox box) {
    box.x -= left;
    box.y -= top;
    return box;
  };
  PaperField alone;
  alone.name = "field";
  alone.part = "common";
  alone.answer_kind = field.answer_kind;
  alone.field_class = "supporting";
  alone.kind = field.kind;
  alone.box = on_crop(field.box);
  for (const MmBox& box : field.boxes) alone.boxes.push_back(on_crop(box));
  alone.pattern = field.pattern;
  alone.bounds = field.bounds;
  FormGeometry geometry;
  geometry.versions = {1};
  geometry.page_width = field.box.width + 2 * crop_margin_mm;
  geometry.page_height = field.box.height + 2 * crop_margin_mm;
  geometry.pages.resize(1);
  geometry.fields.push_back(std::move(alone));
  return geometry;
}

}  // namespace softbot
