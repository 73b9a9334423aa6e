#pragma once

#include "web/queries.h"
#include "web/site.h"

namespace softbot::web {

/// Sets what staff/sample_tests shows: how the sample is tested, what the test is worth, and how each stands.
void add_sample_tests(Value& context, const Visit& visit, const Management& all);

/// What a kill switch is about, in words: "Alle aanvragen", "Hulp bij het huishouden, Gemeente Molendam".
[[nodiscard]] std::string switch_title(const Visit& visit, const std::string& subject);

}  // namespace softbot::web
