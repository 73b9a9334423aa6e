#pragma once

#include <string_view>

#include "dmn/dmn.h"
#include "domain/value.h"

namespace softbot {

/// Data as FEEL sees it, guided by the type that the model gives it: text becomes a date where a date is
/// meant. What does not fit becomes null, which is unknown. Numbers are exact.
[[nodiscard]] dmn::Value to_dmn(const Value& value, const dmn::Type& type);

/// A FEEL value as data: dates, times and durations as ISO text; ranges and functions as FEEL text.
[[nodiscard]] Value from_dmn(const dmn::Value& value);

/// The inputs of a model out of the facts (facts.h says how a name is found).
[[nodiscard]] dmn::Context inputs_for(const dmn::Model& model, const Value& facts);

/// The same with the policy's own facts given apart: the day, and the parameters as the model sees them.
[[nodiscard]] dmn::Context inputs_for(const dmn::Model& model, const Value& facts, const Value& today,
                                      const dmn::Value& parameters);

/// The parameters as a model sees them.
[[nodiscard]] dmn::Value parameters_for(const dmn::Model& model, const Value& parameters);

/// What was evaluated as data for the file: {name, id, result, hitPolicy, usedDefault, rules[{number, id,
/// verdict, applied, annotations[], cells[{input, value, test, verdict}]}], errors[]} for each decision.
[[nodiscard]] Value to_value(const dmn::DecisionTrace& trace);

}  // namespace softbot
