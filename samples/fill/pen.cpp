#include "pen.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace softbot::fill {
namespace {

constexpr double pi = std::numbers::pi;

std::uint8_t mixed(std::uint8_t paper, double ink, double share) {
  return static_cast<std::uint8_t>(std::lround(paper + (std::min<double>(paper, ink) - paper) * share));
}

void blend(Picture& page, int x, int y, double coverage, const Ink& ink, Random& random) {
  double share = coverage * ink.darkness;
  if (ink.grain > 0) share *= 1 - ink.grain * random.uniform();
  std::uint8_t* pixel = page.at(x, y);
  if (page.channels == 3) {
    for (std::size_t i = 0; i < 3; ++i) pixel[i] = mixed(pixel[i], ink.colour[i], share);
  } else {
    pixel[0] = mixed(pixel[0], 0.299 * ink.colour[0] + 0.587 * ink.colour[1] + 0.114 * ink.colour[2], share);
  }
}

/// Ink at a place between the pixels of a glyph, 0..1; none outside.
double sample(const Glyph& glyph, double x, double y) {
  const int left = static_cast<int>(std::floor(x));
  const int top = static_cast<int>(std::floor(y));
  const auto at = [&](int column, int row) -> double {
    if (column < 0 || row < 0 || column >= glyph.width || row >= glyph.height) return 0;
    return glyph.ink[static_cast<std::size_t>(row) * static_cast<std::size_t>(glyph.width) +
                     static_cast<std::size_t>(column)];
  };
  const double u = x - left;
  const double v = y - top;
  return ((at(left, top) * (1 - u) + at(left + 1, top) * u) * (1 - v) +
          (at(left, top + 1) * (1 - u) + at(left + 1, top + 1) * u) * v) /
         255;
}

double smooth_step(double value, double from, double to) {
  const double share = std::clamp((value - from) / (to - from), 0.0, 1.0);
  return share * share * (3 - 2 * share);
}

/// A slow wave that an outline follows.
struct Wave {
  double amplitude;
  double length;
  double phase;
  [[nodiscard]] double at(double place) const {
    return amplitude * std::sin(2 * pi * place / length + phase);
  }
};

Wave wave(double amplitude, double extent, Random& random) {
  const double length = std::max(4.0, extent * random.between(0.5, 1.2));
  return {amplitude, length, random.between(0, 2 * pi)};
}

struct Range {
  int from;
  int to;
};

Range within(double low, double high, int size) {
  return {std::max(0, static_cast<int>(std::floor(low))),
          std::min(size - 1, static_cast<int>(std::ceil(high)))};
}

double distance_to(const Point& point, const Point& from, const Point& to) {
  const double dx = to.x - from.x;
  const double dy = to.y - from.y;
  const double length = dx * dx + dy * dy;
  const double along =
      length > 0 ? std::clamp(((point.x - from.x) * dx + (point.y - from.y) * dy) / length, 0.0, 1.0) : 0;
  return std::hypot(point.x - from.x - along * dx, point.y - from.y - along * dy);
}

}  // namespace

void put_glyph(Picture& page, const Glyph& glyph, const Placement& placement, const Ink& ink,
               Random& random) {
  if (glyph.empty() || placement.width <= 0 || placement.height <= 0) return;
  const double reach = std::hypot(placement.width, placement.height) / 2 +
                       std::abs(placement.slant) * placement.height / 2 + placement.shake + 2;
  const Range rows = within(placement.centre.y - reach, placement.centre.y + reach, page.height);
  const Range columns = within(placement.centre.x - reach, placement.centre.x + reach, page.width);
  const Wave sideways = wave(placement.shake, placement.height, random);
  const Wave upwards = wave(placement.shake, placement.width, random);
  const double cosine = std::cos(placement.turn);
  const double sine = std::sin(placement.turn);
  const double from = 0.33 - 0.17 * placement.thickness;
  for (int y = rows.from; y <= rows.to; ++y) {
    for (int x = columns.from; x <= columns.to; ++x) {
      const double dx = x - placement.centre.x;
      const double dy = y - placement.centre.y;
      double u = cosine * dx + sine * dy;
      double v = -sine * dx + cosine * dy;
      u += placement.slant * v + sideways.at(v);
      v += upwards.at(u);
      const double column = (u / placement.width + 0.5) * glyph.width - 0.5;
      const double row = (v / placement.height + 0.5) * glyph.height - 0.5;
      if (column < -1 || row < -1 || column > glyph.width || row > glyph.height) continue;
      const double coverage = smooth_step(sample(glyph, column, row), from, from + 0.3);
      if (coverage > 0.02) blend(page, x, y, coverage, ink, random);
    }
  }
}

void draw_stroke(Picture& page, const std::vector<Point>& points, double width, const Ink& ink,
                 Random& random) {
  if (points.empty()) return;
  const double reach = width / 2 + 1;
  auto [left, right] = std::minmax_element(points.begin(), points.end(),
                                           [](const Point& a, const Point& b) { return a.x < b.x; });
  auto [top, bottom] = std::minmax_element(points.begin(), points.end(),
                                           [](const Point& a, const Point& b) { return a.y < b.y; });
  const Range columns = within(left->x - reach, right->x + reach, page.width);
  const Range rows = within(top->y - reach, bottom->y + reach, page.height);
  if (columns.from > columns.to || rows.from > rows.to) return;
  // Where strokes cross themselves the pen does not get darker: the most of all segments counts.
  const auto across = static_cast<std::size_t>(columns.to - columns.from + 1);
  std::vector<float> coverage(across * static_cast<std::size_t>(rows.to - rows.from + 1), 0);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point& a = points[i == 0 ? 0 : i - 1];
    const Point& b = points[i];
    const Range xs = within(std::min(a.x, b.x) - reach, std::max(a.x, b.x) + reach, page.width);
    const Range ys = within(std::min(a.y, b.y) - reach, std::max(a.y, b.y) + reach, page.height);
    for (int y = ys.from; y <= ys.to; ++y) {
      for (int x = xs.from; x <= xs.to; ++x) {
        const double cover = std::clamp(
            reach - 0.5 - distance_to({static_cast<double>(x), static_cast<double>(y)}, a, b), 0.0, 1.0);
        float& most = coverage[static_cast<std::size_t>(y - rows.from) * across +
                               static_cast<std::size_t>(x - columns.from)];
        most = std::max(most, static_cast<float>(cover));
      }
    }
  }
  for (int y = rows.from; y <= rows.to; ++y) {
    for (int x = columns.from; x <= columns.to; ++x) {
      const float cover = coverage[static_cast<std::size_t>(y - rows.from) * across +
                                   static_cast<std::size_t>(x - columns.from)];
      if (cover > 0.02F) blend(page, x, y, cover, ink, random);
    }
  }
}

std::vector<Point> smooth(const std::vector<Point>& points) {
  if (points.size() < 3) return points;
  constexpr int steps = 8;
  std::vector<Point> curve;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const Point& before = points[i == 0 ? 0 : i - 1];
    const Point& from = points[i];
    const Point& to = points[i + 1];
    const Point& after = points[std::min(i + 2, points.size() - 1)];
    for (int step = 0; step < steps; ++step) {
      const double t = static_cast<double>(step) / steps;
      const auto along = [t](double p0, double p1, double p2, double p3) {
        return 0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t +
                      (3 * p1 - p0 - 3 * p2 + p3) * t * t * t);
      };
      curve.push_back({along(before.x, from.x, to.x, after.x), along(before.y, from.y, to.y, after.y)});
    }
  }
  curve.push_back(points.back());
  return curve;
}

std::vector<Point> shaken(const std::vector<Point>& points, double amplitude, Random& random) {
  std::vector<Point> result = points;
  if (amplitude <= 0) return result;
  const Wave sideways = wave(amplitude, 14, random);
  const Wave upwards = wave(amplitude, 17, random);
  double along = 0;
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (i > 0) along += std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
    result[i].x += sideways.at(along);
    result[i].y += upwards.at(along);
  }
  return result;
}

}  // namespace softbot::fill
