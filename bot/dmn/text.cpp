#include "dmn/text.h"

#include <algorithm>
#include <array>
#include <clocale>
#include <cwctype>
#include <utility>
#include <vector>

namespace softbot::dmn {

namespace {

constexpr char32_t replacement = 0xFFFD;

using Span = std::pair<char32_t, char32_t>;

template <std::size_t Size>
bool within(const std::array<Span, Size>& spans, char32_t code_point) {
  return std::any_of(spans.begin(), spans.end(), [code_point](const Span& span) {
    return code_point >= span.first && code_point <= span.second;
  });
}

/// The C library's tables for all of Unicode, whatever the locale of the process.
locale_t unicode_locale() {
  static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  return locale;
}

/// Letters that become several in upper case (Unicode, SpecialCasing: those that hold in every language).
std::u32string_view long_upper(char32_t letter) {
  static constexpr std::array<std::pair<char32_t, std::u32string_view>, 20> longer = {
      {{0xDF, U"SS"},
       {0x149, U"\u02BCN"},
       {0x1F0, U"J\u030C"},
       {0x390, U"\u0399\u0308\u0301"},
       {0x3B0, U"\u03A5\u0308\u0301"},
       {0x587, U"\u0535\u0552"},
       {0x1E96, U"H\u0331"},
       {0x1E97, U"T\u0308"},
       {0x1E98, U"W\u030A"},
       {0x1E99, U"Y\u030A"},
       {0x1E9A, U"A\u02BE"},
       {0xFB00, U"FF"},
       {0xFB01, U"FI"},
       {0xFB02, U"FL"},
       {0xFB03, U"FFI"},
       {0xFB04, U"FFL"},
       {0xFB05, U"ST"},
       {0xFB06, U"ST"},
       {0xFB13, U"\u0544\u0546"},
       {0xFB17, U"\u0544\u053D"}}};
  for (const auto& [small, capitals] : longer)
    if (small == letter) return capitals;
  return {};
}

bool is_letter(char32_t letter) {
  return iswalpha_l(static_cast<wint_t>(letter), unicode_locale()) != 0;
}

/// A sigma at the end of a word has a form of its own in lower case.
bool ends_word(const std::u32string& letters, std::size_t at) {
  return at > 0 && is_letter(letters[at - 1]) && (at + 1 == letters.size() || !is_letter(letters[at + 1]));
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [text](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 && lead < 0xF5   ? 4
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                                                           : 0;
  if (length == 0 || at + length > text.size()) return {replacement, 1};
  char32_t value = lead & (0xFFU >> (length + 1));
  for (std::size_t index = at + 1; index < at + length; ++index) {
    if ((byte(index) & 0xC0U) != 0x80U) return {replacement, 1};
    value = (value << 6U) | (byte(index) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  if (value < least.at(length) || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
    return {replacement, 1};
  return {value, length};
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += code_point_at(text, at).bytes;
  return count;
}

std::u32string to_code_points(std::string_view text) {
  std::u32string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint found = code_point_at(text, at);
    result.push_back(found.value);
    at += found.bytes;
  }
  return result;
}

std::string to_utf8(std::u32string_view code_points) {
  std::string result;
  result.reserve(code_points.size());
  for (const char32_t code_point : code_points) append_utf8(result, code_point);
  return result;
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto push = [&text](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = replacement;
  if (code_point < 0x80) {
    push(code_point);
  } else if (code_point < 0x800) {
    push(0xC0U | (code_point >> 6U));
    push(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    push(0xE0U | (code_point >> 12U));
    push(0x80U | ((code_point >> 6U) & 0x3FU));
    push(0x80U | (code_point & 0x3FU));
  } else {
    push(0xF0U | (code_point >> 18U));
    push(0x80U | ((code_point >> 12U) & 0x3FU));
    push(0x80U | ((code_point >> 6U) & 0x3FU));
    push(0x80U | (code_point & 0x3FU));
  }
}

std::size_t find_text(std::string_view text, std::string_view wanted) {
  if (wanted.size() <= 16) return text.find(wanted);
  std::vector<std::size_t> borders(wanted.size(), 0);  // Knuth, Morris and Pratt
  for (std::size_t at = 1, border = 0; at < wanted.size(); ++at) {
    while (border > 0 && wanted[at] != wanted[border]) border = borders[border - 1];
    if (wanted[at] == wanted[border]) ++border;
    borders[at] = border;
  }
  for (std::size_t at = 0, matched = 0; at < text.size(); ++at) {
    while (matched > 0 && text[at] != wanted[matched]) matched = borders[matched - 1];
    if (text[at] == wanted[matched]) ++matched;
    if (matched == wanted.size()) return at + 1 - matched;
  }
  return std::string_view::npos;
}

std::string to_upper(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char32_t letter : to_code_points(text)) {
    const std::u32string_view longer = long_upper(letter);
    for (const char32_t capital : longer) append_utf8(result, capital);
    if (longer.empty())
      append_utf8(result, static_cast<char32_t>(towupper_l(static_cast<wint_t>(letter), unicode_locale())));
  }
  return result;
}

std::string to_lower(std::string_view text) {
  constexpr char32_t sigma = 0x3A3;
  constexpr char32_t final_sigma = 0x3C2;
  constexpr char32_t dotted_i = 0x130;
  const std::u32string letters = to_code_points(text);
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < letters.size(); ++at) {
    const char32_t letter = letters[at];
    if (letter == sigma && ends_word(letters, at)) {
      append_utf8(result, final_sigma);
    } else if (letter == dotted_i) {
      result += "i\xCC\x87";  // the dot stays, as a mark of its own
    } else {
      append_utf8(result, static_cast<char32_t>(towlower_l(static_cast<wint_t>(letter), unicode_locale())));
    }
  }
  return result;
}

bool is_name_start(char32_t code_point) {
  static constexpr std::array<Span, 17> spans = {{{U'A', U'Z'},
                                                  {U'a', U'z'},
                                                  {U'_', U'_'},
                                                  {U'?', U'?'},
                                                  {0xC0, 0xD6},
                                                  {0xD8, 0xF6},
                                                  {0xF8, 0x2FF},
                                                  {0x370, 0x37D},
                                                  {0x37F, 0x1FFF},
                                                  {0x200C, 0x200D},
                                                  {0x2070, 0x218F},
                                                  {0x2C00, 0x2FEF},
                                                  {0x3001, 0xD7FF},
                                                  {0xF900, 0xFDCF},
                                                  {0xFDF0, 0xFFFC},
                                                  {0xFFFE, 0xFFFE},
                                                  {0x10000, 0xEFFFF}}};
  return within(spans, code_point) && !is_space(code_point);
}

bool is_name_part(char32_t code_point) {
  static constexpr std::array<Span, 4> spans = {
      {{U'0', U'9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}};
  return is_name_start(code_point) || within(spans, code_point);
}

bool is_space(char32_t code_point) {
  static constexpr std::array<Span, 9> spans = {{{0x09, 0x0D},
                                                 {0x20, 0x20},
                                                 {0x85, 0x85},
                                                 {0xA0, 0xA0},
                                                 {0x1680, 0x180E},
                                                 {0x2000, 0x200B},
                                                 {0x2028, 0x2029},
                                                 {0x202F, 0x205F},
                                                 {0xFEFF, 0xFEFF}}};
  if (code_point == 0x3000) return true;
  if (code_point > 0x1680 && code_point < 0x180E) return false;
  if (code_point > 0x202F && code_point < 0x205F) return false;
  return within(spans, code_point);
}

}  // namespace softbot::dmn
