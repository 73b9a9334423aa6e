#include "samples/fill/sources.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstring>
#include <numeric>
#include <string>

#include "bench_of_forms.h"
#include "samples/fill/writer.h"

namespace softbot::fill::testing {
namespace {

std::string gzipped(const TemporaryFolder& folder, const std::string& bytes) {
  const auto file = folder.path() / "packed.gz";
  gzFile stream = gzopen(file.c_str(), "wb");
  gzwrite(stream, bytes.data(), static_cast<unsigned>(bytes.size()));
  gzclose(stream);
  return file;
}

TEST(GlyphSources, IdxImagesTakeTheirLabelsFromTheNextFileOrFromBeside) {
  const TemporaryFolder folder;
  const auto images = folder.add("x-images-idx3-ubyte", idx_images("07"));
  const auto labels = folder.add("other-name", idx_labels("07"));
  const auto given = read_digits({images, labels});
  ASSERT_TRUE(given) << given.error().message;
  EXPECT_EQ((*given)[0].glyphs.size(), 2U);
  EXPECT_TRUE((*given)[0].has("07"));
  EXPECT_FALSE(read_digits({images}));
  folder.add("x-labels-idx1-ubyte", idx_labels("07"));
  EXPECT_TRUE(read_digits({images}));
}

TEST(GlyphSources, MayBeGzip) {
  const TemporaryFolder folder;
  const auto images = gzipped(folder, idx_images("AZ"));
  const auto read = read_capitals({images, folder.add("labels", idx_labels("AZ"))});
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_TRUE((*read)[0].has("AZ"));
}

TEST(GlyphSources, CapitalsMayBeCountedFromNoughtOrOne) {
  const TemporaryFolder folder;
  const std::string capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const auto images = folder.add("images", idx_images(capitals));
  std::string labels = idx_labels(capitals);
  for (const char first : {'\0', '\1'}) {
    for (std::size_t i = 0; i < capitals.size(); ++i)
      labels[8 + i] = static_cast<char>(first + static_cast<char>(i));
    const auto read = read_capitals({images, folder.add("labels", labels)});
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_TRUE((*read)[0].has(capitals));
  }
}

TEST(GlyphSources, WhatIsWrongIsSaidWithTheFilesName) {
  const TemporaryFolder folder;
  const auto text = folder.add("letters.txt", "AAAA");
  const auto none = read_digits({text});
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().message.find("letters.txt"), std::string::npos);
  const auto cut = folder.add("cut-images", idx_images("0123").substr(0, 900));
  const auto refused = read_digits({cut, folder.add("labels", idx_labels("0123"))});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("cut-images"), std::string::npos);
  EXPECT_FALSE(read_digits({folder.path() / "absent"}));
}

TEST(GlyphSources, OptdigitsTextIsReadAsItIs) {
  const TemporaryFolder folder;
  std::string text = "entwidth = 32\nenthi = 32\n";
  for (int y = 0; y < 32; ++y)
    text += std::string(12, '0') + (y > 4 && y < 28 ? "11111111" : "00000000") + std::string(12, '0') + "\n";
  text += " 1\n";
  const auto read = read_digits({folder.add("digits.tra", text)});
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ((*read)[0].glyphs.at('1').front().width, 8);
  EXPECT_EQ((*read)[0].glyphs.at('1').front().height, 23);
}

TEST(Handwriting, WithoutALetterThatIsNeededIsRefused) {
  const TemporaryFolder folder;
  const auto digits = folder.add("images-d", idx_images("0123456789"));
  folder.add("labels-d", idx_labels("0123456789"));
  const auto capitals = folder.add("images-c", idx_images("ABC"));
  folder.add("labels-c", idx_labels("ABC"));
  const auto refused = read_handwriting({digits}, {capitals}, {}, {});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("DEF"), std::string::npos);
}

TEST(CutOut, TurnsBlackOnWhiteIntoInk) {
  std::vector<std::uint8_t> white(100, 255);
  white[44] = white[45] = 0;
  const Glyph glyph = cut_out(10, 10, white);
  EXPECT_EQ(glyph.width, 2);
  EXPECT_EQ(glyph.height, 1);
  EXPECT_EQ(glyph.ink, (std::vector<std::uint8_t>{255, 255}));
  EXPECT_TRUE(cut_out(10, 10, std::vector<std::uint8_t>(100, 255)).empty());
}

TEST(AnotherPen, MakesStrokesThickerOrThinnerAndKeepsTheShape) {
  std::vector<std::uint8_t> bar(40 * 40, 0);
  for (std::size_t y = 4; y < 36; ++y) {
    for (std::size_t x = 18; x < 24; ++x) bar[y * 40 + x] = 255;
  }
  const Glyph glyph = cut_out(40, 40, bar);
  const auto stroke_of = [](const Glyph& drawn) {
    const double ink = std::accumulate(drawn.ink.begin(), drawn.ink.end(), 0.0) / 255;
    return ink / drawn.height / drawn.height;
  };
  const double before = stroke_of(glyph);
  const double thin = stroke_of(with_stroke(glyph, 0.1));
  const double thick = stroke_of(with_stroke(glyph, 0.3));
  EXPECT_LT(thin, before * 0.9);
  EXPECT_GT(thick, before * 1.15);
  EXPECT_TRUE(with_stroke(Glyph{}, 0.1).empty());
}

}  // namespace
}  // namespace softbot::fill::testing
