#pragma once

#include <vector>

#include "policy/group_shares.h"
#include "web/site.h"

namespace softbot::web {

/// Sets what staff/groups shows: the share passed on to a person per age band, channel and municipality.
void add_groups(Value& context, const Visit& visit, const std::vector<GroupShares>& all, Date since);

}  // namespace softbot::web
