#pragma once

#include <string>
#include <vector>

#include "domain/value.h"
#include "forms/definition.h"

namespace softbot {

/// A name that a policy may use, and what it holds.
struct FactName {
  std::string name;
  std::string type;  ///< FEEL: string, boolean, number, date, list
  bool operator==(const FactName&) const = default;
};

/// Every name that facts_from() gives for this type, in order.
[[nodiscard]] std::vector<FactName> fact_names(const FormDefinition& common_definition,
                                               const FormDefinition& definition);

/// The answers as a policy's input: flat, typed, by the fields' own names. yes-no -> boolean, integer,
/// decimal and money -> number, date -> ISO text, choice and text -> text, choices -> list of texts, list ->
/// list of objects, and "<list>Count" -> number. Unanswered, not understood or not applicable -> null:
/// unknown is not no. Fields that identify a person (name, BSN, address, contact, account) and own words are
/// never facts.
[[nodiscard]] Value facts_from(const FormDefinition& common_definition, const FormDefinition& definition,
                               const Value& common, const Value& fields);

}  // namespace softbot
