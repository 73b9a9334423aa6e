#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/bsn.h"
#include "domain/date.h"
#include "domain/iban.h"
#include "domain/postcode.h"
#include "ocr/fields/signs.h"
#include "written_signs.h"

namespace softbot::ocr {
namespace {

using Kind = std::pair<std::string, std::string>;

rc::Gen<Kind> kinds() {
  return rc::gen::element(Kind{"bsn", "999999999"}, Kind{"date", "99999999"}, Kind{"postcode", "9999AA"},
                          Kind{"house-number", "99999"}, Kind{"phone", "9999999999"}, Kind{"integer", "999"},
                          Kind{"decimal", "9999"}, Kind{"money", "999999"},
                          Kind{"iban", "AA99AAAA9999999999"}, Kind{"text", "AAAAAAAA"}, Kind{"text", "XXXX"},
                          Kind{"text", "??????"}, Kind{"unheard-of", "9A?X!"});
}

/// Numbers as no net would give them.
std::vector<float> wild_numbers() {
  const auto size = *rc::gen::element<std::size_t>(0, 1, 10, 11, 26, 27, 28);
  return *rc::gen::container<std::vector<float>>(
      size, rc::gen::oneOf(rc::gen::element(0.0F, 1.0F, -1.0F, 2.0F, 1e30F, 1e-38F,
                                            std::numeric_limits<float>::quiet_NaN(),
                                            std::numeric_limits<float>::infinity()),
                           rc::gen::map(rc::gen::inRange(0, 1000), [](int n) { return float(n) / 1000; })));
}

/// What a net might say: mass on a few classes, the more on one the surer.
std::vector<float> likely_numbers(std::size_t classes) {
  std::vector<float> chances(classes, 1e-6F);
  const int voices = *rc::gen::inRange(1, 4);
  for (int i = 0; i < voices; ++i) {
    chances[*rc::gen::inRange<std::size_t>(0, classes)] += std::pow(10.0F, -float(*rc::gen::inRange(0, 5)));
  }
  float sum = 0;
  for (const float chance : chances) sum += chance;
  for (float& chance : chances) chance /= sum;
  return chances;
}

SignChances likely_sign() {
  if (*rc::gen::inRange(0, 6) == 0) return {true, {}, {}};
  return {false, likely_numbers(11), likely_numbers(27)};
}

void check_shape(const Reading& reading) {
  RC_ASSERT(reading.probability >= 0 && reading.probability <= 1);
  RC_ASSERT(reading.alternatives.size() <= 10U);
  double before = 1;
  for (const ReadingAlternative& alternative : reading.alternatives) {
    RC_ASSERT(alternative.probability >= 0 && alternative.probability <= before);
    RC_ASSERT(!(alternative.value == reading.value));
    before = alternative.probability;
  }
  const bool has_value = reading.state != ReadingState::empty && reading.state != ReadingState::unreadable;
  RC_ASSERT(has_value != reading.value.is_null());
  // It goes to the border and back: probabilities there have four decimals.
  const auto back = reading_from(reading.field, to_value(reading));
  RC_ASSERT(back.has_value());
  RC_ASSERT(back->value == reading.value && back->state == reading.state);
}

RC_GTEST_PROP(DecodeProperties, NeverThrowsAndKeepsItsShapeWhateverTheNumbers, ()) {
  const auto [kind, pattern] = *kinds();
  std::vector<SignChances> signs(*rc::gen::element(pattern.size(), pattern.size() + 1, std::size_t{0}));
  for (SignChances& sign : signs) sign = {*rc::gen::inRange(0, 8) == 0, wild_numbers(), wild_numbers()};
  check_shape(decoded(field_of(kind, pattern), signs));
}

/// A field, and what may well stand in its boxes.
struct Example {
  std::string kind;
  std::string pattern;
  std::vector<std::string> writings;
};

const std::vector<Example>& examples() {
  static const std::vector<Example> all{
      {"bsn", "999999999", {"999990019", "999900006", "111222333"}},
      {"date", "99999999", {"05031962", "29022024", "31121999"}},
      {"postcode", "9999AA", {"1234AB", "9711LM"}},
      {"house-number", "99999", {"12   ", "   7 ", "40001"}},
      {"phone", "9999999999", {"0612345678", "08001234  "}},
      {"integer", "999", {" 40", "7  ", "120"}},
      {"decimal", "9999", {" 125", " 12 "}},
      {"money", "999999", {"120050", "  1250"}},
      {"iban", "AA99AAAA9999999999", {"NL91ABNA0417164300"}},
      {"text", "AAAAAAAA", {"JAN     ", "VAN DAM "}},
  };
  return all;
}

/// Mostly as it was written, more or less surely; now and then as it may be with ink of any shape.
SignChances seen(char written) {
  const int luck = *rc::gen::inRange(0, 24);
  if (luck == 0) return likely_sign();
  if (luck > 2 || written == ' ') return sign(written, 0.99999);
  const char rival =
      written >= 'A' ? *rc::gen::inRange('A', char('Z' + 1)) : *rc::gen::inRange('0', char('9' + 1));
  return sign(written, 1 - std::pow(10.0, -*rc::gen::inRange(1, 6)), rival == written ? '#' : rival);
}

template <class Chances>
std::ptrdiff_t best_of(const Chances& chances) {
  return std::ranges::max_element(chances) - chances.begin();
}

/// The likeliest sign of every box; '#' where that is none.
std::string best_signs(const std::string& pattern, const std::vector<SignChances>& signs) {
  std::string best;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    const bool digit = pattern[i] == '9';
    const auto at = signs[i].empty ? 0 : best_of(digit ? signs[i].digits : signs[i].capitals);
    const bool none = at == (digit ? 10 : 26);
    best += signs[i].empty ? ' ' : none ? '#' : static_cast<char>((digit ? '0' : 'A') + at);
  }
  return best;
}

/// The date in eight boxes as the reading has it.
std::string iso_of(const std::string& boxes) {
  return boxes.substr(4, 4) + "-" + boxes.substr(2, 2) + "-" + boxes.substr(0, 2);
}

void check_certain(const Example& example, const std::vector<SignChances>& signs, const Reading& reading) {
  const std::string& kind = example.kind;
  const std::string& text = reading.value.text_or_empty();
  const std::string best = best_signs(example.pattern, signs);
  RC_ASSERT(reading.probability >= 0.98);
  RC_ASSERT(best.find('#') == std::string::npos);
  if (kind == "bsn") RC_ASSERT(parse_bsn(text).has_value() && text == best);
  if (kind == "date") RC_ASSERT(parse_iso_date(text).has_value());
  if (kind == "date" && best.find(' ') == std::string::npos) RC_ASSERT(text == iso_of(best));
  if (kind == "postcode") RC_ASSERT(parse_postcode(text).has_value() && text == best);
  if (kind == "iban") RC_ASSERT(parse_iban(text).has_value() && text == best);
}

TEST(DecodeProperties, WhatIsCertainIsAnAnswerAndTheBestOfEveryBox) {
  std::map<std::string, int> certain;
  std::map<std::string, int> in_doubt;
  const bool holds = rc::check("what is certain", [&] {
    for (const Example& example : examples()) {
      std::vector<SignChances> signs;
      for (const char written : *rc::gen::elementOf(example.writings)) signs.push_back(seen(written));
      const Reading reading = decoded(field_of(example.kind, example.pattern), signs);
      check_shape(reading);
      const bool is_certain = reading.state == ReadingState::certain;
      ++(is_certain ? certain : in_doubt)[example.kind];
      if (is_certain) check_certain(example, signs, reading);
    }
  });
  EXPECT_TRUE(holds);
  for (const Example& example : examples()) {
    EXPECT_GE(certain[example.kind], 5) << example.kind;
    EXPECT_GE(in_doubt[example.kind], 5) << example.kind;
  }
}

RC_GTEST_PROP(DecodeProperties, WhatNobodyKnowsTheRulesOfIsNeverCertain, ()) {
  const auto& [kind, pattern] = *rc::gen::element(Kind{"text", "??????"}, Kind{"unheard-of", "9A?X!"});
  const std::string text = *rc::gen::container<std::string>(pattern.size(), rc::gen::element('A', '7', ' '));
  RC_ASSERT(decoded(field_of(kind, pattern), written(text, 0.99999)).state != ReadingState::certain);
}

/// A true number written down and read with one sign wrong, surely.
RC_GTEST_PROP(DecodeProperties, OneMisreadDigitNeverMakesACertainBsn, ()) {
  std::string digits = *rc::gen::container<std::string>(8, rc::gen::inRange('0', char('9' + 1)));
  int sum = 0;
  for (int i = 0; i < 8; ++i) sum += (9 - i) * (digits[static_cast<std::size_t>(i)] - '0');
  RC_PRE(sum % 11 != 10);
  digits += static_cast<char>('0' + sum % 11);
  RC_PRE(passes_eleven_test(digits));
  auto signs = written(digits, 0.99999);
  RC_ASSERT(decoded(field_of("bsn", "999999999"), signs).state == ReadingState::certain);
  const auto at = *rc::gen::inRange<std::size_t>(0, 9);
  const auto other = static_cast<char>('0' + (digits[at] - '0' + *rc::gen::inRange(1, 10)) % 10);
  signs[at] = sign(other, 0.99999);
  RC_ASSERT(decoded(field_of("bsn", "999999999"), signs).state != ReadingState::certain);
}

}  // namespace
}  // namespace softbot::ocr
