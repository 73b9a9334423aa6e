#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "dmn/value.h"

namespace softbot::dmn {

struct Code;
struct Table;

/// Which rules of a table are met by a value of a column, found by one search instead of one test for each
/// rule. Only for cells that compare with constants; the others stay open, to be evaluated. Immutable.
class TableIndex {
 public:
  /// Nothing when no cell can be found so, or when the index would take more than `most_words`.
  static std::shared_ptr<const TableIndex> build(const std::shared_ptr<const Code>& code, const Table& table,
                                                 std::size_t most_words);

  [[nodiscard]] std::size_t words() const { return words_; }  ///< of 64 rules each
  [[nodiscard]] std::size_t size_in_words() const;

  /// What a value says about the cells of a column, each with a bit for every rule: met for certain, and to
  /// be evaluated still. Both null: every cell is to be evaluated.
  struct Answer {
    const std::uint64_t* met = nullptr;
    const std::uint64_t* open = nullptr;
  };
  [[nodiscard]] Answer ask(std::size_t column, const Value& value) const;

 private:
  struct Column {
    Value::Kind kind = Value::Kind::null;  ///< null: no cell asks for a value
    std::vector<Value> ends;               ///< in order; piece 2i+1 is end i, even pieces lie between
    std::vector<std::uint64_t> met;        ///< of each piece; the last one is null
    std::vector<std::uint64_t> open;
    bool indexed = false;
  };

  std::size_t words_ = 0;
  std::vector<Column> columns_;
};

}  // namespace softbot::dmn
