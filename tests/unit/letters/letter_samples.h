#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/letters/letter_printer.h"

namespace softbot::test {

/// One example of config/letters/examples: which letter, and its context.
struct LetterSample {
  std::string name;    ///< "grant.aid"
  std::string letter;  ///< "grant"
  Value context;
};

[[nodiscard]] std::filesystem::path letters_folder();
[[nodiscard]] std::vector<LetterSample> letter_samples();
[[nodiscard]] Value sample_context(std::string_view name);

/// A folder for one test, removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void write_file(const std::filesystem::path& file, std::string_view text);

/// What a program says about a PDF: `ask("pdfinfo", pdf)` runs "pdfinfo FILE". Both streams; "exit N" at the
/// end when it fails.
[[nodiscard]] std::string ask(const std::string& command, const std::string& pdf);

/// The dictionaries' entries of a PDF ("/Lang (nl-NL)"), one a line, without streams.
[[nodiscard]] std::string entries_of(const std::string& pdf);

/// The words of a PDF, white space made single spaces.
[[nodiscard]] std::string words_of(const std::string& pdf);

}  // namespace softbot::test
