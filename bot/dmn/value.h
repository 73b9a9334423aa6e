#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "dmn/number.h"
#include "dmn/temporal.h"

namespace softbot::dmn {

class Context;
class Function;
class Value;
struct Range;
using List = std::vector<Value>;

/// A FEEL value. Immutable and cheap to copy (text, lists and contexts are shared), safe to share between
/// threads.
class Value {
 public:
  enum class Kind : std::uint8_t {
    null,
    boolean,
    number,
    string,
    date,
    time,
    date_time,
    days_duration,
    months_duration,
    list,
    context,
    range,
    function
  };

  Value() = default;  ///< null
  Value(std::nullptr_t) {}
  Value(bool flag) : data_(flag) {}
  Value(int number) : data_(Number(number)) {}
  Value(std::int64_t number) : data_(Number(number)) {}
  Value(Number number) : data_(number) {}
  Value(const char* text) : Value(std::string(text)) {}
  Value(std::string_view text) : Value(std::string(text)) {}
  Value(std::string text) : data_(std::make_shared<const std::string>(std::move(text))) {}
  Value(Date date) : data_(date) {}
  Value(Time time) : data_(time) {}
  Value(DateTime moment) : data_(moment) {}
  Value(DaysDuration duration) : data_(duration) {}
  Value(MonthsDuration duration) : data_(duration) {}
  /// Lists and contexts nest at most `deepest_nesting` levels; one that goes deeper becomes null.
  static constexpr int deepest_nesting = 128;
  Value(List list);
  Value(Context context);
  Value(Range range);
  Value(std::shared_ptr<const Function> function) : data_(std::move(function)) {}

  /// Null when there is nothing.
  template <class T>
  Value(std::optional<T> value) {
    if (value) *this = Value(std::move(*value));
  }

  [[nodiscard]] Kind kind() const { return static_cast<Kind>(data_.index()); }
  [[nodiscard]] int nesting() const;  ///< 0 for a plain value, 1 for a list of plain values, ...
  [[nodiscard]] bool is_null() const { return kind() == Kind::null; }
  [[nodiscard]] bool is_true() const { return as_bool() == true; }
  [[nodiscard]] bool is_false() const { return as_bool() == false; }

  /// The content when the kind fits, else nothing.
  [[nodiscard]] std::optional<bool> as_bool() const;
  [[nodiscard]] const Number* as_number() const { return std::get_if<Number>(&data_); }
  [[nodiscard]] const std::string* as_string() const { return shared<std::string>(); }
  [[nodiscard]] const Date* as_date() const { return std::get_if<Date>(&data_); }
  [[nodiscard]] const Time* as_time() const { return std::get_if<Time>(&data_); }
  [[nodiscard]] const DateTime* as_date_time() const { return std::get_if<DateTime>(&data_); }
  [[nodiscard]] const DaysDuration* as_days_duration() const { return std::get_if<DaysDuration>(&data_); }
  [[nodiscard]] const MonthsDuration* as_months_duration() const {
    return std::get_if<MonthsDuration>(&data_);
  }
  [[nodiscard]] const List* as_list() const;
  [[nodiscard]] const Context* as_context() const;
  [[nodiscard]] const Range* as_range() const { return shared<Range>(); }
  [[nodiscard]] const Function* as_function() const { return shared<Function>(); }

  /// Member of a context; null when this is no context or has no such member.
  [[nodiscard]] Value operator[](std::string_view name) const;

  /// The value as a FEEL literal: "abc" in quotes, date("2026-01-31") as @"2026-01-31", [1, 2], {a: 1}.
  [[nodiscard]] std::string text() const;
  /// The beginning of text(), for messages.
  [[nodiscard]] std::string excerpt() const;
  /// As FEEL's string(): a string as it is, no quotes; anything else as text().
  [[nodiscard]] std::string display() const;

  /// Exact sameness of kind and content, numbers by value, for tests and tables. FEEL's three-valued `=` is
  /// feel_equal.
  bool operator==(const Value& other) const;

 private:
  struct ListBox;
  struct ContextBox;

  template <class T>
  [[nodiscard]] const T* shared() const {
    const auto* held = std::get_if<std::shared_ptr<const T>>(&data_);
    return held ? held->get() : nullptr;
  }

  std::variant<std::monostate, bool, Number, std::shared_ptr<const std::string>, Date, Time, DateTime,
               DaysDuration, MonthsDuration, std::shared_ptr<const ListBox>,
               std::shared_ptr<const ContextBox>, std::shared_ptr<const Range>,
               std::shared_ptr<const Function>>
      data_;
};

/// Named values in the order in which they were added: the inputs of a model, or a FEEL context.
class Context {
 public:
  struct Entry;
  // Defined where Entry is complete.
  Context();
  ~Context();
  Context(const Context&);
  Context(Context&&) noexcept;
  Context& operator=(const Context&);
  Context& operator=(Context&&) noexcept;
  Context(std::initializer_list<std::pair<std::string_view, Value>> entries);

  /// Sets an entry; one of that name is replaced in place.
  void set(std::string_view name, Value value);
  /// Adds an entry whose name is not there yet, without looking.
  void append(std::string_view name, Value value);
  void reserve(std::size_t entries);
  [[nodiscard]] const Value* find(std::string_view name) const;
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] std::size_t size() const;
  bool operator==(const Context& other) const;  ///< whatever the order

 private:
  std::vector<Entry> entries_;
};

struct Context::Entry {
  std::string name;
  Value value;
};

/// From `low` to `high`; a null end is open without bound. A range that was written as a comparison, such as
/// `< 10` or
/// `!= 3`, remembers so; for `= x` and `!= x` both ends are x.
struct Range {
  enum class Comparison : std::uint8_t {
    none,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    equal,
    not_equal
  };

  Value low;
  Value high;
  bool low_included = false;
  bool high_included = false;
  Comparison comparison = Comparison::none;
  bool operator==(const Range& other) const = default;
};

/// FEEL's `=`: true, false, or null (nothing) when the two cannot be compared.
[[nodiscard]] std::optional<bool> feel_equal(const Value& left, const Value& right);

/// The same with the number of values that were compared, for those who count work. Gives up, with nothing,
/// where the values are too large.
struct CountedEquality {
  std::optional<bool> equal;
  std::size_t steps = 0;
};
[[nodiscard]] CountedEquality count_equal(const Value& left, const Value& right);

/// FEEL's order: below 0, 0, above 0; nothing when the two cannot be compared.
[[nodiscard]] std::optional<int> feel_compare(const Value& left, const Value& right);

/// "number", "date and time", ... as FEEL names kinds.
[[nodiscard]] std::string_view name_of(Value::Kind kind);

}  // namespace softbot::dmn
