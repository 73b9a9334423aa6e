#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "filled_page.h"
#include "ocr/fields/box_inks.h"
#include "ocr/fields/field_readings.h"
#include "ocr/fields/tick_marks.h"

namespace softbot::ocr {
namespace {

/// Names of fields of a page in which something seems to be written.
std::vector<std::string> written_in(const FormGeometry& geometry, int number, const PlacedPage& page) {
  std::vector<std::string> found;
  const auto note = [&](const PaperField& field, std::size_t part) {
    found.push_back(field.name + "#" + std::to_string(part));
  };
  for (const PaperField& field : geometry.fields) {
    if (field.page != number) continue;
    if (field.kind == PaperFieldKind::characters) {
      const FieldInk ink = field_ink(page, surroundings(field), field.boxes, Ruling::frames);
      const auto boxes = written_boxes(field, ink);
      for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (!boxes[i].empty) note(field, i);
      }
    } else if (field.kind == PaperFieldKind::ticks) {
      const auto ticks = measured_ticks(page, field);
      for (std::size_t i = 0; i < ticks.size(); ++i) {
        const TickMark mark = mark_of(ticks[i]);
        if (mark != TickMark::empty && mark != TickMark::specked) note(field, i);
      }
    } else {
      const Reading reading =
          field.kind == PaperFieldKind::signature ? read_signature(page, field) : read_lines(page, field);
      if (reading.state != ReadingState::empty) note(field, 0);
    }
  }
  return found;
}

using Names = std::vector<std::string>;

Names written_in_scan(const std::string& type, int number, const Scan& how) {
  const FilledPage page(shipped_form(type), number);
  const auto placed = page.placed(how);
  if (!placed) return {"not in place"};
  return written_in(page.geometry(), number, *placed);
}

TEST(BlankForms, NothingIsFoundWhereNothingWasWritten) {
  for (const std::string& type : shipped_types()) {
    const int pages = static_cast<int>(shipped_form(type).geometry.pages.size());
    for (int number = 1; number <= pages; ++number) {
      EXPECT_EQ(written_in_scan(type, number, {}), Names{}) << type << " page " << number;
    }
  }
}

TEST(BlankForms, ScannersOfAllKindsFindNothing) {
  Scan coarse;
  coarse.dpi = 150;
  coarse.noise = 6;
  Scan fine;
  fine.dpi = 600;
  Scan fax;
  fax.dpi = 200;
  fax.bilevel = true;
  fax.skew = 0.7;
  Scan upside_down;
  upside_down.rotation = 180;
  upside_down.skew = -1.5;
  upside_down.noise = 10;
  upside_down.brightness = 0.85;
  Scan stretched;
  stretched.scale_x = 1.03;
  stretched.scale_y = 0.97;
  stretched.noise = 3;
  Scan grainy;
  grainy.dpi = 150;
  grainy.skew = -2;
  grainy.noise = 10;
  grainy.brightness = 0.93;
  grainy.seed = 0;
  Scan first_grains;
  first_grains.dpi = 150;
  first_grains.skew = -2;
  first_grains.noise = 12;
  Scan dark_grains;  // grains count beside the brightness of the paper
  dark_grains.dpi = 150;
  dark_grains.skew = -1.7;
  dark_grains.noise = 13;
  dark_grains.brightness = 0.82;
  Scan bright_grains;  // cut off at white: more on the dark side than differences show
  bright_grains.dpi = 150;
  bright_grains.skew = 1.8;
  bright_grains.noise = 14;
  bright_grains.brightness = 0.98;
  for (const Scan& how :
       {coarse, fine, fax, upside_down, stretched, grainy, first_grains, dark_grains, bright_grains}) {
    for (const int number : {1, 2, 3}) {
      EXPECT_EQ(written_in_scan("household-help", number, how), Names{})
          << how.dpi << " dpi, turned by " << how.rotation << ", page " << number;
    }
  }
}

RC_GTEST_PROP(BlankFormsProperty, NothingIsFoundHoweverThePageWasScanned, ()) {
  Scan how;
  how.dpi = *rc::gen::element(150.0, 200.0, 300.0);
  how.rotation = 180 * *rc::gen::inRange(0, 2);
  how.skew = *rc::gen::inRange(-20, 21) / 10.0;
  how.noise = *rc::gen::inRange(0, 15);
  how.brightness = 1 - *rc::gen::inRange(0, 20) / 100.0;
  how.bilevel = *rc::gen::arbitrary<bool>();
  how.seed = *rc::gen::arbitrary<unsigned>();
  const FilledPage page(shipped_form("household-help"), 2);
  const auto placed = page.placed(how);
  RC_PRE(placed.has_value());
  RC_ASSERT(written_in(page.geometry(), 2, *placed) == Names{});
}

}  // namespace
}  // namespace softbot::ocr
