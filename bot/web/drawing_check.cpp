#include "web/drawing_check.h"

#include <algorithm>
#include <array>

namespace softbot::web {
namespace {

struct Undrawable {
  std::string_view tag;
  std::string_view words;
};

/// Elements that DMN 1.4 and later have, and 1.3 has not.
constexpr std::array<Undrawable, 6> newer_elements{{
    {"conditional", "een keuze als-dan-anders (conditional)"},
    {"filter", "een filter over een lijst (filter)"},
    {"for", "een herhaling over een lijst (for)"},
    {"some", "een toets of iets voor een deel van een lijst geldt (some)"},
    {"every", "een toets of iets voor een hele lijst geldt (every)"},
    {"typeConstraint", "een beperking van een soort waarde (typeConstraint)"},
}};

constexpr std::string_view namespace_begin = "https://www.omg.org/spec/DMN/";
constexpr std::string_view drawn_version = "20191111";
constexpr std::string_view model_end = "/MODEL/";

bool names_another_version(std::string_view dmn) {
  for (auto at = dmn.find(namespace_begin); at != std::string_view::npos;
       at = dmn.find(namespace_begin, at + 1)) {
    const auto version = dmn.substr(at + namespace_begin.size(), drawn_version.size());
    const auto rest = dmn.substr(std::min(dmn.size(), at + namespace_begin.size() + drawn_version.size()));
    if (rest.starts_with(model_end) && version != drawn_version) return true;
  }
  return false;
}

/// The names of all opening tags, without their prefixes, one after the other.
std::vector<std::string_view> tags_of(std::string_view dmn) {
  std::vector<std::string_view> tags;
  for (auto at = dmn.find('<'); at != std::string_view::npos; at = dmn.find('<', at + 1)) {
    auto name = dmn.substr(at + 1, 100);
    name = name.substr(0, std::min(name.find_first_of(" \t\r\n/>"), name.size()));
    if (const auto colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
    if (!name.empty()) tags.push_back(name);
  }
  return tags;
}

}  // namespace

std::vector<std::string> not_drawable(std::string_view dmn) {
  std::vector<std::string> found;
  if (names_another_version(dmn)) found.emplace_back("een andere versie van DMN dan 1.3");
  const auto tags = tags_of(dmn);
  for (const auto& element : newer_elements) {
    if (std::ranges::find(tags, element.tag) != tags.end()) found.emplace_back(element.words);
  }
  return found;
}

}  // namespace softbot::web
