#pragma once

#include <string>

#include "web/site.h"

namespace softbot::web {

/// What the print of incoming letters says, for staff/incoming_letters: {hasLetters, letters: [...],
/// hasCases, cases: [...]}. Everything is said as a guess; the picture of the paper stands before it.
[[nodiscard]] Value letters_view(const Visit& visit, const Application& item);

/// The kind of event (pipeline::incoming_event_kinds()) that the first letter probably is; "" when nothing is
/// probable.
[[nodiscard]] std::string likely_event(const Application& item);

/// The type of application that the first letter probably asks for; "" for none.
[[nodiscard]] std::string likely_type(const Application& item);

/// The one case that the item's letters name; "" when they name none, or more than one.
[[nodiscard]] std::string proposed_case(const Application& item);

}  // namespace softbot::web
