#pragma once

#include <vector>

#include "policy/policy_words.h"
#include "ports/records.h"
#include "web/site.h"

namespace softbot::web {

/// Sets what staff/figures shows: counts as tiles, by type, by channel and by reason, in the words of the
/// policy that gives it.
void add_figures(Value& context, const Visit& visit, const std::vector<Figure>& figures,
                 const PolicyWords& policy);

}  // namespace softbot::web
