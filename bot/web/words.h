#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/application.h"
#include "domain/date.h"
#include "domain/value.h"
#include "forms/definition.h"

namespace softbot::web {

/// An error as a page says it.
struct ErrorWords {
  std::string title;
  std::string text;
};
[[nodiscard]] ErrorWords words_of(const Error& error, std::string_view language);

/// A status as the resident reads it: a few words, and a sentence on what happens now. With a code alone the
/// status says nothing of the decision.
struct StatusWords {
  std::string label;
  std::string text;
  std::string badge;  ///< neutral, safe, warning or danger: the colour beside the words
};
[[nodiscard]] StatusWords resident_status(std::string_view status, std::string_view language);

/// "Toegekend", "Granted", ...; "" for an unknown name.
[[nodiscard]] std::string outcome_words(std::string_view outcome, std::string_view language);
/// For staff, in Dutch.
[[nodiscard]] std::string status_words(std::string_view status);
[[nodiscard]] std::string channel_words(std::string_view channel);
[[nodiscard]] std::string assurance_words(std::string_view assurance);
[[nodiscard]] std::string condition_state_words(std::string_view state);
[[nodiscard]] std::string term_words(std::string_view status, std::string_view language);
[[nodiscard]] std::string role_words(std::string_view role);
[[nodiscard]] std::string law_words(std::string_view law);
/// What happened, from the kinds of domain/deadlines.h and the pipeline's own.
[[nodiscard]] std::string event_words(std::string_view kind, std::string_view language);
/// What somebody of the municipality calls something that came in, by the kind of its event: "Bezwaar".
[[nodiscard]] std::string incoming_words(std::string_view kind);
/// Help in kind or a personal budget.
[[nodiscard]] std::string provision_form_words(std::string_view form, std::string_view language);
/// A reason for a consultant by its code: "De inwoner is overleden."
[[nodiscard]] std::string reason_words(std::string_view code);
/// What the register and other sources say, by the name of the fact: "registerPerson.deceased" ->
/// "Overleden".
[[nodiscard]] std::string fact_words(std::string_view name);
[[nodiscard]] std::string document_words(std::string_view kind, std::string_view language);

/// "2026-03-01" -> "1 maart 2026" or "1 March 2026"; other text comes back as it is.
[[nodiscard]] std::string date_words(std::string_view iso, std::string_view language);
/// "2026-03-01T12:00:00Z" -> "1 maart 2026 13:00".
[[nodiscard]] std::string moment_words(std::string_view instant);
/// "340 kB", "2,1 MB".
[[nodiscard]] std::string size_words(std::int64_t bytes);

/// The text with a capital first letter (ASCII).
[[nodiscard]] std::string capitalised(std::string text);

/// An answer as people read it, with labels instead of stored values; "" when unanswered.
[[nodiscard]] std::string answer_words(const Field& field, const Value& answer, std::string_view language);

}  // namespace softbot::web
