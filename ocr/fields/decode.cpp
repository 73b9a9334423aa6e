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
/// A box with more than this on no sign may be crossed out, with what was meant in the next one.
constexpr double crossed_out = 0.5;

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
  double against = 0;              ///< what else they are weighed against
};

std::string key_of(const Value& value) {
  const Number* number = value.as_number();
  return number != nullptr ? number->text : value.text_or_empty();
}

/// A writing against the rules is far less likely to have been meant than an answer, but it happens: somebody
/// copies their own number wrong. Of what was not followed, as much counts as holds answers elsewhere.
Weighed weigh(const Writings& writings, const FieldRules& rules) {
  std::map<std::string, Candidate> answers;
  Weighed weighed;
  double invalid = writings.against_rules;
  std::size_t valid_writings = 0;
  for (const Writing& writing : writings.best) {
    auto understood = rules.understood(writing.signs);
    if (!understood) {
      invalid += writing.chance;
      continue;
    }
    ++valid_writings;
    weighed.valid += writing.chance;
    Candidate& candidate = answers[key_of(understood->value)];
    if (candidate.writing.empty()) {
      candidate = {std::move(understood->value), 0, writing.signs, understood->plain};
    }
    candidate.chance += writing.chance;
  }
  const double writings_found = std::max(1.0, static_cast<double>(writings.best.size()));
  weighed.against = invalid * weight_of_invalid +
                    writings.not_followed * static_cast<double>(valid_writings) / writings_found;
  for (auto& [key, candidate] : answers) weighed.answers.push_back(std::move(candidate));
  std::stable_sort(weighed.answers.begin(), weighed.answers.end(),
                   [](const Candidate& one, const Candidate& other) { return one.chance > other.chance; });
  return weighed;
}

/// The signs that may stand in a box beside all others of an answer, itself among them.
struct Neighbours {
  std::vector<char> answers;  ///< with these it is an answer, too
  std::size_t asked = 0;      ///< of so many

  [[nodiscard]] bool contains(char sign) const {
    return std::find(answers.begin(), answers.end(), sign) != answers.end();
  }
};

std::vector<Neighbours> neighbours_of(const std::string& writing, const std::vector<BoxChoices>& boxes,
                                      const FieldRules& rules) {
  std::vector<Neighbours> all(boxes.size());
  std::string other = writing;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    for (const SignChoice& choice : boxes[i].choices) {
      other[i] = choice.sign;
      ++all[i].asked;
      if (choice.sign == writing[i] || rules.understood(other)) all[i].answers.push_back(choice.sign);
    }
    other[i] = writing[i];
  }
  return all;
}

/// Mass of an answer's writing with some box that holds no sign. Where the rules leave one sign only beside
/// all others, that this very sign was seen speaks for it: it counts for as many as the alphabet has.
double chance_of_no_sign(const Candidate& best, const std::vector<BoxChoices>& boxes,
                         const std::vector<Neighbours>& neighbours) {
  double with_signs = 1;
  double with_any = 1;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const double chance = boxes[i].chance_of(best.writing[i]);
    const double free =
        static_cast<double>(neighbours[i].answers.size()) / static_cast<double>(neighbours[i].asked);
    with_signs *= chance;
    with_any *= chance + boxes[i].no_sign * free;
  }
  return with_any - with_signs;
}

/// Mass of the answer that is found when the same sign was misread alike in all these places, if no one of
/// them by itself gives an answer. One misread sign of a writer means that others of its kind are misread,
/// too: this is as likely as the least likely of them, and not as their product.
double chance_of_same_error(const Candidate& best, const std::vector<BoxChoices>& boxes,
                            const std::vector<Neighbours>& neighbours, const std::vector<std::size_t>& places,
                            char to, const FieldRules& rules) {
  std::string other = best.writing;
  double least = 1;
  for (const std::size_t place : places) {
    if (neighbours[place].contains(to)) return 0;
    least = std::min(least, boxes[place].chance_of(to) / boxes[place].chance_of(other[place]));
    other[place] = to;
  }
  return least > 0 && rules.understood(other) ? least * likeness_of_errors * best.chance : 0;
}

/// Sums that over every sign that occurs twice or more: in two places, and throughout.
double chance_of_same_errors(const Candidate& best, const std::vector<BoxChoices>& boxes,
                             const std::vector<Neighbours>& neighbours, const FieldRules& rules) {
  double sum = 0;
  for (const char sign : std::set<char>(best.writing.begin(), best.writing.end())) {
    if (sign == ' ') continue;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      if (best.writing[i] == sign) places.push_back(i);
    }
    if (places.size() < 2) continue;
    for (const SignChoice& other : boxes[places.front()].choices) {
      if (other.sign == sign) continue;
      const auto chance = [&](const std::vector<std::size_t>& misread) {
        return chance_of_same_error(best, boxes, neighbours, misread, other.sign, rules);
      };
      if (places.size() > 2) sum += chance(places);
      for (std::size_t i = 0; i < places.size(); ++i) {
        for (std::size_t j = i + 1; j < places.size(); ++j) sum += chance({places[i], places[j]});
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

void add_alternatives(Reading& reading, const Weighed& weighed, double total) {
  for (const Candidate& candidate : weighed.answers) {
    if (reading.alternatives.size() == most_alternatives) return;
    if (candidate.value == reading.value) continue;
    reading.alternatives.push_back({candidate.value, as_probability(candidate.chance / total)});
  }
}

ReadingState state_of(const PaperField& field, const Candidate& best, double probability,
                      const std::vector<BoxChoices>& boxes) {
  const bool by_itself = FieldRules(field).anything_may_stand() || best.writing == raw_writing(boxes);
  if (!by_itself) return ReadingState::repaired;
  const Thresholds& thresholds = thresholds_of(field.answer_kind);
  const bool sure = probability >= thresholds.field && weakest_sign(boxes) >= thresholds.sign;
  return best.plain && sure ? ReadingState::certain : ReadingState::doubtful;
}

/// A box of which nothing is known, not even that it was left out.
BoxChoices any_digit() {
  BoxChoices box;
  for (char digit = '0'; digit <= '9'; ++digit) box.choices.push_back({digit, 0.1});
  return box;
}

std::vector<BoxChoices> choices_of(const PaperField& field, const std::vector<SignChances>& signs) {
  std::vector<BoxChoices> boxes;
  for (std::size_t i = 0; i < signs.size(); ++i) boxes.push_back(choices_of(signs[i], field.pattern[i]));
  return boxes;
}

/// Where signs may stand in other boxes and mean the same.
bool signs_may_move(const PaperField& field) {
  const std::string& kind = field.answer_kind;
  return kind == "text" || kind == "integer" || kind == "house-number" || kind == "phone";
}

/// For a field that gives no value: what it would say without the boxes that may be crossed out. For people,
/// as alternatives, and never as the value.
void add_without_crossed_out(Reading& reading, const PaperField& field,
                             const std::vector<BoxChoices>& boxes) {
  PaperField shorter = field;
  shorter.pattern.clear();
  std::vector<BoxChoices> kept;
  double chance = crossed_out;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (boxes[i].no_sign > crossed_out) {
      chance *= boxes[i].no_sign;
    } else {
      kept.push_back(boxes[i]);
      shorter.pattern += field.pattern[i];
    }
  }
  if (kept.empty() || kept.size() == boxes.size() || !signs_may_move(field)) return;
  const FieldRules rules(shorter);
  for (const Candidate& candidate : weigh(likely_writings(kept, rules), rules).answers) {
    const bool known = std::any_of(reading.alternatives.begin(), reading.alternatives.end(),
                                   [&](const auto& other) { return other.value == candidate.value; });
    if (!known) reading.alternatives.push_back({candidate.value, as_probability(chance * candidate.chance)});
  }
  std::stable_sort(reading.alternatives.begin(), reading.alternatives.end(),
                   [](const auto& one, const auto& other) { return one.probability > other.probability; });
  if (reading.alternatives.size() > most_alternatives) reading.alternatives.resize(most_alternatives);
}

/// Value, probability, state and alternatives under the rules, as far as there is a value.
void decode_into(Reading& reading, const PaperField& field, const std::vector<BoxChoices>& boxes) {
  const FieldRules rules(field);
  const Weighed weighed = weigh(likely_writings(boxes, rules), rules);
  if (weighed.answers.empty() || weighed.valid <= 0) return;
  const Candidate& best = weighed.answers.front();
  const auto neighbours = neighbours_of(best.writing, boxes, rules);
  const double total = weighed.valid + weighed.against + chance_of_no_sign(best, boxes, neighbours) +
                       chance_of_same_errors(best, boxes, neighbours, rules);
  if (weighed.valid >= least_valid_mass && best.chance >= least_answer * total) {
    reading.value = best.value;
    reading.probability = as_probability(best.chance / total);
    reading.state = state_of(field, best, reading.probability, boxes);
  }
  add_alternatives(reading, weighed, total);
}

/// With one box that is crossed out or blotted, the 11-test tells what was meant there, if the others were
/// read rightly. Such a number is repaired: whose it is, others must say.
void repair_open_box(Reading& reading, const PaperField& field, std::vector<BoxChoices> boxes) {
  const auto holds_none = [](const BoxChoices& box) { return box.no_sign > crossed_out; };
  if (field.answer_kind != "bsn" || std::count_if(boxes.begin(), boxes.end(), holds_none) != 1) return;
  *std::find_if(boxes.begin(), boxes.end(), holds_none) = any_digit();
  Reading repaired;
  repaired.field = reading.field;
  decode_into(repaired, field, boxes);
  if (repaired.state == ReadingState::unreadable) return;
  reading = std::move(repaired);
  reading.state = ReadingState::repaired;
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
  const auto boxes = choices_of(field, signs);
  decode_into(reading, field, boxes);
  if (reading.state == ReadingState::unreadable) repair_open_box(reading, field, boxes);
  if (reading.state == ReadingState::unreadable) add_without_crossed_out(reading, field, boxes);
  return reading;
}

}  // namespace softbot::ocr
