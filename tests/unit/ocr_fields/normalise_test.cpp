#include "ocr/fields/normalise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "vectors.h"

namespace softbot::ocr {
namespace {

TEST(Normalise, GlyphsBecomeTheArraysThatTheNetsWereTrainedOn) {
  for (const std::string net : {"digits", "capitals"}) {
    const auto vectors = vectors_of(net);
    ASSERT_GE(vectors.size(), 10U);
    for (std::size_t i = 0; i < vectors.size(); ++i) {
      const auto glyph = normalised(vectors[i].bitmap, {});
      ASSERT_EQ(glyph.size(), vectors[i].array.size());
      for (std::size_t at = 0; at < glyph.size(); ++at) {
        ASSERT_NEAR(glyph[at] * 100, vectors[i].array[at], 0.51) << net << " " << i << ", number " << at;
      }
    }
  }
}

TEST(Normalise, ABoxWithoutInkHasNoGlyph) {
  EXPECT_TRUE(normalised({}, {}).empty());
  EXPECT_TRUE(normalised({20, 30, std::vector<float>(600, 0.2F)}, {}).empty());
}

TEST(Normalise, SizesThatAreNotTrueGiveNoGlyph) {
  EXPECT_TRUE(normalised({20, 30, std::vector<float>(599, 1.0F)}, {}).empty());
  EXPECT_TRUE(normalised({-20, -30, std::vector<float>(600, 1.0F)}, {}).empty());
}

TEST(Normalise, ASpeckDoesNotMoveTheGlyph) {
  BoxInk box{40, 40, std::vector<float>(1600, 0.0F)};
  for (std::size_t y = 10; y < 30; ++y) {
    for (std::size_t x = 18; x < 22; ++x) box.ink[y * 40 + x] = 1.0F;
  }
  const auto clean = normalised(box, {});
  box.ink[2 * 40 + 2] = 1.0F;
  EXPECT_EQ(normalised(box, {}), clean);
}

TEST(Normalise, TheThinnestStrokeKeepsAPixel) {
  const auto glyph = normalised({1, 100, std::vector<float>(100, 1.0F)}, {});
  float most = 0;
  for (const float ink : glyph) most = std::max(most, ink);
  EXPECT_FLOAT_EQ(most, 1.0F);
}

}  // namespace
}  // namespace softbot::ocr
