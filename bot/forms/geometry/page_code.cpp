#include "forms/geometry/page_code.h"

#include <algorithm>
#include <charconv>

namespace softbot {
namespace {

constexpr std::size_t longest_code = 400;
constexpr std::size_t most_types = 10;
constexpr int most_pages = 99;
constexpr std::string_view base32 = "0123456789abcdefghjkmnpqrstvwxyz";

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end == std::string_view::npos ? end : end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

template <class Range>
std::string join(const Range& parts, char separator) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : std::string(1, separator)) + part;
  return text;
}

std::vector<std::string> as_texts(const std::vector<int>& numbers) {
  std::vector<std::string> texts;
  for (const int number : numbers) texts.push_back(std::to_string(number));
  return texts;
}

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool is_base32(std::string_view text) {
  return text.size() == 8 && text.find_first_not_of(base32) == std::string_view::npos;
}

std::optional<std::int64_t> whole_number(std::string_view text, std::int64_t least, std::int64_t most) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  if (number < least || number > most || std::to_string(number) != text) return std::nullopt;
  return number;
}

bool read_place(std::string_view text, PageCode& code) {
  const auto parts = split(text, '/');
  if (parts.size() != 2) return false;
  const auto page = whole_number(parts[0], 1, most_pages);
  const auto pages = whole_number(parts[1], 1, most_pages);
  if (!page || !pages || *page > *pages) return false;
  code.page = static_cast<int>(*page);
  code.pages = static_cast<int>(*pages);
  return true;
}

bool read_versions(std::string_view text, PageCode& code) {
  for (const std::string_view part : split(text, '.')) {
    const auto version = whole_number(part, 1, 1'000'000);
    if (!version) return false;
    code.versions.push_back(static_cast<int>(*version));
  }
  return code.versions.size() == code.types.size() + 1;
}

std::optional<PageCode> form_from(const std::vector<std::string_view>& parts) {
  PageCode code;
  if (parts.size() != 8) return std::nullopt;
  code.municipality = parts[2];
  for (const std::string_view type : split(parts[3], '+')) {
    if (!is_word(type)) return std::nullopt;
    code.types.emplace_back(type);
  }
  if (code.types.size() > most_types || !read_versions(parts[4], code)) return std::nullopt;
  if (!read_place(parts[5], code) || !is_base32(parts[6]) || !is_base32(parts[7])) return std::nullopt;
  code.geometry = parts[6];
  code.set = parts[7];
  return code;
}

std::optional<PageCode> sheet_from(const std::vector<std::string_view>& parts) {
  PageCode code;
  code.kind = PageCode::Kind::sheet;
  if (parts.size() != 7) return std::nullopt;
  code.municipality = parts[2];
  if (!is_word(parts[3]) || !is_word(parts[6])) return std::nullopt;
  code.types.emplace_back(parts[3]);
  const auto number = whole_number(parts[4], 0, 1'000'000);
  if (!number || !read_place(parts[5], code)) return std::nullopt;
  code.sheet_number = *number;
  code.reference = upper(parts[6]);
  return code;
}

}  // namespace

std::string to_text(const PageCode& code) {
  const std::string place = std::to_string(code.page) + "/" + std::to_string(code.pages);
  if (code.kind == PageCode::Kind::sheet) {
    return upper("sb1:r:" + code.municipality + ":" + join(code.types, '+') + ":" +
                 std::to_string(code.sheet_number) + ":" + place + ":" + code.reference);
  }
  return upper("sb1:f:" + code.municipality + ":" + join(code.types, '+') + ":" +
               join(as_texts(code.versions), '.') + ":" + place + ":" + code.geometry + ":" + code.set);
}

std::string to_readable(const PageCode& code) {
  const std::string place = std::to_string(code.page) + "/" + std::to_string(code.pages);
  if (code.kind == PageCode::Kind::sheet) return upper(code.reference) + "  " + place;
  return upper(code.municipality + "  " + join(code.types, '+') + "  " + join(as_texts(code.versions), '.') +
               "  " + place + "  " + code.geometry + "  " + code.set.substr(0, 4) + "-" +
               code.set.substr(std::min<std::size_t>(4, code.set.size())));
}

std::optional<PageCode> page_code_from(std::string_view text) {
  if (text.size() > longest_code) return std::nullopt;
  const std::string small = lower(text);
  const auto parts = split(small, ':');
  if (parts.size() < 4 || parts[0] != "sb1" || !is_word(parts[2])) return std::nullopt;
  if (parts[1] == "f") return form_from(parts);
  if (parts[1] == "r") return sheet_from(parts);
  return std::nullopt;
}

}  // namespace softbot
