#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/value.h"
#include "forms/config_problem.h"
#include "forms/definition.h"

namespace softbot {

enum class Need { required, optional };

/// Takes one JSON file of the configuration apart and collects every mistake on the way; what is wrong reads
/// as empty. Paths are JSON pointers. Not thread-safe.
class ConfigReader {
 public:
  explicit ConfigReader(std::string file) : file_(std::move(file)) {}

  void report(const std::string& path, std::string problem, std::string remedy);
  [[nodiscard]] const std::vector<ConfigProblem>& problems() const { return problems_; }

  /// Reads JSON that must be an object; null and a problem when it is not.
  [[nodiscard]] Value object_from(std::string_view json);
  /// True when the value is an object; each member that is not known is a problem. "$schema" is always known.
  bool check_object(const Value& value, const std::string& path,
                    std::initializer_list<std::string_view> known);

  [[nodiscard]] std::string text(const Value& object, const std::string& path, std::string_view name,
                                 Need need);
  [[nodiscard]] LocalText local_text(const Value& object, const std::string& path, std::string_view name,
                                     Need need);
  [[nodiscard]] bool flag(const Value& object, const std::string& path, std::string_view name,
                          bool otherwise);
  [[nodiscard]] std::optional<int> integer(const Value& object, const std::string& path,
                                           std::string_view name, int low, int high);
  [[nodiscard]] std::vector<std::string> texts(const Value& object, const std::string& path,
                                               std::string_view name, Need need);
  [[nodiscard]] const Value::List& list(const Value& object, const std::string& path, std::string_view name,
                                        Need need);
  /// The text when it is one of these, else "" and a problem with the nearest name.
  [[nodiscard]] std::string one_of(const Value& object, const std::string& path, std::string_view name,
                                   const std::vector<std::string>& allowed);

 private:
  std::string file_;
  std::vector<ConfigProblem> problems_;
};

/// path + "/" + name, escaped as RFC 6901 says.
[[nodiscard]] std::string pointer(const std::string& path, std::string_view name);
[[nodiscard]] std::string pointer(const std::string& path, std::size_t index);

/// "light-cleaning": lower case letters and digits in parts joined by hyphens.
[[nodiscard]] bool is_kebab_case(std::string_view text);
/// "birthDate": letters and digits, beginning with a lower case letter.
[[nodiscard]] bool is_camel_case(std::string_view text);

/// "Did you mean "label"?" or, when nothing is near, "Use one of: a, b.".
[[nodiscard]] std::string suggestion(std::string_view typed, const std::vector<std::string>& known);

}  // namespace softbot
