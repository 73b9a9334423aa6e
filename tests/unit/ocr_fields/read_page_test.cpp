#include "ocr/read_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <string>

#include "filled_page.h"
#include "forms/geometry/sheet_geometry.h"
#include "ocr/fields/field_reader.h"
#include "ocr/fields/placed_page.h"
#include "ocr/fields/recogniser.h"
#include "support/checkout.h"

namespace softbot::ocr {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

Recogniser& recogniser() {
  static const std::unique_ptr<Recogniser> loaded = Recogniser::load(checkout() / "ocr" / "models").value();
  return *loaded;
}

/// Who knows the shipped forms, as the daemon does.
FindGeometry printed_here() {
  return [](const PageCode& code) -> std::optional<FormGeometry> {
    for (const std::string& type : shipped_types()) {
      const FormGeometry& geometry = shipped_form(type).geometry;
      if (geometry_id(geometry) == code.geometry) return geometry;
    }
    return std::nullopt;
  };
}

ReadPage read(const GrayImage& scan) {
  const FindGeometry find = printed_here();
  return read_page(scan, 4, {recogniser(), find});
}

const Reading& reading_of(const ReadPage& page, std::string_view field) {
  for (const Reading& reading : page.readings) {
    if (reading.field == field) return reading;
  }
  static const Reading none;
  ADD_FAILURE() << "no reading of " << field;
  return none;
}

FilledPage first_page() {
  return {shipped_form("household-help"), 1};
}

GrayImage sheet(std::string_view kind, const std::function<void(DrawnPage&, const FormGeometry&)>& write) {
  const FormGeometry geometry = sheet_geometry(kind).value();
  PageCode code;
  code.kind = PageCode::Kind::sheet;
  code.municipality = "voorbeeld";
  code.types = {std::string(kind)};
  code.reference = "W-23456789";
  code.sheet_number = 3;
  DrawnPage drawn;
  drawn.print(geometry, 1, code);
  write(drawn, geometry);
  return scanned(drawn.picture(), {});
}

void scrawl(DrawnPage& drawn, const MmBox& box) {
  for (int i = 0; i < 12; ++i) {
    const double x = box.x + 10 + 4 * i;
    drawn.stroke({x, box.y + 20}, {x + 3, box.y + 8}, 0.5, 40)
        .stroke({x + 3, box.y + 8}, {x + 4, box.y + 20}, 0.5, 40);
  }
}

TEST(ReadPage, ReadsEveryFieldOfAFormPageInPlace) {
  FilledPage form = first_page();
  const PaperField& bsn = form.field("bsn");
  for (const std::size_t box : {0U, 2U, 4U}) form.one(bsn.boxes[box]);
  for (const std::size_t box : {1U, 3U, 5U}) form.nought(bsn.boxes[box]);
  for (const std::size_t box : {6U, 7U, 8U}) form.seven(bsn.boxes[box]);
  for (const int rotation : {0, 180}) {
    Scan how;
    how.rotation = rotation;
    how.skew = 0.8;
    const ReadPage page = read(form.scan(how));
    EXPECT_EQ(page.problem, "");
    EXPECT_EQ(page.index, 4);
    EXPECT_EQ(page.rotation, rotation);
    EXPECT_NEAR(page.dpi, 300, 3);
    EXPECT_LT(page.residual_mm.value_or(9), 0.2);
    ASSERT_TRUE(page.code);
    EXPECT_EQ(page.code->page, 1);
    std::size_t fields = 0;
    for (const PaperField& field : form.geometry().fields) fields += field.page == 1 ? 1 : 0;
    EXPECT_THAT(page.readings, SizeIs(fields));
    const Reading& read_bsn = reading_of(page, "bsn");
    EXPECT_NE(read_bsn.state, ReadingState::empty);
    EXPECT_EQ(read_bsn.page, 4);
    EXPECT_EQ(read_bsn.box_mm, (std::vector<double>{bsn.box.x, bsn.box.y, bsn.box.width, bsn.box.height}));
    EXPECT_GT(read_bsn.ink, 0.01);
    ASSERT_GT(read_bsn.crop, 0);
    ASSERT_LT(static_cast<std::size_t>(read_bsn.crop), page.images.size());
    EXPECT_EQ(page.images.front().width, 1260);
    EXPECT_EQ(page.images.front().height, 1782);
    for (const Reading& reading : page.readings) {
      if (reading.field == "bsn") continue;
      EXPECT_EQ(reading.state, ReadingState::empty) << reading.field;
    }
  }
}

/// Bent paper and photographs: in the middle of the page everything lies elsewhere than the marks say.
GrayImage bent(const GrayImage& scan, double by_mm) {
  GrayImage result = scan;
  for (int y = 0; y < scan.height; ++y) {
    const double share = std::sin(3.14159 * y / scan.height);
    const int shift = static_cast<int>(std::lround(by_mm / 25.4 * 300 * share * share));
    for (int x = 0; x < scan.width; ++x) {
      const int from = std::clamp(x - shift, 0, scan.width - 1);
      result.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(scan.width) +
                    static_cast<std::size_t>(x)] = scan.at(from, y);
    }
  }
  return result;
}

TEST(ReadPage, OnBentPaperEveryFieldIsReadWhereItsFramesAre) {
  for (const double by_mm : {-1.5, 1.5}) {
    const ReadPage page = read(bent(first_page().scan(), by_mm));
    EXPECT_EQ(page.problem, "");
    for (const Reading& reading : page.readings) {
      EXPECT_EQ(reading.state, ReadingState::empty) << reading.field << ", bent by " << by_mm << " mm";
    }
  }
}

TEST(ReadPage, PagesOfFormsThatAreNotKnownHereAreNotRead) {
  const GrayImage scan = first_page().scan();
  const FindGeometry nothing = [](const PageCode&) { return std::optional<FormGeometry>(); };
  const ReadPage page = read_page(scan, 0, {recogniser(), nothing});
  EXPECT_EQ(page.problem, "unknown-geometry");
  EXPECT_TRUE(page.code_of_softbot);
  EXPECT_TRUE(page.readings.empty());
  EXPECT_THAT(page.images, SizeIs(1)) << "a person sees it";
}

TEST(ReadPage, ACodeOfAnotherVersionIsSaidToBeOne) {
  DrawnPage drawn;
  drawn.print_marks(plain_geometry().pages[0]).print_code(plain_geometry().pages[0].code, "SB2:F:ANDERS:1/1");
  const ReadPage page = read(scanned(drawn.picture(), {}));
  EXPECT_EQ(page.problem, "other-version");
  EXPECT_TRUE(page.code_of_softbot);
  EXPECT_FALSE(page.code);
}

TEST(ReadPage, WithoutItsMarksNothingIsReadFromAPage) {
  FilledPage form = first_page();
  GrayImage scan = form.scan();
  for (const std::size_t mark : {2U, 3U}) {
    const MmBox box = grown(form.geometry().pages[0].marks[mark], 1);
    for (double y = box.y; y < box.y + box.height; y += 0.05) {
      for (double x = box.x; x < box.x + box.width; x += 0.05) {
        const auto column = static_cast<std::size_t>(x / 25.4 * 300);
        const auto row = static_cast<std::size_t>(y / 25.4 * 300);
        scan.pixels[row * static_cast<std::size_t>(scan.width) + column] = 255;
      }
    }
  }
  const ReadPage page = read(scan);
  EXPECT_EQ(page.problem, "no-marks");
  EXPECT_TRUE(page.code);
  EXPECT_TRUE(page.readings.empty());
}

TEST(ReadPage, WhatTheScanCutsOffIsUnreadableAndNotEmpty) {
  auto placed = first_page().placed();
  ASSERT_TRUE(placed);
  placed->seen.width = 60 - placed->seen.x;  // mm: what lies to the right was not scanned
  const FormGeometry& geometry = first_page().geometry();
  int cut_off = 0;
  for (const Reading& reading : read_fields(*placed, geometry, 1, recogniser()).readings) {
    if (reading.box_mm[0] + reading.box_mm[2] < 61) continue;
    ++cut_off;
    EXPECT_EQ(reading.state, ReadingState::unreadable) << reading.field;
  }
  EXPECT_GE(cut_off, 2);
}

TEST(ReadPage, ASheetToSignIsSignedOrNot) {
  const auto with = [](const auto& write) {
    return read(sheet(sign_sheet, [&](DrawnPage& drawn, const FormGeometry& geometry) {
      write(drawn, geometry.find("signature")->box);
    }));
  };
  const ReadPage signed_page = with([](DrawnPage& drawn, const MmBox& box) { scrawl(drawn, box); });
  EXPECT_EQ(signed_page.problem, "");
  ASSERT_TRUE(signed_page.code);
  EXPECT_EQ(signed_page.code->reference, "W-23456789");
  EXPECT_EQ(signed_page.signature, std::optional<bool>(true));
  EXPECT_EQ(with([](DrawnPage&, const MmBox&) {}).signature, std::optional<bool>(false));
  const ReadPage doubtful = with([](DrawnPage& drawn, const MmBox& box) {
    drawn.stroke({box.x + 20, box.y + 10}, {box.x + 22, box.y + 11}, 0.4, 60);
  });
  EXPECT_EQ(doubtful.signature, std::nullopt);
}

TEST(ReadPage, AReplyOnAReturnSheetIsInk) {
  const ReadPage page = read(sheet(return_sheet, [](DrawnPage& drawn, const FormGeometry& geometry) {
    scrawl(drawn, geometry.find("answer")->box);
  }));
  EXPECT_EQ(reading_of(page, "answer").state, ReadingState::unreadable);
  EXPECT_GT(reading_of(page, "answer").crop, 0);
  EXPECT_EQ(page.signature, std::nullopt);
}

TEST(ReadPage, AnEmptyPageIsBlank) {
  const ReadPage page = read(scanned(DrawnPage().picture(), {}));
  EXPECT_TRUE(page.blank);
  EXPECT_EQ(page.problem, "");
  EXPECT_FALSE(page.code_of_softbot);
}

TEST(ReadPage, PrintOnAPageThatIsNoFormIsRead) {
  DrawnPage letter(first_page().scan({.dpi = 12 * 25.4}));
  for (const MmBox& mark : shipped_form("household-help").geometry.pages[0].marks)
    letter.fill(grown(mark, 1), 255);
  letter.fill(grown(shipped_form("household-help").geometry.pages[0].code, 2), 255);
  const ReadPage page = read(scanned(letter.picture(), {}));
  EXPECT_FALSE(page.code_of_softbot);
  EXPECT_TRUE(page.readings.empty());
  EXPECT_THAT(page.printed_text, HasSubstr("Burgerservicenummer"));
}

RC_GTEST_PROP(ReadPageProperty, PicturesOfAnythingAreAnswered, ()) {
  const int width = *rc::gen::inRange(0, 400);
  const int height = *rc::gen::inRange(0, 400);
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  GrayImage image{width, height, *rc::gen::element(0.0, 10.0, 300.0, 1e9), {}};
  for (int i = 0; i < width * height; ++i) image.pixels.push_back(static_cast<std::uint8_t>(random()));
  const ReadPage page = read(image);
  RC_ASSERT(page.readings.empty());
  RC_ASSERT(!page.code);
}

}  // namespace
}  // namespace softbot::ocr
