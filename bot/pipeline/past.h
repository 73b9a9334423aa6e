#pragma once

#include "pipeline/services.h"

namespace softbot::pipeline {

/// What is known of the resident beside this application, as the policy is told (policy/facts.h):
/// {"provisions": [...], "history":
/// {...}}. Reads within the transaction, so that a decision and what it rests on belong together.
[[nodiscard]] Value past_facts(Transaction& transaction, const Application& application, Date today);

/// An earlier application of this resident and type was drawn for the sample and nobody released it: who
/// tries again does not draw again.
[[nodiscard]] bool was_held_before(Transaction& transaction, const Application& application);

}  // namespace softbot::pipeline
