#include "ocr/page/folds.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "filled_page.h"
#include "ocr/fields/box_inks.h"
#include "ocr/fields/tick_marks.h"

namespace softbot::ocr {
namespace {

constexpr Pen crease{0.35, 205};

/// A line over the whole page, through the middle of a box and a little askew, as somebody folds paper.
FilledPage& folded(FilledPage& page, const MmBox& box, Pen pen = crease) {
  const double y = box.y + box.height / 2;
  return page.stroke({{0, y - 0.6}, {105, y + 0.2}, {210, y + 0.5}}, pen);
}

FilledPage& folded_upright(FilledPage& page, const MmBox& box) {
  const double x = box.x + box.width / 2;
  return page.stroke({{x - 0.5, 0}, {x + 0.5, 297}}, crease);
}

std::vector<TickMark> marks_of(const FilledPage& page, std::string_view name) {
  const auto placed = page.placed({200, 0, 1.2, 1, 1, 4});
  if (!placed) return {};
  std::vector<TickMark> marks;
  for (const TickMeasures& measures : measured_ticks(*placed, page.field(name)))
    marks.push_back(mark_of(measures));
  return marks;
}

std::vector<int> boxes_with_ink(const FilledPage& page, std::string_view name) {
  const auto placed = page.placed({200, 0, 1.2, 1, 1, 4});
  if (!placed) return {-1};
  const PaperField& field = page.field(name);
  std::vector<int> numbers;
  const auto boxes =
      written_boxes(field, field_ink(*placed, surroundings(field), field.boxes, Ruling::frames));
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (!boxes[i].empty) numbers.push_back(static_cast<int>(i));
  }
  return numbers;
}

FilledPage page_with(std::string_view name) {
  const PaperForm& form = shipped_form("household-help");
  const auto field = std::find_if(form.geometry.fields.begin(), form.geometry.fields.end(),
                                  [&](const PaperField& one) { return one.name == name; });
  return FilledPage(form, field->page);
}

TEST(Folds, AreNoInkInBoxes) {
  FilledPage page = page_with("bsn");
  folded(page, page.field("bsn").boxes[0]);
  folded_upright(page, page.field("bsn").boxes[4]);
  EXPECT_EQ(boxes_with_ink(page, "bsn"), std::vector<int>{});
}

TEST(Folds, LeaveWhatIsWrittenOnThem) {
  for (const Pen& pen : {ballpoint, pencil}) {
    FilledPage page = page_with("bsn");
    page.one(page.field("bsn").boxes[2], pen).seven(page.field("bsn").boxes[5], pen);
    folded(page, page.field("bsn").boxes[0]);
    EXPECT_EQ(boxes_with_ink(page, "bsn"), (std::vector<int>{2, 5})) << int{pen.shade};
  }
}

TEST(Folds, LeaveALevelStrokeOfInkThatLiesInThem) {
  FilledPage page = page_with("bsn");
  const MmBox& box = page.field("bsn").boxes[4];
  const double y = box.y + box.height / 2;
  page.stroke({{box.x + 1.5, y}, {box.x + 6, y}}, ballpoint);
  page.stroke({{0, y}, {210, y}}, {0.5, 170});
  EXPECT_EQ(boxes_with_ink(page, "bsn"), std::vector<int>{4});
}

TEST(Folds, AreNoDoubtAboutATick) {
  FilledPage page = page_with("takeover");
  const PaperField& field = page.field("takeover");
  page.cross(field.ticks[1].box);
  folded(page, field.ticks[0].box);
  EXPECT_EQ(marks_of(page, "takeover"), (std::vector<TickMark>{TickMark::empty, TickMark::ticked}));
}

TEST(Folds, ALineOfInkOverThePageIsNone) {
  FilledPage page = page_with("takeover");
  folded(page, page.field("takeover").ticks[0].box, ballpoint);
  EXPECT_EQ(marks_of(page, "takeover").front(), TickMark::doubtful);
}

TEST(Folds, AFaintLineThatEndsOnThePageIsNone) {
  FilledPage page = page_with("takeover");
  const MmBox& box = page.field("takeover").ticks[0].box;
  page.stroke({{box.x - 10, box.y + 3}, {box.x + 90, box.y + 3.2}}, {0.5, 190});
  EXPECT_EQ(marks_of(page, "takeover").front(), TickMark::doubtful);
}

}  // namespace
}  // namespace softbot::ocr
