// The truth against the ink on the page.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "adapters/paper_forms/paper_printer.h"
#include "bench_of_forms.h"
#include "forms/paper_layout.h"
#include "samples/fill/page_writer.h"
#include "support/checkout.h"

namespace softbot::fill::testing {
namespace {

constexpr double dpi = 200;

struct WrittenPages {
  PaperForm form;
  WrittenForm written;
  std::vector<Picture> blank;
  std::vector<Picture> pages;
};

Handwriting handwriting() {
  const TemporaryFolder folder;
  const std::string digits = "0123456789";
  const std::string capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  folder.add("labels-d", idx_labels(digits));
  folder.add("labels-c", idx_labels(capitals));
  auto read = read_handwriting({folder.add("images-d", idx_images(digits))},
                               {folder.add("images-c", idx_images(capitals))}, {}, {});
  EXPECT_TRUE(read) << read.error().message;
  return std::move(*read);
}

WrittenPages written_pages(const std::string& type, std::uint64_t seed) {
  const std::filesystem::path root = checkout();
  const TestWorkshop workshop;
  const auto mix = Mix::from(*contents_of(root / "samples/fill/mix.json"), workshop.catalogue());
  const Municipality& municipality = workshop.municipalities().find("voorbeeld")->second;
  const PangoTextMeasure measure;
  WrittenPages all;
  all.form = *lay_out_paper_form(workshop.catalogue().common(), {workshop.catalogue().find(type)},
                                 municipality, "nl", measure);
  Random random(seed);
  Inventor inventor = shipped_inventor();
  const Person person = inventor.invent(municipality, TestWorkshop::today, random);
  const MeantForm meant = mean_something(workshop.catalogue(), *mix, {type}, person,
                                         {"voorbeeld", TestWorkshop::today, 0, {}}, random);
  WritingOptions options;
  options.corrections = 0;
  options.cancelled = 0;
  all.written = write_down(all.form.geometry, meant, options, random);
  for (std::size_t i = 1; i <= all.form.geometry.pages.size(); ++i) {
    auto raster = paint_page(all.form, static_cast<int>(i), dpi, "0123abcd");
    all.blank.push_back({raster->width, raster->height, 1, dpi, raster->pixels});
  }
  all.pages = all.blank;
  const Handwriting hand = handwriting();
  write_on(all.pages, all.written, writer_for(hand, seed, 0, Pen::black), hand, random);
  return all;
}

/// Pixels within a box that became darker, of a thousand.
int ink_in(const WrittenPages& all, int page, const MmBox& box) {
  const Picture& before = all.blank[static_cast<std::size_t>(page - 1)];
  const Picture& after = all.pages[static_cast<std::size_t>(page - 1)];
  const double scale = before.pixels_per_mm();
  int dark = 0;
  int count = 0;
  for (int y = static_cast<int>(box.y * scale); y < static_cast<int>((box.y + box.height) * scale); ++y) {
    for (int x = static_cast<int>(box.x * scale); x < static_cast<int>((box.x + box.width) * scale); ++x) {
      ++count;
      if (*after.at(x, y) + 40 < *before.at(x, y)) ++dark;
    }
  }
  return dark * 1000 / std::max(1, count);
}

TEST(InkOnPaper, StandsWhereTheTruthSaysAndNowhereElse) {
  for (const std::uint64_t seed : {11U, 12U}) {
    const WrittenPages all = written_pages("household-help", seed);
    for (const WrittenField& place : all.written.fields) {
      const PaperField& field = *place.field;
      for (const PaperTick& tick : field.ticks) {
        const bool ticked = place.ticks.contains(tick.value);
        const int ink = ink_in(all, field.page, tick.box);
        EXPECT_EQ(ticked, ink > 15) << field.name << " " << tick.value << ": " << ink << ", seed " << seed;
      }
      std::size_t inked = 0;
      for (const MmBox& box : field.boxes) inked += ink_in(all, field.page, box) > 12 ? 1U : 0U;
      const auto signs =
          std::count_if(place.boxes.begin(), place.boxes.end(), [](char sign) { return sign != ' '; });
      // A dot may be too small to count; a sign may reach into the next box.
      EXPECT_NEAR(static_cast<double>(inked), static_cast<double>(signs), static_cast<double>(signs) * 0.4)
          << field.name << ", seed " << seed;
      if (field.kind == PaperFieldKind::signature) {
        EXPECT_EQ(place.is_signed, ink_in(all, field.page, field.box) > 2);
      }
      if (field.kind == PaperFieldKind::line) {
        EXPECT_EQ(!place.words.empty(), ink_in(all, field.page, field.box) > 1) << field.name;
      }
    }
  }
}

TEST(InkOnPaper, OfADateIsDayMonthYear) {
  const WrittenPages all = written_pages("small-aids", 3);
  const auto born = std::find_if(all.written.fields.begin(), all.written.fields.end(),
                                 [](const WrittenField& place) { return place.field->name == "birthDate"; });
  ASSERT_NE(born, all.written.fields.end());
  const std::string iso = born->meant.text_or_empty();
  EXPECT_EQ(born->boxes, iso.substr(8, 2) + iso.substr(5, 2) + iso.substr(0, 4));
}

}  // namespace
}  // namespace softbot::fill::testing
