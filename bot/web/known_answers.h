#pragma once

#include <string>

#include "web/site.h"

namespace softbot::web {

/// What a signed-in resident need not write again.
struct EarlierAnswers {
  Value common;       ///< who they are and where they live, canonical; at least the citizen number
  std::string given;  ///< when they last wrote it themselves, in words; "" when they never did
};

/// Out of the latest application that the resident signed: what somebody else may have sent with their number
/// is not taken over. Choices, who lives with them and who helps are asked anew each time: they decide, and
/// they change.
[[nodiscard]] EarlierAnswers known_of(const Visit& visit);

}  // namespace softbot::web
