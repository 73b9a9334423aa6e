#pragma once

#include "web/queries.h"
#include "web/site.h"

namespace softbot::web {

/// Sets what staff/learning shows: of each municipality whether corrections are kept to learn from, on what
/// ground, how many there are, and until when.
void add_learning(Value& context, const Visit& visit, const Management& all);

}  // namespace softbot::web
