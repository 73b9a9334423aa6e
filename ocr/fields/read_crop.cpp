#include "ocr/fields/read_crop.h"

#include "forms/geometry/field_crop.h"
#include "ocr/fields/field_ink.h"
#include "ocr/fields/field_reader.h"
#include "ocr/fields/frame_offset.h"
#include "ocr/fields/placed_page.h"

namespace softbot::ocr {
namespace {

bool is_readable(const GrayImage& crop, const FormGeometry& geometry) {
  return !crop.empty() && geometry.fields.size() == 1 && !geometry.fields.front().boxes.empty();
}

/// A crop that shows a sign above or below the boxes too is taller than the field alone: as much on both
/// sides.
FormGeometry as_tall_as(const GrayImage& crop, FormGeometry geometry) {
  constexpr double clearly_mm = 1;
  const double taller = crop.height / crop_pixels_per_mm - geometry.page_height;
  if (taller < clearly_mm) return geometry;
  geometry.page_height += taller;
  for (PaperField& field : geometry.fields) {
    field.box.y += taller / 2;
    for (MmBox& box : field.boxes) box.y += taller / 2;
  }
  return geometry;
}

/// A crop lies in its geometry from corner to corner.
PlacedPage placed_crop(const GrayImage& crop, const FormGeometry& geometry) {
  Registration registration;
  registration.to_picture = scaling(crop_pixels_per_mm);
  registration.pixels_per_mm = crop_pixels_per_mm;
  return placed_page(crop, registration, geometry, 1);
}

}  // namespace

Reading read_crop(const GrayImage& crop, const FormGeometry& alone, Recogniser& recogniser) {
  if (!is_readable(crop, alone)) return {};
  const FormGeometry geometry = as_tall_as(crop, alone);
  auto readings = read_fields(placed_crop(crop, geometry), geometry, 1, recogniser).readings;
  return readings.empty() ? Reading{} : std::move(readings.front());
}

std::vector<WrittenBox> boxes_on_crop(const GrayImage& crop, const FormGeometry& alone) {
  if (!is_readable(crop, alone)) return {};
  const FormGeometry geometry = as_tall_as(crop, alone);
  const PlacedPage page = placed_crop(crop, geometry);
  const PaperField& printed = geometry.fields.front();
  const PaperField field = moved(printed, frame_offset(page, printed).value_or(FrameOffset{}));
  return written_boxes(field, field_ink(page, surroundings(field), field.boxes, Ruling::frames));
}

}  // namespace softbot::ocr
