#pragma once

#include "http/router.h"
#include "pipeline/services.h"

namespace softbot::http {

/// Accounts of colleagues and what they may do; for administrators, and auditors to see. Services must
/// outlive the router.
void add_account_routes(Router& router, const Services& services);

}  // namespace softbot::http
