#pragma once

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "forms/letter_kinds.h"
#include "support/checkout.h"

/// Letters made up for these tests; no resident wrote one.
namespace softbot::letters_test {

inline const std::filesystem::path source_dir = checkout();

inline const LetterKinds& shipped_kinds() {
  static const Result<LetterKinds> kinds = load_letter_kinds(source_dir / "config");
  if (!kinds)
    throw std::runtime_error(kinds.error().fields.front().field + ": " +
                             kinds.error().fields.front().message);
  return *kinds;
}

struct Letter {
  std::string kind;
  std::string text;
};

/// The letters of one file of the corpus: "## kind", then the letter.
inline std::vector<Letter> letters_in(const std::string& file) {
  std::vector<Letter> letters;
  std::ifstream in(source_dir / "tests/unit/incoming_letters/corpus" / file);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("## ")) {
      letters.push_back({line.substr(3), {}});
    } else if (!letters.empty()) {
      letters.back().text += line + "\n";
    }
  }
  return letters;
}

}  // namespace softbot::letters_test
