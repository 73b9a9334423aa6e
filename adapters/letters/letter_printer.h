#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/letters/templates.h"
#include "domain/result.h"
#include "domain/value.h"
#include "ports/letters.h"

namespace softbot {

/// Prints letters as tagged A4 PDF with Pango and Cairo. The templates are fixed at construction; printing
/// shares nothing between threads. The same letter and context give the same bytes.
class PangoLetterPrinter final : public LetterPrinter {
 public:
  explicit PangoLetterPrinter(LetterTemplates templates) : templates_(std::move(templates)) {}

  /// From config/letters. Fails with `configuration` as read_letter_templates() does.
  [[nodiscard]] static Result<PangoLetterPrinter> from_folder(const std::filesystem::path& folder);

  [[nodiscard]] Result<std::string> print(std::string_view letter, const Value& context) const override;
  [[nodiscard]] Result<std::string> show(std::string_view letter, const Value& context) const override;

 private:
  const LetterTemplates templates_;
};

/// One mistake in a letter's template or example, for `softbot check-config`. `line` is 0 where the whole
/// file is meant.
struct LetterProblem {
  std::string file;  ///< below the folder: "grant.mustache", "examples/grant.json"
  std::size_t line = 0;
  std::string problem;
  std::string remedy;
  bool operator==(const LetterProblem&) const = default;
};

/// Looks at every template of a folder: its tags, its markup, and whether it prints with each of its examples
/// (`examples/<letter>[.variant].json`). Empty when all is well.
[[nodiscard]] std::vector<LetterProblem> check_letters(const std::filesystem::path& folder);

}  // namespace softbot
