#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <random>
#include <utility>

#include "ocr/page/layout.h"

namespace softbot::ocr {
namespace {

constexpr double most_skew = 3;  ///< degrees
constexpr double skew_step = 0.5;
constexpr double most_scale = 0.05;
constexpr double scale_step = 0.01;
constexpr double shift_step_mm = 1;
constexpr double least_shift_mm = 14;
constexpr double most_shift_mm = 90;
constexpr std::size_t most_samples = 240;
constexpr std::size_t shifts_kept = 3;  ///< for each turn and scale
constexpr double apart_mm = 2.5;        ///< nearer maps are the same
constexpr std::size_t most_places = 20;
/// Of what a page would have that is there altogether. Pages that are there have 0.9 and more, others up to
/// 0.7; less than this is not worth a closer look, which takes most of the time.
constexpr double least_score = 0.5;
constexpr double near_best = 0.75;  ///< what is further below the best is not the page

/// A point of a printed line, millimetres from the page's middle.
struct Sample {
  Point at;
  bool upright = false;
};

std::vector<Sample> samples_of(const Layout& layout) {
  double length = 0;
  for (const PaperLine& line : layout.lines) length += line.length();
  const double step = std::max(1.5, length / static_cast<double>(most_samples));
  std::vector<Sample> samples;
  double along = step / 2;
  for (const PaperLine& line : layout.lines) {
    for (; along < line.length(); along += step) {
      const Point point = line.point(line.from + along);
      samples.push_back({{point.x - layout.width / 2, point.y - layout.height / 2}, line.upright});
    }
    along -= line.length();
  }
  std::mt19937 random(1);  // any order, the same each time: the first ones are from anywhere on the page
  for (std::size_t i = samples.size(); i > 1; --i) std::swap(samples[i - 1], samples[random() % i]);
  return samples;
}

struct Place {
  Projection map;
  double score = 0;
};

/// All ways to lay a page turned by so many quarters on the picture.
class Search {
 public:
  Search(const Layout& layout, const Ridges& ridges, double pixels_per_mm)
      : layout_(layout),
        ridges_(ridges),
        per_mm_(pixels_per_mm * ridges.factor),
        samples_(samples_of(layout)) {}

  void add_places(int quarters, std::vector<Place>& places) const {
    for (double skew = -most_skew; skew <= most_skew + 1e-9; skew += skew_step) {
      for (double scale = 1 - most_scale; scale <= 1 + most_scale + 1e-9; scale += scale_step)
        add_shifts(quarters, skew, scale, places);
    }
  }

 private:
  /// What is far below the best so far is not worth a closer look.
  static constexpr double promising = 0.6;
  struct Shift {
    int x = 0;
    int y = 0;
    double score = 0;
  };

  void add_shifts(int quarters, double skew, double scale, std::vector<Place>& places) const {
    const double angle = (quarters * 90 + skew) * std::numbers::pi / 180;
    const double c = std::cos(angle) * scale * per_mm_;
    const double s = std::sin(angle) * scale * per_mm_;
    const GrayImage& picture = ridges_.level;
    std::vector<Spot> spots;
    for (const Sample& sample : samples_) {
      spots.push_back(
          {static_cast<int>(std::lround(c * sample.at.x - s * sample.at.y + picture.width / 2.0)),
           static_cast<int>(std::lround(s * sample.at.x + c * sample.at.y + picture.height / 2.0)),
           &ridges_.along(sample.upright, quarters)});
    }
    const double best = places.empty() ? 0 : std::ranges::max(places, {}, &Place::score).score;
    for (const Shift& shift : best_shifts(spots, quarters, std::max(least_score, promising * best))) {
      Projection map{{c, -s, 0, s, c, 0, 0, 0, 1}};
      const Point middle = map({layout_.width / 2, layout_.height / 2});
      map.m[2] = picture.width / 2.0 + shift.x - middle.x;
      map.m[5] = picture.height / 2.0 + shift.y - middle.y;
      places.push_back({compose(scaling(1 / ridges_.factor), map), shift.score});
    }
  }

  struct Spot {
    int x = 0;
    int y = 0;
    const GrayImage* ridges = nullptr;
  };

  [[nodiscard]] std::vector<Shift> best_shifts(const std::vector<Spot>& spots, int quarters,
                                               double at_least) const {
    const bool aside = quarters % 2 != 0;
    const int step = std::max(1, static_cast<int>(std::lround(shift_step_mm * per_mm_)));
    const int across = room(ridges_.level.width, aside ? layout_.height : layout_.width);
    const int down = room(ridges_.level.height, aside ? layout_.width : layout_.height);
    std::vector<Shift> best;
    for (int y = -down; y <= down; y += step) {
      for (int x = -across; x <= across; x += step) {
        const double least = best.size() < shifts_kept ? at_least : best.back().score;
        const double score = score_at(spots, x, y, least);
        if (score <= least) continue;
        keep({x, y, score}, 2 * step, best);
      }
    }
    return best;
  }

  static void keep(const Shift& shift, int near, std::vector<Shift>& best) {
    const auto same = std::ranges::find_if(best, [&](const Shift& one) {
      return std::abs(one.x - shift.x) <= near && std::abs(one.y - shift.y) <= near;
    });
    if (same != best.end()) {
      if (same->score >= shift.score) return;
      best.erase(same);
    }
    best.push_back(shift);
    std::ranges::sort(best, std::greater<>(), &Shift::score);
    if (best.size() > shifts_kept) best.pop_back();
  }

  /// How far the page may lie aside: what the picture shows more than the page, and a little.
  [[nodiscard]] int room(int pixels, double page_mm) const {
    const double free_mm = std::abs(pixels / per_mm_ - page_mm) / 2;
    return static_cast<int>(std::min(most_shift_mm, least_shift_mm + free_mm) * per_mm_);
  }

  [[nodiscard]] static double score_at(const std::vector<Spot>& spots, int x, int y, double least) {
    constexpr int enough = 18;          // more darkness says no more
    constexpr std::size_t glance = 40;  // spots, of anywhere on the page, that tell most bad places
    int sum = 0;
    for (std::size_t i = 0; i < spots.size(); ++i) {
      const int at_x = spots[i].x + x;
      const int at_y = spots[i].y + y;
      const GrayImage& ridges = *spots[i].ridges;
      if (at_x >= 0 && at_y >= 0 && at_x < ridges.width && at_y < ridges.height)
        sum += std::min<int>(enough, ridges.at(at_x, at_y));
      if (i + 1 == glance && sum < least * promising * enough * glance) return 0;
    }
    return sum / (enough * std::max<double>(1, static_cast<double>(spots.size())));
  }

  const Layout& layout_;
  const Ridges& ridges_;
  double per_mm_;
  std::vector<Sample> samples_;
};

/// How far two maps put a corner of the page apart, at most, in millimetres.
double between(const Layout& layout, const Projection& one, const Projection& other, double per_mm) {
  double most = 0;
  for (const Point corner :
       {Point{0, 0}, Point{layout.width, 0}, Point{0, layout.height}, Point{layout.width, layout.height}})
    most = std::max(most, distance(one(corner), other(corner)) / per_mm);
  return most;
}

}  // namespace

std::vector<Projection> places_of(const Layout& layout, const Ridges& coarse, double pixels_per_mm) {
  if (layout.lines.empty() || coarse.level.empty()) return {};
  const Search search(layout, coarse, pixels_per_mm);
  const bool page_is_high = layout.height >= layout.width;
  const bool picture_is_high = coarse.level.height >= coarse.level.width;
  const int first = page_is_high == picture_is_high ? 0 : 1;
  std::vector<Place> places;
  search.add_places(first, places);
  search.add_places(first + 2, places);
  std::ranges::sort(places, std::greater<>(), &Place::score);
  const double least = places.empty() ? 0 : std::max(least_score, near_best * places.front().score);
  std::vector<Projection> kept;
  for (const Place& place : places) {
    if (place.score < least) break;
    const bool known = std::ranges::any_of(kept, [&](const Projection& one) {
      return between(layout, one, place.map, pixels_per_mm) < apart_mm;
    });
    if (!known) kept.push_back(place.map);
    if (kept.size() == most_places) break;
  }
  return kept;
}

}  // namespace softbot::ocr
