#pragma once

#include <vector>

#include "ports/records.h"
#include "web/site.h"

namespace softbot::web {

/// Sets what staff/figures shows: counts as tiles, by type, by channel and by reason.
void add_figures(Value& context, const Visit& visit, const std::vector<Figure>& figures);

}  // namespace softbot::web
