#pragma once

#include <string>
#include <vector>

#include "domain/result.h"

namespace softbot::letters {

/// What a PDF needs beside its pages for people who have it read aloud.
struct PdfProperties {
  std::string title;
  std::string language;              ///< "nl-NL", "en"
  std::vector<std::string> figures;  ///< alternative texts, in the order of the Figure elements
};

/// Lays the furniture's pages over the letter's, marked as not to be read aloud, and writes title, language,
/// alternative texts, the scope of row headings and the wish to show the title into a tagged PDF. The same
/// input gives the same bytes. Fails with `internal` when the PDF cannot be read: it comes from us.
[[nodiscard]] Result<std::string> finish_pdf(const std::string& pdf, const std::string& furniture,
                                             const PdfProperties& properties);

}  // namespace softbot::letters
