#pragma once

#include <optional>
#include <string>
#include <utility>

#include "adapters/letters/layout.h"
#include "adapters/pdf/qr.h"
#include "forms/geometry/geometry.h"

namespace softbot::letters {

inline constexpr double kLeft = millimetres(25);
inline constexpr double kRight = kPageWidth - millimetres(20);
inline constexpr double kTop = millimetres(22);
inline constexpr double kBottom = kPageHeight - millimetres(24);
inline constexpr double kAddressTop = millimetres(50);
inline constexpr double kSecondColumn = millimetres(120);  ///< where a right-hand window begins
inline constexpr double kAddressWidth = millimetres(72);
inline constexpr double kBodyTop = millimetres(98);

inline constexpr double kBodySize = 11;
inline constexpr double kSmallSize = 9;
inline constexpr double kReturnSize = 7.5;
inline constexpr double kLetterheadSize = 20;
inline constexpr double kGap = 7;  ///< below a block
inline constexpr double kListIndent = millimetres(6);
inline constexpr double kBarIndent = millimetres(5);

inline constexpr Colour kBlack{0, 0, 0};
inline constexpr Colour kGrey{0.35, 0.35, 0.35};
inline constexpr Colour kLightGrey{0.8, 0.8, 0.8};

inline Text words(std::string text) {
  return {Run{std::move(text)}};
}

/// Lays blocks below each other and goes to the next page where one is full.
class Flow {
 public:
  Flow(cairo_t* canvas, Colour colour) : canvas_(canvas), colour_(colour) {}

  void head(const Letter& letter);
  void blocks(const std::vector<Block>& blocks);
  [[nodiscard]] Result<Pages> take() {
    return problem_ ? Result<Pages>(fail(*problem_)) : Result<Pages>(std::move(pages_));
  }

 private:
  void open(const char* name) { pages_.steps.emplace_back(BeginTag{name}); }
  void close(const char* name) { pages_.steps.emplace_back(EndTag{name}); }
  [[nodiscard]] double room() const { return kBottom - y_; }
  [[nodiscard]] double width() const { return kRight - left_; }

  [[nodiscard]] SetBlock set(const Text& text, double size, double column, Weight weight) const;
  void next_page();
  void need(double height);
  void line(const SetLine& line, double x, Colour colour);
  void lines(const SetBlock& block, double x, Colour colour);
  /// One line or more at a fixed place, outside the flow. Returns the height.
  double place(const Text& text, double x, double y, double size, double column, Weight weight,
               Colour colour);

  void block(const Block& block, const Block* next);
  void heading(const Heading& heading, const Block* next);
  void paragraph(const Paragraph& paragraph);
  void list(const ItemList& list);
  void table(const Table& table);
  void row(const TableRow& row, double head_width, Weight head_weight);
  void signature(const SignatureBox& box);
  void qr(const QrCode& code);
  void sheet(const Sheet& sheet);
  void sheet_field(const PaperField& field, const Sheet& sheet);
  void modules(const pdf::QrModules& code, double x, double y, double side);
  void group(const Group& group);
  [[nodiscard]] double height_of_blocks(const std::vector<Block>& blocks) const;

  cairo_t* canvas_;
  Colour colour_;
  Pages pages_;
  std::optional<Error> problem_;
  double left_ = kLeft;
  double y_ = kTop;
};

}  // namespace softbot::letters
