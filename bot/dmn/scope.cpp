#include "dmn/scope.h"

#include <algorithm>

#include "dmn/text.h"

namespace softbot::dmn {

std::vector<std::string> name_parts(std::string_view name) {
  std::vector<std::string> parts;
  bool in_word = false;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint found = code_point_at(name, at);
    const std::string_view letter = name.substr(at, found.bytes);
    at += found.bytes;
    if (is_space(found.value)) {
      in_word = false;
    } else if (is_name_part(found.value)) {
      if (!in_word) parts.emplace_back();
      parts.back() += letter;
      in_word = true;
    } else {
      parts.emplace_back(letter);
      in_word = false;
    }
  }
  return parts;
}

std::string normal_name(std::string_view name) {
  std::string result;
  bool space = false;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint found = code_point_at(name, at);
    if (is_space(found.value)) {
      space = !result.empty();
    } else {
      if (space) result += ' ';
      space = false;
      result += name.substr(at, found.bytes);
    }
    at += found.bytes;
  }
  return result;
}

std::optional<std::size_t> match_name(std::string_view text, std::size_t at,
                                      const std::vector<std::string>& parts) {
  bool first = true;
  bool word_before = false;
  for (const std::string& part : parts) {
    const std::size_t begin = at;
    while (at < text.size() && is_space(code_point_at(text, at).value)) at += code_point_at(text, at).bytes;
    const bool is_word = is_name_part(code_point_at(part, 0).value);
    if (first && at != begin) return std::nullopt;
    if (!first && is_word && word_before && at == begin) return std::nullopt;
    if (text.substr(at, part.size()) != part) return std::nullopt;
    at += part.size();
    if (is_word && at < text.size() && is_name_part(code_point_at(text, at).value)) return std::nullopt;
    word_before = is_word;
    first = false;
  }
  return first ? std::nullopt : std::optional(at);
}

void MemberNames::add(std::string_view name) {
  std::vector<std::string> parts = name_parts(name);
  if (parts.size() > 1) names_.emplace(std::move(parts), std::string(name));
}

std::optional<MemberNames::Found> MemberNames::longest(std::string_view text, std::size_t at) const {
  std::optional<Found> best;
  for (const auto& [parts, name] : names_) {
    const auto end = match_name(text, at, parts);
    if (end && (!best || *end > best->end)) best = Found{name, *end};
  }
  return best;
}

std::uint32_t Scope::push(std::string_view name) {
  entries_.push_back(Entry{std::string(name), name_parts(name), false});
  return size() - 1;
}

std::uint32_t Scope::push_item() {
  entries_.push_back(Entry{"item", {"item"}, true});
  return size() - 1;
}

void Scope::pop(std::size_t count) {
  entries_.resize(entries_.size() - count);
}

bool Scope::has(std::string_view name) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [name](const Entry& entry) { return entry.name == name; });
}

bool Scope::in_filter() const {
  return std::any_of(entries_.begin(), entries_.end(), [](const Entry& entry) { return entry.is_item; });
}

}  // namespace softbot::dmn
