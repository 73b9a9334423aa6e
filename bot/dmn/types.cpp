#include "dmn/types.h"

#include <algorithm>
#include <utility>

#include "dmn/builtins.h"
#include "dmn/function.h"

namespace softbot::dmn {

Type::Type() = default;
Type::Type(Kind of_kind, std::string type_name) : kind(of_kind), name(std::move(type_name)) {
}
Type::~Type() = default;
Type::Type(const Type&) = default;
Type::Type(Type&&) noexcept = default;
Type& Type::operator=(const Type&) = default;
Type& Type::operator=(Type&&) noexcept = default;

const Type* Type::member(std::string_view member_name) const {
  for (const Member& one : members)
    if (one.name == member_name) return &one.type;
  return nullptr;
}

namespace {

Value::Kind kind_of(Type::Kind kind) {
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
    case Type::Kind::list:
      return Value::Kind::list;
    case Type::Kind::context:
      return Value::Kind::context;
    case Type::Kind::range:
      return Value::Kind::range;
    case Type::Kind::function:
      return Value::Kind::function;
    case Type::Kind::any:
    case Type::Kind::null:
      break;
  }
  return Value::Kind::null;
}

/// Whether everything that fits `inner` fits `outer` (DMN 1.5, 10.3.2.9.2).
bool type_conforms(const Type& inner, const Type& outer) {
  if (outer.kind == Type::Kind::any || inner.kind == Type::Kind::null) return true;
  if (inner.kind != outer.kind) return false;
  if (outer.kind == Type::Kind::list || outer.kind == Type::Kind::range)
    return !outer.element || (inner.element && type_conforms(*inner.element, *outer.element));
  if (outer.kind != Type::Kind::context) return true;
  return std::all_of(outer.members.begin(), outer.members.end(), [&inner](const Type::Member& wanted) {
    return std::any_of(inner.members.begin(), inner.members.end(), [&wanted](const Type::Member& member) {
      return member.name == wanted.name && type_conforms(member.type, wanted.type);
    });
  });
}

bool function_fits(const Function& function, const Type& type) {
  if (type.members.empty() && !type.element) return true;
  if (function.builtin()) return accepts(*function.builtin(), type.members.size());
  const FunctionCode& code = function.code();
  if (code.parameters.size() != type.members.size()) return false;
  for (std::size_t index = 0; index < type.members.size(); ++index)
    if (!type_conforms(type.members[index].type, code.parameters[index].type)) return false;
  return !type.element || code.result.kind == Type::Kind::any || type_conforms(code.result, *type.element);
}

constexpr std::size_t most_steps = 1'000'000;

/// Walks value and type together, and counts: values that share structure can be huge when walked.
class Checker {
 public:
  bool is_instance(const Value& value, const Type& type) {
    if (++steps_ > most_steps) return false;
    if (type.kind == Type::Kind::null) return value.is_null();
    if (value.is_null()) return false;
    if (type.kind == Type::Kind::any) return true;
    if (value.kind() != kind_of(type.kind)) return false;
    if (const List* list = value.as_list()) return !type.element || list_fits(*list, *type.element);
    if (const Context* context = value.as_context()) return context_fits(*context, type);
    if (const Range* range = value.as_range())
      return !type.element || (conforms(range->low, *type.element) && conforms(range->high, *type.element));
    if (const Function* function = value.as_function()) return function_fits(*function, type);
    return true;
  }

  [[nodiscard]] std::size_t steps() const { return steps_; }

 private:
  /// As is_instance, but null fits everywhere.
  bool conforms(const Value& value, const Type& type) { return value.is_null() || is_instance(value, type); }

  bool list_fits(const List& list, const Type& element) {
    return std::all_of(list.begin(), list.end(), [&](const Value& item) { return conforms(item, element); });
  }

  bool context_fits(const Context& context, const Type& type) {
    return std::all_of(type.members.begin(), type.members.end(), [&](const Type::Member& member) {
      const Value* found = context.find(member.name);
      return found && conforms(*found, member.type);
    });
  }

  std::size_t steps_ = 0;
};

}  // namespace

TypeCheck check_type(const Value& value, const Type& type) {
  Checker checker;
  const bool fits = checker.is_instance(value, type);
  return {fits, checker.steps()};
}

bool is_instance(const Value& value, const Type& type) {
  return check_type(value, type).fits;
}

std::string describe(const Type& type) {
  if (type.kind == Type::Kind::list && type.element) return "list of " + describe(*type.element);
  if (!type.name.empty()) return type.name;
  return type.kind == Type::Kind::any ? "Any" : std::string(name_of(kind_of(type.kind)));
}

}  // namespace softbot::dmn
