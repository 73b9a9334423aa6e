#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "ocr/fields/field_rules.h"
#include "ocr/fields/sign_search.h"
#include "ocr/fields/signs.h"
#include "ocr/fields/thresholds.h"

namespace softbot::ocr {
namespace {

constexpr std::size_t most_alternatives = 10;

/// One answer, and all its writings together: "07" and "7 " are one number.
struct Candidate {
  Value value;
  double chance = 0;
  std::string writing;  ///< the likeliest of them
  bool plain = false;   ///< of that writing
};

/// What all writings come to under the field's rules.
struct Weighed {
  std::vector<Candidate> answers;  ///< best first
  double valid = 0;                ///< mass of all answers found
  double total = 0;                ///< what answers are weighed against
};

std::string key_of(const Value& value) {
  const Number* number = value.as_number();
  return number != nullptr ? number->text : value.text_or_empty();
}

/// A writing against the rules is far less likely to have been meant than an answer, but it happens: somebody
/// copies their own number wrong. What holds no sign, and what was not followed, counts in full.
Weighed weigh(const Writings& writings, const FieldRules& rules) {
  std::map<std::string, Candidate> answers;
  Weighed weighed;
  double invalid = writings.against_rules;
  for (const Writing& writing : writings.best) {
    auto understood = rules.understood(writing.signs);
    if (!understood) {
      invalid += writing.chance;
      continue;
    }
    weighed.valid += writing.chance;
    Candidate& candidate = answers[key_of(understood->value)];
    if (candidate.writing.empty()) {
      candidate = {std::move(understood->value), 0, writing.signs, understood->plain};
    }
    candidate.chance += writing.chance;
  }
  weighed.total = weighed.valid + invalid * weight_of_invalid + writings.not_followed + writings.no_sign;
  for (auto& [key, candidate] : answers) weighed.answers.push_back(std::move(candidate));
  std::stable_sort(weighed.answers.begin(), weighed.answers.end(),
                   [](const Candidate& one, const Candidate& other) { return one.chance > other.chance; });
  return weighed;
}

/// Replaces `from` by `to` at these places, and says how likely that is if one misread sign of a writer means
/// that the others of its kind are misread too: as the least likely of them, and not as their product.
double chance_of_same_error(const std::vector<BoxChoices>& boxes, const Candidate& best,
                            const std::vector<std::size_t>& places, char to, const FieldRules& rules) {
  std::string other = best.writing;
  double least = 1;
  for (const std::size_t place : places) {
    least = std::min(least, boxes[place].chance_of(to) / boxes[place].chance_of(other[place]));
    other[place] = to;
  }
  if (least <= 0) return 0;
  const auto understood = rules.understood(other);
  if (!understood || understood->value == best.value) return 0;
  return least * likeness_of_errors * best.chance;
}

/// Mass of the answers that come of the same sign misread twice or throughout: rules such as the 11-test pass
/// them far more often than the product of chances says.
double chance_of_same_errors(const std::vector<BoxChoices>& boxes, const Candidate& best,
                             const FieldRules& rules) {
  double sum = 0;
  const std::set<char> signs(best.writing.begin(), best.writing.end());
  for (const char sign : signs) {
    if (sign == ' ') continue;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      if (best.writing[i] == sign) places.push_back(i);
    }
    if (places.size() < 2) continue;
    for (const SignChoice& other : boxes[places.front()].choices) {
      if (other.sign == sign) continue;
      if (places.size() > 2) sum += chance_of_same_error(boxes, best, places, other.sign, rules);
      for (std::size_t i = 0; i < places.size(); ++i) {
        for (std::size_t j = i + 1; j < places.size(); ++j) {
          sum += chance_of_same_error(boxes, best, {places[i], places[j]}, other.sign, rules);
        }
      }
    }
  }
  return sum;
}

bool all_empty(const std::vector<SignChances>& signs) {
  return std::all_of(signs.begin(), signs.end(), [](const SignChances& sign) { return sign.empty; });
}

double weakest_sign(const std::vector<BoxChoices>& boxes) {
  double weakest = 1;
  for (const BoxChoices& box : boxes) {
    weakest = std::min(weakest, box.choices.empty() ? 0 : box.choices.front().chance);
  }
  return weakest;
}

double as_probability(double chance) {
  return chance > 0 ? std::min(chance, 1.0) : 0.0;
}

void add_alternatives(Reading& reading, const Weighed& weighed) {
  for (const Candidate& candidate : weighed.answers) {
    if (reading.alternatives.size() == most_alternatives) return;
    if (candidate.value == reading.value) continue;
    reading.alternatives.push_back({candidate.value, as_probability(candidate.chance / weighed.total)});
  }
}

ReadingState state_of(const PaperField& field, const Candidate& best, double probability,
                      const std::vector<BoxChoices>& boxes) {
  if (best.writing != raw_writing(boxes)) return ReadingState::repaired;
  const Thresholds& thresholds = thresholds_of(field.answer_kind);
  const bool sure = probability >= thresholds.field && weakest_sign(boxes) >= thresholds.sign;
  return best.plain && sure ? ReadingState::certain : ReadingState::doubtful;
}

}  // namespace

Reading decoded(const PaperField& field, const std::vector<SignChances>& signs) {
  Reading reading;
  reading.field = field.name;
  if (signs.empty() || signs.size() != field.pattern.size()) return reading;
  if (all_empty(signs)) {
    reading.state = ReadingState::empty;
    reading.probability = 1;
    return reading;
  }
  const FieldRules rules(field);
  std::vector<BoxChoices> boxes;
  for (std::size_t i = 0; i < signs.size(); ++i) boxes.push_back(choices_of(signs[i], field.pattern[i]));
  Weighed weighed = weigh(likely_writings(boxes, rules), rules);
  if (weighed.answers.empty() || weighed.total <= 0) return reading;
  const Candidate& best = weighed.answers.front();
  weighed.total += chance_of_same_errors(boxes, best, rules);
  if (weighed.valid >= least_valid_mass && best.chance >= least_answer * weighed.total) {
    reading.value = best.value;
    reading.probability = as_probability(best.chance / weighed.total);
    reading.state = state_of(field, best, reading.probability, boxes);
  }
  add_alternatives(reading, weighed);
  return reading;
}

}  // namespace softbot::ocr
