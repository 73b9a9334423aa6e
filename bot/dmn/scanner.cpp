#include "dmn/scanner.h"

#include <utility>

#include "dmn/scope.h"
#include "dmn/text.h"

namespace softbot::dmn {

namespace {

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

}  // namespace

void Scanner::skip_space() {
  while (at_ < text_.size()) {
    const CodePoint found = code_point_at(text_, at_);
    if (is_space(found.value)) {
      at_ += found.bytes;
    } else if (text_.substr(at_, 2) == "//") {
      const std::size_t end = text_.find('\n', at_);
      at_ = end == std::string_view::npos ? text_.size() : end + 1;
    } else if (text_.substr(at_, 2) == "/*") {
      const std::size_t end = text_.find("*/", at_ + 2);
      if (end == std::string_view::npos) fail("a comment is not closed");
      at_ = end + 2;
    } else {
      return;
    }
  }
}

bool Scanner::at_end() {
  skip_space();
  return at_ >= text_.size();
}

char Scanner::peek() {
  return peek(0);
}

char Scanner::peek(std::size_t ahead) {
  skip_space();
  return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
}

bool Scanner::sees(std::string_view symbol) {
  skip_space();
  return text_.substr(at_, symbol.size()) == symbol;
}

bool Scanner::take(std::string_view symbol) {
  if (!sees(symbol)) return false;
  at_ += symbol.size();
  return true;
}

void Scanner::expect(std::string_view symbol) {
  if (!take(symbol)) fail("expected \"" + std::string(symbol) + "\" but found " + here());
}

bool Scanner::sees_word(std::string_view word) {
  return peek_word() == word;
}

bool Scanner::take_word(std::string_view word) {
  if (!sees_word(word)) return false;
  at_ += word.size();
  return true;
}

void Scanner::expect_word(std::string_view word) {
  if (!take_word(word)) fail("expected \"" + std::string(word) + "\" but found " + here());
}

std::string_view Scanner::peek_word() {
  skip_space();
  std::size_t end = at_;
  while (end < text_.size()) {
    const CodePoint found = code_point_at(text_, end);
    if (!(end == at_ ? is_name_start(found.value) : is_name_part(found.value))) break;
    end += found.bytes;
  }
  return text_.substr(at_, end - at_);
}

std::string_view Scanner::take_word() {
  const std::string_view word = peek_word();
  at_ += word.size();
  return word;
}

std::optional<std::string> Scanner::take_name_before_colon() {
  const std::size_t begin = at_;
  skip_space();
  const std::size_t first = at_;
  constexpr std::string_view symbols = "./-'+*";
  while (at_ < text_.size()) {
    const CodePoint found = code_point_at(text_, at_);
    if (found.value == U':') break;
    const bool allowed = at_ == first
                             ? is_name_start(found.value)
                             : is_name_part(found.value) || is_space(found.value) ||
                                   (found.value < 0x80 &&
                                    symbols.find(static_cast<char>(found.value)) != std::string_view::npos);
    if (!allowed) break;
    at_ += found.bytes;
  }
  if (at_ == first || at_ >= text_.size() || text_[at_] != ':') {
    at_ = begin;
    return std::nullopt;
  }
  return normal_name(text_.substr(first, at_ - first));
}

bool Scanner::sees_number() {
  return is_digit(peek()) || (peek() == '.' && is_digit(peek(1)));
}

std::string_view Scanner::take_number() {
  skip_space();
  const std::size_t begin = at_;
  const auto digits = [this] {
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
  };
  digits();
  if (at_ + 1 < text_.size() && text_[at_] == '.' && is_digit(text_[at_ + 1])) {
    ++at_;
    digits();
  }
  if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
    std::size_t exponent = at_ + 1;
    if (exponent < text_.size() && (text_[exponent] == '+' || text_[exponent] == '-')) ++exponent;
    if (exponent < text_.size() && is_digit(text_[exponent])) {
      at_ = exponent;
      digits();
    }
  }
  return text_.substr(begin, at_ - begin);
}

std::string Scanner::take_string() {
  expect("\"");
  std::string result;
  while (at_ < text_.size() && text_[at_] != '"') {
    if (text_[at_] != '\\') {
      result += text_[at_++];
      continue;
    }
    ++at_;
    if (at_ >= text_.size()) break;
    const std::size_t begin = at_;
    const char32_t escaped = take_escape();
    if (escaped != 0) {
      append_utf8(result, escaped);
    } else {
      result += '\\';
      at_ = begin;
      result += text_[at_++];
    }
  }
  if (at_ >= text_.size()) fail("a string is not closed");
  ++at_;
  return result;
}

/// The character that an escape means, or 0 when it is no escape of FEEL.
char32_t Scanner::take_escape() {
  const char letter = text_[at_++];
  switch (letter) {
    case 'n':
      return U'\n';
    case 't':
      return U'\t';
    case 'r':
      return U'\r';
    case 'b':
      return U'\b';
    case 'f':
      return U'\f';
    case '"':
      return U'"';
    case '\'':
      return U'\'';
    case '\\':
      return U'\\';
    case '/':
      return U'/';
    case 'U':
      return take_hex(6);
    case 'u':
      break;
    default:
      return 0;
  }
  const char32_t first = take_hex(4);
  if (first < 0xD800 || first > 0xDBFF || text_.substr(at_, 2) != "\\u") return first;
  const std::size_t begin = at_;
  at_ += 2;
  const char32_t second = take_hex(4);
  if (second >= 0xDC00 && second <= 0xDFFF) return 0x10000 + ((first - 0xD800) << 10U) + (second - 0xDC00);
  at_ = begin;
  return first;
}

char32_t Scanner::take_hex(std::size_t digits) {
  char32_t value = 0;
  for (std::size_t count = 0; count < digits; ++count, ++at_) {
    const char letter = at_ < text_.size() ? text_[at_] : '\0';
    if (is_digit(letter)) {
      value = value * 16 + static_cast<char32_t>(letter - '0');
    } else if ((letter >= 'a' && letter <= 'f') || (letter >= 'A' && letter <= 'F')) {
      value = value * 16 + static_cast<char32_t>((letter | 0x20) - 'a' + 10);
    } else {
      return 0;
    }
  }
  return value;
}

void Scanner::fail(std::string message) const {
  throw SyntaxError{std::move(message), at_};
}

std::string Scanner::here() {
  if (at_end()) return "the end";
  std::string_view rest = text_.substr(at_, 24);
  rest = rest.substr(0, rest.find('\n'));
  while (!rest.empty() && (static_cast<unsigned char>(text_[at_ + rest.size() - 1]) & 0x80U) != 0)
    rest.remove_suffix(1);
  if (rest.empty()) return "a character that cannot stand here";
  return "\"" + std::string(rest) + "\"";
}

}  // namespace softbot::dmn
