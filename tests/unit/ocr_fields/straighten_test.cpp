#include "ocr/fields/straighten.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "filled_page.h"
#include "ocr/fields/recogniser.h"
#include "ocr/page/find_page.h"
#include "ocr/read_page.h"
#include "support/checkout.h"

namespace softbot::ocr {
namespace {

Recogniser& recogniser() {
  static const std::unique_ptr<Recogniser> loaded = Recogniser::load(checkout() / "ocr" / "models").value();
  return *loaded;
}

using Off = std::function<Point(Point)>;

/// A scan of 300 dpi of paper that does not lie flat: each place is seen `off` beside its own, mm.
GrayImage curled(const GrayImage& scan, const Off& off) {
  GrayImage result = scan;
  const double scale = 300 / 25.4;
  for (int y = 0; y < scan.height; ++y) {
    for (int x = 0; x < scan.width; ++x) {
      const Point by = off({x / scale, y / scale});
      const int from_x = std::clamp(static_cast<int>(std::lround(x - by.x * scale)), 0, scan.width - 1);
      const int from_y = std::clamp(static_cast<int>(std::lround(y - by.y * scale)), 0, scan.height - 1);
      result.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(scan.width) +
                    static_cast<std::size_t>(x)] = scan.at(from_x, from_y);
    }
  }
  return result;
}

/// Rising towards the spine of a stack on the left: wider there, and drawn in.
Off spine(double mm) {
  return [mm](Point paper) {
    const double near = std::max(0.0, 1 - paper.x / 110);
    return Point{0.6 * mm * near * near, mm * near * near * (paper.y - 148.5) / 148.5};
  };
}

/// A page that bulges from side to side, as under a telephone held over it.
Off bulge(double mm) {
  return [mm](Point paper) { return Point{0, mm * std::sin(3.14159 * paper.x / 210)}; };
}

/// One corner, below on the right, that curls up.
Off corner(double mm) {
  return [mm](Point paper) {
    const double near = std::max(0.0, (paper.x / 210 + paper.y / 297 - 1));
    return Point{-mm * near * near, -mm * near * near};
  };
}

struct Written {
  FilledPage page{shipped_form("household-help"), 1};

  Written() {
    const PaperField& bsn = page.field("bsn");
    for (const std::size_t box : {0U, 2U, 4U}) page.one(bsn.boxes[box]);
    for (const std::size_t box : {1U, 3U, 5U}) page.nought(bsn.boxes[box]);
    for (const std::size_t box : {6U, 7U, 8U}) page.seven(bsn.boxes[box]);
    page.one(page.field("birthName").boxes[19]);
  }
  [[nodiscard]] ReadPage read(const Off& off) const {
    const FindGeometry known = [&](const PageCode&) { return std::optional(page.geometry()); };
    return read_page(curled(page.scan(), off), 0, {recogniser(), known});
  }
};

const Reading& reading_of(const ReadPage& page, std::string_view field) {
  const auto found = std::find_if(page.readings.begin(), page.readings.end(),
                                  [&](const Reading& reading) { return reading.field == field; });
  static const Reading none;
  return found == page.readings.end() ? none : *found;
}

TEST(Straighten, ACurledPageIsReadAsTheSamePageThatLiesFlat) {
  const Written form;
  const ReadPage flat = form.read([](Point) { return Point(); });
  ASSERT_EQ(flat.problem, "");
  const std::vector<std::pair<std::string, Off>> curls{{"spine 2", spine(2)},   {"spine 4", spine(4)},
                                                       {"bulge 2", bulge(2)},   {"bulge -3", bulge(-3)},
                                                       {"corner 3", corner(3)}, {"corner 6", corner(6)}};
  for (const auto& [name, off] : curls) {
    const ReadPage page = form.read(off);
    EXPECT_EQ(page.problem, "") << name;
    EXPECT_LT(page.residual_mm.value_or(9), residual_gate_mm) << name;
    EXPECT_EQ(reading_of(page, "bsn").value, reading_of(flat, "bsn").value) << name;
    EXPECT_EQ(reading_of(page, "initials").state, ReadingState::empty) << name;
    EXPECT_NE(reading_of(page, "birthName").state, ReadingState::empty) << name;
  }
}

TEST(Straighten, AStronglyCurledPageIsRefused) {
  const Written form;
  for (const Off& off : {spine(14), spine(-14), corner(30)}) {
    const ReadPage page = form.read(off);
    EXPECT_TRUE(page.problem == "residual" || page.problem == "no-marks") << page.problem;
    EXPECT_TRUE(page.readings.empty());
  }
}

TEST(Straighten, AFlatPageIsLeftAsItIs) {
  const Written form;
  const GrayImage scan = form.page.scan();
  const PageTraits traits = traits_of(scan);
  ASSERT_TRUE(traits.code);
  const auto registration = registered(form.page.geometry().pages[0], *traits.code, traits.marks);
  ASSERT_TRUE(registration);
  const auto straight = straightened(scan, *registration, Map::flat, form.page.geometry(), 1);
  ASSERT_TRUE(straight);
  EXPECT_EQ(straight->registration.bend, Bend());
}

TEST(Straighten, AMapThroughMarksAloneIsNotEnough) {
  // a page on which no frame is printed: nothing tells what lies between the marks
  const FormGeometry& geometry = shipped_form("household-help").geometry;
  DrawnPage drawn;
  drawn.print_marks(geometry.pages[0])
      .print_code(geometry.pages[0].code, to_text(page_code_of(geometry, 1, "0a1b2c3d")));
  const GrayImage scan = curled(scanned(drawn.picture(), {}), spine(3));
  const PageTraits traits = traits_of(scan);
  ASSERT_TRUE(traits.code);
  const auto rough = roughly_registered(geometry.pages[0], *traits.code, traits.marks);
  ASSERT_TRUE(rough);
  EXPECT_FALSE(straightened(scan, *rough, Map::rough, geometry, 1));
}

}  // namespace
}  // namespace softbot::ocr
