#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/application.h"
#include "domain/date.h"
#include "forms/definition.h"

namespace softbot {

/// A file that was handed in, as far as completeness needs to know it.
struct AttachmentInfo {
  std::string kind;
  std::string iban;           ///< or another key of the row that it belongs to; "" when it belongs to none
  std::optional<Date> from;   ///< first day covered
  std::optional<Date> until;  ///< last day covered
  bool operator==(const AttachmentInfo&) const = default;
};

/// One application as it stands.
struct CompletenessInput {
  Value common;
  Value fields;
  std::vector<AttachmentInfo> attachments;
  std::string channel = "web";  ///< web, api, counter, paper: some questions exist on paper only
  Date today{};                 ///< the day of receipt: periods count back from it, however late we look
  std::string language = "nl";  ///< of the sentences
};

/// Everything that is missing, invalid or contradictory, at once, in the order of the form: the content of
/// one repair letter (Awb 4:5). A question that does not apply is never asked; while it is unknown whether it
/// applies, the question that it depends on is asked and names it. Asked.field is the name in the definition
/// ("bsn", "tasks", "accounts[1].iban"), the attachment's kind, or "signature"; names of the common part and
/// of a type never clash. Answers need not be normalised. Never throws; thread-safe.
[[nodiscard]] std::vector<Asked> check_completeness(const FormDefinition& common_definition,
                                                    const FormDefinition& definition,
                                                    const CompletenessInput& input);

/// What is wrong with one answer, or nothing: the sentence in the language asked for.
[[nodiscard]] std::optional<Asked> check_answer(const Field& field, const Value& answer, Date today,
                                                std::string_view language);

}  // namespace softbot
