#include "ocr/fields/thresholds.h"

#include <algorithm>
#include <array>

namespace softbot::ocr {
namespace {

struct Row {
  std::string_view kind;
  Thresholds thresholds;
};

/// Chosen with tests/bench/fields on the glyphs kept for calibration, read by version 4 of the nets: 600 to
/// 1,000 fields of each kind and hand, harder than those of a usual scan. Of 3,000 integers one of 200 was
/// wrong between 0.997 and 0.998 and none of 1,800 above, of 1,785 amounts two of 118 at 0.996 and none of
/// 600 above 0.997, of 3,000 house numbers one of 600 between 0.997 and 0.9985 and none of 1,000 above, of
/// 1,900 numbers of persons that were said with 0.98 or more none; theirs is stricter since one of 7,500
/// others was wrong at 0.998. Version 5 was held against them on other fields of the same glyphs: what was
/// wrong and certain was composed of digits whose label the eye contradicts. Postcodes are left to the
/// register, and dates, of eight digits that nothing checks, to the register and to the day of receipt.
constexpr std::array<Row, 12> rows{{
    {"bsn", {0.9985, 0.7}},
    {"iban", {0.99, 0.7}},
    {"date", {0.998, 0.9}},
    {"postcode", {0.997, 0.9}},
    {"phone", {0.9975, 0.9}},
    {"house-number", {0.9985, 0.9}},
    {"digits", {0.998, 0.9}},
    {"integer", {0.998, 0.9}},
    {"decimal", {0.998, 0.9}},
    {"money", {0.997, 0.9}},
    {"text", {0.99, 0.9}},
    {"line", {0.99, 0.9}},
}};

}  // namespace

const Thresholds& thresholds_of(std::string_view answer_kind) {
  static constexpr Thresholds strictest{};
  const auto* found =
      std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.kind == answer_kind; });
  return found == rows.end() ? strictest : found->thresholds;
}

}  // namespace softbot::ocr
