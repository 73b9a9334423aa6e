#pragma once

#include <string>
#include <string_view>

#include "policy/draft_check.h"

namespace softbot::web {

/// What the check of a policy found, in Dutch: findings themselves are in English, for modellers.
struct FindingWords {
  std::string heading;   ///< "Gat: een geval waarvoor geen regel geldt"
  std::string sentence;  ///< with place, rules and example filled in
  std::string detail;    ///< in English: what the check says that the sentence does not; "" for nothing
  bool operator==(const FindingWords&) const = default;
};
[[nodiscard]] FindingWords words_of(const DraftFinding& finding);

/// The heading of a code of a finding, or of a FieldError of a refused draft.
[[nodiscard]] std::string finding_heading(std::string_view code);

/// `decision "Norm" / decisionTable / rule 3` as `besluit "Norm" / tabel / regel 3`.
[[nodiscard]] std::string element_words(std::string_view element);

}  // namespace softbot::web
