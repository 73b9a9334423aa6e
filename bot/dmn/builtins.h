#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "dmn/dmn.h"
#include "dmn/value.h"

/// The library of FEEL (DMN 1.5, 10.3.4).
namespace softbot::dmn {

/// What a built-in function gives: a value (also null), or null with a reason.
using Outcome = tl::expected<Value, std::string>;

[[nodiscard]] inline Outcome no_value(std::string reason) {
  return tl::unexpected<std::string>(std::move(reason));
}

/// What a built-in function may ask of the one that runs it.
class Caller {
 public:
  /// Calls a function value.
  virtual Value call(const Value& function, const List& arguments) = 0;
  /// Counts work against the limits; false when they are used up.
  virtual bool charge(std::size_t work) = 0;
  [[nodiscard]] virtual const Conditions& conditions() const = 0;

 protected:
  ~Caller() = default;
};

/// The arguments, as bits from the first on, that stand for one value: a list of one element given there
/// counts as that element (DMN 1.5, 10.3.2.9.4).
using SingleArguments = std::uint8_t;
constexpr SingleArguments every_argument = 0xFF;

struct Builtin {
  std::string_view name;
  /// Each signature: parameter names separated by commas; a `?` before the optional ones, `*` before the one
  /// that takes all the rest.
  std::vector<std::string_view> signatures;
  Outcome (*run)(const List& arguments, Caller& caller);
  SingleArguments singles = 0;
};

/// All functions in order of name; lives as long as the program.
[[nodiscard]] const std::vector<Builtin>& builtins();
[[nodiscard]] const Builtin* find_builtin(std::string_view name);

/// The arguments as the function takes them: out of their list where a single value is asked.
[[nodiscard]] List as_taken(const Builtin& builtin, List arguments);

/// Where named arguments go. `order[i]` is the argument that takes place i, or -1; `kinds[i]` is the kind
/// that this signature asks there, where the signatures of the function differ in it.
struct Arrangement {
  std::vector<int> order;
  std::vector<Type::Kind> kinds;
};
[[nodiscard]] std::optional<Arrangement> arrange(const Builtin& builtin,
                                                 const std::vector<std::string>& names);
/// Whether any signature takes this many arguments.
[[nodiscard]] bool accepts(const Builtin& builtin, std::size_t count);

}  // namespace softbot::dmn
