#pragma once

#include <map>
#include <set>
#include <string_view>

namespace softbot::letters {

/// What may stand inside an element, and which attributes it takes. `text`: words may stand directly in it.
struct ElementRule {
  std::set<std::string_view> children;
  std::set<std::string_view> required;
  std::set<std::string_view> optional;
  bool text = false;
};

/// Every element of a letter's markup, by name.
[[nodiscard]] const std::map<std::string_view, ElementRule>& rules();

}  // namespace softbot::letters
