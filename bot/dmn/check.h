#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dmn/dmn.h"

/// Looks for mistakes in a model without evaluating it: before it decides about anybody.
namespace softbot::dmn {

enum class Severity : std::uint8_t {
  error,   ///< it cannot be right: a gap, a conflict, a rule that never fires, a type error
  warning  ///< it may be right, or could not be looked at in full
};
[[nodiscard]] std::string_view name_of(Severity severity);  ///< "error", "warning"

/// One input of an example: an input expression of the table and a value, both as FEEL text. A value that
/// stands for a bound which only the data know is in words: "more than parameters.maximum".
struct ExampleInput {
  std::string input;
  std::string value;
  bool operator==(const ExampleInput&) const = default;
};

struct Finding {
  enum class Kind : std::uint8_t {
    not_loaded,   ///< the model is refused as a whole
    broken,       ///< an expression that is no FEEL, or that speaks of what does not exist
    gap,          ///< an input that no rule meets
    overlap,      ///< rules that are met together against the hit policy
    never_fires,  ///< a rule that no input can make count
    type_error,   ///< an expression that cannot give a value of the type that is asked
    too_large     ///< a table of which only a part could be looked at
  };

  Kind kind = Kind::broken;
  Severity severity = Severity::error;
  std::string message;
  std::string element;             ///< `decision "Norm"`, as in Problem
  std::size_t line = 0;            ///< in the XML, from 1; 0: nowhere in particular
  std::vector<std::size_t> rules;  ///< numbers from 1; for a gap the rules that come closest
  std::vector<ExampleInput> example;
};

/// "Age = 17, Points = 3".
[[nodiscard]] std::string text_of(const std::vector<ExampleInput>& example);

/// Everything that is wrong with a model, in the order of the file. Bounded: a table that is too large to be
/// looked at in full gives a finding that says so.
[[nodiscard]] std::vector<Finding> check(std::string_view xml, const LoadOptions& options);

}  // namespace softbot::dmn
