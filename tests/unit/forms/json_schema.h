#pragma once

#include <string>

#include "domain/value.h"

namespace softbot::forms_test {

/// Holds a document against a JSON Schema with an independent validator. Returns "" when it fits, else what
/// does not and where.
[[nodiscard]] std::string validate(const Value& schema, const Value& document);

}  // namespace softbot::forms_test
