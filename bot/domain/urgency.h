#pragma once

#include "domain/application.h"

namespace softbot {

/// True for help that a resident needs at once (Wmo 2015 2.3.3), until it is decided about, and for post that
/// looks like an objection, a notice of default or a request for a person, as long as nobody has dealt with
/// it: the queue shows it before everything else, whatever its terms are. Pure.
[[nodiscard]] bool cannot_wait(const Application& application);

}  // namespace softbot
