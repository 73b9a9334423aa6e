#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "dmn/code.h"
#include "dmn/scanner.h"
#include "dmn/scope.h"

namespace softbot::dmn {

/// What the parser knows of the model around an expression. `code`, `members` and `types` are shared by all
/// of it.
struct Surroundings {
  Code& code;
  Scope& scope;
  MemberNames& members;
  const std::map<std::string, Type>& types;  ///< item definitions by name
  std::string entry_name = {};               ///< of the boxed entry that an expression is the whole value of
};

/// An expression that was understood. `faults` says what in it can only be null: names that nobody declared,
/// functions called with arguments that they do not take.
struct Parsed {
  NodeId node = no_node;
  std::vector<std::string> faults;
};

/// Compiles one FEEL expression, or a unary-tests cell about the input in `input_slot`. Gives the reason when
/// the text is not FEEL. A cell that is empty or `-` gives no_node: every input meets it.
[[nodiscard]] tl::expected<Parsed, SyntaxError> compile_expression(std::string_view text,
                                                                   Surroundings around);
[[nodiscard]] tl::expected<Parsed, SyntaxError> compile_unary_tests(std::string_view text,
                                                                    std::uint32_t input_slot,
                                                                    Surroundings around);
/// Each test of a list such as `"High", "Low"` by itself, for output values.
[[nodiscard]] tl::expected<std::vector<NodeId>, SyntaxError> compile_values(std::string_view text,
                                                                            Surroundings around);
/// A type as FEEL writes it: `number`, `list<string>`, `context<a: number>`, `function<number> -> string`,
/// ...
[[nodiscard]] tl::expected<Type, SyntaxError> parse_type(std::string_view text,
                                                         const std::map<std::string, Type>& types);

}  // namespace softbot::dmn
