#include "pipeline/read_parts.h"

#include <charconv>
#include <optional>

#include "domain/json.h"
#include "ports/read_page_bytes.h"

namespace softbot::pipeline {
namespace {

constexpr std::string_view magic = "softbot-read-2\n";

tl::unexpected<Error> damaged() {
  return fail(ErrorCode::damaged, "What was read of a scan cannot be opened again.");
}

/// A line with the length, then so many bytes.
std::string with_length(std::string_view part) {
  return std::to_string(part.size()) + "\n" + std::string(part);
}

/// Takes such parts off the front, one after the other.
class Parts {
 public:
  explicit Parts(std::string_view bytes) : rest_(bytes) {}
  std::optional<std::string_view> next() {
    const auto line = rest_.find('\n');
    std::size_t length = 0;
    if (line == std::string_view::npos) return std::nullopt;
    const auto read = std::from_chars(rest_.data(), rest_.data() + line, length);
    if (read.ec != std::errc() || read.ptr != rest_.data() + line || length > rest_.size() - line - 1)
      return std::nullopt;
    const std::string_view part = rest_.substr(line + 1, length);
    rest_.remove_prefix(line + 1 + length);
    return part;
  }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace

std::string to_bytes(const ReadFile& file) {
  Value head = Value::object({{"pages", static_cast<std::int64_t>(file.pages.size())}});
  if (file.refused)
    head.set("refused", Value::object({{"code", file.refused->code}, {"message", file.refused->message}}));
  std::string bytes(magic);
  bytes += with_length(to_json(head));
  for (const ReadPage& page : file.pages) bytes += with_length(softbot::to_bytes(page));
  return bytes;
}

Result<ReadFile> read_file_from(std::string_view bytes) {
  if (!bytes.starts_with(magic)) return damaged();
  Parts parts(bytes.substr(magic.size()));
  const auto first = parts.next();
  if (!first) return damaged();
  const auto head = parse_json(*first);
  if (!head) return damaged();
  ReadFile file;
  if (const Value& refused = (*head)["refused"]; refused.is_object())
    file.refused = FieldError{"file", refused["code"].text_or_empty(), refused["message"].text_or_empty()};
  while (!parts.at_end()) {
    const auto part = parts.next();
    if (!part) return damaged();
    auto page = read_page_from(*part);
    if (!page) return damaged();
    file.pages.push_back(std::move(*page));
  }
  if ((*head)["pages"].as_integer() != static_cast<std::int64_t>(file.pages.size())) return damaged();
  return file;
}

}  // namespace softbot::pipeline
