#include "dmn/regex.h"

#include <array>
#include <memory>
#include <utility>

#include "dmn/text.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace softbot::dmn {

namespace {

constexpr std::uint32_t most_backtracking = 1'000'000;
constexpr std::uint32_t most_heap_kib = 20'000;
constexpr std::size_t longest_pattern = 10'000;
constexpr std::size_t most_matches = 100'000;

/// Counts the items of the pattern that are tried, so that a match costs what it takes.
struct Work {
  const Regex::Charge& charge;
  std::size_t items = 0;
};

constexpr std::size_t items_a_step = 16;

int count_step(pcre2_callout_block*, void* data) {
  Work& work = *static_cast<Work*>(data);
  if (++work.items % items_a_step != 0) return 0;
  return work.charge(1) ? 0 : PCRE2_ERROR_MATCHLIMIT;
}

pcre2_code* code_of(void* code) {
  return static_cast<pcre2_code*>(code);
}

std::string message_of(int error) {
  std::string text(200, '\0');
  const int length = pcre2_get_error_message(error, reinterpret_cast<PCRE2_UCHAR*>(text.data()), text.size());
  text.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
  return text;
}

/// Blocks of Unicode that XPath calls \p{IsBasicLatin} and so on; PCRE knows none of them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 24> blocks = {{
    {"BasicLatin", "\\x{0}-\\x{7F}"},
    {"Latin-1Supplement", "\\x{80}-\\x{FF}"},
    {"LatinExtended-A", "\\x{100}-\\x{17F}"},
    {"LatinExtended-B", "\\x{180}-\\x{24F}"},
    {"IPAExtensions", "\\x{250}-\\x{2AF}"},
    {"SpacingModifierLetters", "\\x{2B0}-\\x{2FF}"},
    {"CombiningDiacriticalMarks", "\\x{300}-\\x{36F}"},
    {"Greek", "\\x{370}-\\x{3FF}"},
    {"GreekandCoptic", "\\x{370}-\\x{3FF}"},
    {"Cyrillic", "\\x{400}-\\x{4FF}"},
    {"Armenian", "\\x{530}-\\x{58F}"},
    {"Hebrew", "\\x{590}-\\x{5FF}"},
    {"Arabic", "\\x{600}-\\x{6FF}"},
    {"Devanagari", "\\x{900}-\\x{97F}"},
    {"Thai", "\\x{E00}-\\x{E7F}"},
    {"LatinExtendedAdditional", "\\x{1E00}-\\x{1EFF}"},
    {"GreekExtended", "\\x{1F00}-\\x{1FFF}"},
    {"GeneralPunctuation", "\\x{2000}-\\x{206F}"},
    {"CurrencySymbols", "\\x{20A0}-\\x{20CF}"},
    {"Arrows", "\\x{2190}-\\x{21FF}"},
    {"MathematicalOperators", "\\x{2200}-\\x{22FF}"},
    {"Hiragana", "\\x{3040}-\\x{309F}"},
    {"Katakana", "\\x{30A0}-\\x{30FF}"},
    {"CJKUnifiedIdeographs", "\\x{4E00}-\\x{9FFF}"},
}};

bool is_white(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

/// Under the flag x white space outside of classes does not count.
std::string without_space(std::string_view pattern) {
  std::string result;
  int bracket = 0;
  bool escaped = false;
  for (const char letter : pattern) {
    if (is_white(letter) && bracket == 0) continue;
    result += letter;
    if (!escaped && letter == '[') ++bracket;
    if (!escaped && letter == ']' && bracket > 0) --bracket;
    escaped = !escaped && letter == '\\';
  }
  return result;
}

/// Writes an XPath pattern (XPath and XQuery Functions and Operators 3.1, 5.6.1) as PCRE reads it.
class Translator {
 public:
  Translator(std::string_view pattern, bool dot_is_all) : pattern_(pattern), dot_is_all_(dot_is_all) {}

  tl::expected<std::string, std::string> translate() {
    while (at_ < pattern_.size() && error_.empty()) {
      const char letter = pattern_[at_];
      if (letter == '\\') {
        escape();
      } else if (letter == '.' && bracket_ == 0 && !dot_is_all_) {
        result_ += "[^\\n\\r]";
        ++at_;
      } else if (letter == '-' && bracket_ > 0 && next() == '[') {
        take_away();
      } else {
        if (letter == '[') {
          if (bracket_ > 0) error_ = "a class stands inside a class";
          ++bracket_;
          class_begin_ = result_.size();
        }
        if (letter == ']' && bracket_ > 0) --bracket_;
        result_ += letter;
        ++at_;
      }
    }
    if (!error_.empty()) return tl::unexpected<std::string>(error_);
    return std::move(result_);
  }

 private:
  [[nodiscard]] char next() const { return at_ + 1 < pattern_.size() ? pattern_[at_ + 1] : '\0'; }

  void set(const std::string& members, bool negated) {
    if (bracket_ == 0) {
      result_ += (negated ? "[^" : "[") + members + "]";
    } else if (negated) {
      error_ = "this escape cannot stand inside a class";
    } else {
      result_ += members;
    }
  }

  void escape() {
    const char escaped = next();
    const std::size_t begin = at_;
    at_ += 2;
    if (bracket_ > 0 && escaped >= '0' && escaped <= '9') {
      error_ = "a reference to a group cannot stand inside a class";
    } else if (escaped == 'i' || escaped == 'I') {
      set("\\p{L}_:", escaped == 'I');
    } else if (escaped == 'c' || escaped == 'C') {
      set("\\p{L}\\p{N}\\p{M}_:.\\-\\x{B7}", escaped == 'C');
    } else if ((escaped == 'p' || escaped == 'P') && pattern_.substr(at_, 3) == "{Is") {
      block(escaped == 'P');
    } else {
      result_ += pattern_.substr(begin, 2);
    }
  }

  void block(bool negated) {
    const std::size_t close = pattern_.find('}', at_);
    const std::string_view name =
        pattern_.substr(at_ + 3, close == std::string_view::npos ? 0 : close - at_ - 3);
    at_ = close == std::string_view::npos ? pattern_.size() : close + 1;
    for (const auto& [known, members] : blocks) {
      if (known != name) continue;
      set(std::string(members), negated);
      return;
    }
    error_ = "the block of Unicode is not known";
  }

  /// [a-z-[aeiou]]: what follows is taken away; said by looking ahead before the class.
  void take_away() {
    const std::size_t close = pattern_.find(']', at_);
    if (close == std::string_view::npos || close + 1 >= pattern_.size() || pattern_[close + 1] != ']') {
      error_ = "a class is not closed";
      return;
    }
    result_.insert(class_begin_, "(?!" + std::string(pattern_.substr(at_ + 1, close - at_)) + ")");
    result_ += ']';
    bracket_ = 0;
    at_ = close + 2;
  }

  std::string_view pattern_;
  bool dot_is_all_;
  std::string result_;
  std::string error_;
  std::size_t at_ = 0;
  std::size_t class_begin_ = 0;
  int bracket_ = 0;
};

}  // namespace

tl::expected<Regex, std::string> Regex::compile(std::string_view pattern, std::string_view flags) {
  std::uint32_t options =
      PCRE2_AUTO_CALLOUT | PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
  bool extended = false;
  bool literal = false;
  for (const char flag : flags) {
    switch (flag) {
      case 's':
        options |= PCRE2_DOTALL;
        break;
      case 'm':
        options |= PCRE2_MULTILINE;
        break;
      case 'i':
        options |= PCRE2_CASELESS;
        break;
      case 'x':
        extended = true;
        break;
      case 'q':
        literal = true;
        break;
      default:
        return tl::unexpected<std::string>("unknown flag");
    }
  }
  if (pattern.size() > longest_pattern) return tl::unexpected<std::string>("the pattern is too long");
  if (literal) options = PCRE2_UTF | PCRE2_LITERAL | (options & PCRE2_CASELESS);
  std::string text(pattern);
  if (!literal) {
    if (extended) text = without_space(pattern);
    auto translated = Translator(text, (options & PCRE2_DOTALL) != 0).translate();
    if (!translated) return tl::unexpected<std::string>(translated.error());
    text = std::move(*translated);
  }
  int error = 0;
  std::size_t offset = 0;
  pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), options, &error,
                                   &offset, nullptr);
  if (!code) return tl::unexpected<std::string>("the pattern is wrong: " + message_of(error));
  Regex made(code);
  made.literal_ = literal;
  return made;
}

Regex::Regex(Regex&& other) noexcept : code_(std::exchange(other.code_, nullptr)), literal_(other.literal_) {
}

Regex& Regex::operator=(Regex&& other) noexcept {
  std::swap(code_, other.code_);
  literal_ = other.literal_;
  return *this;
}

Regex::~Regex() {
  if (code_) pcre2_code_free(code_of(code_));
}

tl::expected<std::vector<Regex::Spans>, std::string> Regex::all(std::string_view text, bool only_first,
                                                                const Charge& charge) const {
  const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> data(
      pcre2_match_data_create_from_pattern(code_of(code_), nullptr), &pcre2_match_data_free);
  const std::unique_ptr<pcre2_match_context, decltype(&pcre2_match_context_free)> bounds(
      pcre2_match_context_create(nullptr), &pcre2_match_context_free);
  Work work{charge};
  pcre2_set_callout(bounds.get(), &count_step, &work);
  pcre2_set_match_limit(bounds.get(), most_backtracking);
  pcre2_set_heap_limit(bounds.get(), most_heap_kib);
  std::vector<Spans> found;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const int count = pcre2_match(code_of(code_), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                                  begin, 0, data.get(), bounds.get());
    if (count == PCRE2_ERROR_NOMATCH) break;
    if (count < 0) return tl::unexpected<std::string>(message_of(count));
    const std::size_t* offsets = pcre2_get_ovector_pointer(data.get());
    Spans spans;
    for (std::uint32_t group = 0; group < pcre2_get_ovector_count(data.get()); ++group) {
      const std::size_t from = offsets[2 * static_cast<std::size_t>(group)];
      const std::size_t to = offsets[2 * static_cast<std::size_t>(group) + 1];
      if (from == PCRE2_UNSET || static_cast<int>(group) >= count || from > to) {
        spans.emplace_back();
      } else {
        spans.emplace_back(std::pair(from, to));
      }
    }
    const auto whole = spans.front().value_or(std::pair(begin, begin));
    found.push_back(std::move(spans));
    if (only_first) break;
    if (found.size() > most_matches) return tl::unexpected<std::string>("too many matches");
    begin = whole.second;
    if (whole.first == whole.second) begin += begin < text.size() ? code_point_at(text, begin).bytes : 1;
  }
  return found;
}

tl::expected<bool, std::string> Regex::matches(std::string_view text, const Charge& charge) const {
  const auto found = all(text, true, charge);
  if (!found) return tl::unexpected<std::string>(found.error());
  return !found->empty();
}

tl::expected<std::string, std::string> Regex::replace(std::string_view text, std::string_view replacement,
                                                      std::size_t longest, const Charge& charge) const {
  const auto found = all(text, false, charge);
  if (!found) return tl::unexpected<std::string>(found.error());
  std::string result;
  std::size_t done = 0;
  for (const Spans& spans : *found) {
    const auto [from, to] = spans.front().value_or(std::pair(done, done));
    if (result.size() > longest) return tl::unexpected<std::string>("the result is too long");
    result += text.substr(done, from - done);
    done = to;
    for (std::size_t at = 0; at < replacement.size(); ++at) {
      const char letter = replacement[at];
      const char next = at + 1 < replacement.size() ? replacement[at + 1] : '\0';
      if (literal_) {
        result += letter;
      } else if (letter == '\\') {
        if (next != '\\' && next != '$') return tl::unexpected<std::string>("the replacement is wrong");
        result += next;
        ++at;
      } else if (letter == '$') {
        if (next < '0' || next > '9') return tl::unexpected<std::string>("the replacement is wrong");
        std::size_t group = static_cast<std::size_t>(next - '0');
        ++at;
        while (at + 1 < replacement.size() && replacement[at + 1] >= '0' && replacement[at + 1] <= '9' &&
               group * 10 + static_cast<std::size_t>(replacement[at + 1] - '0') < spans.size()) {
          ++at;
          group = group * 10 + static_cast<std::size_t>(replacement[at] - '0');
        }
        if (group < spans.size() && spans[group])
          result += text.substr(spans[group]->first, spans[group]->second - spans[group]->first);
      } else {
        result += letter;
      }
    }
  }
  return result + std::string(text.substr(done));
}

tl::expected<std::vector<std::string>, std::string> Regex::split(std::string_view text,
                                                                 const Charge& charge) const {
  const auto found = all(text, false, charge);
  if (!found) return tl::unexpected<std::string>(found.error());
  std::vector<std::string> parts;
  std::size_t done = 0;
  for (const Spans& spans : *found) {
    const auto [from, to] = spans.front().value_or(std::pair(done, done));
    if (from == to) return tl::unexpected<std::string>("the pattern matches empty text");
    parts.emplace_back(text.substr(done, from - done));
    done = to;
  }
  parts.emplace_back(text.substr(done));
  return parts;
}

}  // namespace softbot::dmn
