#include "ocr/fields/box_inks.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "filled_page.h"
#include "ocr/fields/normalise.h"

namespace softbot::ocr {
namespace {

struct Written {
  FilledPage page{shipped_form("household-help"), 1};
  const PaperField& bsn = page.field("bsn");

  [[nodiscard]] std::vector<WrittenBox> boxes(const Scan& how = {}) const {
    const auto placed = page.placed(how);
    if (!placed) return {};
    return written_boxes(bsn, field_ink(*placed, surroundings(bsn), bsn.boxes, Ruling::frames));
  }
};

std::vector<int> filled(const std::vector<WrittenBox>& boxes) {
  std::vector<int> numbers;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (!boxes[i].empty) numbers.push_back(static_cast<int>(i));
  }
  return numbers;
}

using Numbers = std::vector<int>;

double darkest(const BoxInk& box) {
  return box.ink.empty() ? 0 : *std::max_element(box.ink.begin(), box.ink.end());
}

/// Where ink lies: shares of the box's width and height.
MmBox extent(const BoxInk& box) {
  int left = box.width;
  int right = 0;
  int top = box.height;
  int bottom = 0;
  for (int y = 0; y < box.height; ++y) {
    for (int x = 0; x < box.width; ++x) {
      if (box.ink[static_cast<std::size_t>(y * box.width + x)] < 0.25F) continue;
      left = std::min(left, x);
      right = std::max(right, x + 1);
      top = std::min(top, y);
      bottom = std::max(bottom, y + 1);
    }
  }
  return {left / placed_per_mm, top / placed_per_mm, (right - left) / placed_per_mm,
          (bottom - top) / placed_per_mm};
}

TEST(BoxInks, OnlyTheBoxesThatWereWrittenInHoldInk) {
  for (const Pen& pen : {ballpoint, marker, pencil}) {
    Written form;
    form.page.one(form.bsn.boxes[0], pen).seven(form.bsn.boxes[1], pen).nought(form.bsn.boxes[8], pen);
    const auto boxes = form.boxes();
    EXPECT_EQ(filled(boxes), (Numbers{0, 1, 8})) << pen.width_mm;
    EXPECT_GT(darkest(boxes[0].ink), 0.9) << "ink is stretched to the darkest ink of the field";
    EXPECT_NEAR(extent(boxes[1].ink).height, 0.76 * 9.5 + pen.width_mm, 0.5);
  }
}

TEST(BoxInks, AreTheSameFromEveryScanner) {
  Written form;
  form.page.seven(form.bsn.boxes[2]).nought(form.bsn.boxes[4]).one(form.bsn.boxes[5]);
  Scan coarse;
  coarse.dpi = 150;
  coarse.noise = 8;
  Scan fine;
  fine.dpi = 600;
  Scan fax;
  fax.dpi = 200;
  fax.bilevel = true;
  Scan upside_down;
  upside_down.rotation = 180;
  upside_down.skew = 2;
  for (const Scan& how : {coarse, fine, fax, upside_down}) {
    const auto boxes = form.boxes(how);
    ASSERT_EQ(filled(boxes), (Numbers{2, 4, 5})) << how.dpi;
    EXPECT_NEAR(extent(boxes[2].ink).height, 0.76 * 9.5 + 0.45, 0.6) << how.dpi;
    EXPECT_NEAR(extent(boxes[2].ink).width, 0.6 * 7.4 + 0.45, 0.6) << how.dpi;
  }
}

TEST(BoxInks, SpecksAreNothing) {
  Written form;
  const MmBox& box = form.bsn.boxes[3];
  form.page.dot({box.x + 2, box.y + 3}, {0.3, 60}).dot({box.x + 5, box.y + 6}, {0.4, 60});
  EXPECT_EQ(filled(form.boxes()), Numbers{});
}

TEST(BoxInks, AFaintPencilIsNotEmpty) {
  Written form;
  form.page.seven(form.bsn.boxes[4], {0.5, 228});
  EXPECT_EQ(filled(form.boxes()), Numbers{4});
}

TEST(BoxInks, ABrokenStrokeIsNotEmptyInGreyAndInBlackAndWhite) {
  Written form;
  const MmBox& box = form.bsn.boxes[4];
  for (const double down : {1.5, 3.0, 4.5, 6.0})
    form.page.stroke({{box.x + 3.6, box.y + down}, {box.x + 3.6, box.y + down + 0.7}}, {0.25, 30});
  Scan fax;
  fax.dpi = 200;
  fax.bilevel = true;
  for (const Scan& how : {Scan{}, fax}) EXPECT_EQ(filled(form.boxes(how)), Numbers{4}) << how.dpi;
}

TEST(BoxInks, AThinStrokeHalfInEachOfTwoBoxesLeavesNeitherEmpty) {
  Written form;
  const MmBox& first = form.bsn.boxes[3];
  const MmBox& second = form.bsn.boxes[4];
  const double edge = (first.x + first.width + second.x) / 2;
  form.page.stroke({{edge - 1.4, first.y + 6.5}, {edge + 1.4, first.y + 3}}, {0.25, 40});
  EXPECT_EQ(filled(form.boxes()), (Numbers{3, 4}));
}

TEST(BoxInks, AStrokeOfTheNeighbourIsLeftOut) {
  Written form;
  const MmBox& first = form.bsn.boxes[0];
  const MmBox& second = form.bsn.boxes[1];
  // a seven whose bar reaches 2 mm into the next box
  form.page.stroke(
      {{first.x + 1, first.y + 2}, {second.x + 1.6, first.y + 1.8}, {first.x + 3, first.y + 8.5}});
  const auto alone = form.boxes();
  EXPECT_EQ(filled(alone), Numbers{0});
  EXPECT_NEAR(extent(alone[0].ink).width, 7.2 + 1.6, 1.2) << "the whole seven, as it was written";
  form.page.nought({second.x + 1.4, second.y, second.width - 1.4, second.height});
  const auto both = form.boxes();
  EXPECT_EQ(filled(both), (Numbers{0, 1}));
}

TEST(BoxInks, ASignThatLeavesItsBoxIsTakenWhole) {
  Written form;
  const MmBox& box = form.bsn.boxes[6];
  form.page.stroke({{box.x + 3.5, box.y - 1.5}, {box.x + 3.8, box.y + box.height + 1.4}});
  const auto boxes = form.boxes();
  ASSERT_EQ(filled(boxes), Numbers{6});
  EXPECT_NEAR(extent(boxes[6].ink).height, 9.5 + 2.9 + 0.45, 0.6);
}

TEST(BoxInks, JoinedSignsAreCutBetweenTheirBoxes) {
  Written form;
  const MmBox& first = form.bsn.boxes[0];
  const MmBox& second = form.bsn.boxes[1];
  form.page.one(first).one(second);
  form.page.stroke({{first.x + 3.6, first.y + 5}, {second.x + 3.6, second.y + 5}});
  const auto boxes = form.boxes();
  EXPECT_EQ(filled(boxes), (Numbers{0, 1}));
  EXPECT_TRUE(boxes[0].joined && boxes[1].joined);
}

TEST(BoxInks, DarkFramesAreTakenAwayAndStrokesThroughThemStay) {
  Written form;
  for (const MmBox& box : form.bsn.boxes) {
    form.page.stroke({{box.x, box.y},
                      {box.x + box.width, box.y},
                      {box.x + box.width, box.y + box.height},
                      {box.x, box.y + box.height},
                      {box.x, box.y}},
                     {0.4, 30});
  }
  EXPECT_EQ(filled(form.boxes()), Numbers{});
  const MmBox& box = form.bsn.boxes[6];
  form.page.stroke({{box.x + 3.5, box.y - 1.5}, {box.x + 3.8, box.y + box.height + 1.4}});
  const auto boxes = form.boxes();
  ASSERT_EQ(filled(boxes), Numbers{6});
  EXPECT_GT(extent(boxes[6].ink).height, 9.5);
}

TEST(BoxInks, AOneOnTheFrameIsNotTakenForIt) {
  Written form;
  const MmBox& box = form.bsn.boxes[2];
  form.page.stroke({{box.x + 0.4, box.y + 1}, {box.x + 0.3, box.y + 8.6}});
  EXPECT_EQ(filled(form.boxes()), Numbers{2});
}

/// A stroke of some length is never overlooked, wherever in the box and however scanned.
RC_GTEST_PROP(BoxInksProperty, AStrokeIsNeverOverlooked, ()) {
  Scan how;
  how.dpi = *rc::gen::element(150.0, 200.0, 300.0);
  how.skew = *rc::gen::inRange(-15, 16) / 10.0;
  how.noise = *rc::gen::inRange(0, 10);
  how.brightness = 1 - *rc::gen::inRange(0, 20) / 100.0;
  how.bilevel = *rc::gen::arbitrary<bool>();
  how.seed = *rc::gen::arbitrary<unsigned>();
  Written form;
  const auto number = static_cast<std::size_t>(*rc::gen::inRange(0, 9));
  const MmBox& box = form.bsn.boxes[number];
  const double angle = *rc::gen::inRange(0, 180) * 3.14159 / 180;
  const double half = *rc::gen::inRange(14, 29) / 10.0;
  const Point middle{box.x + box.width / 2, box.y + box.height / 2 + *rc::gen::inRange(-12, 13) / 10.0};
  const Point from{middle.x - half * std::cos(angle), middle.y - half * std::sin(angle)};
  const Point to{middle.x + half * std::cos(angle), middle.y + half * std::sin(angle)};
  form.page.stroke({from, to},
                   {*rc::gen::inRange(3, 8) / 10.0, static_cast<std::uint8_t>(*rc::gen::inRange(0, 90))});
  const auto boxes = form.boxes(how);
  RC_PRE(!boxes.empty());
  RC_ASSERT(filled(boxes) == Numbers{static_cast<int>(number)});
}

}  // namespace
}  // namespace softbot::ocr
