#include "ocr/page/anchors.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "domain/text.h"
#include "ocr/page/marks.h"

namespace softbot::ocr {
namespace {

constexpr double most_scale = 0.06;
constexpr double most_skew = 6 * std::numbers::pi / 180;
constexpr double reach_mm = 3.5;  ///< from where a map that is nearly right puts an anchor
constexpr double cross_reach_mm = 2.5;
constexpr double least_apart_mm = 40;  ///< nearer anchors do not say how a page lies
constexpr std::size_t most_candidates = 60;
constexpr std::size_t most_places = 400;

Point middle_of(const MmBox& box) {
  return {box.x + box.width / 2, box.y + box.height / 2};
}

bool is_mark(AnchorKind kind) {
  return kind == AnchorKind::square || kind == AnchorKind::circle;
}

/// Without case, spaces and signs, which are often misread.
std::string bare(std::string_view text) {
  std::string result;
  for (const char sign : fold(text)) {
    const bool plain = (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9');
    if (plain || static_cast<unsigned char>(sign) >= 0x80) result += sign;
  }
  return result;
}

bool reads_as(const std::string& found, const std::string& wanted) {
  if (found.empty() || wanted.empty()) return false;
  return edit_distance(found, wanted) * 6 <= wanted.size();
}

}  // namespace

AnchorSearch::AnchorSearch(const SearchedPicture& picture, const TemplatePage& page)
    : picture_(picture), page_(page) {
  for (const TemplateAnchor& anchor : page.anchors) {
    if (is_mark(anchor.kind)) add_marks(anchor);
    if (anchor.kind == AnchorKind::text) add_words(anchor);
  }
}

void AnchorSearch::add_marks(const TemplateAnchor& anchor) {
  constexpr double of_circle = 0.886;  // side of a square with the same area
  const double side =
      std::max(anchor.box.width, anchor.box.height) * (anchor.kind == AnchorKind::circle ? of_circle : 1);
  std::vector<MarkCandidate> marks =
      find_marks(picture_.image(), std::max(anchor.box.width, anchor.box.height) * picture_.pixels_per_mm());
  const double wanted = side * picture_.pixels_per_mm();
  std::ranges::sort(marks, {}, [&](const MarkCandidate& mark) { return std::abs(mark.side - wanted); });
  if (marks.size() > most_candidates) marks.resize(most_candidates);
  Candidates candidates{middle_of(anchor.box), {}};
  for (const MarkCandidate& mark : marks) candidates.pictures.push_back(mark.middle);
  candidates_.push_back(std::move(candidates));
}

void AnchorSearch::add_words(const TemplateAnchor& anchor) {
  Candidates candidates{middle_of(anchor.box), {}};
  const std::string wanted = bare(anchor.text);
  for (const int quarters : {0, 2, 1, 3}) {
    if (!candidates.pictures.empty()) break;
    const std::vector<FoundWord> words = picture_.find_words()(quarters);
    for (std::size_t first = 0; first < words.size(); ++first) {
      std::string text;
      for (std::size_t last = first; last < words.size() && text.size() <= wanted.size(); ++last) {
        text += bare(words[last].text);
        if (!reads_as(text, wanted)) continue;
        const Point& from = words[first].first;
        const Point& to = words[last].last;
        candidates.pictures.push_back({(from.x + to.x) / 2, (from.y + to.y) / 2});
      }
    }
  }
  if (candidates.pictures.size() > most_candidates) candidates.pictures.resize(most_candidates);
  candidates_.push_back(std::move(candidates));
}

std::vector<Projection> AnchorSearch::places() const {
  std::vector<Projection> places;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    for (std::size_t j = i + 1; j < candidates_.size(); ++j)
      add_pairs(candidates_[i], candidates_[j], places);
  }
  return places;
}

void AnchorSearch::add_pairs(const Candidates& one, const Candidates& other,
                             std::vector<Projection>& places) const {
  const double apart = distance(one.paper, other.paper);
  if (apart < least_apart_mm) return;
  const double wanted = apart * picture_.pixels_per_mm();
  for (const Point& first : one.pictures) {
    for (const Point& second : other.pictures) {
      if (std::abs(distance(first, second) / wanted - 1) > most_scale || places.size() >= most_places)
        continue;
      const auto map = fit_similarity({{one.paper, first, 1}, {other.paper, second, 1}});
      if (!map) continue;
      const double angle = std::atan2(map->m[3], map->m[0]);
      const double skew = std::abs(std::remainder(angle, std::numbers::pi / 2));
      if (skew <= most_skew) places.push_back(*map);
    }
  }
}

std::vector<Anchor> AnchorSearch::near(const Projection& map) const {
  std::vector<Anchor> anchors;
  for (const Candidates& candidates : candidates_) {
    const Point wanted = map(candidates.paper);
    double nearest = reach_mm * picture_.pixels_per_mm();
    std::optional<Point> best;
    for (const Point& one : candidates.pictures) {
      const double away = distance(one, wanted);
      if (away >= nearest) continue;
      nearest = away;
      best = one;
    }
    if (best) anchors.push_back({candidates.paper, *best, 1});
  }
  for (const TemplateAnchor& anchor : page_.anchors) {
    if (anchor.kind != AnchorKind::cross) continue;
    if (const auto middle = cross_near(anchor, map)) anchors.push_back({middle_of(anchor.box), *middle, 1});
  }
  return anchors;
}

std::optional<Point> AnchorSearch::cross_near(const TemplateAnchor& anchor, const Projection& map) const {
  const MmBox& box = anchor.box;
  const Point middle = middle_of(box);
  const PaperLine level{false, middle.y, box.x, box.x + box.width};
  const PaperLine upright{true, middle.x, box.y, box.y + box.height};
  const auto down = offset_of(level, picture_.guides().fine, map, cross_reach_mm);
  const auto across = offset_of(upright, picture_.guides().fine, map, cross_reach_mm);
  if (!down || !across) return std::nullopt;
  return map({middle.x + *across, middle.y + *down});
}

}  // namespace softbot::ocr
