#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "forms/config_reader.h"
#include "forms/definition.h"

namespace softbot {

/// The condition under a name of an object, or nothing when it is not there. Mistakes go to the reader.
[[nodiscard]] std::optional<AnswerCondition> optional_condition(ConfigReader& reader, const Value& object,
                                                                const std::string& path,
                                                                std::string_view name);

/// The "bounds" of a field, held against its kind.
[[nodiscard]] Bounds read_bounds(ConfigReader& reader, const Value& field, const std::string& field_path,
                                 FieldKind kind);

}  // namespace softbot
