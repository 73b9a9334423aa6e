#include "dmn/column.h"

#include <algorithm>
#include <utility>

namespace softbot::dmn {

namespace {

using Kind = Condition::Kind;

Value::Kind value_kind(Type::Kind kind) {
  switch (kind) {
    case Type::Kind::boolean:
      return Value::Kind::boolean;
    case Type::Kind::number:
      return Value::Kind::number;
    case Type::Kind::string:
      return Value::Kind::string;
    case Type::Kind::date:
      return Value::Kind::date;
    case Type::Kind::time:
      return Value::Kind::time;
    case Type::Kind::date_time:
      return Value::Kind::date_time;
    case Type::Kind::days_duration:
      return Value::Kind::days_duration;
    case Type::Kind::months_duration:
      return Value::Kind::months_duration;
    default:
      return Value::Kind::null;
  }
}

bool is_exact(const Condition& condition) {
  const auto known = [](const std::optional<Endpoint>& end) { return !end || end->constant; };
  return condition.kind != Kind::opaque && known(condition.low) && known(condition.high) &&
         std::all_of(condition.parts.begin(), condition.parts.end(), is_exact);
}

std::optional<Value> stepped(const Value& value, std::int64_t step) {
  if (const Number* number = value.as_number())
    if (const auto next = add(*number, Number(step))) return Value(*next);
  if (const Date* date = value.as_date())
    if (const auto next = date_of_day_number(day_number(*date) + step)) return Value(*next);
  if (const DateTime* moment = value.as_date_time())
    if (const auto next = add(*moment, DaysDuration{step, 0})) return Value(*next);
  if (const Time* time = value.as_time()) return Value(add(*time, DaysDuration{step, 0}));
  if (const DaysDuration* days = value.as_days_duration())
    return Value(DaysDuration{days->seconds + step, days->nanoseconds});
  if (const MonthsDuration* months = value.as_months_duration())
    return Value(MonthsDuration{months->months + step});
  if (const std::string* text = value.as_string())
    return step > 0 ? std::optional(Value(*text + " ")) : std::nullopt;
  return std::nullopt;
}

}  // namespace

void Bits::add_range(std::size_t first, std::size_t last) {
  for (std::size_t at = first; at <= last && at < size_; ++at) {
    if (at % 64 == 0 && at + 63 <= last && at + 63 < size_) {
      words_[at / 64] = ~std::uint64_t{0};
      at += 63;
    } else {
      add(at);
    }
  }
}

bool Bits::empty() const {
  return std::all_of(words_.begin(), words_.end(), [](std::uint64_t word) { return word == 0; });
}

bool Bits::meets(const Bits& other) const {
  for (std::size_t index = 0; index < words_.size(); ++index)
    if ((words_[index] & other.words_[index]) != 0) return true;
  return false;
}

std::size_t Bits::first() const {
  std::size_t at = 0;
  while (!has(at)) ++at;
  return at;
}

Bits Bits::both(const Bits& other) const {
  Bits result = *this;
  for (std::size_t index = 0; index < words_.size(); ++index) result.words_[index] &= other.words_[index];
  return result;
}

Bits Bits::either(const Bits& other) const {
  Bits result = *this;
  for (std::size_t index = 0; index < words_.size(); ++index) result.words_[index] |= other.words_[index];
  return result;
}

Bits Bits::others() const {
  Bits result(size_);
  for (std::size_t index = 0; index < words_.size(); ++index) result.words_[index] = ~words_[index];
  for (std::size_t at = size_; at < 64 * words_.size(); ++at) result.remove(at);
  return result;
}

Column::Column(std::string text, const ColumnDomain& domain, const std::vector<Condition>& cells)
    : text_(std::move(text)), kind_(value_kind(domain.kind)), whole_(domain.whole) {
  if (kind_ == Value::Kind::boolean)
    for (const bool flag : {false, true}) {
      const Value value(flag);
      ends_.push_back(Endpoint{value.text(), value.text(), value});
    }
  for (const Endpoint& end : ends_) positions_.emplace(end.key, 0);
  const bool allowed_fits = collect(domain.allowed);
  std::vector<bool> fits;
  for (const Condition& cell : cells) fits.push_back(collect(cell));
  ordered_ = put_in_order();
  for (std::size_t index = 0; index < ends_.size(); ++index) positions_[ends_[index].key] = index;
  pieces_ = 2 * ends_.size() + 2;
  all_ = Bits(pieces_);
  for (std::size_t piece = 0; piece < pieces_; ++piece)
    if (domain.every_piece || exists(piece, domain)) all_.add(piece);
  if (allowed_fits) {
    Bits allowed = sets_of(domain.allowed).possible;
    allowed.add(pieces_ - 1);
    all_ = all_.both(allowed);
  }
  expected_ = all_;
  expected_.remove(pieces_ - 1);
  for (std::size_t rule = 0; rule < cells.size(); ++rule) {
    const Sets sets = fits[rule] ? sets_of(cells[rule]) : unknown();
    exact_.push_back(fits[rule] && ordered_ && is_exact(cells[rule]));
    certain_.push_back(sets.certain.both(all_));
    possible_.push_back(sets.possible.both(expected_).either(certain_.back()));
  }
}

/// Takes over the ends of a condition; false when they cannot be placed beside the others.
bool Column::collect(const Condition& condition) {
  for (const Condition& part : condition.parts)
    if (!collect(part)) return false;
  for (const auto& end : {condition.low, condition.high}) {
    if (!end) continue;
    if (end->constant) {
      if (kind_ == Value::Kind::null) kind_ = end->constant->kind();
      if (end->constant->kind() != kind_) return false;
    }
    if (positions_.emplace(end->key, 0).second) ends_.push_back(*end);
  }
  if (condition.kind == Kind::range && condition.low && condition.high)
    known_order_.emplace(condition.low->key, condition.high->key);
  return true;
}

/// Sorts the ends. An end that only the data know has a place when a range says that it lies behind the last
/// constant, or before the first; one such at each side.
bool Column::put_in_order() {
  if (kind_ == Value::Kind::boolean) return true;
  const auto first_unknown = std::stable_partition(ends_.begin(), ends_.end(),
                                                   [](const Endpoint& end) { return bool(end.constant); });
  const std::vector<Endpoint> unknown(first_unknown, ends_.end());
  ends_.erase(first_unknown, ends_.end());
  bool comparable = true;
  std::stable_sort(ends_.begin(), ends_.end(), [&](const Endpoint& left, const Endpoint& right) {
    const auto order = feel_compare(*left.constant, *right.constant);
    comparable = comparable && order.has_value();
    return order && *order < 0;
  });
  if (!comparable) return false;
  const auto said = [&](const std::string& low, const std::string& high) {
    return known_order_.contains(std::pair(low, high));
  };
  const std::size_t constants = ends_.size();
  bool before = false;
  bool behind = false;
  bool placed = true;
  std::vector<Endpoint> sorted = ends_;
  if (constants == 0 && unknown.size() == 2) {
    const bool forward = said(unknown[0].key, unknown[1].key);
    ends_ = {unknown[forward ? 0 : 1], unknown[forward ? 1 : 0]};
    return forward || said(unknown[1].key, unknown[0].key);
  }
  for (const Endpoint& end : unknown) {
    if (!before && !ends_.empty() && said(end.key, ends_.front().key)) {
      sorted.insert(sorted.begin(), end);
      before = true;
    } else if (!behind && (constants == 0 ? unknown.size() == 1 : said(ends_.back().key, end.key))) {
      sorted.push_back(end);
      behind = true;
    } else {
      placed = false;
      sorted.push_back(end);
    }
  }
  ends_ = std::move(sorted);
  return placed;
}

Column::Sets Column::unknown() const {
  Sets sets{Bits(pieces_), Bits(pieces_)};
  sets.possible.add_range(0, pieces_ - 1);
  return sets;
}

Column::Sets Column::sets_of(const Condition& condition) const {
  Sets sets{Bits(pieces_), Bits(pieces_)};
  switch (condition.kind) {
    case Kind::always:
      sets.certain.add_range(0, pieces_ - 1);
      sets.possible = sets.certain;
      return sets;
    case Kind::opaque:
      return unknown();
    case Kind::null:
      sets.certain.add(pieces_ - 1);
      sets.possible = sets.certain;
      return sets;
    case Kind::point:
      if (!ordered_) return unknown();
      sets.certain.add(2 * positions_.at(condition.low->key) + 1);
      sets.possible = sets.certain;
      return sets;
    case Kind::range:
      return range_sets(condition);
    case Kind::negation: {
      const Sets inner = sets_of(condition.parts.front());
      return {inner.possible.others(), inner.certain.others()};
    }
    case Kind::all:
    case Kind::any:
      break;
  }
  if (condition.parts.empty()) {
    if (condition.kind == Kind::all) return sets_of(Condition{});
    return sets;
  }
  sets = sets_of(condition.parts.front());
  for (std::size_t index = 1; index < condition.parts.size(); ++index) {
    const Sets part = sets_of(condition.parts[index]);
    const bool all = condition.kind == Kind::all;
    sets.certain = all ? sets.certain.both(part.certain) : sets.certain.either(part.certain);
    sets.possible = all ? sets.possible.both(part.possible) : sets.possible.either(part.possible);
  }
  return sets;
}

/// At null a range is unknown, and so is its negation.
Column::Sets Column::range_sets(const Condition& range) const {
  if (!ordered_ || kind_ == Value::Kind::boolean) return unknown();
  std::size_t first = 0;
  std::size_t last = pieces_ - 2;
  if (range.low) first = 2 * positions_.at(range.low->key) + (range.low_included ? 1 : 2);
  if (range.high) last = 2 * positions_.at(range.high->key) + (range.high_included ? 1 : 0);
  Sets sets{Bits(pieces_), Bits(pieces_)};
  sets.certain.add_range(first, last);
  sets.possible = sets.certain;
  sets.possible.add(pieces_ - 1);
  return sets;
}

/// Whether a piece holds any value at all: there is no whole number between 1 and 2.
bool Column::exists(std::size_t piece, const ColumnDomain& domain) const {
  if (piece + 1 == pieces_) return true;
  const std::size_t end = piece / 2;
  const auto constant = [&](std::size_t index) -> const Value* {
    return index < ends_.size() && ends_[index].constant ? &*ends_[index].constant : nullptr;
  };
  const Value* high = constant(end);
  if (domain.not_negative && high && high->as_number()) {
    const bool below = piece % 2 == 1 ? high->as_number()->is_negative() : *high->as_number() <= Number(0);
    if (below) return false;
  }
  if (kind_ == Value::Kind::boolean) return piece % 2 == 1 && high != nullptr;
  if (piece % 2 == 1) return !(whole_ && high && high->as_number() && !high->as_number()->is_whole());
  const Value* low = end == 0 ? nullptr : constant(end - 1);
  return !low || !high || between(low, high).has_value();
}

std::optional<Value> Column::between(const Value* low, const Value* high) const {
  if (low) {
    const auto next = stepped(*low, 1);
    if (!high) return next;
    if (next && feel_compare(*next, *high).value_or(0) < 0) return next;
    if (low->as_string()) return Value(*low->as_string() + std::string(1, '\t'));
    if (!low->as_number() || whole_) return std::nullopt;
    const auto sum = add(*low->as_number(), *high->as_number());
    const auto half = sum ? divide(*sum, Number(2)) : std::nullopt;
    return half ? std::optional(Value(*half)) : std::nullopt;
  }
  if (!high) return std::nullopt;
  if (high->as_string()) return high->as_string()->empty() ? std::nullopt : std::optional(Value(""));
  return stepped(*high, -1);
}

std::string Column::example(std::size_t piece) const {
  if (piece + 1 == pieces_) return "null";
  const std::size_t end = piece / 2;
  if (piece % 2 == 1) return ends_[end].text;
  const Endpoint* low = end == 0 ? nullptr : &ends_[end - 1];
  const Endpoint* high = end < ends_.size() ? &ends_[end] : nullptr;
  if (!low && !high) return "anything";
  const bool constants = (!low || low->constant) && (!high || high->constant);
  if (constants)
    if (const auto value = between(low ? &*low->constant : nullptr, high ? &*high->constant : nullptr))
      return value->text();
  std::string words;
  if (low) words = "more than " + low->text;
  if (high) words += (words.empty() ? "less than " : " and less than ") + high->text;
  return words;
}

}  // namespace softbot::dmn
