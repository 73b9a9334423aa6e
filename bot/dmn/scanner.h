#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace softbot::dmn {

/// Why text is not FEEL, and at which byte. Thrown inside the parser only; it never leaves compile_*.
struct SyntaxError {
  std::string message;
  std::size_t at = 0;
};

/// Walks over FEEL text: spaces, comments, symbols, words, literals. What a name is, the parser decides,
/// because FEEL names may hold spaces and operators.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::size_t at() const { return at_; }
  void go_to(std::size_t at) { at_ = at; }

  void skip_space();
  [[nodiscard]] bool at_end();
  /// The next byte behind spaces, or 0 at the end.
  [[nodiscard]] char peek();
  /// The byte `ahead` of that one.
  [[nodiscard]] char peek(std::size_t ahead);

  [[nodiscard]] bool sees(std::string_view symbol);
  bool take(std::string_view symbol);
  void expect(std::string_view symbol);

  [[nodiscard]] bool sees_word(std::string_view word);
  bool take_word(std::string_view word);
  void expect_word(std::string_view word);

  /// One word of a name, or "" when none starts here.
  [[nodiscard]] std::string_view peek_word();
  std::string_view take_word();

  /// A name as it is declared: everything up to the colon (context keys, named arguments); nothing, and no
  /// move, when what follows is no such name.
  std::optional<std::string> take_name_before_colon();

  [[nodiscard]] bool sees_number();
  std::string_view take_number();
  std::string take_string();  ///< with its quotes and escapes

  [[noreturn]] void fail(std::string message) const;
  /// What stands here, short, for messages.
  [[nodiscard]] std::string here();

 private:
  char32_t take_escape();
  char32_t take_hex(std::size_t digits);

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace softbot::dmn
