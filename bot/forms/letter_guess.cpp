#include "forms/letter_guess.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <optional>

#include "domain/text.h"
#include "forms/letter_words.h"

namespace softbot {
namespace {

/// Between two parts of a cue.
constexpr std::size_t most_words_between = 5;
constexpr std::size_t most_text = 40'000;  // bytes; a letter with more has said what it is
constexpr std::size_t evidence_per_kind = 3;
constexpr std::size_t longest_evidence = 80;  // code points
/// Against a kind, as for it, there is an end to what words can say.
constexpr double most_points = 20;
constexpr double heading_counts = 1.5;
/// Fewer words than these, or a smaller share of them, were understood: the text is handwriting or noise.
constexpr std::size_t least_understood = 2;
constexpr double least_share = 0.15;
/// What is left of what such a text says; the rest is what holds for any letter.
constexpr double little_counts = 0.3;

using Words = std::vector<LetterWord>;

/// Where a cue was found: words `first` to `last`.
struct Found {
  std::size_t first = 0;
  std::size_t last = 0;
  double points = 0;
};

/// Words of the configuration compared with all words of one letter, each once.
class Places {
 public:
  explicit Places(const Words& words) : words_(words) {}

  /// The words of the letter that match, in order.
  const std::vector<bool>& of(const WordPattern& pattern) {
    const std::string key = pattern.start + (pattern.open ? "*" : "");
    const auto known = matches_.find(key);
    if (known != matches_.end()) return known->second;
    const TolerantWord tolerant(pattern);
    std::vector<bool> at(words_.size());
    for (std::size_t i = 0; i < words_.size(); ++i) at[i] = tolerant.matches(words_[i]);
    return matches_.emplace(key, std::move(at)).first->second;
  }

 private:
  const Words& words_;
  std::map<std::string, std::vector<bool>> matches_;
};

/// The last word of this part when it begins at `at`.
std::optional<std::size_t> end_of_part(const Words& words, Places& places,
                                       const std::vector<WordPattern>& part, std::size_t at) {
  if (at + part.size() > words.size()) return std::nullopt;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (!places.of(part[i])[at + i]) return std::nullopt;
  }
  const std::size_t last = at + part.size() - 1;
  if (words[last].sentence != words[at].sentence) return std::nullopt;
  return last;
}

std::optional<std::size_t> end_of_cue(const Words& words, Places& places, const LetterCue& cue,
                                      std::size_t first) {
  auto last = end_of_part(words, places, cue.parts.front(), first);
  for (std::size_t part = 1; last && part < cue.parts.size(); ++part) {
    std::optional<std::size_t> next;
    for (std::size_t at = *last + 1; !next && at <= *last + 1 + most_words_between && at < words.size();
         ++at) {
      if (words[at].sentence != words[first].sentence) break;
      next = end_of_part(words, places, cue.parts[part], at);
    }
    last = next;
  }
  return last;
}

bool is_heading(const Words& words, int line) {
  const auto first = std::ranges::find(words, line, &LetterWord::line);
  static constexpr std::array<std::string_view, 4> starts{"betreft", "onderwerp", "inzake", "subject"};
  return first != words.end() && std::ranges::find(starts, first->folded) != starts.end();
}

/// The first place of a cue; one in a heading counts for more.
std::optional<Found> find_cue(const Words& words, Places& places, const LetterCue& cue) {
  std::optional<Found> found;
  const std::vector<bool>& starts = places.of(cue.parts.front().front());
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (!starts[at]) continue;
    const auto last = end_of_cue(words, places, cue, at);
    if (!last) continue;
    const bool heading = is_heading(words, words[at].line);
    if (!found || heading) found = Found{at, *last, heading ? heading_counts * cue.weight : cue.weight};
    if (heading) break;
  }
  return found;
}

/// What stands in the letter from word `first` to `last`.
std::string quote(std::string_view text, const Words& words, const Found& found) {
  const std::size_t begin = words[found.first].begin;
  const std::string plain = collapse_spaces(text.substr(begin, words[found.last].end - begin));
  std::string_view shown = plain;
  static constexpr std::string_view around = ".,;:!?()\"'";
  while (!shown.empty() && around.find(shown.front()) != std::string_view::npos) shown.remove_prefix(1);
  while (!shown.empty() && around.find(shown.back()) != std::string_view::npos) shown.remove_suffix(1);
  return first_code_points(shown, longest_evidence);
}

bool overlap(const Found& one, const Found& other) {
  return one.first <= other.last && other.first <= one.last;
}

/// What speaks for a kind, strongest first: of cues that say the same with the same words only the strongest.
std::vector<Found> without_overlap(std::vector<Found> all) {
  std::ranges::stable_sort(all, std::greater<>(), &Found::points);
  std::vector<Found> kept;
  for (const Found& one : all) {
    const auto same = [&](const Found& other) { return overlap(one, other); };
    if (std::ranges::none_of(kept, same)) kept.push_back(one);
  }
  return kept;
}

struct Said {
  double points = 0;
  std::vector<Found> for_it;
};

/// The strongest cue counts whole, the next half, and so on: what is said twice is not twice as sure.
Said points_of(const Words& words, Places& places, const LetterKind& kind, std::vector<bool>& understood) {
  Said said;
  std::vector<Found> positive;
  for (const LetterCue& cue : kind.cues) {
    const auto found = find_cue(words, places, cue);
    if (!found) continue;
    for (std::size_t i = found->first; i <= found->last; ++i) understood[i] = true;
    if (cue.weight > 0) {
      positive.push_back(*found);
    } else {
      said.points += found->points;
    }
  }
  said.for_it = without_overlap(std::move(positive));
  double share = 1;
  for (const Found& found : said.for_it) {
    said.points += share * found.points;
    share /= 2;
  }
  said.points = std::clamp(said.points, -most_points, most_points);
  return said;
}

bool says_little(const LetterKinds& kinds, const Words& words, const std::vector<bool>& understood) {
  std::size_t known = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (understood[i] || std::ranges::binary_search(kinds.plain_words, words[i].folded)) ++known;
  }
  return known < least_understood ||
         static_cast<double>(known) < least_share * static_cast<double>(words.size());
}

/// Points made into probabilities that are together 1.
std::vector<double> shares(const std::vector<double>& points, double sharpness) {
  const double most = *std::ranges::max_element(points);
  std::vector<double> all;
  double sum = 0;
  for (const double one : points) sum += all.emplace_back(std::exp(sharpness * (one - most)));
  for (double& one : all) one /= sum;
  return all;
}

}  // namespace

LetterGuess guess_letter(const LetterKinds& kinds, std::string_view text) {
  const std::string whole = unbroken(text.substr(0, most_text));
  const Words words = letter_words(whole);
  Places places(words);
  std::vector<bool> understood(words.size());
  LetterGuess guess;
  std::vector<double> points{static_cast<double>(kinds.start)};
  std::vector<double> nothing_read = points;
  std::vector<std::pair<double, LetterEvidence>> evidence;
  for (const LetterKind& kind : kinds.kinds) {
    const Said said = points_of(words, places, kind, understood);
    points.push_back(said.points);
    nothing_read.push_back(0);
    for (std::size_t i = 0; i < std::min(said.for_it.size(), evidence_per_kind); ++i)
      evidence.emplace_back(said.for_it[i].points,
                            LetterEvidence{kind.kind, quote(whole, words, said.for_it[i])});
  }
  guess.says_little = says_little(kinds, words, understood);
  std::vector<double> likely = shares(points, kinds.sharpness);
  const std::vector<double> before = shares(nothing_read, kinds.sharpness);
  for (std::size_t i = 0; guess.says_little && i < likely.size(); ++i)
    likely[i] = little_counts * likely[i] + (1 - little_counts) * before[i];
  guess.kinds.push_back({std::string(letter_of_no_kind), likely.front()});
  for (std::size_t i = 0; i < kinds.kinds.size(); ++i)
    guess.kinds.push_back({kinds.kinds[i].kind, likely[i + 1]});
  std::ranges::stable_sort(guess.kinds, std::greater<>(), &LikelyKind::probability);
  std::ranges::stable_sort(evidence,
                           [](const auto& one, const auto& other) { return one.first > other.first; });
  for (auto& [weight, one] : evidence) guess.evidence.push_back(std::move(one));
  return guess;
}

double probability_of(const LetterGuess& guess, std::string_view kind) {
  const auto found = std::ranges::find(guess.kinds, kind, &LikelyKind::kind);
  return found == guess.kinds.end() ? 0 : found->probability;
}

std::vector<std::string> told_kinds(const LetterKinds& kinds, const LetterGuess& guess) {
  std::vector<std::string> told;
  for (const bool urgent : {true, false}) {
    for (const LikelyKind& one : guess.kinds) {
      if (one.kind == letter_of_no_kind || is_urgent_letter(one.kind) != urgent) continue;
      if (one.probability >= (urgent ? kinds.urgent_from : kinds.shown_from)) told.push_back(one.kind);
    }
  }
  return told;
}

}  // namespace softbot
