// What the probabilities and states of fields with boxes are worth: fields are composed of glyphs that no net
// was trained on, read by the nets, decoded, and held against what was meant. See README.md.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "bench/ocr_eval/calibration.h"
#include "forms/geometry/geometry.h"
#include "glyph_sets.h"
#include "ocr/fields/recogniser.h"
#include "ocr/fields/sign_search.h"
#include "truths.h"

namespace softbot::ocr {
namespace {

constexpr std::size_t looks_at_each_glyph = 3;

/// What the nets said of the glyphs of one source, by character.
using Seen = std::map<char, std::vector<SignChances>>;

Seen seen_by(Recogniser& recogniser, const std::vector<WrittenGlyph>& glyphs, char pattern_sign,
             std::mt19937& random) {
  std::vector<BoxInk> boxes;
  for (const WrittenGlyph& glyph : glyphs) {
    for (std::size_t i = 0; i < looks_at_each_glyph; ++i) boxes.push_back(as_scanned(glyph.ink, random));
  }
  const auto signs = recogniser.signs(boxes, std::string(boxes.size(), pattern_sign));
  Seen seen;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    seen[glyphs[i / looks_at_each_glyph].character].push_back(signs[i]);
  }
  return seen;
}

/// Two sources go together as one hand: digits of one, capitals of the other.
struct Hand {
  std::string name;
  const Seen* digits;
  const Seen* capitals;
};

bool can_write(const Hand& hand, const std::string& writing) {
  return std::all_of(writing.begin(), writing.end(), [&](char character) {
    return character == ' ' || (character <= '9' ? hand.digits : hand.capitals)->contains(character);
  });
}

SignChances look(const Hand& hand, char character, std::mt19937& random) {
  if (character == ' ') return {true, {}, {}};
  const Seen& seen = character <= '9' ? *hand.digits : *hand.capitals;
  const auto& looks = seen.at(character);
  return looks[random() % looks.size()];
}

struct Outcome {
  double probability = 0;
  ReadingState state = ReadingState::unreadable;
  bool right = false;
  double listed = 0;       ///< probability of the value and the alternatives together
  bool is_listed = false;  ///< what was meant is among them
};

Outcome outcome_of(const AskedField& asked, const Hand& hand, std::mt19937& random) {
  Truth truth = made_up(asked, random);
  while (!can_write(hand, truth.writing)) truth = made_up(asked, random);
  PaperField field;
  field.name = "asked";
  field.answer_kind = asked.kind;
  field.pattern = asked.pattern;
  std::vector<SignChances> signs;
  for (const char character : truth.writing) signs.push_back(look(hand, character, random));
  const Reading reading = decoded(field, signs);
  Outcome outcome{reading.probability, reading.state, reading.value == truth.value};
  outcome.listed = reading.probability;
  outcome.is_listed = outcome.right;
  for (const ReadingAlternative& alternative : reading.alternatives) {
    outcome.listed += alternative.probability;
    outcome.is_listed = outcome.is_listed || alternative.value == truth.value;
  }
  return outcome;
}

struct Tally {
  int count = 0;
  int right = 0;
  double said = 0;

  void add(const Outcome& outcome) {
    ++count;
    right += outcome.right ? 1 : 0;
    said += outcome.probability;
  }
};

void print_states(const std::string& label, const std::vector<Outcome>& outcomes) {
  std::map<ReadingState, Tally> by_state;
  for (const Outcome& outcome : outcomes) by_state[outcome.state].add(outcome);
  const auto share = [&](int count) { return 100.0 * count / static_cast<double>(outcomes.size()); };
  std::printf("%-28s", label.c_str());
  for (const auto state : {ReadingState::certain, ReadingState::doubtful, ReadingState::repaired}) {
    const Tally& tally = by_state[state];
    std::printf("  %-8s %5.1f%% (%d wrong)", std::string(name_of(state)).c_str(), share(tally.count),
                tally.count - tally.right);
  }
  const auto exact =
      std::count_if(outcomes.begin(), outcomes.end(), [](const Outcome& one) { return one.right; });
  std::printf("  no value %5.1f%%  exact %6.2f%%\n", share(by_state[ReadingState::unreadable].count),
              share(static_cast<int>(exact)));
}

void print_reliability(const std::vector<Outcome>& outcomes) {
  std::vector<eval::Judged> judged;
  for (const Outcome& outcome : outcomes) {
    if (outcome.state != ReadingState::unreadable) judged.push_back({outcome.probability, outcome.right});
  }
  std::printf("%s", eval::table_of(eval::calibration_of(std::move(judged))).c_str());
}

/// Of values that are not certain: is what was meant at least listed, by how much the list holds.
void print_listed(const std::vector<Outcome>& outcomes) {
  const std::vector<double> ends{0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 1.01};
  std::vector<Tally> bins(ends.size());
  for (const Outcome& outcome : outcomes) {
    if (outcome.state != ReadingState::doubtful && outcome.state != ReadingState::repaired) continue;
    const auto bin = std::upper_bound(ends.begin(), ends.end(), outcome.listed) - ends.begin();
    bins[static_cast<std::size_t>(bin)].add({outcome.listed, outcome.state, outcome.is_listed, 0, false});
  }
  std::printf("    listed    doubtful or repaired    not listed\n");
  for (std::size_t i = 0; i < bins.size(); ++i) {
    if (bins[i].count == 0) continue;
    std::printf("    %-6.4g %9d  %9d\n", std::min(ends[i], 1.0), bins[i].count,
                bins[i].count - bins[i].right);
  }
}

/// `only`: the one kind that is asked for; "" for all.
int run(const std::string& models, const std::string& folder, int count, unsigned seed,
        const std::string& only) {
  auto recogniser = Recogniser::load(models);
  if (!recogniser) throw std::runtime_error(recogniser.error().message);
  std::mt19937 random(seed);
  std::map<std::string, Seen> digits;
  std::map<std::string, Seen> capitals;
  for (const auto& [source, glyphs] : glyph_sets(folder, "digits")) {
    digits[source] = seen_by(**recogniser, glyphs, '9', random);
  }
  for (const auto& [source, glyphs] : glyph_sets(folder, "capitals")) {
    capitals[source] = seen_by(**recogniser, glyphs, 'A', random);
  }
  const std::vector<AskedField> asked{
      {"bsn", "999999999"},      {"date", "99999999"},           {"postcode", "9999AA"},
      {"house-number", "99999"}, {"phone", "9999999999"},        {"integer", "999"},
      {"money", "999999"},       {"iban", "AA99AAAA9999999999"}, {"text", "AAAAAAAAAAAAAAAA"}};
  const auto is_only = [&](const AskedField& one) { return one.kind == only; };
  if (!only.empty() && std::none_of(asked.begin(), asked.end(), is_only))
    throw std::runtime_error("There is no kind " + only + ".");
  std::printf("%s, %s, %d fields of each kind and hand\n", (*recogniser)->version().c_str(), folder.c_str(),
              count);
  for (const AskedField& field : asked) {
    if (!only.empty() && field.kind != only) continue;
    const bool has_letters = field.pattern.find('A') != std::string::npos;
    const bool has_digits = field.pattern.find('9') != std::string::npos;
    std::vector<Outcome> all;
    for (const auto& [digit_source, seen_digits] : digits) {
      for (const auto& [capital_source, seen_capitals] : capitals) {
        if (!has_letters && capital_source != "characters62") continue;
        if (!has_digits && digit_source != "optdigits") continue;
        std::string name =
            field.kind + " " + (has_digits ? digit_source : "") + " " + (has_letters ? capital_source : "");
        const Hand hand{name, &seen_digits, &seen_capitals};
        std::vector<Outcome> outcomes;
        for (int i = 0; i < count; ++i) outcomes.push_back(outcome_of(field, hand, random));
        print_states(hand.name, outcomes);
        all.insert(all.end(), outcomes.begin(), outcomes.end());
      }
    }
    print_reliability(all);
    print_listed(all);
  }
  return 0;
}

}  // namespace
}  // namespace softbot::ocr

int main(int count, char** arguments) {
  if (count != 5 && count != 6) {
    std::fprintf(stderr, "Use: field_reliability MODELS HELDOUT-PART FIELDS SEED [KIND]\n");
    return 2;
  }
  try {
    return softbot::ocr::run(arguments[1], arguments[2], std::atoi(arguments[3]),
                             static_cast<unsigned>(std::atoi(arguments[4])), count == 6 ? arguments[5] : "");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
