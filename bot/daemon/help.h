#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace softbot::daemon {

/// "0.1.0"
[[nodiscard]] std::string_view version();

/// Text of `softbot help [TOPIC]`; without a topic the overview, which `usage` (the list of commands) is part
/// of. Nothing for an unknown topic.
[[nodiscard]] std::optional<std::string> help_text(const std::string& topic, const std::string& usage);

}  // namespace softbot::daemon
