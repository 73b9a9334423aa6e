#include "characters.h"

#include <algorithm>
#include <utility>

#include "ocr/fields/normalise.h"
#include "ocr/fields/sign_search.h"

namespace softbot::eval {
namespace {

constexpr std::size_t pictures_at_once = 512;
constexpr int last_letter = 25;  ///< counted from 0

bool is_digit(int code) {
  return code >= '0' && code <= '9';
}

bool is_capital(int code) {
  return code >= 'A' && code <= 'Z';
}

bool is_small(int code) {
  return code >= 'a' && code <= 'z';
}

/// The label of A where letters are counted, if it is certain where that begins.
std::optional<int> first_letter(const std::vector<std::uint8_t>& labels) {
  if (labels.empty()) return std::nullopt;
  const auto [lowest, highest] = std::minmax_element(labels.begin(), labels.end());
  if (*lowest >= 1 && *highest == last_letter + 1) return 1;
  if (*lowest == 0 && *highest == last_letter) return 0;
  return std::nullopt;
}

std::optional<char> character_of(int label, Classes classes, const std::optional<int>& letters_from) {
  if (classes != Classes::capitals && label <= 9) return static_cast<char>('0' + label);
  if (classes != Classes::capitals && is_digit(label)) return static_cast<char>(label);
  if (classes == Classes::capitals && letters_from) return static_cast<char>('A' + label - *letters_from);
  if (classes != Classes::digits && is_capital(label)) return static_cast<char>(label);
  if (classes == Classes::all && is_small(label)) return static_cast<char>(label);
  return std::nullopt;
}

std::string wanted_labels(Classes classes) {
  if (classes == Classes::digits) return "labels of digits are 0 to 9 or character codes, 48 to 57.";
  if (classes == Classes::all) {
    return "with --classes all, labels are 0 to 9 or character codes: 48 to 57, 65 to 90, 97 to 122.";
  }
  return "labels of capitals are character codes, 65 to 90, or letters counted from 1 to 26 or from 0 to 25 "
         "of which both the first or the last is there to tell which.";
}

char pattern_of(Classes classes) {
  if (classes == Classes::digits) return '9';
  return classes == Classes::capitals ? 'A' : '?';
}

/// As the net says it of the class at this place, which is what its frozen threshold is about; true where it
/// was not asked.
bool is_sure(const ocr::GlyphNet& net, const std::vector<float>& chances, std::size_t place) {
  return chances.empty() || static_cast<double>(chances[place]) >= net.accept_threshold();
}

SignRead sign_in(const ocr::SignChances& chances, Classes classes, const ocr::Nets& nets) {
  const ocr::BoxChoices box = ocr::choices_of(chances, pattern_of(classes));
  if (box.choices.empty()) return {};
  const char sign = box.choices.front().sign;
  const std::size_t no_digit = nets.digits->classes() - 1;
  const std::size_t no_capital = nets.capitals->classes() - 1;
  const auto digit = is_digit(sign) ? static_cast<std::size_t>(sign - '0') : no_digit;
  const auto capital = is_digit(sign) ? no_capital : static_cast<std::size_t>(sign - 'A');
  return {sign,
          is_sure(*nets.digits, chances.digits, digit) && is_sure(*nets.capitals, chances.capitals, capital),
          box.choices.front().chance};
}

const char* kind_of(char written) {
  if (is_digit(written)) return "digits";
  return is_capital(written) ? "capitals" : "small letters";
}

}  // namespace

std::optional<Classes> classes_from(std::string_view name) {
  if (name == "digits") return Classes::digits;
  if (name == "capitals") return Classes::capitals;
  if (name == "all") return Classes::all;
  return std::nullopt;
}

Result<std::string> characters_of(const std::vector<std::uint8_t>& labels, Classes classes,
                                  const std::filesystem::path& file) {
  const auto letters_from = first_letter(labels);
  std::string characters;
  for (const std::uint8_t label : labels) {
    const auto character = character_of(label, classes, letters_from);
    if (!character) {
      const bool is_sign = is_digit(label) || is_capital(label) || is_small(label);
      const std::string shown = is_sign ? std::string(" (") + static_cast<char>(label) + ")" : "";
      return fail(ErrorCode::invalid_input, file.string() + " has the label " + std::to_string(label) +
                                                shown + "; " + wanted_labels(classes));
    }
    characters += *character;
  }
  return characters;
}

std::vector<SignRead> signs_on(const fill::LabelledPictures& pictures, const InkLevels& levels, Lie lie,
                               Classes classes, ocr::Nets& nets) {
  std::vector<SignRead> read;
  for (std::size_t begin = 0; begin < pictures.count(); begin += pictures_at_once) {
    const std::size_t end = std::min(pictures.count(), begin + pictures_at_once);
    std::vector<std::vector<float>> glyphs;
    for (std::size_t i = begin; i < end; ++i)
      glyphs.push_back(ocr::normalised(ink_of(pictures, i, levels, lie), nets.normalisation));
    std::vector<ocr::SignChances> chances(glyphs.size());
    if (classes != Classes::capitals) {
      auto digits = nets.digits->probabilities(glyphs);
      for (std::size_t i = 0; i < digits.size(); ++i) chances[i].digits = std::move(digits[i]);
    }
    if (classes != Classes::digits) {
      auto capitals = nets.capitals->probabilities(glyphs);
      for (std::size_t i = 0; i < capitals.size(); ++i) chances[i].capitals = std::move(capitals[i]);
    }
    for (std::size_t i = 0; i < chances.size(); ++i)
      read.push_back(glyphs[i].empty() ? SignRead{} : sign_in(chances[i], classes, nets));
  }
  return read;
}

bool is_right(char written, char read) {
  if (!is_small(written)) return written == read;
  const bool known = written != 'g' && written != 'j' && written != 'l';
  return known && read == written - 'a' + 'A';
}

std::map<std::string, CharacterFigures> figures_of(const std::string& written,
                                                   const std::vector<SignRead>& read) {
  std::map<std::string, CharacterFigures> figures;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const bool right = is_right(written[i], read[i].sign);
    for (const char* kind : {"", kind_of(written[i])}) {
      CharacterFigures& part = figures[kind];
      ++part.count;
      if (right) ++part.right;
      if (read[i].accepted) ++part.accepted;
      if (read[i].accepted && !right) ++part.errors;
    }
  }
  return figures;
}

}  // namespace softbot::eval
