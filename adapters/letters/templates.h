#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "domain/value.h"

namespace softbot {

/// The texts of letters by name ("grant", "receipt.en") and of the partials that they share. A plain value:
/// it may come from a folder or from the store.
struct LetterTemplates {
  std::map<std::string, std::string> letters;
  std::map<std::string, std::string> partials;
  bool operator==(const LetterTemplates&) const = default;
};

/// Reads `<folder>/*.mustache` and `<folder>/partials/*.mustache`. Fails with `configuration` when the folder
/// holds no letter or a file cannot be read, is no UTF-8 or is larger than 1 MiB.
[[nodiscard]] Result<LetterTemplates> read_letter_templates(const std::filesystem::path& folder);

namespace letters {

/// One tag of a template: {{name}}, {{#name}}, {{^name}}, {{/name}}, {{>name}}, {{!words}}.
struct Tag {
  enum class Kind { variable, section, inverted, end, partial, comment, forbidden };
  Kind kind = Kind::variable;
  std::string name;
  std::size_t line = 0;  ///< from 1
};

[[nodiscard]] std::vector<Tag> find_tags(std::string_view text);

/// The text with its tags taken out and its lines kept, so that the markup around them can be looked at.
[[nodiscard]] std::string without_tags(std::string_view text);

/// A template filled with facts, and the names that it looked up to get there (to see what an example
/// reaches).
struct FilledLetter {
  std::string markup;
  std::set<std::string> names;
};

/// The key of the template that a letter in the context's language takes: "receipt.en" where that exists.
[[nodiscard]] std::string template_name(const LetterTemplates& templates, std::string_view letter,
                                        const Value& context);

/// Fills a template; values are escaped as config/letters/README.md says. Fails with `configuration`, naming
/// template, line and name, when the template is absent, is no mustache, or names what the context lacks.
[[nodiscard]] Result<FilledLetter> fill(const LetterTemplates& templates, std::string_view letter,
                                        const Value& context);

/// A value as it stands in the markup: valid UTF-8 without control characters and direction overrides, & < >
/// " ' as entities, line feeds as U+2028; no-break spaces keep runs of spaces, and telephone numbers on one
/// line.
[[nodiscard]] std::string escape(std::string_view value);

}  // namespace letters
}  // namespace softbot
