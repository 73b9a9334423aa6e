#include "ocr/fields/thresholds.h"

#include <algorithm>
#include <array>

namespace softbot::ocr {
namespace {

struct Row {
  std::string_view kind;
  Thresholds thresholds;
};

constexpr std::array<Row, 10> rows{{
    {"bsn", {0.99, 0.8}},
    {"iban", {0.99, 0.8}},
    {"date", {0.99, 0.8}},
    {"postcode", {0.99, 0.8}},
    {"phone", {0.99, 0.8}},
    {"house-number", {0.99, 0.8}},
    {"integer", {0.99, 0.8}},
    {"decimal", {0.99, 0.8}},
    {"money", {0.99, 0.8}},
    {"text", {0.99, 0.8}},
}};

}  // namespace

const Thresholds& thresholds_of(std::string_view answer_kind) {
  static constexpr Thresholds strictest{};
  const auto* found =
      std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.kind == answer_kind; });
  return found == rows.end() ? strictest : found->thresholds;
}

}  // namespace softbot::ocr
