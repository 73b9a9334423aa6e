#pragma once

#include <string>
#include <vector>

#include "domain/application.h"
#include "forms/catalogue.h"

namespace softbot::web {

/// What was read of a file that was handed in, in Dutch sentences for the consultant, with what differs from
/// what the sender stated. Empty for a document of which nothing is read. `document`: its id.
[[nodiscard]] std::vector<std::string> attachment_sentences(const Catalogue& forms,
                                                            const Application& application,
                                                            const std::string& document);

}  // namespace softbot::web
