#pragma once

#include <string_view>

#include "domain/value.h"
#include "forms/catalogue.h"

namespace softbot {

/// JSON Schema (draft 2020-12 in words that draft-07 shares) of the answers to one definition: structure
/// only, as check_structure() judges it. Nothing is `required`: an incomplete application is accepted and
/// completed.
[[nodiscard]] Value fields_schema(const FormDefinition& definition);

/// Schema of a whole submission body with one type, for /api/v1/form-types/<type>/schema. "x-softbot" members
/// say class, purpose and whether an answer will be asked for.
[[nodiscard]] Value submission_schema(const FormDefinition& common_definition,
                                      const FormDefinition& definition);

/// Schema of a submission body with any of the municipality's types.
[[nodiscard]] Value submission_schema(const Catalogue& catalogue, std::string_view municipality);

}  // namespace softbot
