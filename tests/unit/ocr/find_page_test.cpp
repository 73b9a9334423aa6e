#include "ocr/page/find_page.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <functional>
#include <optional>
#include <string>

#include "drawn_page.h"
#include "ocr/page/pixels.h"

namespace softbot::ocr {
namespace {

const FormGeometry& geometry() {
  static const FormGeometry plain = plain_geometry();
  return plain;
}

GrayImage page() {
  return DrawnPage().print(geometry(), 1, code_of(geometry())).picture();
}

std::optional<Registration> place(const GrayImage& scan) {
  const PageTraits traits = traits_of(scan);
  if (!traits.code || traits.code->text != to_text(code_of(geometry()))) return std::nullopt;
  return registered(geometry().pages[0], *traits.code, traits.marks);
}

/// Where the scan shows a place on paper.
Point true_place(const GrayImage& scan, const Scan& how, Point paper) {
  const double angle = (how.rotation + how.skew) * 3.14159265358979 / 180;
  const double x = (paper.x - 105) * how.scale_x;
  const double y = (paper.y - 148.5) * how.scale_y;
  const double per_mm = how.dpi / 25.4;
  return {scan.width / 2.0 + per_mm * (std::cos(angle) * x - std::sin(angle) * y),
          scan.height / 2.0 + per_mm * (std::sin(angle) * x + std::cos(angle) * y)};
}

/// The greatest error over the page, mm.
double error_mm(const Registration& found, const GrayImage& scan, const Scan& how) {
  double worst = 0;
  for (double x = 15; x < 200; x += 20) {
    for (double y = 15; y < 290; y += 20) {
      const Point there = true_place(scan, how, {x, y});
      worst = std::max(worst, distance(found.to_picture({x, y}), there) / (how.dpi / 25.4));
    }
  }
  return worst;
}

TEST(FindPage, EveryOrientationIsFoundToATenthOfAMillimetre) {
  for (const int rotation : {0, 90, 180, 270}) {
    Scan how;
    how.rotation = rotation;
    how.skew = 1.5;
    const GrayImage scan = scanned(page(), how);
    const auto found = place(scan);
    ASSERT_TRUE(found) << rotation;
    EXPECT_LT(found->residual_mm, 0.2) << rotation;
    EXPECT_LT(error_mm(*found, scan, how), 0.1) << rotation;
    EXPECT_EQ(found->rotation, (360 - rotation) % 360);
    EXPECT_NEAR(found->skew, 1.5, 0.1);
  }
}

TEST(FindPage, ResolutionsFrom150To600AndBlackAndWhite) {
  for (const double dpi : {150.0, 200.0, 400.0, 600.0}) {
    for (const bool bilevel : {false, true}) {
      Scan how;
      how.dpi = dpi;
      how.bilevel = bilevel;
      how.skew = -0.8;
      const GrayImage scan = scanned(page(), how);
      const auto found = place(scan);
      ASSERT_TRUE(found) << dpi << " " << bilevel;
      EXPECT_LT(error_mm(*found, scan, how), 0.15) << dpi << " " << bilevel;
    }
  }
}

TEST(FindPage, AWrongStatementOfTheResolutionDoesNoHarm) {
  Scan how;
  GrayImage scan = scanned(page(), how);
  scan.dpi = 72;
  EXPECT_TRUE(place(scan));
  scan.dpi = 0;
  EXPECT_TRUE(place(scan));
}

TEST(FindPage, AStretchedPageIsTakenAsItIs) {
  Scan how;
  how.scale_x = 0.95;
  how.scale_y = 1.03;
  const GrayImage scan = scanned(page(), how);
  const auto found = place(scan);
  ASSERT_TRUE(found);
  EXPECT_LT(error_mm(*found, scan, how), 0.15);
}

TEST(FindPage, AnyOneMarkMayBeMissing) {
  for (std::size_t missing = 0; missing < 4; ++missing) {
    DrawnPage drawn;
    drawn.print(geometry(), 1, code_of(geometry())).fill(geometry().pages[0].marks[missing], 255);
    Scan how;
    how.skew = 1;  // more would push a mark over the edge of the scan
    how.scale_x = 1.04;
    const GrayImage scan = scanned(drawn.picture(), how);
    const auto found = place(scan);
    ASSERT_TRUE(found) << missing;
    EXPECT_EQ(found->marks, 3);
    EXPECT_LT(error_mm(*found, scan, how), 0.2) << missing;
  }
}

TEST(FindPage, TwoMissingMarksAreTooFew) {
  DrawnPage drawn;
  drawn.print(geometry(), 1, code_of(geometry()));
  drawn.fill(geometry().pages[0].marks[2], 255).fill(geometry().pages[0].marks[3], 255);
  EXPECT_FALSE(place(scanned(drawn.picture(), {})));
}

TEST(FindPage, AMarkInTheWrongPlaceIsLeftOut) {
  DrawnPage drawn;
  drawn.print(geometry(), 1, code_of(geometry())).fill(geometry().pages[0].marks[3], 255);
  drawn.fill({193, 279, 6, 6}, 0);
  const GrayImage scan = scanned(drawn.picture(), {});
  const auto found = place(scan);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->marks, 3);
  EXPECT_LT(error_mm(*found, scan, {}), 0.2);
}

TEST(FindPage, TwoMarksInTheWrongPlaceAreRefusedByTheGate) {
  DrawnPage drawn;
  drawn.print(geometry(), 1, code_of(geometry()));
  drawn.fill(geometry().pages[0].marks[3], 255).fill(geometry().pages[0].marks[2], 255);
  drawn.fill({192, 281, 6, 6}, 0).fill({11, 279, 6, 6}, 0);
  const auto found = place(scanned(drawn.picture(), {}));
  EXPECT_TRUE(!found || found->residual_mm > residual_gate_mm);
}

TEST(FindPage, DarkRimNoiseAndFaintPrint) {
  Scan how;
  how.rim_mm = 6;
  how.noise = 12;
  how.contrast = 0.6;
  how.brightness = 0.85;
  how.skew = 1;
  const GrayImage scan = scanned(page(), how);
  const auto found = place(scan);
  ASSERT_TRUE(found);
  EXPECT_LT(error_mm(*found, scan, how), 0.15);
}

TEST(FindPage, AnEmptyPageIsBlankAndAFaintWordIsNot) {
  Scan how;
  how.noise = 4;
  how.rim_mm = 3;
  EXPECT_TRUE(traits_of(scanned(DrawnPage().picture(), how)).blank);
  DrawnPage written;
  for (double x = 60; x < 75; x += 3) written.stroke({x, 100}, {x + 2, 104}, 0.5, 150);
  EXPECT_FALSE(traits_of(scanned(written.picture(), how)).blank);
}

TEST(FindPage, ABackWithPunchedHolesIsBlankAndAWordBesideThemIsNot) {
  Scan how;
  how.dpi = 200;
  how.noise = 5;
  how.skew = 1.8;
  DrawnPage back;
  for (const double y : {108.5, 188.5}) back.stroke({11, y}, {11.2, y + 1}, 6, 60);
  EXPECT_TRUE(traits_of(scanned(back.picture(), how)).blank);
  for (double x = 60; x < 75; x += 3) back.stroke({x, 100}, {x + 2, 104}, 0.5, 150);
  EXPECT_FALSE(traits_of(scanned(back.picture(), how)).blank);
}

TEST(FindPage, ABackWithABrokenStreakOfTheScannerIsBlank) {
  Scan how;
  how.dpi = 200;
  how.noise = 5;
  DrawnPage back;
  for (double y = 0; y < 297; y += 9) back.stroke({140, y}, {140, y + 8}, 0.3, 130);
  EXPECT_TRUE(traits_of(scanned(back.picture(), how)).blank);
}

TEST(FindPage, ASheetWithOneUprightStrokeOrABlotInItsMiddleIsNotBlank) {
  DrawnPage stroke;
  stroke.stroke({140, 80}, {140, 130}, 0.5, 60);
  EXPECT_FALSE(traits_of(scanned(stroke.picture(), {})).blank);
  DrawnPage blot;
  blot.stroke({100, 150}, {100.2, 151}, 6, 60);
  EXPECT_FALSE(traits_of(scanned(blot.picture(), {})).blank);
}

TEST(FindPage, ACodeOfSomebodyElseIsNotOurs) {
  DrawnPage drawn;
  drawn.print_marks(geometry().pages[0]).print_code({20, 20, 24, 24}, "https://example.org/betaal");
  const PageTraits traits = traits_of(scanned(drawn.picture(), {}));
  ASSERT_TRUE(traits.code);
  EXPECT_FALSE(is_of_softbot(traits.code->text));
}

TEST(FindPage, OursIsFoundBesideSomebodyElses) {
  DrawnPage drawn;
  drawn.print(geometry(), 1, code_of(geometry())).print_code({20, 20, 24, 24}, "https://example.org/betaal");
  EXPECT_TRUE(place(scanned(drawn.picture(), {})));
}

TEST(FindPage, PicturesOfAnySizeAreTakenQuietly) {
  for (const int width : {1, 2, 7, 40, 3000}) {
    for (const int height : {1, 3, 50}) {
      const GrayImage image{width, height, 300,
                            std::vector<std::uint8_t>(static_cast<std::size_t>(width * height), 90)};
      EXPECT_FALSE(traits_of(image).code) << width << "x" << height;
    }
  }
  EXPECT_TRUE(traits_of({}).blank);
}

TEST(FindPage, AMarkThatTheEdgeOfTheScanCutsOffIsNotUsed) {
  Scan how;
  how.skew = 2;
  how.scale_x = 1.04;
  const GrayImage scan = scanned(page(), how);
  const auto found = place(scan);
  if (found) {
    EXPECT_LT(found->marks, 4);
    EXPECT_LT(error_mm(*found, scan, how), 0.2);
  }
  EXPECT_LT(traits_of(scan).marks.size(), 4U);
}

RC_GTEST_PROP(FindPageProperty, ScaleAngleAndNoiseLeaveItInPlaceOrRefused, ()) {
  Scan how;
  how.dpi = *rc::gen::element(150.0, 200.0, 300.0);
  how.rotation = 90 * *rc::gen::inRange(0, 4);
  how.skew = *rc::gen::inRange(-40, 41) / 10.0;
  how.scale_x = 1 + *rc::gen::inRange(-50, 51) / 1000.0;
  how.scale_y = 1 + *rc::gen::inRange(-50, 51) / 1000.0;
  how.noise = *rc::gen::inRange(0, 25);
  how.bilevel = *rc::gen::arbitrary<bool>();
  how.seed = *rc::gen::arbitrary<unsigned>();
  DrawnPage drawn;
  drawn.print(geometry(), 1, code_of(geometry()));
  const auto missing = static_cast<std::size_t>(*rc::gen::inRange(0, 8));
  if (missing < 4) drawn.fill(geometry().pages[0].marks[missing], 255);
  const GrayImage scan = scanned(drawn.picture(), how);
  const auto found = place(scan);
  RC_CLASSIFY(found.has_value());
  if (found && found->residual_mm <= residual_gate_mm) RC_ASSERT(error_mm(*found, scan, how) < 0.4);
}

}  // namespace
}  // namespace softbot::ocr
