#include "domain/value.h"

#include <algorithm>
#include <charconv>

namespace softbot {

Value Value::object() {
  Value value;
  value.data_ = Object{};
  return value;
}

Value Value::object(std::initializer_list<std::pair<std::string_view, Value>> members) {
  Value value = object();
  auto& target = std::get<Object>(value.data_);
  target.reserve(members.size());
  for (const auto& [name, member] : members) value.set(name, member);
  return value;
}

Value Value::list() {
  Value value;
  value.data_ = List{};
  return value;
}

bool Value::is_object() const {
  return std::holds_alternative<Object>(data_);
}

std::optional<bool> Value::as_bool() const {
  if (const bool* flag = std::get_if<bool>(&data_)) return *flag;
  return std::nullopt;
}

std::optional<std::int64_t> Value::as_integer() const {
  const Number* number = as_number();
  if (number == nullptr) return std::nullopt;
  std::int64_t whole = 0;
  const char* begin = number->text.data();
  const char* end = begin + number->text.size();
  const auto [stop, error] = std::from_chars(begin, end, whole);
  if (error != std::errc() || stop != end) return std::nullopt;
  return whole;
}

const std::string& Value::text_or_empty() const {
  static const std::string empty;
  const std::string* text = as_text();
  return text != nullptr ? *text : empty;
}

const Value::List& Value::items() const {
  static const List empty;
  const List* list = std::get_if<List>(&data_);
  return list != nullptr ? *list : empty;
}

const Value::Object& Value::members() const {
  static const Object empty;
  const Object* object = std::get_if<Object>(&data_);
  return object != nullptr ? *object : empty;
}

const Value* Value::find(std::string_view name) const {
  const Object& all = members();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Member& m) { return m.name == name; });
  return found == all.end() ? nullptr : &found->value;
}

const Value& Value::operator[](std::string_view name) const {
  static const Value null;
  const Value* found = find(name);
  return found != nullptr ? *found : null;
}

Value& Value::set(std::string_view name, Value value) {
  if (is_null()) data_ = Object{};
  auto& all = std::get<Object>(data_);
  const auto found = std::find_if(all.begin(), all.end(), [&](const Member& m) { return m.name == name; });
  if (found != all.end()) {
    found->value = std::move(value);
    return found->value;
  }
  all.push_back(Member{std::string(name), std::move(value)});
  return all.back().value;
}

Value& Value::append(std::string name, Value value) {
  if (is_null()) data_ = Object{};
  auto& all = std::get<Object>(data_);
  constexpr std::size_t usual_members = 8;  // growing one by one costs more than the room
  if (all.size() == all.capacity()) all.reserve(std::max(usual_members, 2 * all.size()));
  all.push_back(Member{std::move(name), std::move(value)});
  return all.back().value;
}

Value Value::take(std::string_view name) {
  auto* all = std::get_if<Object>(&data_);
  if (all == nullptr) return {};
  const auto found = std::find_if(all->begin(), all->end(), [&](const Member& m) { return m.name == name; });
  if (found == all->end()) return {};
  Value taken = std::move(found->value);
  all->erase(found);
  return taken;
}

void Value::erase(std::string_view name) {
  if (auto* all = std::get_if<Object>(&data_)) {
    std::erase_if(*all, [&](const Member& m) { return m.name == name; });
  }
}

Value& Value::push(Value value) {
  if (is_null()) data_ = List{};
  auto& all = std::get<List>(data_);
  all.push_back(std::move(value));
  return all.back();
}

bool Value::operator==(const Value& other) const {
  return data_ == other.data_;
}

}  // namespace softbot
