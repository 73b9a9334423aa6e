#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/application.h"
#include "domain/deadlines.h"

namespace softbot::pipeline {

/// Every term of this case as it stands on `today`, from its events (domain/deadlines.h).
[[nodiscard]] TermReport terms_of(const Application& application, Date today);

/// The last event of this kind, if there was one.
[[nodiscard]] const CaseEvent* last_event(const Application& application, std::string_view kind);
[[nodiscard]] bool has_event(const Application& application, std::string_view kind);

/// Writes an event into the case.
void add_event(Application& application, std::string_view kind, Date date, Instant now, std::string_view by,
               std::string_view note = "", std::optional<Date> until = std::nullopt);

/// What the event is called on screens and in letters.
[[nodiscard]] std::string event_in_words(std::string_view kind);

/// True while a repair request waits for its answer: asked, its term not over, not yet completed.
[[nodiscard]] bool repair_is_open(const Application& application);

}  // namespace softbot::pipeline
