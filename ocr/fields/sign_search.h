#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ocr/fields/field_rules.h"
#include "ocr/fields/signs.h"

namespace softbot::ocr {

struct SignChoice {
  char sign = ' ';
  double chance = 0;
};

/// What may stand in one box: signs with their chances, best first; the rest of 1 is that no sign of the
/// field's alphabet stands there. An empty box has the one choice ' '. Where anything may stand, what is
/// neither digit nor capital is a mark between others: '-'. A plain value.
struct BoxChoices {
  std::vector<SignChoice> choices;
  double no_sign = 1;

  [[nodiscard]] double chance_of(char sign) const;
};

/// `pattern_sign`: of PaperField::pattern. Whatever the numbers are, the result is a distribution: what is
/// none is no sign.
[[nodiscard]] BoxChoices choices_of(const SignChances& chances, char pattern_sign);

/// A writing with one character per box, and the chance that its signs stand there.
struct Writing {
  std::string signs;
  double chance = 0;
};

/// The likeliest writings by themselves; what is left of the mass is told by its reason. All sum to 1.
struct Writings {
  std::vector<Writing> best;  ///< best first
  double against_rules = 0;   ///< begins like no answer to the field
  double not_followed = 0;    ///< too unlikely each; may be answers
  double no_sign = 0;         ///< some box holds no sign of the field's alphabet
};

/// Beam search. Bounded: `boxes` times a fixed number of writings. Where anything may stand, digits and
/// capitals come in runs, as in WMO-2024-516565: what O, I, Z, S, B or G is, those beside it tell.
[[nodiscard]] Writings likely_writings(const std::vector<BoxChoices>& boxes, const FieldRules& rules);

/// The best choice of each box, whatever the rules; "" when in some box that is no sign.
[[nodiscard]] std::string raw_writing(const std::vector<BoxChoices>& boxes);

}  // namespace softbot::ocr
