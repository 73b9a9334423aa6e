#include "forms/geometry/box_signs.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "domain/text.h"

namespace softbot {
namespace {

constexpr char32_t blank = U' ';

char32_t capital(char32_t letter) {
  if (letter >= U'a' && letter <= U'z') return letter - 32;
  if (letter >= 0xE0 && letter <= 0xFE && letter != 0xF7) return letter - 32;
  return letter;
}

std::optional<BoxSigns> digits_only(std::string_view text, std::size_t boxes) {
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || text.empty() || text.size() > boxes) return std::nullopt;
  return BoxSigns(text.begin(), text.end());
}

std::optional<BoxSigns> date_signs(std::string_view iso) {
  if (iso.size() != 10) return std::nullopt;
  return digits_only(
      std::string(iso.substr(8, 2)) + std::string(iso.substr(5, 2)) + std::string(iso.substr(0, 4)), 8);
}

/// Whole units at the right of their boxes, then so many decimals.
std::optional<BoxSigns> number_signs(const std::string& number, std::size_t boxes, std::size_t decimals) {
  const std::size_t dot = number.find('.');
  std::string fraction = dot == std::string::npos ? "" : number.substr(dot + 1);
  if (fraction.size() > decimals || boxes < decimals) return std::nullopt;
  fraction.resize(decimals, '0');
  const auto whole = digits_only(number.substr(0, dot), boxes - decimals);
  if (!whole) return std::nullopt;
  BoxSigns signs(boxes - decimals - whole->size(), blank);
  signs.insert(signs.end(), whole->begin(), whole->end());
  signs.insert(signs.end(), fraction.begin(), fraction.end());
  return signs;
}

}  // namespace

const Value& answer_of_field(const Value& answers, std::string_view name) {
  const std::size_t open = name.find('[');
  if (open == std::string_view::npos) return answers[name];
  std::size_t row = 0;
  const char* const end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + open + 1, end, row);
  const auto& rows = answers[name.substr(0, open)].items();
  static const Value none;
  if (read.ec != std::errc() || end - read.ptr < 2 || row >= rows.size()) return none;
  return rows[row][std::string_view(read.ptr + 2, static_cast<std::size_t>(end - read.ptr - 2))];
}

std::optional<BoxSigns> box_signs(const PaperField& field, const Value& answer) {
  const std::size_t boxes = field.boxes.size();
  const std::string text = answer.as_number() != nullptr ? answer.as_number()->text : answer.text_or_empty();
  if (field.answer_kind == "date") return date_signs(text);
  if (field.answer_kind == "money") return number_signs(text, boxes, 2);
  if (field.answer_kind == "decimal") return number_signs(text, boxes, 1);
  if (field.answer_kind == "phone")
    return digits_only(text.starts_with("+31") ? "0" + text.substr(3) : text, boxes);
  if (field.answer_kind == "bsn" || field.answer_kind == "integer" || field.answer_kind == "house-number")
    return digits_only(text, boxes);
  BoxSigns signs = code_points(text);
  // Initials: "J.M." is JM in boxes, and as people write it there.
  if (field.pattern.starts_with('A')) std::erase(signs, U'.');
  if (signs.empty() || signs.size() > boxes) return std::nullopt;
  std::ranges::transform(signs, signs.begin(), capital);
  return signs;
}

std::string signs_in_boxes(const PaperField& field, const Value& answer) {
  auto signs = box_signs(field, answer);
  if (!signs) return {};
  std::erase(*signs, blank);
  return utf8(*signs);
}

}  // namespace softbot
