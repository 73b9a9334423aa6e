#include "forms/geometry/sheet_geometry.h"

#include <cmath>

#include "forms/geometry/page_frame.h"

namespace softbot {
namespace {

constexpr double left = 25;

PaperField field_of(std::string_view kind, std::string_view name, std::string_view answer_kind) {
  PaperField field;
  field.name = name;
  field.part = kind;
  field.answer_kind = answer_kind;
  field.field_class = answer_kind == "long-text" ? "free" : "decisive";
  field.required = true;
  return field;
}

/// Day, month, year: two, two and four boxes with room for a hyphen between.
PaperField signing_date() {
  constexpr double top = 146;
  constexpr double width = 7.4;
  constexpr double height = 9.5;
  constexpr double pitch = 8.2;
  constexpr double gap = 4.6;
  PaperField field = field_of(sign_sheet, "signingDate", "date");
  field.kind = PaperFieldKind::characters;
  field.pattern = "99999999";
  for (int i = 0; i < 8; ++i) {
    const double x = left + i * pitch + (i >= 4 ? 2 * gap : i >= 2 ? gap : 0);
    field.boxes.push_back({std::round(x * 100) / 100, top, width, height});
  }
  field.box = {left, top, std::round((7 * pitch + 2 * gap + width) * 100) / 100, height};
  field.bounds = Value::object({{"earliest", "today-1y"}, {"latest", "today"}});
  return field;
}

PaperField signature() {
  PaperField field = field_of(sign_sheet, "signature", "signature");
  field.kind = PaperFieldKind::signature;
  field.box = {left, 173, 110, 36};
  return field;
}

PaperField answer() {
  PaperField field = field_of(return_sheet, "answer", "long-text");
  field.kind = PaperFieldKind::line;
  field.box = {left, 119, 160, 153};
  return field;
}

}  // namespace

std::optional<FormGeometry> sheet_geometry(std::string_view kind) {
  FormGeometry sheet;
  sheet.types.emplace_back(kind);
  sheet.versions = {1, 1};
  sheet.pages.push_back(framed_page(page_frame::code_side));
  if (kind == sign_sheet) {
    sheet.fields = {signing_date(), signature()};
  } else if (kind == return_sheet) {
    sheet.fields = {answer()};
  } else {
    return std::nullopt;
  }
  return sheet;
}

double room_for_words(std::string_view kind) {
  return kind == return_sheet ? 111 : 138;
}

}  // namespace softbot
