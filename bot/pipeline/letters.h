#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/services.h"

namespace softbot::pipeline {

/// The day on which a letter made now will lie in the post: the next working day. It is the letter's date.
[[nodiscard]] Date planned_posting(Date today);

/// What every letter of a case needs (config/letters/README.md). `recipient` absent: the typed name and no
/// address.
[[nodiscard]] Value letter_context(const Configuration& configuration, const Application& application,
                                   Date date);

/// The person of the register as kept in the facts of the case, if the register answered.
[[nodiscard]] std::optional<RegisterPerson> register_person_of(const Application& application);
[[nodiscard]] Value to_value(const RegisterPerson& person);

/// Puts the name and address of the register in the context, as recipient.
void address_to(Value& context, const RegisterPerson& person);
[[nodiscard]] Value address_value(const RegisterPerson& person);

/// Answers in words, question by question, as copies and reports show them. `decisive` chooses only those
/// that decide, or only the others.
enum class Which { all, decisive, others };
[[nodiscard]] Value answers_in_words(const Configuration& configuration, const Application& application,
                                     Which which);
/// The same, in the form's sections: list of {title, answers}.
[[nodiscard]] Value sections_in_words(const Configuration& configuration, const Application& application);

/// The object `granted` of letters, out of a decision's grant.
[[nodiscard]] Value granted_in_words(const Configuration& configuration, const Application& application,
                                     const Value& grant);
/// The object `objection`: last day after publication on `published`, and where to send it.
[[nodiscard]] Value objection_in_words(const Configuration& configuration, const Application& application,
                                       Date published);

/// [{text}] of reasons, asked items or conditions.
[[nodiscard]] Value texts_of(const std::vector<Reason>& reasons);
[[nodiscard]] Value texts_of(const std::vector<Asked>& asked);

/// An outbox row that prints `letter` with `context` when its turn comes. channel "post" goes to `context`'s
/// recipient by post and to the resident's page; channel "page" to the resident's page alone. Where the
/// resident is told by mail (mail_address_of) both become channel "mail": on the page, announced; a receipt
/// with its code and a sheet to sign stay on paper. The same reference, letter and version give the same key.
[[nodiscard]] OutboxRecord letter_row(const Services& services, const Application& application,
                                      std::string_view channel, std::string_view letter,
                                      std::string_view title, Value context, Date planned);

/// The law's articles on which a decision of this type rests.
[[nodiscard]] Value legal_basis_of(const Application& application);

/// The title of the type in Dutch: "Hulp bij het huishouden".
[[nodiscard]] std::string title_of(const Configuration& configuration, const Application& application);

}  // namespace softbot::pipeline
