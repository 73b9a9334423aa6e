#include "dmn/type_parser.h"

#include <array>
#include <utility>

#include "dmn/parser.h"
#include "dmn/scope.h"

namespace softbot::dmn {

namespace {

constexpr std::array<std::pair<std::string_view, Type::Kind>, 21> builtin_names = {{
    {"days and time duration", Type::Kind::days_duration},
    {"years and months duration", Type::Kind::months_duration},
    {"day and time duration", Type::Kind::days_duration},
    {"year and month duration", Type::Kind::months_duration},
    {"dayTimeDuration", Type::Kind::days_duration},
    {"yearMonthDuration", Type::Kind::months_duration},
    {"date and time", Type::Kind::date_time},
    {"dateTime", Type::Kind::date_time},
    {"date", Type::Kind::date},
    {"time", Type::Kind::time},
    {"number", Type::Kind::number},
    {"string", Type::Kind::string},
    {"boolean", Type::Kind::boolean},
    {"list", Type::Kind::list},
    {"context", Type::Kind::context},
    {"range", Type::Kind::range},
    {"function", Type::Kind::function},
    {"Any", Type::Kind::any},
    {"any", Type::Kind::any},
    {"Null", Type::Kind::null},
    {"null", Type::Kind::null},
}};

constexpr int deepest = 20;

}  // namespace

std::optional<Type::Kind> builtin_kind(std::string_view name) {
  for (const auto& [known, kind] : builtin_names)
    if (known == name) return kind;
  return std::nullopt;
}

Type TypeParser::type() {
  if (++depth_ > deepest) scan_.fail("the type nests too deep");
  Type result;
  if (scan_.sees_word("list")) {
    scan_.take_word();
    result = with_element(Type::Kind::list, "list");
  } else if (scan_.sees_word("range")) {
    scan_.take_word();
    result = with_element(Type::Kind::range, "range");
  } else if (scan_.sees_word("context")) {
    result = context();
  } else if (scan_.sees_word("function")) {
    result = function();
  } else {
    result = named();
  }
  --depth_;
  return result;
}

Type TypeParser::named() {
  scan_.skip_space();
  std::size_t best_end = 0;
  Type best;
  for (const auto& [name, type] : types_) {
    const auto end = match_name(scan_.text(), scan_.at(), name_parts(name));
    if (end && *end > best_end) {
      best_end = *end;
      best = type;
    }
  }
  for (const auto& [name, kind] : builtin_names) {
    const auto end = match_name(scan_.text(), scan_.at(), name_parts(name));
    if (end && *end > best_end) {
      best_end = *end;
      best = Type{kind, std::string(name)};
    }
  }
  if (best_end == 0) scan_.fail("unknown type " + scan_.here());
  scan_.go_to(best_end);
  return best;
}

Type TypeParser::with_element(Type::Kind kind, const std::string& name) {
  Type result{kind, name};
  if (scan_.take("<")) {
    result.element = std::make_shared<const Type>(type());
    scan_.expect(">");
  }
  return result;
}

Type TypeParser::context() {
  scan_.take_word();
  Type result{Type::Kind::context, "context"};
  if (!scan_.take("<")) return result;
  do {
    auto name = scan_.take_name_before_colon();
    if (!name) scan_.fail("expected the name of a member but found " + scan_.here());
    scan_.take(":");
    result.members.push_back(Type::Member{std::move(*name), type()});
  } while (scan_.take(","));
  scan_.expect(">");
  return result;
}

Type TypeParser::function() {
  scan_.take_word();
  Type result{Type::Kind::function, "function"};
  if (!scan_.take("<")) return result;
  while (!scan_.sees(">")) {
    result.members.push_back(Type::Member{"", type()});
    if (!scan_.take(",")) break;
  }
  scan_.expect(">");
  if (scan_.take("->")) result.element = std::make_shared<const Type>(type());
  return result;
}

tl::expected<Type, SyntaxError> parse_type(std::string_view text, const std::map<std::string, Type>& types) {
  Scanner scanner(text);
  try {
    Type type = TypeParser(scanner, types).type();
    if (!scanner.at_end()) scanner.fail("unexpected " + scanner.here());
    return type;
  } catch (const SyntaxError& error) {
    return tl::unexpected<SyntaxError>(error);
  }
}

}  // namespace softbot::dmn
