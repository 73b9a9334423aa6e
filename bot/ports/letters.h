#pragma once

#include <string>
#include <string_view>

#include "domain/result.h"
#include "domain/value.h"

namespace softbot {

/// Turns a letter's template and its facts into a PDF. Thread-safe.
class LetterPrinter {
 public:
  virtual ~LetterPrinter() = default;
  /// `letter` names a template in config/letters ("grant", "repair", "receipt", "sign-sheet",
  /// "investigation-report", "person-decision", "copy"). `context` holds what the template names. The PDF is
  /// tagged and has a title and a language. Fails with `configuration` when the template is absent or names
  /// something that the context lacks.
  [[nodiscard]] virtual Result<std::string> print(std::string_view letter, const Value& context) const = 0;
  /// The same letter, word by word, as a piece of HTML to show within a page: no scripts, no styles of its
  /// own, everything escaped. Its highest heading is h2. Fails as print() does.
  [[nodiscard]] virtual Result<std::string> show(std::string_view letter, const Value& context) const = 0;
};

}  // namespace softbot
