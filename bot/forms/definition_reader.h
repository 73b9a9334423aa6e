#pragma once

#include <string_view>

#include "forms/config_reader.h"
#include "forms/definition.h"

namespace softbot {

/// Reads one definition file as far as it can be read by itself; mistakes go to the reader.
[[nodiscard]] FormDefinition read_definition(ConfigReader& reader, const Value& file);

/// What a definition must hold on to beyond its own grammar: names that exist, conditions that can be
/// answered, no circles, no clash with the common part. `paths` in problems are those of the file.
struct DefinitionSurroundings {
  const FormDefinition* common = nullptr;  ///< null when this is the common part itself
  std::vector<std::string> types = {};     ///< every type that exists
};
void check_references(ConfigReader& reader, const FormDefinition& definition,
                      const DefinitionSurroundings& surroundings);

}  // namespace softbot
