#include "ocr/fields/thresholds.h"

#include <algorithm>
#include <array>

namespace softbot::ocr {
namespace {

struct Row {
  std::string_view kind;
  Thresholds thresholds;
};

/// Chosen with tests/bench/fields on the glyphs kept for calibration, read by version 2 of the nets: 25,500
/// fields of all kinds. Of the more than 6,000 that are certain with these numbers two were wrong, a date of
/// 0.997 and a postcode of 0.992. What has a check of its own (bsn, iban) had none wrong from 0.98 on, and
/// text, which the register is asked about, none either. Numbers decide by themselves, with nothing to check
/// them: one of 0.994 was wrong. A date has no witness either, but for the birth date: it asks for more than
/// the wrong one had.
constexpr std::array<Row, 10> rows{{
    {"bsn", {0.99, 0.7}},
    {"iban", {0.99, 0.7}},
    {"date", {0.998, 0.9}},
    {"postcode", {0.99, 0.9}},
    {"phone", {0.99, 0.9}},
    {"house-number", {0.99, 0.9}},
    {"integer", {0.995, 0.9}},
    {"decimal", {0.995, 0.9}},
    {"money", {0.995, 0.9}},
    {"text", {0.98, 0.9}},
}};

}  // namespace

const Thresholds& thresholds_of(std::string_view answer_kind) {
  static constexpr Thresholds strictest{};
  const auto* found =
      std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.kind == answer_kind; });
  return found == rows.end() ? strictest : found->thresholds;
}

}  // namespace softbot::ocr
