#pragma once

#include <string>
#include <string_view>

#include "domain/value.h"
#include "forms/answer_condition.h"
#include "forms/definition.h"

namespace softbot::web {

/// A condition for the script in the browser, with names of inputs: {is, name?, other?, values?, parts?}.
/// `row` is the name of the row that "row.x" means.
[[nodiscard]] Value condition_for_script(const AnswerCondition& condition, const std::string& prefix,
                                         const std::string& row);

/// False when only the chosen types count: that is settled before the page is made, and nobody needs to read
/// it.
[[nodiscard]] bool depends_on_answers(const AnswerCondition& condition);

/// When a question applies, as a sentence for those who see all questions at once; "" for always.
[[nodiscard]] std::string condition_words(const AnswerCondition& condition, const FormDefinition& common,
                                          const FormDefinition& definition, std::string_view language);

}  // namespace softbot::web
