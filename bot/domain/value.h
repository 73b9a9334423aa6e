#pragma once

#include <compare>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace softbot {

/// A JSON number as it was written: "12.50" stays "12.50" and never passes through a double.
struct Number {
  std::string text = "0";
  bool operator==(const Number&) const = default;
};

/// Structured data as it travels between stages: the answers of a form, facts, letter contexts, API bodies.
/// Objects keep the order in which members were added. A plain value: copying copies all.
class Value {
 public:
  struct Member;
  using List = std::vector<Value>;
  using Object = std::vector<Member>;

  // All of these are defined below, where Member is complete: clang asks for that.
  Value();  ///< null
  Value(std::nullptr_t);
  Value(bool flag);
  Value(int number);
  Value(std::int64_t number);
  Value(std::uint64_t number);
  Value(Number number);
  Value(const char* text);
  Value(std::string_view text);
  Value(std::string text);
  Value(List list);
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  [[nodiscard]] static Value object();
  [[nodiscard]] static Value object(std::initializer_list<std::pair<std::string_view, Value>> members);
  [[nodiscard]] static Value list();

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
  [[nodiscard]] bool is_bool() const { return std::holds_alternative<bool>(data_); }
  [[nodiscard]] bool is_number() const { return std::holds_alternative<Number>(data_); }
  [[nodiscard]] bool is_text() const { return std::holds_alternative<std::string>(data_); }
  [[nodiscard]] bool is_list() const { return std::holds_alternative<List>(data_); }
  [[nodiscard]] bool is_object() const;

  /// The content when the kind fits, else nothing.
  [[nodiscard]] std::optional<bool> as_bool() const;
  [[nodiscard]] const Number* as_number() const { return std::get_if<Number>(&data_); }
  [[nodiscard]] std::optional<std::int64_t> as_integer() const;  ///< whole numbers within 64 bits only
  [[nodiscard]] const std::string* as_text() const { return std::get_if<std::string>(&data_); }

  /// The text, or "" for anything else: for places where absence and emptiness mean the same.
  [[nodiscard]] const std::string& text_or_empty() const;

  /// Elements of a list; an empty list for anything else.
  [[nodiscard]] const List& items() const;
  /// Members of an object; none for anything else.
  [[nodiscard]] const Object& members() const;

  /// Member of an object, or null (a shared null) when absent or when this is no object.
  [[nodiscard]] const Value& operator[](std::string_view name) const;
  [[nodiscard]] const Value* find(std::string_view name) const;
  [[nodiscard]] bool contains(std::string_view name) const { return find(name) != nullptr; }

  /// Sets a member; a null becomes an object first. Replaces a member of that name in place.
  Value& set(std::string_view name, Value value);
  /// Adds a member whose name is not there yet, without looking; a null becomes an object first.
  Value& append(std::string name, Value value);
  /// Removes a member and gives it; null when it is not there.
  Value take(std::string_view name);
  /// Removes a member if it is there.
  void erase(std::string_view name);
  /// Appends to a list; a null becomes a list first.
  Value& push(Value value);

  bool operator==(const Value& other) const;

 private:
  std::variant<std::monostate, bool, Number, std::string, List, Object> data_;
};

struct Value::Member {
  std::string name;
  Value value;
  bool operator==(const Member& other) const = default;
};

inline Value::Value() = default;
inline Value::Value(std::nullptr_t) {
}
inline Value::Value(bool flag) : data_(flag) {
}
inline Value::Value(int number) : data_(Number{std::to_string(number)}) {
}
inline Value::Value(std::int64_t number) : data_(Number{std::to_string(number)}) {
}
inline Value::Value(std::uint64_t number) : data_(Number{std::to_string(number)}) {
}
inline Value::Value(Number number) : data_(std::move(number)) {
}
inline Value::Value(const char* text) : data_(std::string(text)) {
}
inline Value::Value(std::string_view text) : data_(std::string(text)) {
}
inline Value::Value(std::string text) : data_(std::move(text)) {
}
inline Value::Value(List list) : data_(std::move(list)) {
}
inline Value::Value(const Value& other) = default;
inline Value::Value(Value&& other) noexcept = default;
inline Value& Value::operator=(const Value& other) = default;
inline Value& Value::operator=(Value&& other) noexcept = default;
inline Value::~Value() = default;

}  // namespace softbot
