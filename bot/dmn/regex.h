#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

/// XPath regular expressions as FEEL's matches, replace and split use them, with bounds on the work of a
/// match.
namespace softbot::dmn {

class Regex {
 public:
  /// Told of work as a match goes on; false stops it.
  using Charge = std::function<bool(std::size_t work)>;

  /// Compiles; gives the reason when the pattern or the flags (any of s m i x q) are wrong.
  static tl::expected<Regex, std::string> compile(std::string_view pattern, std::string_view flags);

  Regex(Regex&& other) noexcept;
  Regex& operator=(Regex&& other) noexcept;
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;
  ~Regex();

  [[nodiscard]] tl::expected<bool, std::string> matches(std::string_view text, const Charge& charge) const;
  /// All matches replaced; `$1` stands for a group, `\$` and `\\` for themselves.
  [[nodiscard]] tl::expected<std::string, std::string> replace(std::string_view text,
                                                               std::string_view replacement,
                                                               std::size_t longest,
                                                               const Charge& charge) const;
  [[nodiscard]] tl::expected<std::vector<std::string>, std::string> split(std::string_view text,
                                                                          const Charge& charge) const;

 private:
  /// Byte ranges of one match: the whole, then each group; nothing for a group that took no part.
  using Spans = std::vector<std::optional<std::pair<std::size_t, std::size_t>>>;

  explicit Regex(void* code) : code_(code) {}
  [[nodiscard]] tl::expected<std::vector<Spans>, std::string> all(std::string_view text, bool only_first,
                                                                  const Charge& charge) const;

  void* code_ = nullptr;  ///< pcre2_code; owned
  bool literal_ = false;
};

}  // namespace softbot::dmn
