#include "ocr/page/template_page.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

#include "ocr/page/anchors.h"

namespace softbot::ocr {
namespace {

constexpr double fine_per_mm = 6;  ///< pixels: a light frame is two of them wide
constexpr double coarse_per_mm = 3;
constexpr double coarse_reach_mm = 1.6;
constexpr double near_reach_mm = 0.7;
constexpr double least_layout_mm = 120;  ///< of lines; fewer do not say how a page lies
constexpr double least_found = 0.7;
constexpr double same_mm = 2;           ///< maps that are nearer are one
constexpr double least_margin = 0.02;   ///< by which share of lines one way must be better than all others
constexpr double least_margin_mm = 15;  ///< and by which length
constexpr double hopeless_mm = 0.7;     ///< no page that is further off is read, so it rivals no other
constexpr double most_shear = 0.012;    ///< radians
constexpr double most_stretch = 0.03;

/// The resolution that a picture states, where that makes it as large as the page or as the glass of a
/// scanner; else the page fills the picture.
double guessed_scale(const GrayImage& image, const FormGeometry& geometry) {
  constexpr double mm_per_inch = 25.4;
  constexpr double glass_mm = 440;
  const double page = std::max(geometry.page_width, geometry.page_height);
  const double longer = std::max(image.width, image.height);
  const double stated = image.dpi / mm_per_inch;
  if (image.dpi > 40 && longer / stated > 0.9 * page && longer / stated < std::max(glass_mm, 1.1 * page))
    return stated;
  return longer / page;
}

void add_sides(const MmBox& box, std::size_t group, Layout& layout) {
  const auto add = [&](PaperLine line) {
    const bool known = std::ranges::any_of(layout.lines, [&](const PaperLine& one) {
      return one.upright == line.upright && std::abs(one.at - line.at) < 0.4 &&
             std::abs(one.from - line.from) < 0.4 && std::abs(one.to - line.to) < 0.4;
    });
    if (known || line.length() < 1.5) return;
    layout.lines.push_back(line);
    layout.groups.push_back(group);
  };
  add({false, box.y, box.x, box.x + box.width});
  add({false, box.y + box.height, box.x, box.x + box.width});
  add({true, box.x, box.y, box.y + box.height});
  add({true, box.x + box.width, box.y, box.y + box.height});
}

Point middle_of(const MmBox& box) {
  return {box.x + box.width / 2, box.y + box.height / 2};
}

double scale_of(const Projection& map, Point at) {
  const Point here = map(at);
  return (distance(here, map({at.x + 1, at.y})) + distance(here, map({at.x, at.y + 1}))) / 2;
}

/// False for a map that no scanner makes.
bool is_sound(const Projection& map) {
  const double across = std::hypot(map.m[0], map.m[3]);
  const double down = std::hypot(map.m[1], map.m[4]);
  if (!(across > 0) || !(down > 0) || map.m[0] * map.m[4] - map.m[1] * map.m[3] <= 0) return false;
  const double lean = (map.m[0] * map.m[1] + map.m[3] * map.m[4]) / (across * down);
  return std::abs(lean) <= most_shear && std::abs(across / down - 1) <= most_stretch;
}

/// One way in which the page may lie.
struct Way {
  LayoutFit fit;
  double residual_mm = 0;
  std::size_t anchors = 0;  ///< that are seen
};

class PageSearch {
 public:
  PageSearch(const SearchedPicture& picture, const ReadingTemplate& reading_template, int page)
      : picture_(picture),
        page_(reading_template.pages[static_cast<std::size_t>(page - 1)]),
        layout_(layout_of(reading_template, page)),
        anchors_(picture, page_) {
    for (const PaperLine& line : layout_.lines) length_mm_ += line.length();
  }

  [[nodiscard]] TemplateFit fit() const {
    std::vector<Way> ways;
    bool anchors_lacked = false;
    for (const Projection& place : starts()) {
      if (const auto way = way_from(place)) {
        add(*way, ways);
      } else {
        anchors_lacked = true;
      }
    }
    TemplateFit result;
    if (ways.empty()) {
      result.problem = anchors_lacked || !page_.anchors.empty() ? "no-marks" : "no-fit";
      return result;
    }
    std::ranges::sort(ways, [](const Way& one, const Way& other) { return worth(one) > worth(other); });
    const Way& best = ways.front();
    result.found = best.fit.found;
    result.registration.to_picture = best.fit.to_picture;
    result.registration.residual_mm = best.residual_mm;
    result.registration.marks = static_cast<int>(best.anchors);
    result.registration.pixels_per_mm =
        scale_of(best.fit.to_picture, {layout_.width / 2, layout_.height / 2});
    result.registration = with_angles(result.registration);
    result.problem = problem_of(ways);
    return result;
  }

 private:
  [[nodiscard]] bool has_layout() const { return length_mm_ >= least_layout_mm; }

  /// Anchors decide where the page lies, so that those are looked for first; crosses are found by the layout
  /// that they belong to.
  [[nodiscard]] std::vector<Projection> starts() const {
    std::vector<Projection> maps = anchors_.places();
    const auto crosses = std::ranges::count(page_.anchors, AnchorKind::cross, &TemplateAnchor::kind);
    const bool anchors_say_all = page_.anchors.size() >= 2 && crosses == 0;
    if (anchors_say_all || !has_layout()) return maps;
    for (const Projection& place : places_of(layout_, picture_.guides().coarse, picture_.pixels_per_mm()))
      maps.push_back(settled(layout_, picture_.guides(), place));
    return maps;
  }

  /// The map with all that is seen near it; nothing where anchors are missing.
  [[nodiscard]] std::optional<Way> way_from(const Projection& start) const {
    Way way;
    Projection map = start;
    if (!page_.anchors.empty()) {
      const std::size_t least = std::min<std::size_t>(3, page_.anchors.size());
      for (int again = 0; again < 3; ++again) {
        const std::vector<Anchor> seen = anchors_.near(map);
        const auto fitted = seen.size() < least ? std::nullopt
                            : seen.size() > 2   ? fit_affine(seen)
                                                : fit_similarity(seen);
        if (!fitted) return std::nullopt;
        map = *fitted;
        way.anchors = seen.size();
        way.residual_mm = 0;
        for (const Anchor& anchor : seen)
          way.residual_mm = std::max(
              way.residual_mm, distance(map(anchor.paper), anchor.picture) / scale_of(map, anchor.paper));
      }
    }
    if (!is_sound(map)) return std::nullopt;
    way.fit = fit_of(layout_, picture_.guides().fine, map);
    // few anchors are met by any map: then the frames must be where they should be
    if (way.anchors < 4) way.residual_mm = std::max(way.residual_mm, way.fit.residual_mm);
    return way;
  }

  void add(const Way& way, std::vector<Way>& ways) const {
    const auto same = std::ranges::find_if(ways, [&](const Way& one) { return is_same(one, way); });
    if (same == ways.end()) {
      ways.push_back(way);
    } else if (worth(way) > worth(*same)) {
      *same = way;
    }
  }

  [[nodiscard]] bool is_same(const Way& one, const Way& other) const {
    const double per_mm = picture_.pixels_per_mm();
    const auto corners = {Point{0, 0}, Point{layout_.width, 0}, Point{0, layout_.height},
                          Point{layout_.width, layout_.height}};
    return std::ranges::all_of(corners, [&](const Point& corner) {
      return distance(one.fit.to_picture(corner), other.fit.to_picture(corner)) < same_mm * per_mm;
    });
  }

  static double worth(const Way& way) {
    return way.fit.found + 0.2 * static_cast<double>(way.anchors) - 0.1 * way.residual_mm;
  }

  /// `ways` from the best on.
  [[nodiscard]] std::string problem_of(const std::vector<Way>& ways) const {
    const Way& best = ways.front();
    const bool many_anchors = best.anchors >= 4;
    if (has_layout() ? best.fit.found < least_found : !many_anchors && best.anchors < page_.anchors.size())
      return "no-fit";
    if (!has_layout() && best.anchors < 3) return "no-fit";
    for (std::size_t i = 1; i < ways.size(); ++i) {
      if (ways[i].anchors < best.anchors || ways[i].residual_mm > hopeless_mm) continue;
      const double margin = best.fit.found - ways[i].fit.found;
      if (margin < least_margin || margin * length_mm_ < least_margin_mm) return "two-ways";
    }
    return best.residual_mm > residual_gate_mm ? "residual" : "";
  }

  const SearchedPicture& picture_;
  const TemplatePage& page_;
  Layout layout_;
  AnchorSearch anchors_;
  double length_mm_ = 0;
};

}  // namespace

SearchedPicture::SearchedPicture(const GrayImage& image, const FormGeometry& geometry,
                                 const FindWords& find_words)
    : image_(image), find_words_(find_words), pixels_per_mm_(guessed_scale(image, geometry)) {
  guides_.fine = ridges_of(image, pixels_per_mm_, fine_per_mm);
  guides_.near = widened(guides_.fine, near_reach_mm);
  guides_.coarse = widened(ridges_of(image, pixels_per_mm_, coarse_per_mm), coarse_reach_mm);
}

Layout layout_of(const ReadingTemplate& reading_template, int page) {
  const FormGeometry& geometry = reading_template.geometry;
  Layout layout{geometry.page_width, geometry.page_height, {}, {}};
  std::size_t group = 0;
  for (const PaperField& field : geometry.fields) {
    if (field.page != page || stands_in_the_open(field)) continue;
    for (const MmBox& box : field.boxes) add_sides(box, group, layout);
    for (const PaperTick& tick : field.ticks) add_sides(tick.box, group, layout);
    if (field.kind == PaperFieldKind::signature) add_sides(field.box, group, layout);
    ++group;
  }
  const TemplatePage& printed = reading_template.pages[static_cast<std::size_t>(page - 1)];
  for (const MmBox& line : printed.lines) add_sides(line, group++, layout);
  for (const TemplateAnchor& anchor : printed.anchors) {
    if (anchor.kind != AnchorKind::cross) continue;
    const Point middle = middle_of(anchor.box);
    add_sides({anchor.box.x, middle.y, anchor.box.width, 0}, group, layout);
    add_sides({middle.x, anchor.box.y, 0, anchor.box.height}, group++, layout);
  }
  return layout;
}

TemplateFit fit_of_page(const SearchedPicture& picture, const ReadingTemplate& reading_template, int page) {
  if (picture.image().empty()) return {};
  return PageSearch(picture, reading_template, page).fit();
}

}  // namespace softbot::ocr
