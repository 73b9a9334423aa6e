#pragma once

#include "dmn/dmn.h"

namespace softbot::dmn {

/// Whether a value is an instance of a type, as FEEL's `instance of` means it; allowed values are not looked
/// at. Null is an instance of Null only.
[[nodiscard]] bool is_instance(const Value& value, const Type& type);

/// Whether a value may stand where the type is asked: as is_instance, but null fits everywhere.
[[nodiscard]] bool conforms(const Value& value, const Type& type);

/// The type as FEEL writes it, for messages.
[[nodiscard]] std::string describe(const Type& type);

}  // namespace softbot::dmn
