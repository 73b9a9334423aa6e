#include "samples/fill/degrade.h"

#include <gtest/gtest.h>

#include <string>

#include "bench_of_forms.h"
#include "forms/paper_layout.h"
#include "ocr/decode/scan_file.h"
#include "ocr/page/find_page.h"

namespace softbot::fill::testing {
namespace {

struct Look {
  bool found = false;
  double residual_mm = 99;
  int rotation = 0;
};

/// What the reader makes of the file's first page.
Look look_at(const MadeFile& file, const PaperPage& page) {
  auto scan = ocr::ScanFile::open(file.bytes);
  if (!scan) return {};
  const auto decoded = scan->page(0);
  const auto traits = ocr::traits_of(decoded.image);
  if (!traits.code) return {};
  const auto placed = ocr::registered(page, *traits.code, traits.marks);
  if (!placed) return {};
  return {true, placed->residual_mm, placed->rotation};
}

class Degradations : public ::testing::TestWithParam<const char*> {};

TEST_P(Degradations, KeepThePageReadable) {
  const TestWorkshop workshop;
  const PangoTextMeasure measure;
  const auto form =
      lay_out_paper_form(workshop.catalogue().common(), {workshop.catalogue().find("general-notification")},
                         workshop.municipalities().find("voorbeeld")->second, "nl", measure);
  ASSERT_TRUE(form);
  for (const std::uint64_t seed : {21U, 22U, 23U}) {
    FileRecipe recipe = plain_recipe("general-notification", seed);
    recipe.degradation = *degradation_from(GetParam());
    recipe.format = ScanFormat::pdf;
    recipe.sheets = {{SheetRecipe::Kind::form_page, 0, 1, false}};
    auto maker = workshop.maker();
    const auto file = maker.make(recipe);
    ASSERT_TRUE(file) << file.error().message;
    const Look look = look_at(*file, form->geometry.pages[0]);
    EXPECT_TRUE(look.found) << "seed " << seed;
    EXPECT_LE(look.residual_mm, ocr::residual_gate_mm) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, Degradations,
                         ::testing::Values("none", "light", "normal", "heavy", "fax", "photo"),
                         [](const auto& level) { return std::string(level.param); });

TEST(Degradation, GoesByNameAndByNumber) {
  EXPECT_EQ(degradation_from("none"), Degradation::none);
  EXPECT_EQ(degradation_from("2"), Degradation::normal);
  EXPECT_EQ(degradation_from("fax"), Degradation::fax);
  EXPECT_FALSE(degradation_from("worst"));
}

TEST(Degradation, AFaxIsBlackAndWhite) {
  const TestWorkshop workshop;
  FileRecipe recipe = plain_recipe("general-notification", 31);
  recipe.degradation = Degradation::fax;
  recipe.sheets = {{SheetRecipe::Kind::form_page, 0, 1, false}};
  auto maker = workshop.maker();
  const auto file = maker.make(recipe);
  ASSERT_TRUE(file);
  const auto picture = decode_grey(file->bytes);
  ASSERT_TRUE(picture);
  for (const std::uint8_t pixel : picture->pixels) ASSERT_TRUE(pixel == 0 || pixel == 255);
}

TEST(Degradation, TurnsAPageUpsideDown) {
  const TestWorkshop workshop;
  const PangoTextMeasure measure;
  const auto form =
      lay_out_paper_form(workshop.catalogue().common(), {workshop.catalogue().find("general-notification")},
                         workshop.municipalities().find("voorbeeld")->second, "nl", measure);
  FileRecipe recipe = plain_recipe("general-notification", 41);
  recipe.degradation = Degradation::light;
  recipe.sheets = {{SheetRecipe::Kind::form_page, 0, 1, true}};
  auto maker = workshop.maker();
  const auto file = maker.make(recipe);
  ASSERT_TRUE(file);
  EXPECT_EQ(look_at(*file, form->geometry.pages[0]).rotation, 180);
}

}  // namespace
}  // namespace softbot::fill::testing
