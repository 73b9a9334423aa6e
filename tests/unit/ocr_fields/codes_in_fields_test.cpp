#include "ocr/fields/codes_in_fields.h"

#include <gtest/gtest.h>

#include <string_view>

#include "ocr/page/codes.h"
#include "unit/ocr/drawn_page.h"

namespace softbot::ocr {
namespace {

/// Code 39, whose signs are nine bars and gaps each, three of them wide: here those of "*A7*".
constexpr std::string_view bars_of_a7 =
    "nwnnwnwnn"   // *
    "wnnnnwnnw"   // A
    "nnnwnnwnw"   // 7
    "nwnnwnwnn";  // *

void print_code_39(DrawnPage& page, double x, double y) {
  constexpr double narrow = 0.35;
  for (std::size_t i = 0; i < bars_of_a7.size(); ++i) {
    const double width = (bars_of_a7[i] == 'w' ? 3 : 1) * narrow;
    if (i % 9 % 2 == 0) page.fill({x, y, width, 10}, 0);
    x += width;
    if (i % 9 == 8) x += narrow;
  }
}

FormGeometry with_a_code() {
  FormGeometry geometry = plain_geometry();
  PaperField field;
  field.name = "number";
  field.kind = PaperFieldKind::line;
  field.answer_kind = "barcode";
  field.box = {60, 80, 50, 20};
  geometry.fields = {field};
  return geometry;
}

Reading read(const DrawnPage& page, const Scan& scan = {}) {
  const FormGeometry geometry = with_a_code();
  Registration registration;
  registration.pixels_per_mm = scan.dpi / 25.4;
  registration.to_picture = scaling(registration.pixels_per_mm);
  const PlacedPage placed = placed_page(scanned(page.picture(), scan), registration, geometry, 1);
  std::vector<Reading> readings(1);
  readings[0].field = "number";
  read_codes(placed, geometry, 1, readings);
  return readings[0];
}

TEST(ACodeOnAnothersForm, SaysWhatStandsInIt) {
  DrawnPage page;
  page.print_code({62, 81, 17, 17}, "zaak 2026-17/b");
  const Reading reading = read(page, {.dpi = 200, .noise = 4});
  EXPECT_EQ(reading.value, Value("zaak 2026-17/b"));
  EXPECT_EQ(reading.state, ReadingState::certain);
}

TEST(ACodeOnAnothersForm, MayBeBars) {
  DrawnPage page;
  print_code_39(page, 65, 84);
  const Reading reading = read(page, {.dpi = 300});
  EXPECT_EQ(reading.value, Value("A7"));
  EXPECT_EQ(reading.state, ReadingState::certain);
}

TEST(ACodeOnAnothersForm, OfWhichThereAreTwoIsDoubtful) {
  DrawnPage page;
  page.print_code({61, 82, 16, 16}, "een").print_code({88, 82, 16, 16}, "twee");
  const Reading reading = read(page);
  EXPECT_EQ(reading.state, ReadingState::doubtful);
  EXPECT_EQ(reading.alternatives.size(), 1U);
}

TEST(ACodeOnAnothersForm, ThatIsNotThereStaysAsItWasRead) {
  EXPECT_EQ(read(DrawnPage()).state, ReadingState::unreadable);
}

}  // namespace
}  // namespace softbot::ocr
