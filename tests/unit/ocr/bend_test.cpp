#include "ocr/page/bend.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

#include "drawn_page.h"
#include "ocr/page/find_page.h"

namespace softbot::ocr {
namespace {

using Off = std::function<Point(Point)>;

/// As seen at places all over a page, the third of each row first.
std::vector<SeenOff> seen(const Off& off) {
  std::vector<SeenOff> places;
  for (double y = 30; y < 280; y += 25) {
    for (double x = 25; x < 200; x += 40) places.push_back({{x, y}, off({x, y})});
  }
  return places;
}

/// A page that rises towards the spine on its left.
Point at_the_spine(Point paper) {
  const double near = std::max(0.0, 1 - paper.x / 120);
  return {1.5 * near * near, 2 * near * near * (paper.y - 148.5) / 148.5};
}

TEST(Bend, OfASmoothCurlIsFoundToAFifthOfAMillimetre) {
  const auto fitted = fit_bend(seen(at_the_spine));
  ASSERT_TRUE(fitted);
  EXPECT_LT(fitted->residual_mm, 0.2);
  for (const Point place : {Point{30, 40}, Point{105, 148}, Point{180, 260}, Point{40, 250}})
    EXPECT_LT(distance(fitted->bend(place), at_the_spine(place)), 0.2) << place.x << " " << place.y;
  EXPECT_GT(largest_mm(fitted->bend, 210, 297), 1.5);
}

TEST(Bend, OfAFlatPageIsNone) {
  const auto fitted = fit_bend(seen([](Point) { return Point{}; }));
  ASSERT_TRUE(fitted);
  EXPECT_LT(largest_mm(fitted->bend, 210, 297), 0.001);
}

TEST(Bend, FollowsNoPlaceThatContradictsTheOthers) {
  auto places = seen(at_the_spine);
  places[7].off = {2.4, -2.4};
  places[20].off = {-2, 0};
  const auto fitted = fit_bend(places);
  ASSERT_TRUE(fitted);
  EXPECT_LE(fitted->places, places.size() - 2);
  EXPECT_GE(fitted->places, places.size() - 8);
  EXPECT_LT(fitted->residual_mm, 0.2);
}

TEST(Bend, ACreaseLeavesAResidual) {
  const auto fitted = fit_bend(seen([](Point paper) { return Point{0, paper.y > 150 ? 2.0 : -2.0}; }));
  EXPECT_TRUE(!fitted || fitted->residual_mm > 0.5 || fitted->places < 40);
}

TEST(Bend, NeedsSixPlaces) {
  auto places = seen(at_the_spine);
  places.resize(5);
  EXPECT_FALSE(fit_bend(places));
}

TEST(Bend, TwoAfterEachOtherAreAsLargeAsBoth) {
  const auto fitted = fit_bend(seen(at_the_spine));
  ASSERT_TRUE(fitted);
  const Bend twice = fitted->bend + fitted->bend;
  EXPECT_NEAR(twice({30, 40}).x, 2 * fitted->bend({30, 40}).x, 1e-9);
}

std::optional<Registration> roughly(const std::vector<Point>& moved_mm) {
  const FormGeometry geometry = plain_geometry();
  const GrayImage scan = scanned(DrawnPage().print(geometry, 1, code_of(geometry)).picture(), {});
  const PageTraits traits = traits_of(scan);
  if (!traits.code || traits.marks.size() < 4) return std::nullopt;
  std::vector<MarkCandidate> marks;
  for (std::size_t i = 0; i < 4; ++i) {
    const MmBox& mark = geometry.pages[0].marks[i];
    const double scale = 300 / 25.4;
    const Point middle{(mark.x + mark.width / 2) * scale, (mark.y + mark.height / 2) * scale};
    for (const MarkCandidate& one : traits.marks) {
      if (distance(one.middle, middle) > 20) continue;
      marks.push_back(one);
      marks.back().middle.x += moved_mm[i].x * scale;
      marks.back().middle.y += moved_mm[i].y * scale;
    }
  }
  return roughly_registered(geometry.pages[0], *traits.code, marks);
}

TEST(RoughRegistration, GoesThroughMarksThatLieAsOnCurledPaper) {
  const auto found = roughly({{0, -2}, {0, 0}, {0, 2}, {0, 0}});
  ASSERT_TRUE(found);
  const MmBox& mark = plain_geometry().pages[0].marks[2];
  const Point middle{mark.x + mark.width / 2, mark.y + mark.height / 2};
  const Point there = found->to_picture(middle);
  EXPECT_NEAR(there.y / (300 / 25.4), middle.y + 2, 0.3);
  EXPECT_GT(found->residual_mm, residual_gate_mm);
}

TEST(RoughRegistration, RefusesWhatNoPaperDoes) {
  EXPECT_FALSE(roughly({{0, -9}, {0, 0}, {0, 9}, {0, 0}}));
  EXPECT_FALSE(roughly({{0, 0}, {0, 0}, {14, 0}, {0, 0}}));
}

}  // namespace
}  // namespace softbot::ocr
