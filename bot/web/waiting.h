#pragma once

#include <string>
#include <string_view>

#include "domain/date.h"
#include "domain/value.h"

namespace softbot::web {

/// What somebody who waits for a decision wants to know.
struct Waiting {
  std::string expected_by;  ///< the last day on which they hear from us, in words; "" when no term runs
  std::string suspended;    ///< why the term stands still, and what makes it go on; "" when it does not
};

/// Out of the terms, events and questions of a case as its viewer sees it (pipeline::view_of).
[[nodiscard]] Waiting waiting_of(const Value& view, std::string_view language, Date today);

}  // namespace softbot::web
