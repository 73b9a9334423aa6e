#include "policy/name_match.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "domain/text.h"

namespace softbot {
namespace {

/// Folded, without any spaces: "van den Berg" -> "vandenberg".
std::string compact(std::string_view text) {
  auto folded = fold(text);
  std::erase(folded, ' ');
  return folded;
}

/// The ways in which one surname with its prefix is written.
std::vector<std::string> ways_to_write(std::string_view prefix, std::string_view surname) {
  const auto bare = compact(surname);
  if (bare.empty()) return {};
  const auto before = compact(prefix);
  if (before.empty()) return {bare};
  return {bare, before + bare, bare + before};
}

}  // namespace

std::size_t changes_between(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < right.size(); ++j) {
      const std::size_t changed = diagonal + (left[i] == right[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

bool initials_fit(std::string_view typed, std::string_view registered_initials,
                  std::string_view registered_first_names) {
  const auto left = compact(typed);
  const auto right = compact(registered_initials);
  if (left.empty() || right.empty()) return true;
  if (left.starts_with(right) || right.starts_with(left)) return true;
  const auto names = fold(registered_first_names);
  return left == names.substr(0, names.find(' ')) || left == compact(registered_first_names);
}

bool name_fits(std::string_view typed_initials, std::string_view typed_name, const RegisterPerson& person) {
  const auto typed = compact(typed_name);
  if (typed.empty()) return false;
  if (!initials_fit(typed_initials, person.initials, person.first_names)) return false;

  const auto own = ways_to_write(person.prefix, person.surname);
  const auto partner = ways_to_write(person.partner_prefix, person.partner_surname);
  if (std::ranges::find(own, typed) != own.end() || std::ranges::find(partner, typed) != partner.end()) {
    return true;
  }
  return std::ranges::any_of(own, [&](const std::string& mine) {
    return std::ranges::any_of(
        partner, [&](const std::string& theirs) { return typed == mine + theirs || typed == theirs + mine; });
  });
}

bool same_but_for_a_sign(std::string_view read, std::string_view word) {
  const std::string left = compact(read);
  const std::string right = compact(word);
  return left.size() >= 4 && right.size() >= 4 && left.size() <= 200 && changes_between(left, right) <= 1;
}

bool resembles(std::string_view read, std::string_view word) {
  const std::string left = compact(read);
  const std::string right = compact(word);
  if (left.size() < 4 || right.size() < 4 || left.size() > 200 || right.size() > 200) return false;
  return changes_between(left, right) * 3 <= right.size();
}

}  // namespace softbot
