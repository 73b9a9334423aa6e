#include <algorithm>
#include <array>
#include <cmath>

#include "ocr/page/layout.h"

namespace softbot::ocr {
namespace {

constexpr double sample_step_mm = 1.5;
constexpr double end_mm = 0.5;        ///< of a line that corners hide
constexpr double fit_reach_mm = 0.9;  ///< how far off a line may be to be the same
constexpr double least_strength = 7;  ///< of 255
constexpr double weak = 0.3;          ///< of what the clear ones have: no line any more
constexpr double together_reach_mm = 0.25;
constexpr double measured_mm = 12;    ///< of lines together say where a part is
constexpr double per_mm_away = 0.15;  ///< by which share a line a millimetre away must be clearer

/// A picture's value between its pixels; 0 outside.
double value_at(const GrayImage& image, Point point) {
  const double x = point.x - 0.5;
  const double y = point.y - 0.5;
  const int left = static_cast<int>(std::floor(x));
  const int top = static_cast<int>(std::floor(y));
  if (left < 0 || top < 0 || left + 1 >= image.width || top + 1 >= image.height) return 0;
  const double across = x - left;
  const double down = y - top;
  return (1 - down) * ((1 - across) * image.at(left, top) + across * image.at(left + 1, top)) +
         down * ((1 - across) * image.at(left, top + 1) + across * image.at(left + 1, top + 1));
}

/// By how many quarters a map turns the page clockwise.
int quarters_of(const Projection& map) {
  const Point here = map({105, 148});
  const Point right = map({106, 148});
  const double angle = std::atan2(right.y - here.y, right.x - here.x);
  return static_cast<int>(std::lround(angle * 2 / 3.14159265358979) + 4) % 4;
}

std::vector<Point> samples_on(const PaperLine& line) {
  const double room = line.length() - 2 * end_mm;
  const int count = std::max(1, static_cast<int>(std::lround(room / sample_step_mm)));
  std::vector<Point> samples;
  for (int i = 0; i < count; ++i)
    samples.push_back(line.point(line.from + end_mm + (i + 0.5) * room / count));
  return samples;
}

/// Where a line is seen best, and how well.
struct Sighting {
  double offset_mm = 0;
  double strength = 0;
};

Sighting sight(const PaperLine& line, const Ridges& fine, const Projection& to_fine, int quarters,
               double reach_mm) {
  const GrayImage& ridges = fine.along(line.upright, quarters);
  const std::vector<Point> samples = samples_on(line);
  const double step = 0.5 / std::max(1.0, fine.per_mm);
  const int steps = static_cast<int>(std::lround(reach_mm / step));
  std::vector<double> strengths;
  int best = 0;
  double best_worth = -1;
  for (int i = -steps; i <= steps; ++i) {
    double sum = 0;
    for (const Point& sample : samples) {
      const double aside = i * step;
      sum += value_at(ridges, to_fine(line.upright ? Point{sample.x + aside, sample.y}
                                                   : Point{sample.x, sample.y + aside}));
    }
    strengths.push_back(sum / static_cast<double>(samples.size()));
    const double worth = strengths.back() * (1 - per_mm_away * std::abs(i * step));
    if (worth > best_worth) {
      best_worth = worth;
      best = i;
    }
  }
  const auto at = static_cast<std::size_t>(best + steps);
  Sighting seen{best * step, strengths[at]};
  if (at > 0 && at + 1 < strengths.size()) {
    const double curve = strengths[at - 1] - 2 * strengths[at] + strengths[at + 1];
    if (curve < -1e-6)
      seen.offset_mm += step * std::clamp((strengths[at - 1] - strengths[at + 1]) / (2 * curve), -0.5, 0.5);
  }
  return seen;
}

struct Sightings {
  std::vector<Sighting> all;  ///< of each line
  double least = 0;           ///< what is weaker is no line
};

Sightings sightings_of(const Layout& layout, const Ridges& fine, const Projection& map, double reach_mm) {
  const Projection to_fine = compose(scaling(fine.factor), map);
  const int quarters = quarters_of(map);
  Sightings sightings;
  std::vector<double> strengths;
  for (const PaperLine& line : layout.lines) {
    sightings.all.push_back(sight(line, fine, to_fine, quarters, reach_mm));
    strengths.push_back(sightings.all.back().strength);
  }
  std::ranges::sort(strengths);
  const double clear = strengths.empty() ? 0 : strengths[strengths.size() * 3 / 4];
  sightings.least = std::max(least_strength, weak * clear);
  return sightings;
}

/// A map as changes to another one around the page's middle: shift (mm), turn (degrees), scale and stretch
/// (shares), shear (degrees).
using Changes = std::array<double, 6>;

Projection changed(const Layout& layout, const Projection& map, const Changes& by) {
  constexpr double radians = 3.14159265358979 / 180;
  const double turn = by[2] * radians;
  const double across = 1 + by[3] + by[4];
  const double down = 1 + by[3] - by[4];
  const double shear = by[5] * radians;
  const Projection centred{{1, 0, -layout.width / 2, 0, 1, -layout.height / 2, 0, 0, 1}};
  const Projection change{{across * std::cos(turn), -down * std::sin(turn) + shear, by[0] + layout.width / 2,
                           across * std::sin(turn), down * std::cos(turn), by[1] + layout.height / 2, 0, 0,
                           1}};
  return compose(map, compose(change, centred));
}

class Climb {
 public:
  Climb(const Layout& layout, const Ridges& ridges) : layout_(layout), ridges_(ridges) {
    for (const PaperLine& line : layout.lines) {
      for (const Point& sample : samples_on(line)) samples_.push_back({sample, line.upright});
    }
    constexpr std::size_t most = 300;
    if (samples_.size() <= most) return;
    std::vector<std::pair<Point, bool>> some;
    for (std::size_t i = 0; i < most; ++i) some.push_back(samples_[i * samples_.size() / most]);
    samples_ = std::move(some);
  }

  /// From here always upwards, in steps that get smaller.
  [[nodiscard]] Projection from(const Projection& start, double first_step_mm) const {
    const double reach = std::max(layout_.width, layout_.height) / 2;
    Changes steps{first_step_mm,         first_step_mm,         first_step_mm / reach * 57.3,
                  first_step_mm / reach, first_step_mm / reach, first_step_mm / reach * 57.3};
    Changes now{};
    double best = score(start);
    for (int halvings = 0; halvings < 5;) {
      bool better = false;
      for (std::size_t i = 0; i < now.size(); ++i) {
        for (const double sign : {1.0, -1.0}) {
          Changes next = now;
          next[i] += sign * steps[i];
          const double reached = score(changed(layout_, start, next));
          if (reached <= best) continue;
          best = reached;
          now = next;
          better = true;
          break;
        }
      }
      if (better) continue;
      for (double& step : steps) step /= 2;
      ++halvings;
    }
    return changed(layout_, start, now);
  }

 private:
  [[nodiscard]] double score(const Projection& map) const {
    const Projection to_ridges = compose(scaling(ridges_.factor), map);
    const int quarters = quarters_of(map);
    constexpr double enough = 40;
    double sum = 0;
    for (const auto& [point, upright] : samples_)
      sum += std::min(enough, value_at(ridges_.along(upright, quarters), to_ridges(point)));
    return sum;
  }

  const Layout& layout_;
  const Ridges& ridges_;
  std::vector<std::pair<Point, bool>> samples_;
};

/// One step of least squares, in which lines that are far from where all say count little.
Projection by_least_squares(const Layout& layout, const Ridges& fine, const Projection& map) {
  constexpr double usual_mm = 0.15;
  const Sightings sightings = sightings_of(layout, fine, map, fit_reach_mm);
  std::vector<LinePlace> places;
  for (std::size_t i = 0; i < layout.lines.size(); ++i) {
    const auto& [offset, strength] = sightings.all[i];
    if (strength < sightings.least) continue;
    const PaperLine& line = layout.lines[i];
    const double away = std::abs(offset) / usual_mm;
    const double weight = std::min(line.length(), 30.0) / (1 + away * away);
    places.push_back({line.point((line.from + line.to) / 2), line.upright, line.at + offset, weight});
  }
  const auto correction = fit_affine(places);
  return correction ? compose(map, *correction) : map;
}

/// Lines of one direction that belong together: they are off by the same, or they are something else.
struct Part {
  struct Seen {
    double offset_mm = 0;
    double length_mm = 0;
  };
  std::vector<Seen> seen;

  [[nodiscard]] double offset_mm() {
    if (seen.empty()) return 0;
    const auto middle = seen.begin() + static_cast<std::ptrdiff_t>(seen.size() / 2);
    std::ranges::nth_element(seen, middle, {}, &Seen::offset_mm);
    return middle->offset_mm;
  }
  /// Length of those that are off by the same.
  [[nodiscard]] double together_mm() {
    const double offset = offset_mm();
    double length = 0;
    for (const Seen& one : seen)
      length += std::abs(one.offset_mm - offset) <= together_reach_mm ? one.length_mm : 0;
    return length;
  }
};

}  // namespace

Projection settled(const Layout& layout, const Guides& guides, const Projection& start) {
  const Projection near = Climb(layout, guides.coarse).from(start, 0.8);
  Projection map = Climb(layout, guides.near).from(near, 0.4);
  for (int i = 0; i < 3; ++i) map = by_least_squares(layout, guides.fine, map);
  return map;
}

LayoutFit fit_of(const Layout& layout, const Ridges& fine, const Projection& map) {
  LayoutFit fit;
  fit.to_picture = map;
  const Sightings sightings = sightings_of(layout, fine, map, fit_reach_mm);
  std::vector<Part> parts;
  for (std::size_t i = 0; i < layout.lines.size(); ++i) {
    const PaperLine& line = layout.lines[i];
    fit.length_mm += line.length();
    if (sightings.all[i].strength < sightings.least) continue;
    const std::size_t part = 2 * layout.groups[i] + (line.upright ? 1 : 0);
    if (parts.size() <= part) parts.resize(part + 1);
    parts[part].seen.push_back({sightings.all[i].offset_mm, line.length()});
  }
  double found = 0;
  for (Part& part : parts) {
    found += part.together_mm();
    if (part.together_mm() >= measured_mm)
      fit.residual_mm = std::max(fit.residual_mm, std::abs(part.offset_mm()));
  }
  fit.found = fit.length_mm > 0 ? found / fit.length_mm : 0;
  return fit;
}

std::optional<double> offset_of(const PaperLine& line, const Ridges& fine, const Projection& map,
                                double reach_mm) {
  const Sighting seen = sight(line, fine, compose(scaling(fine.factor), map), quarters_of(map), reach_mm);
  if (seen.strength < least_strength) return std::nullopt;
  return seen.offset_mm;
}

}  // namespace softbot::ocr
