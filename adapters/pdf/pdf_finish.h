#pragma once

// Plain C++17: libqpdf's headers do not compile as C++20 with every compiler, so what includes them is built
// as C++17 (CMakeLists.txt).

#include <string>
#include <vector>

namespace softbot::pdf {

/// What a PDF needs beside its pages for people who have it read aloud.
struct PdfProperties {
  std::string title;
  std::string language;              ///< "nl-NL", "en"
  std::vector<std::string> figures;  ///< alternative texts, in the order of the Figure elements
};

/// Lays the furniture's pages under the document's, marked as not to be read aloud, and writes title,
/// language, metadata, alternative texts, the scope of row headings and the wish to show the title into a
/// tagged PDF. The same input gives the same bytes. Throws std::exception when a PDF cannot be read: both
/// come from us, so that is a bug.
[[nodiscard]] std::string finish_pdf(const std::string& pdf, const std::string& furniture,
                                     const PdfProperties& properties);

}  // namespace softbot::pdf
