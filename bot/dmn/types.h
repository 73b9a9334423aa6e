#pragma once

#include "dmn/dmn.h"

namespace softbot::dmn {

/// The answer to is_instance with the number of values that were looked at. Gives up, with false, on a
/// million.
struct TypeCheck {
  bool fits = false;
  std::size_t steps = 0;
};
[[nodiscard]] TypeCheck check_type(const Value& value, const Type& type);

/// Whether a value is an instance of a type, as FEEL's `instance of` means it; allowed values are not looked
/// at. Null is an instance of Null only.
[[nodiscard]] bool is_instance(const Value& value, const Type& type);

/// The type as FEEL writes it, for messages.
[[nodiscard]] std::string describe(const Type& type);

}  // namespace softbot::dmn
