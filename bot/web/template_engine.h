#pragma once

#include <string>
#include <string_view>

#include "domain/value.h"

namespace softbot::web {

/// Fills the compiled-in mustache template of that name ("resident/start"). Members of `context` are the
/// names; text is escaped for HTML; `{{> name}}` takes another template. Throws std::logic_error for a
/// template that does not exist or does not parse: that is a bug, and a test renders them all. Thread-safe.
[[nodiscard]] std::string render(std::string_view name, const Value& context);

}  // namespace softbot::web
