#include "http/negotiation.h"

#include <algorithm>

namespace softbot::http {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Weight of one entry's parameters (";q=0.8") in thousandths; 1000 when there is none, 0 when malformed.
int weight_of(std::string_view parameters) {
  const std::string_view text = trimmed(parameters);
  if (text.empty()) {
    return 1'000;
  }
  if (text.size() < 3 || (text[0] != 'q' && text[0] != 'Q') || text[1] != '=') {
    return 0;
  }
  if (text[2] != '0') {
    return text[2] == '1' ? 1'000 : 0;
  }
  int weight = 0;
  int scale = 100;
  for (std::size_t index = 4; index < text.size() && index < 7; ++index, scale /= 10) {
    if (text[index] < '0' || text[index] > '9') {
      return 0;
    }
    weight += (text[index] - '0') * scale;
  }
  return weight;
}

bool is_language(std::string_view range, std::string_view code) {
  return equal_ignoring_case(range.substr(0, range.find('-')), code);
}

}  // namespace

std::string etag_of(std::string_view version) {
  return '"' + std::string(version) + '"';
}

std::optional<EntityTags> parse_entity_tags(std::string_view text, WeakTags weak) {
  EntityTags found;
  text = trimmed(text);
  if (text == "*") {
    found.any = true;
    return found;
  }
  while (!text.empty()) {
    const bool is_weak = text.starts_with("W/");
    text.remove_prefix(is_weak ? 2 : 0);
    const std::size_t end = text.starts_with('"') ? text.find('"', 1) : std::string_view::npos;
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    if (!is_weak || weak == WeakTags::take) {
      found.tags.emplace_back(text.substr(1, end - 1));
    }
    text = trimmed(text.substr(end + 1));
    if (text.empty()) {
      return found;
    }
    if (!text.starts_with(',')) {
      return std::nullopt;
    }
    text = trimmed(text.substr(1));
  }
  return std::nullopt;  // empty, or it ended with a comma
}

Result<> check_if_match(const Request& request, std::string_view version) {
  const std::optional<std::string_view> header = request.headers.find("If-Match");
  if (!header) {
    return fail(ErrorCode::precondition,
                "Send If-Match with the ETag of the version that this change is based on.");
  }
  const std::optional<EntityTags> tags = parse_entity_tags(*header, WeakTags::leave_out);
  if (!tags) {
    return fail(ErrorCode::invalid_input, "If-Match must be the ETag as it was given, with its quotes.");
  }
  if (!tags->any && std::find(tags->tags.begin(), tags->tags.end(), version) == tags->tags.end()) {
    return fail(ErrorCode::stale,
                "Somebody changed this in the meantime. Get it again, and repeat the change on that.");
  }
  return {};
}

bool not_modified(const Request& request, std::string_view version) {
  const std::optional<std::string_view> header = request.headers.find("If-None-Match");
  const std::optional<EntityTags> tags = header ? parse_entity_tags(*header, WeakTags::take) : std::nullopt;
  return tags && (tags->any || std::find(tags->tags.begin(), tags->tags.end(), version) != tags->tags.end());
}

std::string_view code_of(Language language) {
  return language == Language::dutch ? "nl" : "en";
}

Language preferred_language(std::string_view accept_language) {
  int dutch = 0;
  int english = 0;
  while (!accept_language.empty()) {
    const std::size_t end = accept_language.find(',');
    const std::string_view entry = trimmed(accept_language.substr(0, end));
    accept_language = end == std::string_view::npos ? std::string_view() : accept_language.substr(end + 1);
    const std::size_t mark = entry.find(';');
    const std::string_view range = trimmed(entry.substr(0, mark));
    const int weight =
        weight_of(mark == std::string_view::npos ? std::string_view() : entry.substr(mark + 1));
    if (is_language(range, "nl")) {
      dutch = std::max(dutch, weight);
    } else if (is_language(range, "en")) {
      english = std::max(english, weight);
    }
  }
  return english > dutch ? Language::english : Language::dutch;
}

}  // namespace softbot::http
