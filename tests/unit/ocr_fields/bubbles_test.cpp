#include "ocr/fields/bubbles.h"

#include <gtest/gtest.h>

#include "unit/ocr/drawn_page.h"

namespace softbot::ocr {
namespace {

/// Twenty questions with five bubbles each, a sign printed in each bubble.
FormGeometry answer_sheet() {
  FormGeometry geometry = plain_geometry();
  for (int question = 0; question < 20; ++question) {
    PaperField field;
    field.name = "q" + std::to_string(question + 1);
    field.kind = PaperFieldKind::ticks;
    field.answer_kind = "filled-choice";
    for (int option = 0; option < 5; ++option)
      field.ticks.push_back(
          {std::string(1, static_cast<char>('A' + option)), {60.0 + 8 * option, 60.0 + 8 * question, 4, 4}});
    field.box = {60, 60.0 + 8 * question, 36, 4};
    geometry.fields.push_back(field);
  }
  return geometry;
}

class SheetOfBubbles {
 public:
  SheetOfBubbles() {
    for (const PaperField& field : geometry_.fields) {
      for (const PaperTick& tick : field.ticks) {
        const Point middle{tick.box.x + 2, tick.box.y + 2};
        page_.stroke({middle.x, middle.y - 1}, {middle.x, middle.y + 1}, 0.3, 110);  // what is printed in it
        page_.stroke({middle.x - 0.6, middle.y + 1}, {middle.x + 0.6, middle.y + 1}, 0.3, 110);
      }
    }
  }
  SheetOfBubbles& fill(std::size_t question, std::size_t option, double width = 3.6) {
    const MmBox& box = geometry_.fields[question].ticks[option].box;
    page_.stroke({box.x + 2, box.y + 2}, {box.x + 2, box.y + 2}, width, 40);
    return *this;
  }
  SheetOfBubbles& cross(std::size_t question, std::size_t option) {
    const MmBox& box = geometry_.fields[question].ticks[option].box;
    page_.stroke({box.x + 0.5, box.y + 0.5}, {box.x + 3.5, box.y + 3.5}, 0.6, 40);
    page_.stroke({box.x + 3.5, box.y + 0.5}, {box.x + 0.5, box.y + 3.5}, 0.6, 40);
    return *this;
  }
  [[nodiscard]] std::vector<TickMark> marks_of(std::size_t question, const Scan& scan = {}) const {
    Registration registration;
    const double per_mm = scan.dpi / 25.4;
    registration.to_picture = scaling(per_mm);
    registration.pixels_per_mm = per_mm;
    const PlacedPage placed = placed_page(scanned(page_.picture(), scan), registration, geometry_, 1);
    return Bubbles(placed, geometry_, 1).marks_of(placed, geometry_.fields[question]);
  }

 private:
  FormGeometry geometry_ = answer_sheet();
  DrawnPage page_;
};

using Marks = std::vector<TickMark>;
constexpr TickMark empty = TickMark::empty;
constexpr TickMark ticked = TickMark::ticked;

TEST(ASheetOfBubbles, ThatNobodyFilledIsEmptyInSpiteOfWhatIsPrintedInThem) {
  EXPECT_EQ(SheetOfBubbles().marks_of(3), Marks(5, empty));
}

TEST(ASheetOfBubbles, TellsTheFilledOnes) {
  SheetOfBubbles sheet;
  for (std::size_t question = 0; question < 20; ++question) sheet.fill(question, question % 5);
  for (const Scan& scan :
       {Scan{.dpi = 300}, Scan{.dpi = 150, .noise = 8}, Scan{.dpi = 200, .contrast = 0.8}}) {
    EXPECT_EQ(sheet.marks_of(7, scan), (Marks{empty, empty, ticked, empty, empty}));
    EXPECT_EQ(sheet.marks_of(14, scan), (Marks{empty, empty, empty, empty, ticked}));
  }
}

TEST(ASheetOfBubbles, DoubtsWhatIsHalfFilled) {
  SheetOfBubbles sheet;
  sheet.fill(0, 1).fill(1, 2).fill(2, 0, 2.6).cross(3, 4);
  EXPECT_EQ(sheet.marks_of(0), (Marks{empty, ticked, empty, empty, empty}));
  EXPECT_EQ(sheet.marks_of(2)[0], TickMark::doubtful);
  EXPECT_NE(sheet.marks_of(3)[4], empty);
}

}  // namespace
}  // namespace softbot::ocr
