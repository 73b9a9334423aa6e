#pragma once

#include <array>
#include <string>
#include <utility>

#include "web/staff_case.h"

namespace softbot::web {

/// The form of the case page to decide with (template staff/case_decide).
void add_decide_form(Value& context, const Visit& visit, const Application& application,
                     const CaseInput& input);

/// What may be chosen, from pairs of value and text: {value, text, chosen}.
[[nodiscard]] Value choices_view(const auto& table, const std::string& chosen) {
  Value list = Value::list();
  for (const auto& [value, text] : table) {
    list.push(Value::object({{"value", value}, {"text", text}, {"chosen", chosen == value}}));
  }
  return list;
}

/// What is wrong with an input; "" when nothing is.
[[nodiscard]] std::string problem_of(const CaseInput& input, const char* name);

}  // namespace softbot::web
