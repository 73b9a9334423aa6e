#include "glyph.h"

#include <algorithm>
#include <cmath>

namespace softbot::fill {
namespace {

constexpr int faint = 64;  ///< of 255: less is no ink when cutting out

std::size_t index(int x, int y, int width) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
}

bool edge_is_light(int width, int height, const std::vector<std::uint8_t>& pixels) {
  long sum = 0;
  long count = 0;
  for (int y = 0; y < height; ++y) {
    const int step = y == 0 || y == height - 1 ? 1 : std::max(1, width - 1);
    for (int x = 0; x < width; x += step) {
      sum += pixels[index(x, y, width)];
      ++count;
    }
  }
  return count > 0 && sum / count > 127;
}

}  // namespace

bool GlyphSource::has(const std::string& characters) const {
  return std::all_of(characters.begin(), characters.end(),
                     [this](char character) { return glyphs.contains(character); });
}

Glyph cut_out(int width, int height, const std::vector<std::uint8_t>& pixels) {
  const bool inverted = edge_is_light(width, height, pixels);
  std::vector<std::uint8_t> ink(pixels.size());
  std::uint8_t most = 0;
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    ink[i] = inverted ? static_cast<std::uint8_t>(255 - pixels[i]) : pixels[i];
    most = std::max(most, ink[i]);
  }
  if (most < faint) return {};
  int left = width;
  int right = -1;
  int top = height;
  int bottom = -1;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      if (ink[index(x, y, width)] * 255 / most < faint) continue;
      left = std::min(left, x);
      right = std::max(right, x);
      top = std::min(top, y);
      bottom = std::max(bottom, y);
    }
  }
  Glyph glyph{right - left + 1, bottom - top + 1, {}, 0, 0, 0};
  glyph.ink.reserve(static_cast<std::size_t>(glyph.width) * static_cast<std::size_t>(glyph.height));
  for (int y = top; y <= bottom; ++y) {
    for (int x = left; x <= right; ++x) {
      glyph.ink.push_back(static_cast<std::uint8_t>(ink[index(x, y, width)] * 255 / most));
    }
  }
  return glyph;
}

Glyph at_most(const Glyph& glyph, int longer_side) {
  const int longer = std::max(glyph.width, glyph.height);
  if (longer <= longer_side) return glyph;
  const double factor = static_cast<double>(longer) / longer_side;
  Glyph small = glyph;
  small.width = std::max(1, static_cast<int>(std::lround(glyph.width / factor)));
  small.height = std::max(1, static_cast<int>(std::lround(glyph.height / factor)));
  small.ink.assign(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height), 0);
  for (int y = 0; y < small.height; ++y) {
    const int top = y * glyph.height / small.height;
    const int bottom = std::max(top + 1, (y + 1) * glyph.height / small.height);
    for (int x = 0; x < small.width; ++x) {
      const int left = x * glyph.width / small.width;
      const int right = std::max(left + 1, (x + 1) * glyph.width / small.width);
      int sum = 0;
      for (int v = top; v < bottom; ++v) {
        for (int u = left; u < right; ++u) sum += glyph.ink[index(u, v, glyph.width)];
      }
      small.ink[index(x, y, small.width)] =
          static_cast<std::uint8_t>(sum / ((bottom - top) * (right - left)));
    }
  }
  return small;
}

}  // namespace softbot::fill
