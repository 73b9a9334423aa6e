#pragma once

#include <map>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace softbot {

/// Files of one configuration by name ("household-help.dmn" -> XML).
using ConfigurationFiles = std::map<std::string, std::string>;

/// The files as one text for the store: a JSON object name -> text, names in order. The same files always
/// give the same text.
[[nodiscard]] std::string content_of(const ConfigurationFiles& files);

/// Back again. Fails with `damaged` when the text is not such an object.
[[nodiscard]] Result<ConfigurationFiles> files_of(std::string_view content);

/// Content address: SHA-256 of content_of(), 64 hexadecimal digits.
[[nodiscard]] std::string version_of(const ConfigurationFiles& files);

/// SHA-256 of a text as 64 hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view text);

}  // namespace softbot
