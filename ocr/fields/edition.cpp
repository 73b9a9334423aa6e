#include "ocr/fields/edition.h"

#include <algorithm>
#include <string>
#include <vector>

#include "domain/text.h"
#include "ocr/page/pixels.h"

namespace softbot::ocr {
namespace {

constexpr double white_mm = 5;  ///< around the words: print is not found at the edge of a picture
constexpr std::size_t letters_per_misreading = 8;

bool is_digit(char sign) {
  return sign >= '0' && sign <= '9';
}

struct Signs {
  std::string letters;
  std::string digits;
};

Signs signs_of(std::string_view text) {
  Signs signs;
  for (const char sign : fold(text)) {
    const bool letter = (sign >= 'a' && sign <= 'z') || static_cast<unsigned char>(sign) >= 0x80;
    if (letter) signs.letters += sign;
    if (is_digit(sign)) signs.digits += sign;
  }
  return signs;
}

bool is_nearly(const std::string& read, const std::string& wanted) {
  return edit_distance(read, wanted) * letters_per_misreading <= wanted.size();
}

/// The letters of each word.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char sign : text) {
    if (sign == ' ' || sign == '\n') words.emplace_back();
    if (sign != ' ' && sign != '\n') words.back() += sign;
  }
  for (std::string& word : words) word = signs_of(word).letters;
  std::erase(words, std::string());
  return words;
}

/// That part of a page in the middle of a white picture.
GrayImage on_white(const PlacedPage& page, const MmBox& box) {
  const PixelBox area = pixels_of(box, page.gray);
  const auto rim = static_cast<int>(white_mm * placed_per_mm);
  constexpr double mm_per_inch = 25.4;
  GrayImage picture;
  picture.width = area.width + 2 * rim;
  picture.height = area.height + 2 * rim;
  picture.dpi = placed_per_mm * mm_per_inch;
  picture.pixels.assign(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height),
                        255);
  for (int y = 0; y < area.height; ++y) {
    for (int x = 0; x < area.width; ++x)
      picture.pixels[static_cast<std::size_t>(y + rim) * static_cast<std::size_t>(picture.width) +
                     static_cast<std::size_t>(x + rim)] = page.gray.at(area.x + x, area.y + y);
  }
  return picture;
}

}  // namespace

bool says_edition(std::string_view read, std::string_view wanted) {
  const Signs found = signs_of(read);
  const Signs signs = signs_of(wanted);
  const std::vector<std::string> found_words = words_of(read);
  const std::vector<std::string> words = words_of(wanted);
  const bool all_words = std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::any_of(found_words.begin(), found_words.end(),
                       [&](const std::string& one) { return is_nearly(one, word); });
  });
  return found.digits == signs.digits && all_words && is_nearly(found.letters, signs.letters);
}

bool has_edition(const PlacedPage& page, const TemplateEdition& edition, Recogniser& recogniser) {
  if (!is_seen(page, edition.box)) return false;
  std::string read;
  for (const PrintedWord& word : recogniser.printed_words(on_white(page, edition.box)))
    read += word.text + " ";
  return says_edition(read, edition.text);
}

}  // namespace softbot::ocr
