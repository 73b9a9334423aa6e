#include "dmn/regex.h"

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

pcre2_code* code_of(void* code) {
  return static_cast<pcre2_code*>(code);
}

std::string message_of(int error) {
  std::string text(200, '\0');
  const int length = pcre2_get_error_message(error, reinterpret_cast<PCRE2_UCHAR*>(text.data()), text.size());
  text.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
  return text;
}

/// XPath's classes of XML name characters, and white space taken out under the flag x.
std::string translated(std::string_view pattern, bool extended) {
  static constexpr const char* start = "\\p{L}_:";
  static constexpr const char* part = "\\p{L}\\p{N}\\p{M}_:.\\-\\x{B7}";
  std::string result;
  int bracket = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char letter = pattern[at];
    if (letter == '\\' && at + 1 < pattern.size()) {
      const char escaped = pattern[++at];
      const std::string set = escaped == 'i' || escaped == 'I'   ? start
                              : escaped == 'c' || escaped == 'C' ? part
                                                                 : "";
      if (set.empty()) {
        result += '\\';
        result += escaped;
      } else if (bracket > 0) {
        result += set;
      } else {
        result += (escaped == 'i' || escaped == 'c' ? "[" : "[^") + set + "]";
      }
      continue;
    }
    if (letter == '[') ++bracket;
    if (letter == ']' && bracket > 0) --bracket;
    if (extended && bracket == 0 && (letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r'))
      continue;
    if (letter == '-' && bracket > 0 && at + 1 < pattern.size() && pattern[at + 1] == '[') {
      // [a-z-[aeiou]]: what follows is taken away; said by looking ahead before the class.
      const std::size_t open = result.rfind('[');
      const std::size_t close = pattern.find(']', at);
      if (close == std::string_view::npos) return std::string(pattern);
      const std::string taken(pattern.substr(at + 1, close - at));
      result.insert(open, "(?!" + taken + ")");
      at = close;
      --bracket;
      if (at + 1 < pattern.size() && pattern[at + 1] == ']') {
        ++at;
        result += ']';
      }
      continue;
    }
    result += letter;
  }
  return result;
}

}  // namespace

tl::expected<Regex, std::string> Regex::compile(std::string_view pattern, std::string_view flags) {
  std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
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
  const std::string text = literal ? std::string(pattern) : translated(pattern, extended);
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

tl::expected<std::vector<Regex::Spans>, std::string> Regex::all(std::string_view text,
                                                                bool only_first) const {
  const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> data(
      pcre2_match_data_create_from_pattern(code_of(code_), nullptr), &pcre2_match_data_free);
  const std::unique_ptr<pcre2_match_context, decltype(&pcre2_match_context_free)> bounds(
      pcre2_match_context_create(nullptr), &pcre2_match_context_free);
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

tl::expected<bool, std::string> Regex::matches(std::string_view text) const {
  const auto found = all(text, true);
  if (!found) return tl::unexpected<std::string>(found.error());
  return !found->empty();
}

tl::expected<std::string, std::string> Regex::replace(std::string_view text, std::string_view replacement,
                                                      std::size_t longest) const {
  const auto found = all(text, false);
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

tl::expected<std::vector<std::string>, std::string> Regex::split(std::string_view text) const {
  const auto found = all(text, false);
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
