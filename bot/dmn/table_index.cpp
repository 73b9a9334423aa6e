#include "dmn/table_index.h"

#include <algorithm>

#include "dmn/code.h"
#include "dmn/column.h"
#include "dmn/condition.h"

namespace softbot::dmn {

namespace {

/// Kinds in which being equal and being neither less nor more are the same.
bool may_be_indexed(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::boolean:
    case Value::Kind::number:
    case Value::Kind::string:
    case Value::Kind::date:
    case Value::Kind::days_duration:
    case Value::Kind::months_duration:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::shared_ptr<const TableIndex> TableIndex::build(const std::shared_ptr<const Code>& code,
                                                    const Table& table, std::size_t most_words) {
  auto made = std::make_shared<TableIndex>();
  const std::size_t rules = table.rules.size();
  made->words_ = (rules + 63) / 64;
  const ConditionReader reader(code, {});
  ColumnDomain domain;
  domain.every_piece = true;
  bool useful = false;
  for (std::size_t column = 0; column < table.inputs.size(); ++column) {
    std::vector<Condition> cells;
    cells.reserve(rules);
    for (const TableRule& rule : table.rules)
      cells.push_back(reader.read(rule.cells[column].test, table.input_slot));
    Column& index = made->columns_.emplace_back();
    if ((2 * count_ends(cells) + 6) * made->words_ > most_words) continue;
    const dmn::Column cut("", domain, cells);
    const std::size_t size = cut.pieces() * made->words_;
    most_words -= size;
    index.kind = cut.kind();
    const bool known_kind = cut.ends().empty() || may_be_indexed(index.kind);
    index.open.resize(made->words_);
    index.met.resize(size);
    for (std::size_t rule = 0; rule < rules; ++rule) {
      const std::uint64_t bit = std::uint64_t{1} << (rule % 64);
      if (!cut.exact(rule) || !known_kind) {
        index.open[rule / 64] |= bit;
        continue;
      }
      useful = true;
      for (std::size_t piece = 0; piece < cut.pieces(); ++piece)
        if (cut.certain(rule).has(piece)) index.met[piece * made->words_ + rule / 64] |= bit;
    }
    for (const Endpoint& end : cut.ends()) index.ends.push_back(end.constant.value_or(Value()));
    index.indexed = true;
  }
  return useful ? made : nullptr;
}

std::size_t TableIndex::size_in_words() const {
  std::size_t size = 0;
  for (const Column& column : columns_) size += column.met.size();
  return size;
}

TableIndex::Answer TableIndex::ask(std::size_t at, const Value& value) const {
  const Column& column = columns_[at];
  if (!column.indexed) return {};
  const auto answer = [&](std::size_t piece) {
    return Answer{column.met.data() + piece * words_, column.open.data()};
  };
  if (value.is_null()) return answer(2 * column.ends.size() + 1);
  if (column.ends.empty()) return answer(0);
  if (value.kind() != column.kind) return {};
  if (const auto flag = value.as_bool()) {
    for (std::size_t end = 0; end < column.ends.size(); ++end)
      if (column.ends[end].as_bool() == flag) return answer(2 * end + 1);
    return answer(0);
  }
  std::size_t low = 0;
  std::size_t high = column.ends.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const auto order = feel_compare(value, column.ends[middle]);
    if (!order) return {};
    if (*order == 0) return answer(2 * middle + 1);
    if (*order < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return answer(2 * low);
}

}  // namespace softbot::dmn
