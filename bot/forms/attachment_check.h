#pragma once

#include <vector>

#include "domain/application.h"
#include "domain/value.h"
#include "forms/completeness.h"
#include "forms/definition.h"

namespace softbot {

/// What is missing of one required attachment: files, files for a row (an account), or days of the period
/// that they must cover. `answers` are the normalised answers to the definition that holds the attachment.
[[nodiscard]] std::vector<Asked> check_attachment(const FormDefinition& definition,
                                                  const Attachment& attachment, const Value& answers,
                                                  const CompletenessInput& input);

/// A stretch of days, both ends included.
struct DayRange {
  Date from{};
  Date until{};
  bool operator==(const DayRange&) const = default;
};

/// The days of `wanted` that none of `covered` holds, in order.
[[nodiscard]] std::vector<DayRange> days_missing(const DayRange& wanted, std::vector<DayRange> covered);

}  // namespace softbot
