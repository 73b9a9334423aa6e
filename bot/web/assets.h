#pragma once

#include <string>
#include <string_view>

namespace softbot::web {

/// The address of a built file by entry and ending: asset_address("site", ".css") is
/// "/assets/site-1a2b3c.css"; "" when the client was not built. The name changes with the content, so
/// browsers may keep it for a year.
[[nodiscard]] std::string asset_address(std::string_view entry, std::string_view ending);

}  // namespace softbot::web
