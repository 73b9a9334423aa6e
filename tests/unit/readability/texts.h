#pragma once

#include <string>
#include <vector>

namespace softbot::readability {

/// What a resident reads in one go: a form, a letter, a page. Each piece is a paragraph, a question, an item
/// of a list, a message.
struct Document {
  std::string path;  ///< in the checkout
  std::vector<std::string> pieces;
};

/// The Dutch of forms and municipalities (JSON members "nl"), letters and residents' pages (mustache), and
/// of what the pages say from code (string literals).
[[nodiscard]] std::vector<Document> resident_documents();

/// The pieces of one file, for a test of how they are found.
[[nodiscard]] std::vector<std::string> pieces_of_template(std::string text);
[[nodiscard]] std::vector<std::string> dutch_literals_of(const std::string& source);

}  // namespace softbot::readability
