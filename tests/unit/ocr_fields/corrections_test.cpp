#include "ocr/fields/corrections.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "filled_page.h"
#include "forms/geometry/field_crop.h"
#include "ocr/fields/field_reader.h"
#include "ocr/fields/read_crop.h"
#include "ocr/fields/recogniser.h"
#include "support/checkout.h"
#include "written_signs.h"

namespace softbot::ocr {
namespace {

constexpr double sign_height = 5;  // mm

Recogniser& recogniser() {
  static const std::unique_ptr<Recogniser> loaded = Recogniser::load(checkout() / "ocr" / "models").value();
  return *loaded;
}

/// A house number, of which the second box is crossed out. Above and below its boxes nothing is printed.
struct House {
  FilledPage page{shipped_form("household-help"), 2};
  const PaperField& number = page.field("houseNumber");

  House() {
    page.one(number.boxes[0]).nought(number.boxes[1]).seven(number.boxes[2]);
    cross_out(number.boxes[1]);
  }

  void cross_out(const MmBox& box) {
    const double right = box.x + box.width;
    for (const double down : {2.0, 3.5, 5.0})
      page.stroke({{box.x + 0.8, box.y + down}, {right - 0.8, box.y + 9.3 - down}})
          .stroke({{box.x + 0.8, box.y + 9.3 - down}, {right - 0.8, box.y + down}});
  }
  [[nodiscard]] MmBox above(std::size_t box) const {
    const MmBox& place = number.boxes[box];
    return {place.x + 1, place.y - sign_height - 0.6, 5.4, sign_height};
  }
  [[nodiscard]] MmBox below(std::size_t box) const {
    const MmBox& place = number.boxes[box];
    return {place.x + 1, place.y + place.height + 0.6, 5.4, sign_height};
  }
  [[nodiscard]] std::optional<Correction> beside(std::size_t box,
                                                 const std::vector<MmBox>& others = {}) const {
    const auto placed = page.placed();
    if (!placed) return std::nullopt;
    const FieldInk ink = field_ink(*placed, correction_surroundings(number), number.boxes, Ruling::frames);
    return corrections_beside(ink, number, others)[box];
  }
  [[nodiscard]] PageFields read() const {
    return read_fields(page.placed().value(), page.geometry(), 2, recogniser());
  }
};

const Reading& house_number_of(const PageFields& fields) {
  return *std::find_if(fields.readings.begin(), fields.readings.end(),
                       [](const Reading& reading) { return reading.field == "houseNumber"; });
}

TEST(Corrections, TheOneSignAboveABoxOrBelowItIsFound) {
  House above;
  above.page.seven(above.above(1));
  const auto found = above.beside(1);
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->touches_print);
  EXPECT_NEAR(found->ink.height / placed_per_mm, 0.76 * sign_height + 0.45, 0.5);
  EXPECT_FALSE(above.beside(0));
  EXPECT_FALSE(above.beside(2));
  House below;
  below.page.seven(below.below(1));
  EXPECT_TRUE(below.beside(1));
}

TEST(Corrections, WhatIsNotOneSignIsNone) {
  EXPECT_FALSE(House().beside(1)) << "nothing";
  House both;
  both.page.seven(both.above(1)).seven(both.below(1));
  EXPECT_FALSE(both.beside(1)) << "above and below";
  House dash;
  dash.page.stroke({{dash.above(1).x, dash.above(1).y + 2}, {dash.above(1).x + 4, dash.above(1).y + 2}});
  EXPECT_FALSE(dash.beside(1)) << "a dash";
  House word;
  for (const double right : {-3.6, 0.0, 3.6}) {
    MmBox place = word.above(1);
    place.x += right;
    word.page.seven(place);
  }
  EXPECT_FALSE(word.beside(1)) << "a word";
  House tall;
  const MmBox& place = tall.number.boxes[1];
  tall.page.stroke({{place.x + 4, place.y - 14}, {place.x + 3.5, place.y - 1}});
  EXPECT_FALSE(tall.beside(1)) << "a line from elsewhere";
}

TEST(Corrections, WhatReachesIntoAnotherFieldBelongsThere) {
  House form;
  form.page.seven(form.above(1));
  EXPECT_FALSE(form.beside(1, {form.above(1)}));
}

TEST(Corrections, NothingThatIsPrintedIsTakenForOne) {
  Scan fax;
  fax.dpi = 200;
  fax.bilevel = true;
  Scan coarse;
  coarse.dpi = 150;
  coarse.noise = 8;
  coarse.skew = 1;
  for (const std::string type : {"household-help", "living-allowance"}) {
    const PaperForm& form = shipped_form(type);
    for (std::size_t number = 1; number <= form.geometry.pages.size(); ++number) {
      const bool has_boxes = std::ranges::any_of(form.geometry.fields, [&](const PaperField& field) {
        return field.page == static_cast<int>(number) && field.kind == PaperFieldKind::characters;
      });
      if (!has_boxes) continue;
      const FilledPage page(form, static_cast<int>(number));
      std::vector<std::optional<PlacedPage>> scans{page.placed()};
      if (type == "living-allowance") {
        scans.push_back(page.placed(fax));
        scans.push_back(page.placed(coarse));
      }
      for (const PaperField& field : form.geometry.fields) {
        if (field.page != static_cast<int>(number) || field.kind != PaperFieldKind::characters) continue;
        for (const auto& placed : scans) {
          if (!placed) continue;
          const FieldInk ink =
              field_ink(*placed, correction_surroundings(field), field.boxes, Ruling::frames);
          const auto found = corrections_beside(ink, field, {});
          EXPECT_TRUE(
              std::none_of(found.begin(), found.end(), [](const auto& one) { return one.has_value(); }))
              << type << " " << field.name;
        }
      }
    }
  }
}

TEST(Corrections, ASignInThePlaceOfACrossedOutOneIsReadAndNeverCertain) {
  House form;
  form.page.seven(form.above(1));
  const PageFields fields = form.read();
  const Reading& reading = house_number_of(fields);
  EXPECT_EQ(reading.value, Value("177"));
  EXPECT_EQ(reading.state, ReadingState::doubtful);
  EXPECT_GT(reading.probability, 0.9);
  EXPECT_LT(reading.probability, 0.98);
}

TEST(Corrections, WithoutASignBesideItACrossedOutOneStaysUnread) {
  const PageFields fields = House().read();
  EXPECT_NE(house_number_of(fields).state, ReadingState::certain);
  EXPECT_LT(house_number_of(fields).probability, 0.5);
}

TEST(Corrections, ASignAboveABoxThatIsNotCrossedOutHasNoPartInIt) {
  House form;
  FilledPage page{shipped_form("household-help"), 2};
  const PaperField& number = page.field("houseNumber");
  page.one(number.boxes[0]).nought(number.boxes[1]).seven(number.boxes[2]).seven(form.above(1));
  const PageFields fields = read_fields(page.placed().value(), page.geometry(), 2, recogniser());
  EXPECT_EQ(house_number_of(fields).value, Value("107"));
}

TEST(Corrections, TheirFieldIsShownWithWhatStandsAroundItAndReadAgainFromThat) {
  House form;
  form.page.seven(form.above(1));
  const auto placed = form.page.placed().value();
  const PageFields fields = form.read();
  const auto at = static_cast<std::size_t>(&house_number_of(fields) - fields.readings.data());
  EXPECT_NEAR(fields.shown[at].y, form.number.box.y - correction_reach_mm, 0.01);
  const PixelBox area = pixels_of(grown(fields.shown[at], crop_margin_mm), placed.gray);
  const GrayImage crop =
      resized(cut(placed.gray, area.x, area.y, area.width, area.height), crop_pixels_per_mm / placed_per_mm);
  const Reading again = read_crop(crop, geometry_of_crop(form.number), recogniser());
  EXPECT_EQ(again.value, Value("177"));
  EXPECT_EQ(again.state, ReadingState::doubtful);
}

TEST(Corrections, TakeTheLikelihoodThatTheBoxHoldsNoSign) {
  const Correction clear;
  const Correction on_print{{}, true};
  const SignChances crossed_out = sign('#', 0.99);
  const SignChances seven = sign('7', 0.99);
  const float free_of_print = corrected(crossed_out, clear, seven).digits[7];
  const float beside_print = corrected(crossed_out, on_print, seven).digits[7];
  EXPECT_GT(free_of_print, 0.94F);
  EXPECT_LT(free_of_print, 0.97F);
  EXPECT_LT(beside_print, free_of_print - 0.1F);
  EXPECT_EQ(corrected(crossed_out, clear, sign('#', 1)).digits, crossed_out.digits);
  const SignChances three = sign('3', 0.99);
  EXPECT_LT(corrected(three, clear, seven).digits[7], 0.01F) << "a sign that was not crossed out stays";
}

}  // namespace
}  // namespace softbot::ocr
