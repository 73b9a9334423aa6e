#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "domain/result.h"
#include "domain/value.h"

namespace softbot {

/// Bounds that keep hostile text from exhausting memory or stack.
struct JsonLimits {
  std::size_t bytes = std::size_t{4} << 20;
  std::size_t depth = 32;
  std::size_t values = 200'000;  ///< scalars, lists and objects together
  std::size_t members = 1'000;   ///< of one object
};

/// Reads RFC 8259 JSON: valid UTF-8, no duplicate member names, numbers kept as written. Errors name line and
/// column, never the content. Thread-safe.
[[nodiscard]] Result<Value> parse_json(std::string_view text, const JsonLimits& limits = {});

/// Writes compact JSON, members in their order.
[[nodiscard]] std::string to_json(const Value& value);

/// Writes JSON for people: two spaces of indentation, a final newline.
[[nodiscard]] std::string to_pretty_json(const Value& value);

/// True when the text is well-formed UTF-8 without surrogates or overlong forms.
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace softbot
