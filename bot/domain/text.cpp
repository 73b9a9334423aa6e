#include "domain/text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/json.h"
#include "domain/latin_letters.h"

namespace softbot {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t N>
bool in_any(char32_t point, const std::array<Range, N>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Range& range) { return point >= range.first && point <= range.last; });
}

constexpr std::array kPictographs = {
    Range{0x20E3, 0x20E3}, Range{0x2300, 0x23FF},   Range{0x2600, 0x27BF},   Range{0x2B00, 0x2BFF},
    Range{0xFE0E, 0xFE0F}, Range{0x1F000, 0x1FAFF}, Range{0xE0000, 0xE007F},
};

constexpr std::array kControls = {
    Range{0x00, 0x08},     Range{0x0B, 0x0C},     Range{0x0E, 0x1F},     Range{0x7F, 0x9F},
    Range{0x200E, 0x200F}, Range{0x202A, 0x202E}, Range{0x2066, 0x2069}, Range{0xFEFF, 0xFEFF},
};

constexpr std::array kSpaces = {
    Range{0x09, 0x0D},     Range{0x20, 0x20},     Range{0xA0, 0xA0},
    Range{0x1680, 0x1680}, Range{0x2000, 0x200B}, Range{0x2028, 0x2029},
    Range{0x202F, 0x202F}, Range{0x205F, 0x205F}, Range{0x3000, 0x3000},
};

/// One code point and the bytes that it takes.
struct Step {
  char32_t point = kReplacement;
  std::size_t bytes = 1;
};

Step step(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (length == 0 || !is_utf8(text.substr(0, length))) return {};
  char32_t point = lead & (0xFFU >> (length + 1));
  for (std::size_t k = 1; k < length; ++k) {
    point = (point << 6) | (static_cast<unsigned char>(text[k]) & 0x3FU);
  }
  return {point, length};
}

void append_utf8(char32_t point, std::string& out) {
  if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) point = kReplacement;
  const auto byte = [&](char32_t bits) { out += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0 | (point >> 6));
    byte(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    byte(0xE0 | (point >> 12));
    byte(0x80 | ((point >> 6) & 0x3F));
    byte(0x80 | (point & 0x3F));
  } else {
    byte(0xF0 | (point >> 18));
    byte(0x80 | ((point >> 12) & 0x3F));
    byte(0x80 | ((point >> 6) & 0x3F));
    byte(0x80 | (point & 0x3F));
  }
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    out.push_back(text.substr(0, space));
    text = space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
  }
  return out;
}

/// The base letters of a Latin letter beyond ASCII, or nothing.
std::string_view base_letters(char32_t point) {
  static const std::vector<std::string_view> first = words(detail::kLatin00C0To024F);
  static const std::vector<std::string_view> second = words(detail::kLatin1E00To1EFF);
  std::string_view found = "-";
  if (point >= 0xC0 && point - 0xC0 < first.size()) found = first[point - 0xC0];
  if (point >= 0x1E00 && point - 0x1E00 < second.size()) found = second[point - 0x1E00];
  return found == "-" ? std::string_view() : found;
}

bool is_space(char32_t point) {
  return in_any(point, kSpaces);
}

bool is_ascii_letter(char32_t point) {
  return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
}

/// Letters beyond Latin-1's signs; × and ÷ stand among the letters there.
bool is_other_letter(char32_t point) {
  if (point == 0xD7 || point == 0xF7) return false;
  return (point >= 0xC0 && point < 0x2000) || (point >= 0x2C00 && point < 0xE000) || point >= 0xF900;
}

}  // namespace

tl::unexpected<Error> fail_value(std::string_view code, std::string_view message) {
  return fail(Error{ErrorCode::invalid_input,
                    std::string(message),
                    false,
                    {FieldError{"", std::string(code), std::string(message)}}});
}

std::string_view value_code(const Error& error) {
  return error.fields.empty() ? name_of(error.code) : std::string_view(error.fields.front().code);
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    const Step head = step(text);
    if (!is_space(head.point)) break;
    text.remove_prefix(head.bytes);
  }
  while (!text.empty()) {
    std::size_t start = text.size() - 1;
    while (start > 0 && text.size() - start < 4 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80)
      --start;
    const Step tail = step(text.substr(start));
    if (tail.bytes != text.size() - start || !is_space(tail.point)) break;
    text.remove_suffix(tail.bytes);
  }
  return text;
}

std::string collapse_spaces(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::string_view rest = text; !rest.empty();) {
    const Step next = step(rest);
    if (is_space(next.point)) {
      gap = !out.empty();
    } else {
      if (std::exchange(gap, false)) out += ' ';
      out += rest.substr(0, next.bytes);
    }
    rest.remove_prefix(next.bytes);
  }
  return out;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    text.remove_prefix(step(text).bytes);
    ++count;
  }
  return count;
}

std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Step next = step(text);
    out.push_back(next.point);
    text.remove_prefix(next.bytes);
  }
  return out;
}

std::string utf8(const std::vector<char32_t>& points) {
  std::string out;
  out.reserve(points.size());
  for (const char32_t point : points) append_utf8(point, out);
  return out;
}

std::string first_code_points(std::string_view text, std::size_t count) {
  std::string_view rest = text;
  for (; count > 0 && !rest.empty(); --count) rest.remove_prefix(step(rest).bytes);
  return std::string(text.substr(0, text.size() - rest.size()));
}

bool has_emoji(std::string_view text) {
  for (; !text.empty(); text.remove_prefix(step(text).bytes)) {
    if (in_any(step(text).point, kPictographs)) return true;
  }
  return false;
}

bool has_control_characters(std::string_view text) {
  for (; !text.empty(); text.remove_prefix(step(text).bytes)) {
    if (in_any(step(text).point, kControls)) return true;
  }
  return false;
}

bool is_plausible_name(std::string_view text) {
  constexpr std::string_view kMarks = " -'`.,/()&0123456789";
  if (!is_utf8(text) || has_emoji(text) || has_control_characters(text)) return false;
  bool letter = false;
  for (const char32_t point : code_points(text)) {
    const bool quote = point >= 0x2018 && point <= 0x2019;
    const bool mark = point < 0x80 && kMarks.find(static_cast<char>(point)) != std::string_view::npos;
    if (is_ascii_letter(point) || is_other_letter(point)) {
      letter = true;
    } else if (!mark && !quote && point != 0xA0 && point != 0xB4) {
      return false;
    }
  }
  return letter;
}

std::string fold(std::string_view text) {
  std::string out;
  bool gap = false;
  for (const char32_t point : code_points(text)) {
    if (point >= 0x300 && point <= 0x36F) continue;  // combining diacritics
    const std::string_view base = base_letters(point);
    const bool digit = point >= '0' && point <= '9';
    if (base.empty() && !is_ascii_letter(point) && !digit && !is_other_letter(point)) {
      gap = !out.empty();
      continue;
    }
    if (std::exchange(gap, false)) out += ' ';
    if (!base.empty()) {
      out += base;
    } else {
      append_utf8(point >= 'A' && point <= 'Z' ? point + 32 : point, out);
    }
  }
  return out;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

std::string ascii_upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return out;
}

std::size_t edit_distance(std::string_view left, std::string_view right) {
  const std::vector<char32_t> a = code_points(left);
  const std::vector<char32_t> b = code_points(right);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

bool same_name(std::string_view left, std::string_view right) {
  const auto bare = [](std::string_view name) {
    std::string folded = fold(name);
    std::erase(folded, ' ');
    return folded;
  };
  return bare(left) == bare(right);
}

}  // namespace softbot
