#define ZX_USE_UTF8  // text() gives std::string
#include <ZXing/DecodeHints.h>
#include <ZXing/ReadBarcode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <set>

#include "adapters/paper_forms/paper_printer.h"
#include "forms_on_paper.h"
#include "unit/letters/letter_samples.h"

namespace softbot::paper_test {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view set_number = "0a1b2c3d";

std::string pdf_of(const PaperForm& form) {
  return PangoPaperPrinter().print(form, set_number).value();
}

std::string code_on(const GrayRaster& page) {
  const ZXing::ImageView view(page.pixels.data(), page.width, page.height, ZXing::ImageFormat::Lum);
  const auto hints = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true);
  return ZXing::ReadBarcode(view, hints).text();
}

int pixel(double millimetres, double dpi) {
  return static_cast<int>(std::lround(millimetres / 25.4 * dpi));
}

/// Darkest and lightest value in a box, `inset` mm from its edges.
std::pair<int, int> range_in(const GrayRaster& page, const MmBox& box, double inset) {
  int darkest = 255;
  int lightest = 0;
  for (int y = pixel(box.y + inset, page.dpi); y < pixel(box.y + box.height - inset, page.dpi); ++y) {
    for (int x = pixel(box.x + inset, page.dpi); x < pixel(box.x + box.width - inset, page.dpi); ++x) {
      const int value = page.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(page.width) +
                                    static_cast<std::size_t>(x)];
      darkest = std::min(darkest, value);
      lightest = std::max(lightest, value);
    }
  }
  return {darkest, lightest};
}

TEST(PaperPdf, IsASoundTaggedA4PdfWithTitleAndLanguage) {
  for (const char* language : {"nl", "en"}) {
    const PaperForm form = form_of({"small-aids"}, "voorbeeld", language);
    const std::string pdf = pdf_of(form);
    EXPECT_THAT(test::ask("qpdf --check", pdf), HasSubstr("No syntax or stream encoding errors found"));
    const std::string about = test::ask("pdfinfo", pdf);
    EXPECT_THAT(about, ContainsRegex("Tagged: +yes"));
    EXPECT_THAT(about, HasSubstr("(A4)"));
    EXPECT_THAT(about, ContainsRegex("Pages: +" + std::to_string(form.geometry.pages.size())));
    EXPECT_THAT(about, ContainsRegex(language == std::string("en")
                                         ? "Title: +Toilet raiser or other small aid"
                                         : "Title: +Wc-verhoger of ander klein hulpmiddel"));
    EXPECT_THAT(test::entries_of(pdf),
                HasSubstr(language == std::string("en") ? "/Lang (en)" : "/Lang (nl-NL)"));
    EXPECT_THAT(test::ask("pdffonts", pdf), Not(HasSubstr(" no  yes"))) << "a font is not embedded";
  }
}

TEST(PaperPdf, HoldsEveryQuestionInWords) {
  const std::string words = test::words_of(pdf_of(form_of({"household-help"})));
  for (const char* said : {"Burgerservicenummer (BSN)", "Wat lukt niet of niet goed?", "Boodschappen doen",
                           "Zo vult u dit formulier in", "Handtekening", "Stichting Naast U"}) {
    EXPECT_THAT(words, HasSubstr(said));
  }
}

TEST(PaperPdf, IsTheSameForTheSameSetNumberAndOnlyThen) {
  const PaperForm form = form_of({"extension"});
  const PangoPaperPrinter printer;
  EXPECT_EQ(printer.print(form, "0a1b2c3d").value(), printer.print(form, "0a1b2c3d").value());
  EXPECT_NE(printer.print(form, "0a1b2c3d").value(), printer.print(form, "0a1b2c3e").value());
}

TEST(SetNumbers, AreRandomAndFitTheCode) {
  std::set<std::string> numbers;
  for (int i = 0; i < 100; ++i) {
    numbers.insert(PangoPaperPrinter().new_set_number());
    EXPECT_TRUE(page_code_from(to_text(page_code_of(form_of({"extension"}).geometry, 1, *numbers.begin()))));
  }
  EXPECT_EQ(numbers.size(), 100U);
}

/// Codes of small and of the largest forms, at the coarsest fineness that a fax or cheap scanner gives.
TEST(PaperRaster, ShowsItsCodeOnEveryPageAlsoAt150Dpi) {
  for (const auto& types : {std::vector<std::string>{"small-aids"}, forms_test::shipped().types()}) {
    const PaperForm form = form_of(types);
    const int pages = static_cast<int>(form.geometry.pages.size());
    for (int page = 1; page <= pages; ++page) {
      const GrayRaster raster = paint_page(form, page, 150, set_number).value();
      const auto code = page_code_from(code_on(raster));
      ASSERT_TRUE(code) << page;
      EXPECT_EQ(*code, page_code_of(form.geometry, page, set_number));
    }
  }
}

TEST(PaperRaster, LeavesBoxesEmptyAndFramesLight) {
  const PaperForm form = form_of({"household-help", "living-allowance"});
  for (int page = 1; page <= static_cast<int>(form.geometry.pages.size()); ++page) {
    const GrayRaster raster = paint_page(form, page, 300, set_number).value();
    for (const MmBox& mark : form.geometry.pages.front().marks)
      EXPECT_EQ(range_in(raster, mark, 0.2), (std::pair<int, int>{0, 0})) << "a mark is not solid";
    for (const WrittenBox& one : written_boxes(form.geometry)) {
      if (one.field->page != page) continue;
      const bool lines = one.field->kind == PaperFieldKind::line;
      EXPECT_GE(range_in(raster, one.box, lines ? 0 : 0.5).first, lines ? 200 : 255) << one.field->name;
      EXPECT_GE(range_in(raster, one.box, -0.5).first, 200)
          << one.field->name << ": its frame does not drop out";
      EXPECT_LE(range_in(raster, one.box, -0.5).first, 215) << one.field->name << " has no frame";
    }
  }
}

TEST(PaperRaster, LooksLikeThePdf) {
  const PaperForm form = form_of({"small-aids"});
  const test::TemporaryFolder folder;
  test::write_file(folder.path() / "form.pdf", pdf_of(form));
  const std::string command =
      "cd " + folder.path().string() + " && pdftoppm -gray -r 100 -f 1 -l 1 form.pdf page";
  ASSERT_EQ(std::system(command.c_str()), 0);
  std::string pgm;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    if (entry.path().extension() != ".pgm") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    pgm.assign(std::istreambuf_iterator<char>(file), {});
  }
  const GrayRaster raster = paint_page(form, 1, 100, set_number).value();
  const std::size_t head = pgm.find("255\n") + 4;
  ASSERT_EQ(pgm.substr(0, 7), "P5\n" + std::to_string(raster.width) + " ");
  ASSERT_GE(pgm.size(), head + raster.pixels.size());
  // The two set letters on other parts of a pixel: what is dark in one is dark in the other a pixel away at
  // most.
  const auto width = static_cast<std::size_t>(raster.width);
  std::size_t different = 0;
  for (std::size_t y = 1; y + 1 < static_cast<std::size_t>(raster.height); ++y) {
    for (std::size_t x = 1; x + 1 < width; ++x) {
      if (raster.pixels[y * width + x] > 60) continue;
      int darkest = 255;
      for (std::size_t near_y = y - 1; near_y <= y + 1; ++near_y) {
        for (std::size_t near_x = x - 1; near_x <= x + 1; ++near_x)
          darkest = std::min<int>(darkest, static_cast<unsigned char>(pgm[head + near_y * width + near_x]));
      }
      if (darkest > 160) ++different;
    }
  }
  EXPECT_LT(different, 20U);
}

TEST(PaperRaster, RefusesPagesAndFinenessThatAreNot) {
  const PaperForm form = form_of({"extension"});
  EXPECT_FALSE(paint_page(form, 0, 200, set_number));
  EXPECT_FALSE(paint_page(form, 99, 200, set_number));
  EXPECT_FALSE(paint_page(form, 1, 1e9, set_number));
  EXPECT_FALSE(paint_page(form, 1, std::nan(""), set_number));
}

}  // namespace
}  // namespace softbot::paper_test
