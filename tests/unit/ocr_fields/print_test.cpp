#include "ocr/fields/print.h"

#include <cairo.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <random>
#include <string>
#include <vector>

namespace softbot::ocr {
namespace {

PrintReader& reader() {
  static const std::unique_ptr<PrintReader> loaded = *PrintReader::load();
  return *loaded;
}

/// A page with these lines in black print, as a scanner at this resolution sees it.
GrayImage printed(const std::vector<std::string>& lines, double dpi) {
  const int width = static_cast<int>(210 / 25.4 * dpi);
  const int height = static_cast<int>(297 / 25.4 * dpi);
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
  cairo_t* pen = cairo_create(surface);
  cairo_set_source_rgb(pen, 1, 1, 1);
  cairo_paint(pen);
  cairo_set_source_rgb(pen, 0, 0, 0);
  cairo_select_font_face(pen, "Liberation Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(pen, 12.0 / 72 * dpi);
  double y = 2 * dpi;
  for (const std::string& line : lines) {
    cairo_move_to(pen, 1 * dpi, y);
    cairo_show_text(pen, line.c_str());
    y += 18.0 / 72 * dpi;
  }
  cairo_surface_flush(surface);
  GrayImage page{width, height, dpi, {}};
  const unsigned char* data = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  for (int row = 0; row < height; ++row) {
    for (int x = 0; x < width; ++x) page.pixels.push_back(data[row * stride + x * 4]);
  }
  cairo_destroy(pen);
  cairo_surface_destroy(surface);
  return page;
}

GrayImage letter(double dpi) {
  return printed({"Betreft: bezwaar tegen uw besluit", "Geachte heer, mevrouw,",
                  "Ik maak bezwaar tegen het besluit van 3 maart 2026."},
                 dpi);
}

TEST(PrintReader, ReadsAPrintedLetterAtTheResolutionsOfScanners) {
  for (const double dpi : {150.0, 300.0}) {
    const std::string text = reader().text_of(letter(dpi));
    EXPECT_NE(text.find("bezwaar tegen uw besluit"), std::string::npos) << dpi << " dpi: " << text;
    EXPECT_NE(text.find("3 maart 2026"), std::string::npos) << dpi << " dpi: " << text;
  }
}

TEST(PrintReader, TellsWhereEachWordStands) {
  for (const double dpi : {150.0, 400.0}) {
    const std::vector<PrintedWord> words = reader().words_of(letter(dpi));
    const auto word = std::find_if(words.begin(), words.end(),
                                   [](const PrintedWord& one) { return one.text == "Geachte"; });
    ASSERT_NE(word, words.end());
    constexpr double inch = 25.4;
    EXPECT_NEAR(word->x / dpi * inch, 25.4, 0.5);  // it begins an inch from the left
    EXPECT_NEAR((word->y + word->height) / dpi * inch, (2 + 18.0 / 72) * inch,
                0.5);  // its line is the second
    EXPECT_NEAR(word->height / dpi * inch, 3.1, 0.4);
  }
  EXPECT_TRUE(reader().words_of({}).empty());
}

TEST(PrintReader, FindsNothingWhereNothingIs) {
  EXPECT_EQ(reader().text_of({}), "");
  EXPECT_EQ(reader().text_of({1, 1, 0, {255}}), "");
  EXPECT_EQ(reader().text_of({600, 800, 100, std::vector<std::uint8_t>(480000, 255)}), "");
  EXPECT_EQ(reader().text_of({600, 800, 100, std::vector<std::uint8_t>(480000, 0)}), "");
}

/// Seconds of this process's own time, however busy the machine is.
double seconds_to_read(const GrayImage& page) {
  const std::clock_t begin = std::clock();
  (void)reader().text_of(page);
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

TEST(PrintReader, NoiseEndsInTime) {
  std::mt19937 random(1);
  for (const unsigned one_in : {8U, 600U}) {
    GrayImage noise{1654, 2339, 200, {}};
    for (int i = 0; i < noise.width * noise.height; ++i) {
      noise.pixels.push_back(random() % one_in == 0 ? 0 : 255);
    }
    EXPECT_LT(seconds_to_read(noise), 12) << one_in;
  }
}

TEST(PrintReader, StripesEndInTime) {
  for (const int pitch : {7, 40}) {
    GrayImage stripes{1654, 2339, 200, {}};
    for (int i = 0; i < stripes.width * stripes.height; ++i) {
      stripes.pixels.push_back(i % pitch < 3 && (i / stripes.width) % 40 < 20 ? 0 : 255);
    }
    EXPECT_LT(seconds_to_read(stripes), 12) << pitch;
  }
}

TEST(PrintReader, AForkedChildReadsToo) {
  const GrayImage page = letter(200);
  PrintReader& loaded = reader();
  const pid_t child = fork();
  if (child == 0) {
    alarm(60);
    _exit(loaded.text_of(page).find("bezwaar") == std::string::npos ? 1 : 0);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace softbot::ocr
