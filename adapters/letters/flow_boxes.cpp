#include <algorithm>

#include "adapters/letters/flow.h"
#include "forms/geometry/page_frame.h"
#include "forms/geometry/sheet_geometry.h"

namespace softbot::letters {
namespace {

constexpr double kThin = millimetres(0.4);
constexpr double kWritingPitch = 9.5;  ///< mm between writing lines

}  // namespace

void Flow::modules(const pdf::QrModules& code, double x, double y, double side) {
  const double module = side / static_cast<double>(code.size);
  for (std::size_t row = 0; row < code.size; ++row) {
    for (std::size_t column = 0; column < code.size; ++column) {
      if (!code.is_dark(row, column)) continue;
      pages_.steps.emplace_back(PaintBox{x + static_cast<double>(column) * module,
                                         y + static_cast<double>(row) * module, module + 0.05, module + 0.05,
                                         kBlack, 0});
    }
  }
}

void Flow::signature(const SignatureBox& box) {
  const double half = (width() - millimetres(6)) / 2;
  const double height = millimetres(28);
  const double small = millimetres(11);
  need(small + height + 2 * kGap + millimetres(6));
  const auto frame = [this](double x, double y, double wide, double high) {
    pages_.steps.emplace_back(PaintBox{x, y, wide, high, kGrey, 0.8});
  };
  const auto label = [this](const std::string& text, double x, double y, double wide) {
    return place(words(text), x, y, kBodySize, wide, Weight::normal, kBlack);
  };
  const double second = left_ + half + millimetres(6);
  const double label_height =
      std::max(label(box.name_label, left_, y_, half), label(box.date_label, second, y_, half));
  y_ += label_height + 2;
  open("P");
  frame(left_, y_, half, small);
  frame(second, y_, half, small);
  close("P");
  if (!box.name.empty()) {
    place(words(box.name), left_ + 6, y_ + 7, kBodySize, half - 12, Weight::normal, kBlack);
  }
  y_ += small + kGap;
  y_ += label(box.sign_label, left_, y_, width()) + 2;
  open("P");
  frame(left_, y_, width(), height);
  close("P");
  y_ += height + 2 * kGap;
}

void Flow::qr(const QrCode& code) {
  const auto code_modules = pdf::make_qr(code.content, 0);
  if (!code_modules) {
    problem_ = code_modules.error();
    return;
  }
  const double side = millimetres(24);
  const auto caption =
      set(words(code.description), kSmallSize, width() - side - millimetres(8), Weight::normal);
  need(side + kGap);
  open("Figure");
  pages_.figures.push_back(code.description);
  modules(*code_modules, left_, y_, side);
  close("Figure");
  place(words(code.description), left_ + side + millimetres(5),
        y_ + (side - std::min(caption.height, side)) / 2, kSmallSize, width() - side - millimetres(8),
        Weight::normal, kBlack);
  y_ += side + kGap;
}

/// The frame of a field in drop-out grey, with its words above it.
void Flow::sheet_field(const PaperField& field, const Sheet& sheet) {
  const auto frame = [this](const MmBox& box) {
    pages_.steps.emplace_back(PaintBox{millimetres(box.x), millimetres(box.y), millimetres(box.width),
                                       millimetres(box.height), kLightGrey, kThin});
  };
  const bool dated = field.kind == PaperFieldKind::characters;
  const std::string& label = dated ? sheet.date_label : sheet.sign_label;
  if (!label.empty()) {
    place(words(label), millimetres(field.box.x), millimetres(field.box.y - 7), kBodySize, width(),
          Weight::bold, kBlack);
  }
  open("NonStruct");
  if (dated) {
    for (const MmBox& box : field.boxes) frame(box);
  } else {
    frame(field.box);
  }
  if (field.kind == PaperFieldKind::line) {
    const int lines = static_cast<int>((field.box.height - 3.5) / kWritingPitch);
    for (int number = 1; number <= lines; ++number) {
      const double y = number * kWritingPitch + 1.5;
      pages_.steps.emplace_back(PaintBox{millimetres(field.box.x + 3), millimetres(field.box.y + y),
                                         millimetres(field.box.width - 6), kThin, kLightGrey, 0});
    }
  }
  close("NonStruct");
}

void Flow::sheet(const Sheet& sheet) {
  const auto geometry = sheet_geometry(sheet.kind);
  const auto code = pdf::make_qr(sheet.code, 0);
  if (!geometry || !code) {
    problem_ = geometry
                   ? code.error()
                   : Error{ErrorCode::configuration, "There is no sheet \"" + sheet.kind + "\".", false, {}};
    return;
  }
  if (y_ > kTop) next_page();
  const PaperPage& frame = geometry->pages.front();
  open("NonStruct");
  for (const MmBox& mark : frame.marks) {
    pages_.steps.emplace_back(PaintBox{millimetres(mark.x), millimetres(mark.y), millimetres(mark.width),
                                       millimetres(mark.height), kBlack, 0});
  }
  close("NonStruct");
  open("Figure");
  pages_.figures.push_back(sheet.description);
  modules(*code, millimetres(frame.code.x), millimetres(frame.code.y), millimetres(frame.code.width));
  close("Figure");
  place(words(sheet.readable), kLeft, millimetres(page_frame::readable_top), kSmallSize,
        millimetres(frame.code.x - 8) - kLeft, Weight::normal, kBlack);
  y_ = millimetres(frame.code.y + frame.code.height + 6);
  const int page = pages_.count;
  blocks(sheet.blocks);
  if (page != pages_.count || y_ > millimetres(room_for_words(sheet.kind))) {
    problem_ =
        Error{ErrorCode::configuration,
              "The words on the sheet \"" + sheet.kind + "\" do not fit above its fields: make them shorter.",
              false,
              {}};
    return;
  }
  for (const PaperField& field : geometry->fields) sheet_field(field, sheet);
  y_ = kBottom;  // nothing else stands on this page
}

}  // namespace softbot::letters
