#include "ocr/fields/placed_page.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "ocr/page/folds.h"
#include "ocr/page/pixels.h"
#include "ocr/page/streaks.h"

namespace softbot::ocr {
namespace {

constexpr double paper_reach_mm = 6;  ///< wider than any blot in a field
constexpr double noise_left = 0.5;    ///< of noise that smoothing leaves
constexpr double noisy = 0.03;        ///< from here on smoothing costs less than it gives

constexpr double white = 255;

using Histogram = std::array<std::size_t, 256>;

/// How dark the pixels of a box are, and by how much they differ from their second neighbours: noise differs
/// everywhere, ink at its edges only.
struct Counts {
  Histogram darkness{};
  Histogram gray{};
  Histogram differences{};

  void add(const PlacedPage& page, const MmBox& box) {
    constexpr int away = 2;  // what lies nearer was mixed when the page was put into place
    const PixelBox area = pixels_of(box, page.darkness);
    for (int y = area.y; y < area.bottom(); y += 3) {
      for (int x = area.x; x + away < area.right(); x += 2) {
        const int here = page.gray.at(x, y);
        const int there = page.gray.at(x + away, y);
        ++darkness[page.darkness.at(x, y)];
        ++gray[static_cast<std::size_t>(here)];
        ++differences[static_cast<std::size_t>(std::abs(here - there))];
      }
    }
  }
};

int percentile(const Histogram& histogram, double share) {
  std::size_t total = 0;
  for (const std::size_t number : histogram) total += number;
  std::size_t below = 0;
  for (int value = 0; value < 256; ++value) {
    below += histogram[static_cast<std::size_t>(value)];
    if (static_cast<double>(below) >= share * static_cast<double>(total)) return value;
  }
  return 255;
}

/// Without the streaks of a feeding scanner, whichever side of the page went in first.
std::optional<GrayImage> streakless(const GrayImage& image, const Registration& registration) {
  constexpr double widest_mm = 0.35;
  return without_streaks(image,
                         std::max(2, static_cast<int>(std::lround(widest_mm * registration.pixels_per_mm))));
}

/// Between the whole values: the noise of a scanner is a few of them.
double median(const Histogram& histogram) {
  const auto value = static_cast<std::size_t>(percentile(histogram, 0.5));
  const auto upto = std::accumulate(histogram.begin(), histogram.begin() + static_cast<int>(value), 0.0);
  const double total = std::accumulate(histogram.begin() + static_cast<int>(value), histogram.end(), upto);
  if (histogram[value] == 0) return 0;
  if (value == 0) return total / 4 / static_cast<double>(histogram[0]);  // nothing lies below 0
  return static_cast<double>(value) - 0.5 + (total / 2 - upto) / static_cast<double>(histogram[value]);
}

/// Standard deviation of the paper's brightness, as a share of that brightness. Where paper is so bright that
/// noise is cut off at white, more of it is on the dark side than differences show.
double noise_of(const Counts& counts) {
  constexpr double of_median_difference = 1.05;  // 1 / (0.6745 * sqrt(2))
  constexpr double free_room = 2.9;              // deviations below white, from where on nothing is cut off
  constexpr double of_cut_off = 0.28;            // by measurement: scans with known noise, put into place
  const double brightness = std::max(1.0, median(counts.gray));
  const double seen = of_median_difference * std::max(0.0, median(counts.differences));
  if (seen <= 0) return 0;
  const double room = std::max(1.0, (white - brightness) / seen);
  const double cut_off = std::max(0.0, free_room - room);
  return (1 + of_cut_off * cut_off * cut_off) * seen / brightness;
}

bool is_bilevel(const GrayImage& image) {
  constexpr int sparse = 37;  // no divisor of usual widths
  constexpr double most_between = 0.002;
  std::size_t between = 0;
  std::size_t total = 0;
  for (std::size_t i = 0; i < image.pixels.size(); i += sparse, ++total)
    between += image.pixels[i] > 8 && image.pixels[i] < 247 ? 1 : 0;
  return static_cast<double>(between) < most_between * static_cast<double>(total);
}

/// Most of what lies in boxes is paper: how dark it is and how noisy, by medians.
void measure_paper(const FormGeometry& geometry, int number, PlacedPage& page) {
  Counts counts;
  for (const PaperField& field : geometry.fields) {
    if (field.page != number) continue;
    for (const MmBox& box : field.boxes) counts.add(page, grown(box, -1.2));
    for (const PaperTick& tick : field.ticks) counts.add(page, grown(tick.box, -1.2));
    if (field.boxes.empty() && field.ticks.empty()) counts.add(page, grown(field.box, -1.2));
  }
  page.paper = std::min(0.2, percentile(counts.darkness, 0.5) / 255.0);
  page.noise = std::min(0.15, noise_of(counts));
}

/// The largest upright part of the page that lies within the picture.
MmBox part_seen(const GrayImage& image, const Projection& to_picture, double width, double height) {
  double left = 0;
  double top = 0;
  double right = width;
  double bottom = height;
  const auto inside = [&](double x, double y) {
    const Point there = to_picture({x, y});
    return there.x >= 0 && there.y >= 0 && there.x <= image.width && there.y <= image.height;
  };
  constexpr double step = 0.5;
  const auto whole_column = [&](double x) {
    return inside(x, top + height * 0.1) && inside(x, bottom - height * 0.1);
  };
  const auto whole_row = [&](double y) {
    return inside(left + width * 0.1, y) && inside(right - width * 0.1, y);
  };
  while (left < width / 2 && !whole_column(left)) left += step;
  while (right > width / 2 && !whole_column(right)) right -= step;
  while (top < height / 2 && !whole_row(top)) top += step;
  while (bottom > height / 2 && !whole_row(bottom)) bottom -= step;
  return {left, top, right - left, bottom - top};
}

/// Each pixel of the placed page from where the picture shows it.
GrayImage put_flat(const GrayImage& image, const Projection& to_picture, const Bend& bend, int width,
                   int height) {
  if (bend == Bend()) return warped(image, compose(to_picture, scaling(1 / placed_per_mm)), width, height);
  const auto to_source = [&](Point pixel) {
    const Point paper{pixel.x / placed_per_mm, pixel.y / placed_per_mm};
    const Point off = bend(paper);
    return to_picture({paper.x + off.x, paper.y + off.y});
  };
  return bent(image, to_source, width, height);
}

}  // namespace

MmBox grown(const MmBox& box, double by_mm) {
  return grown(box, by_mm, by_mm);
}

MmBox grown(const MmBox& box, double across_mm, double down_mm) {
  return {box.x - across_mm, box.y - down_mm, box.width + 2 * across_mm, box.height + 2 * down_mm};
}

PixelBox pixels_of(const MmBox& box, const GrayImage& page) {
  const auto pixel = [](double mm) { return static_cast<int>(std::lround(mm * placed_per_mm)); };
  const int left = std::clamp(pixel(box.x), 0, page.width);
  const int top = std::clamp(pixel(box.y), 0, page.height);
  const int right = std::clamp(pixel(box.x + box.width), left, page.width);
  const int bottom = std::clamp(pixel(box.y + box.height), top, page.height);
  return {left, top, right - left, bottom - top};
}

bool is_seen(const PlacedPage& page, const MmBox& box) {
  return box.x >= page.seen.x && box.y >= page.seen.y && box.x + box.width <= page.seen.x + page.seen.width &&
         box.y + box.height <= page.seen.y + page.seen.height;
}

PlacedPage placed_page(const GrayImage& picture, const Registration& registration,
                       const FormGeometry& geometry, int page) {
  const std::optional<GrayImage> clean = streakless(picture, registration);
  const GrayImage& image = clean ? *clean : picture;
  PlacedPage placed;
  const double finer = registration.pixels_per_mm / placed_per_mm;
  const int width = static_cast<int>(std::lround(geometry.page_width * placed_per_mm));
  const int height = static_cast<int>(std::lround(geometry.page_height * placed_per_mm));
  if (finer > 1.4) {
    const GrayImage smaller = resized(image, 1 / finer);
    const double exact = static_cast<double>(smaller.width) / image.width;
    placed.gray =
        put_flat(smaller, compose(scaling(exact), registration.to_picture), registration.bend, width, height);
  } else {
    placed.gray = put_flat(image, registration.to_picture, registration.bend, width, height);
  }
  const int reach = static_cast<int>(paper_reach_mm * placed_per_mm);
  placed.darkness = darkness(placed.gray, paper_brightness(placed.gray, reach));
  measure_paper(geometry, page, placed);
  if (placed.noise > noisy) {
    placed.darkness = smoothed(placed.darkness, 1.2);
    placed.noise *= noise_left;
  }
  placed.bilevel = is_bilevel(picture);
  if (!placed.bilevel) placed.darkness = without_folds(std::move(placed.darkness), placed_per_mm);
  placed.seen = part_seen(image, registration.to_picture, geometry.page_width, geometry.page_height);
  return placed;
}

}  // namespace softbot::ocr
