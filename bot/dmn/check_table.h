#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "dmn/check.h"
#include "dmn/column.h"

namespace softbot::dmn {

/// A table as the checks see it.
struct TableView {
  const Table* table = nullptr;
  bool too_large = false;  ///< to be looked at; then there are no columns
  std::vector<Column> columns;
  std::vector<bool> plain;  ///< of each column: an input by itself, so that any of its values can come
  std::vector<std::vector<std::string>> outputs;  ///< of each rule; equal texts for equal outputs
  std::vector<bool> constant;                     ///< of each rule: its outputs do not depend on the data
  /// Of each rule by the output values, for PRIORITY; what is least goes before. Empty when it is not known.
  std::vector<std::vector<std::size_t>> ranks;
};

/// Gaps, overlaps and rules that never fire; `element` and `line` of the findings are empty.
struct TableFindings {
  std::vector<Finding> findings;
  std::uint64_t work = 0;  ///< how much was done, at most `most_work` and a little
};
[[nodiscard]] TableFindings check_table(const TableView& view, std::uint64_t most_work);

}  // namespace softbot::dmn
