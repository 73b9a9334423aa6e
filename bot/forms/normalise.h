#pragma once

#include "domain/value.h"
#include "forms/definition.h"

namespace softbot {

/// The answers of one part (common or a type's own) in canonical form: text trimmed, postcode 1234AB, dates
/// ISO, BSN nine digits, phone E.164, IBAN compact, house number as the address register writes it, integer,
/// decimal and money as JSON numbers. What cannot be understood stays as it was typed; unanswered questions
/// are left out. Idempotent. Unknown members stay.
[[nodiscard]] Value normalise(const FormDefinition& definition, const Value& answers);

/// The same for one answer.
[[nodiscard]] Value normalise_answer(const Field& field, const Value& answer);

}  // namespace softbot
