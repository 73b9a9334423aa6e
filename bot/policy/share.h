#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/value.h"

namespace softbot {

/// One, in parts per million.
inline constexpr std::int64_t whole_share = 1'000'000;

/// A share as configuration writes it, from "0" to "1" with at most six decimals, in parts per million;
/// nothing when it is not one. "0.05" and 0.05 are 50,000.
[[nodiscard]] std::optional<std::int64_t> share_from(const Value& value);

/// The same the other way: 25,000 -> "0.025".
[[nodiscard]] std::string share_text(std::int64_t per_million);

/// 25,000 -> "2,5%".
[[nodiscard]] std::string percent_words(std::int64_t per_million);

}  // namespace softbot
