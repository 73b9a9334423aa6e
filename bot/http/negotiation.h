#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "http/request.h"

namespace softbot::http {

/// A strong entity tag of a version: etag_of("17") is `"17"` with the quotes.
[[nodiscard]] std::string etag_of(std::string_view version);

/// An If-Match or If-None-Match header.
struct EntityTags {
  bool any = false;               ///< "*"
  std::vector<std::string> tags;  ///< opaque parts, without quotes
  bool operator==(const EntityTags&) const = default;
};

/// Reads a list of entity tags (RFC 9110, 8.8.3). Weak tags are read only when `weak_too`, as If-None-Match
/// wants; If-Match compares strongly, so weak ones are left out. Nothing when malformed.
enum class WeakTags { leave_out, take };
[[nodiscard]] std::optional<EntityTags> parse_entity_tags(std::string_view text, WeakTags weak);

/// Checks If-Match against the present version: precondition (428) without the header, stale (412) when
/// another version is named, invalid_input when malformed. "*" matches any version that exists.
[[nodiscard]] Result<> check_if_match(const Request& request, std::string_view version);

/// True when If-None-Match names this version, so that 304 will do.
[[nodiscard]] bool not_modified(const Request& request, std::string_view version);

enum class Language { dutch, english };
/// "nl" or "en".
[[nodiscard]] std::string_view code_of(Language language);

/// Dutch, unless Accept-Language clearly prefers English.
[[nodiscard]] Language preferred_language(std::string_view accept_language);

}  // namespace softbot::http
