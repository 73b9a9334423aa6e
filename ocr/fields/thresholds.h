#pragma once

#include <string_view>

namespace softbot::ocr {

/// Where a value becomes certain. Frozen: chosen on glyphs that neither training nor any reported figure saw
/// (tests/bench/fields/README.md tells how), and changed only together with the nets.
struct Thresholds {
  double field = 1;  ///< least probability of the value
  double sign = 1;   ///< least chance of the weakest sign, before the rules
};

/// By FieldKind's name; a kind that is not known has the strictest.
[[nodiscard]] const Thresholds& thresholds_of(std::string_view answer_kind);

/// How much likelier an answer is than a writing that is none, before anything is seen.
constexpr double weight_of_invalid = 0.02;
/// How far two misread signs of one writer go together: 0 not at all, 1 always.
constexpr double likeness_of_errors = 0.3;
/// Less mass than this on answers, or on the best of them: no value is named.
constexpr double least_valid_mass = 0.01;
constexpr double least_answer = 0.05;

}  // namespace softbot::ocr
