#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "glyph.h"

namespace softbot::fill {
namespace {

constexpr int fine = 96;          ///< pixels of the longer side
constexpr int margin = 14;        ///< around it, for what gets thicker
constexpr double edge = 0.38;     ///< ink from here on, of what the glyph has at most
constexpr double thinner = 0.45;  ///< of its own width that a stroke may lose on the whole
constexpr double thicker = 1.2;   ///< and gain

/// A square grid of numbers.
struct Field {
  int width = 0;
  int height = 0;
  std::vector<float> values;

  Field(int columns, int rows, float value)
      : width(columns),
        height(rows),
        values(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), value) {}
  [[nodiscard]] float& at(int x, int y) {
    return values[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(x)];
  }
  [[nodiscard]] float at(int x, int y) const {
    return values[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(x)];
  }
};

/// Ink between the pixels, 0..1; none outside.
float ink_at(const Glyph& glyph, double x, double y) {
  const int left = static_cast<int>(std::floor(x));
  const int top = static_cast<int>(std::floor(y));
  const auto pixel = [&](int column, int row) -> double {
    if (column < 0 || row < 0 || column >= glyph.width || row >= glyph.height) return 0;
    return glyph.ink[static_cast<std::size_t>(row) * static_cast<std::size_t>(glyph.width) +
                     static_cast<std::size_t>(column)];
  };
  const double u = x - left;
  const double v = y - top;
  const double above = pixel(left, top) * (1 - u) + pixel(left + 1, top) * u;
  const double below = pixel(left, top + 1) * (1 - u) + pixel(left + 1, top + 1) * u;
  return static_cast<float>((above * (1 - v) + below * v) / 255);
}

Field enlarged(const Glyph& glyph) {
  const double factor = static_cast<double>(fine) / std::max(glyph.width, glyph.height);
  const int width = std::max(1, static_cast<int>(std::lround(glyph.width * factor)));
  const int height = std::max(1, static_cast<int>(std::lround(glyph.height * factor)));
  Field field(width + 2 * margin, height + 2 * margin, 0);
  for (int y = 0; y < field.height; ++y) {
    for (int x = 0; x < field.width; ++x)
      field.at(x, y) = ink_at(glyph, (x - margin + 0.5) / factor - 0.5, (y - margin + 0.5) / factor - 0.5);
  }
  return field;
}

/// How far every place is from the nearest one that is `inside` or is not, by steps of 1 and 1.4.
Field distances(const Field& shape, bool to_ink) {
  constexpr float diagonal = 1.4F;
  constexpr float far = 1e6F;
  Field field(shape.width, shape.height, far);
  for (std::size_t i = 0; i < field.values.size(); ++i) {
    if ((shape.values[i] >= static_cast<float>(edge)) == to_ink) field.values[i] = 0;
  }
  const auto relax = [&](int x, int y, int step) {
    float& here = field.at(x, y);
    const auto look = [&](int column, int row, float cost) {
      if (column >= 0 && row >= 0 && column < field.width && row < field.height)
        here = std::min(here, field.at(column, row) + cost);
    };
    look(x - step, y, 1);
    look(x, y - step, 1);
    look(x - 1, y - step, diagonal);
    look(x + 1, y - step, diagonal);
  };
  for (int y = 0; y < field.height; ++y) {
    for (int x = 0; x < field.width; ++x) relax(x, y, 1);
  }
  for (int y = field.height - 1; y >= 0; --y) {
    for (int x = field.width - 1; x >= 0; --x) relax(x, y, -1);
  }
  return field;
}

/// Twice the distance from the ridges of the ink to its edge.
double stroke_width(const Field& depth) {
  double sum = 0;
  int count = 0;
  for (int y = 1; y + 1 < depth.height; ++y) {
    for (int x = 1; x + 1 < depth.width; ++x) {
      const float here = depth.at(x, y);
      const bool ridge = here > 0 && here >= depth.at(x - 1, y) && here >= depth.at(x + 1, y) &&
                         here >= depth.at(x, y - 1) && here >= depth.at(x, y + 1);
      if (!ridge) continue;
      sum += here;
      ++count;
    }
  }
  return count == 0 ? 0 : std::max(1.0, 2 * sum / count - 1);
}

}  // namespace

Glyph with_stroke(const Glyph& glyph, double share_of_height) {
  if (glyph.empty()) return glyph;
  const Field shape = enlarged(glyph);
  const Field depth = distances(shape, false);
  const Field height_above = distances(shape, true);
  const double width = stroke_width(depth);
  if (width <= 0) return glyph;
  const double wanted = share_of_height * (shape.height - 2 * margin);
  const double grown =
      std::clamp((wanted - width) / 2, -thinner * width / 2, std::min(thicker * width / 2, margin - 2.0));
  std::vector<std::uint8_t> pixels;
  pixels.reserve(shape.values.size());
  for (std::size_t i = 0; i < shape.values.size(); ++i) {
    const double inside =
        depth.values[i] - height_above.values[i] + (depth.values[i] > 0 ? -0.5 : 0.5) + grown;
    pixels.push_back(static_cast<std::uint8_t>(std::lround(255 * std::clamp(0.5 + inside / 2, 0.0, 1.0))));
  }
  Glyph drawn = cut_out(shape.width, shape.height, pixels);
  drawn.left = glyph.left;
  drawn.top = glyph.top;
  drawn.advance = glyph.advance;
  return drawn;
}

}  // namespace softbot::fill
