#pragma once

#include <optional>

#include "domain/value.h"

namespace softbot {

/// A number that was measured (millimetres, a probability), as the nearest double; nothing when `value` is no
/// number. Money and counts stay decimal: they have Number. Pure.
[[nodiscard]] std::optional<double> measure_in(const Value& value);

/// The same, and nothing when it is not from `least` to `most`.
[[nodiscard]] std::optional<double> measure_within(const Value& value, double least, double most);

}  // namespace softbot
