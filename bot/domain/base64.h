#pragma once

#include <string>
#include <string_view>

#include "domain/result.h"

namespace softbot {

/// Standard base64 with padding (RFC 4648, section 4). White space is an error. `invalid_input` when it is
/// not base64.
[[nodiscard]] Result<std::string> decode_base64(std::string_view text);
[[nodiscard]] std::string encode_base64(std::string_view bytes);

}  // namespace softbot
