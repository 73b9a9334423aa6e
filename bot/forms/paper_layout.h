#pragma once

#include <string_view>
#include <vector>

#include "domain/result.h"
#include "forms/definition.h"
#include "forms/geometry/paper_form.h"
#include "forms/municipality.h"

namespace softbot {

/// Lays out a printed form: the common part once, then each type, then the end of the common part. The same
/// definitions, municipality, language and fonts give the same form. Error: `configuration` when a question
/// is too large for a page, naming it; `invalid_input` for no type, the same type twice, or more than ten.
[[nodiscard]] Result<PaperForm> lay_out_paper_form(const FormDefinition& common,
                                                   const std::vector<const FormDefinition*>& definitions,
                                                   const Municipality& municipality,
                                                   std::string_view language, const TextMeasure& measure);

}  // namespace softbot
