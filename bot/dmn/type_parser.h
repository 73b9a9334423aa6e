#pragma once

#include <map>
#include <string>

#include "dmn/dmn.h"
#include "dmn/scanner.h"

namespace softbot::dmn {

/// Reads a type where the scanner stands. Throws SyntaxError.
class TypeParser {
 public:
  TypeParser(Scanner& scanner, const std::map<std::string, Type>& types) : scan_(scanner), types_(types) {}
  [[nodiscard]] Type type();

 private:
  [[nodiscard]] Type named();
  [[nodiscard]] Type with_element(Type::Kind kind, const std::string& name);
  [[nodiscard]] Type context();
  [[nodiscard]] Type function();

  Scanner& scan_;
  const std::map<std::string, Type>& types_;
  int depth_ = 0;
};

/// The kind that a built-in type name means ("number", "dateTime", "days and time duration", ...); nothing
/// for others.
[[nodiscard]] std::optional<Type::Kind> builtin_kind(std::string_view name);

}  // namespace softbot::dmn
