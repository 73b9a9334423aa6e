#pragma once

#include <string>
#include <utility>
#include <vector>

#include "domain/result.h"
#include "domain/value.h"
#include "forms/catalogue.h"
#include "forms/geometry/paper_form.h"

namespace softbot {

/// Answers that are known when a form is printed.
struct KnownAnswers {
  Value common;
  std::vector<std::pair<std::string, Value>> requests;  ///< type, its answers
};

/// Reads {"common":{...},"requests":[{"type","fields"}]}. Error: `invalid_input`; its fields name every
/// mistake, never a value.
[[nodiscard]] Result<KnownAnswers> known_answers_from(const Value& json, const Catalogue& forms,
                                                      std::string_view municipality);

/// Prints what is known into the form: capitals and digits in boxes, crosses, words on lines. What does not
/// fit, and whatever has to be written by hand (signature and its date), stays open.
void fill_in(PaperForm& form, const KnownAnswers& known, const Catalogue& forms, const TextMeasure& measure);

}  // namespace softbot
