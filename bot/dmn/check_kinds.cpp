#include "dmn/check_kinds.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace softbot::dmn {
namespace {

using Kind = Type::Kind;

constexpr std::array signatures = std::to_array<Signature>({
    {"abs", Kind::any, Kind::any},
    {"all", Kind::any, Kind::boolean},
    {"any", Kind::any, Kind::boolean},
    {"ceiling", Kind::number, Kind::number},
    {"contains", Kind::string, Kind::boolean},
    {"count", Kind::any, Kind::number},
    {"date", Kind::any, Kind::date},
    {"date and time", Kind::any, Kind::date_time},
    {"day of week", Kind::any, Kind::string},
    {"day of year", Kind::any, Kind::number},
    {"decimal", Kind::number, Kind::number},
    {"ends with", Kind::string, Kind::boolean},
    {"even", Kind::number, Kind::boolean},
    {"exp", Kind::number, Kind::number},
    {"floor", Kind::number, Kind::number},
    {"is", Kind::any, Kind::boolean},
    {"list contains", Kind::any, Kind::boolean},
    {"log", Kind::number, Kind::number},
    {"lower case", Kind::string, Kind::string},
    {"matches", Kind::string, Kind::boolean},
    {"mean", Kind::any, Kind::number},
    {"median", Kind::any, Kind::number},
    {"modulo", Kind::number, Kind::number},
    {"month of year", Kind::any, Kind::string},
    {"not", Kind::boolean, Kind::boolean},
    {"number", Kind::string, Kind::number},
    {"odd", Kind::number, Kind::boolean},
    {"product", Kind::any, Kind::number},
    {"replace", Kind::string, Kind::string},
    {"round down", Kind::number, Kind::number},
    {"round half down", Kind::number, Kind::number},
    {"round half up", Kind::number, Kind::number},
    {"round up", Kind::number, Kind::number},
    {"split", Kind::string, Kind::list},
    {"sqrt", Kind::number, Kind::number},
    {"starts with", Kind::string, Kind::boolean},
    {"stddev", Kind::any, Kind::number},
    {"string", Kind::any, Kind::string},
    {"string join", Kind::any, Kind::string},
    {"string length", Kind::string, Kind::number},
    {"substring", Kind::string, Kind::string},
    {"substring after", Kind::string, Kind::string},
    {"substring before", Kind::string, Kind::string},
    {"time", Kind::any, Kind::time},
    {"today", Kind::any, Kind::date},
    {"now", Kind::any, Kind::date_time},
    {"upper case", Kind::string, Kind::string},
    {"week of year", Kind::any, Kind::number},
    {"years and months duration", Kind::any, Kind::months_duration},
});

}  // namespace

bool known(const Type& type) {
  return type.kind != Kind::any && type.kind != Kind::null;
}

Type list_of(Type element) {
  Type list(Kind::list);
  if (element.kind != Kind::any) list.element = std::make_shared<const Type>(std::move(element));
  return list;
}

Type element_of(const Type& type) {
  if (type.kind == Kind::list || type.kind == Kind::range) return type.element ? *type.element : Type{};
  return type.kind == Kind::null ? Type{} : type;
}

Type kind_of_value(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::null:
      return Type(Kind::null);
    case Value::Kind::boolean:
      return Type(Kind::boolean);
    case Value::Kind::number:
      return Type(Kind::number);
    case Value::Kind::string:
      return Type(Kind::string);
    case Value::Kind::date:
      return Type(Kind::date);
    case Value::Kind::time:
      return Type(Kind::time);
    case Value::Kind::date_time:
      return Type(Kind::date_time);
    case Value::Kind::days_duration:
      return Type(Kind::days_duration);
    case Value::Kind::months_duration:
      return Type(Kind::months_duration);
    case Value::Kind::list:
      return Type(Kind::list);
    case Value::Kind::function:
      return Type(Kind::function);
    default:
      return {};
  }
}

std::optional<Value> sample(Kind kind) {
  switch (kind) {
    case Kind::boolean:
      return Value(true);
    case Kind::number:
      return Value(1);
    case Kind::string:
      return Value("1");
    case Kind::date:
      return Value(Date{});
    case Kind::time:
      return Value(Time{});
    case Kind::date_time:
      return Value(DateTime{});
    case Kind::days_duration:
      return Value(DaysDuration{1, 0});
    case Kind::months_duration:
      return Value(MonthsDuration{1});
    case Kind::context:
      return Value(Context{});
    default:
      return std::nullopt;
  }
}

std::vector<Value> samples(Kind kind) {
  const Zone utc{Zone::Kind::offset, 0, nullptr};
  const auto plain = sample(kind);
  if (!plain) return {};
  if (kind == Kind::time) return {*plain, Value(Time{0, 0, 0, 0, utc})};
  if (kind == Kind::date_time) return {*plain, Value(DateTime{Date{}, Time{0, 0, 0, 0, utc}})};
  return {*plain};
}

const Signature* signature_of(std::string_view name) {
  const auto* found = std::find_if(signatures.begin(), signatures.end(),
                                   [&](const Signature& signature) { return signature.name == name; });
  return found == signatures.end() ? nullptr : found;
}

bool ordered_kind(Kind kind) {
  return kind != Kind::boolean && kind != Kind::context && kind != Kind::function;
}

bool comparable(const Type& left, const Type& right) {
  if (!known(left) || !known(right) || left.kind == right.kind) return true;
  const auto list_or_range = [](Kind kind) { return kind == Kind::list || kind == Kind::range; };
  if (list_or_range(left.kind) || list_or_range(right.kind)) return true;  // a list of one counts as its item
  const auto day = [](Kind kind) { return kind == Kind::date || kind == Kind::date_time; };
  return day(left.kind) && day(right.kind);
}

}  // namespace softbot::dmn
