#pragma once

#include <cstddef>
#include <string_view>

#include "pipeline/services.h"

namespace softbot::pipeline {

/// Takes provisions that were granted before softbot: a list of {bsn, type, municipality, decisionNumber,
/// from, until?, provider?, minutesPerWeek?, aid?}. All rows are checked before any is stored:
/// `invalid_input` names every row that is wrong ("provisions[3].from"). They are stored in units of 500, so
/// that other work goes on in between; when storage fails halfway, the import can be repeated, because the
/// same decision number of the same person replaces the earlier row. `municipalities`: those that may be
/// imported for. How many were stored.
[[nodiscard]] Result<std::size_t> import_provisions(Store& store, const Vault& vault, const Clock& clock,
                                                    const Catalogue& forms,
                                                    const Municipalities& municipalities,
                                                    const Value& provisions);

/// The same out of a CSV file (RFC 4180, comma or semicolon, UTF-8) whose header has these names.
[[nodiscard]] Result<Value> provisions_from_csv(std::string_view text);

}  // namespace softbot::pipeline
