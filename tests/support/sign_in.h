#pragma once

#include <string>

#include "support/daemon.h"

namespace softbot::tests {

/// Signs a colleague in over the API; the headers that a changing request of that session needs.
[[nodiscard]] HeaderLines sign_in(const Daemon& daemon, const std::string& account,
                                  const std::string& password);

}  // namespace softbot::tests
