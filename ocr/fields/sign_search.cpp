#include "ocr/fields/sign_search.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "ocr/fields/sign_runs.h"

namespace softbot::ocr {
namespace {

constexpr std::size_t digit_count = 10;
constexpr std::size_t capital_count = 26;
/// So many beginnings are followed at once, each at least so likely beside the best.
constexpr std::size_t beam_width = 600;
constexpr double beam_depth = 1e-6;
/// A net's certainty is bounded by what it was measured on: so much of its mass is spread over all signs.
constexpr double humility = 0.0003;
/// In boxes for capitals and digits, before anything is seen.
constexpr double prior_of_capital = 0.8;
constexpr double largest_error_of_sum = 0.05;

/// Chances of the signs and, last, of no sign, summing to 1; empty when the numbers are no distribution.
std::vector<double> distribution(const std::vector<float>& chances, std::size_t signs) {
  if (chances.size() != signs + 1) return {};
  double sum = 0;
  for (const float chance : chances) {
    if (!(chance >= 0.0F && chance <= 1.0F + static_cast<float>(largest_error_of_sum))) return {};
    sum += static_cast<double>(chance);
  }
  if (std::abs(sum - 1) > largest_error_of_sum) return {};
  std::vector<double> result;
  const double spread = humility / static_cast<double>(chances.size());
  for (const float chance : chances)
    result.push_back((1 - humility) * static_cast<double>(chance) / sum + spread);
  return result;
}

void add(BoxChoices& box, const std::vector<double>& chances, char first, double weight) {
  for (std::size_t i = 0; i + 1 < chances.size(); ++i) {
    box.choices.push_back({static_cast<char>(first + static_cast<char>(i)), chances[i] * weight});
  }
}

/// Both nets were asked. What one takes for its own sign and the other for none is that sign; what both take
/// for their own stays open between them.
BoxChoices either(const std::vector<double>& digits, const std::vector<double>& capitals, double capital) {
  BoxChoices box;
  add(box, digits, '0', 1 - capital);
  add(box, capitals, 'A', capital);
  const double neither = digits.back() * capitals.back();
  double sum = neither;
  for (const SignChoice& choice : box.choices) sum += choice.chance;
  for (SignChoice& choice : box.choices) choice.chance /= sum;
  box.no_sign = neither / sum;
  return box;
}

BoxChoices anything(const std::vector<double>& digits, const std::vector<double>& capitals) {
  BoxChoices box = either(digits, capitals, 0.5);
  box.choices.push_back({mark_between, box.no_sign});
  box.no_sign = 0;
  return box;
}

struct Beginning {
  std::string signs;
  double chance = 0;
};

/// One more sign at the end of a beginning, not yet written out.
struct Step {
  std::size_t from = 0;
  char sign = ' ';
  double chance = 0;
};

bool likelier(const Step& one, const Step& other) {
  return one.chance > other.chance;
}

std::vector<Step> steps(const std::vector<Beginning>& beginnings, const BoxChoices& box,
                        const SignRuns& runs) {
  std::vector<Step> all;
  all.reserve(beginnings.size() * box.choices.size());
  for (std::size_t i = 0; i < beginnings.size(); ++i) {
    for (const SignChoice& choice : box.choices) {
      const double follows = runs.weight(beginnings[i].signs, choice.sign);
      all.push_back({i, choice.sign, beginnings[i].chance * choice.chance * follows});
    }
  }
  return all;
}

}  // namespace

double BoxChoices::chance_of(char sign) const {
  const auto found = std::find_if(choices.begin(), choices.end(),
                                  [&](const SignChoice& choice) { return choice.sign == sign; });
  return found == choices.end() ? 0 : found->chance;
}

BoxChoices choices_of(const SignChances& chances, char pattern_sign) {
  if (chances.empty) return {{{' ', 1.0}}, 0.0};
  const auto digits = distribution(chances.digits, digit_count);
  const auto capitals = distribution(chances.capitals, capital_count);
  BoxChoices box;
  if (pattern_sign == '9' && !digits.empty()) {
    add(box, digits, '0', 1);
    box.no_sign = digits.back();
  } else if (pattern_sign == 'A' && !capitals.empty()) {
    add(box, capitals, 'A', 1);
    box.no_sign = capitals.back();
  } else if (pattern_sign != '9' && pattern_sign != 'A' && !digits.empty() && !capitals.empty()) {
    box = pattern_sign == '?' ? anything(digits, capitals) : either(digits, capitals, prior_of_capital);
  }
  std::stable_sort(box.choices.begin(), box.choices.end(),
                   [](const SignChoice& one, const SignChoice& other) { return one.chance > other.chance; });
  return box;
}

Writings likely_writings(const std::vector<BoxChoices>& boxes, const FieldRules& rules) {
  const SignRuns runs(boxes, rules.anything_may_stand());
  Writings result;
  double all_signs = 1;
  for (const BoxChoices& box : boxes) all_signs *= 1 - box.no_sign;
  result.no_sign = 1 - all_signs;
  std::vector<Beginning> beginnings{{"", runs.scale()}};
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    std::vector<Step> next = steps(beginnings, boxes[i], runs);
    std::sort(next.begin(), next.end(), likelier);
    std::vector<Beginning> followed;
    for (const Step& step : next) {
      const bool follows = followed.size() < beam_width &&
                           (followed.empty() || step.chance >= beam_depth * followed.front().chance);
      const std::string& before = beginnings[step.from].signs;
      std::string signs = follows ? before + step.sign : std::string();
      if (!follows) {
        result.not_followed += step.chance * runs.rest_behind(i, before, step.sign);
      } else if (!rules.may_begin(signs)) {
        result.against_rules += step.chance * runs.rest_behind(i, before, step.sign);
      } else {
        followed.push_back({std::move(signs), step.chance});
      }
    }
    beginnings = std::move(followed);
  }
  for (Beginning& one : beginnings) result.best.push_back({std::move(one.signs), one.chance});
  return result;
}

std::string raw_writing(const std::vector<BoxChoices>& boxes) {
  std::string signs;
  for (const BoxChoices& box : boxes) {
    if (box.choices.empty() || box.choices.front().chance < box.no_sign) return "";
    signs += box.choices.front().sign;
  }
  return signs;
}

}  // namespace softbot::ocr
