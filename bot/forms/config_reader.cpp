#include "forms/config_reader.h"

#include <algorithm>
#include <limits>

#include "domain/json.h"
#include "domain/text.h"

namespace softbot {
namespace {

constexpr std::size_t most_problems = 200;

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string quoted(std::string_view name) {
  return "\"" + first_code_points(name, 60) + "\"";
}

}  // namespace

std::string pointer(const std::string& path, std::string_view name) {
  std::string out = path + "/";
  for (const char c : name) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string pointer(const std::string& path, std::size_t index) {
  return path + "/" + std::to_string(index);
}

bool is_kebab_case(std::string_view text) {
  if (text.empty() || text.front() == '-' || text.back() == '-') return false;
  if (text.find("--") != std::string_view::npos || text.size() > 60) return false;
  return std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_camel_case(std::string_view text) {
  if (text.empty() || !is_lower(text.front()) || text.size() > 60) return false;
  return std::ranges::all_of(text,
                             [](char c) { return is_lower(c) || is_digit(c) || (c >= 'A' && c <= 'Z'); });
}

std::string suggestion(std::string_view typed, const std::vector<std::string>& known) {
  std::size_t best = std::numeric_limits<std::size_t>::max();
  std::string nearest;
  const std::string start = first_code_points(typed, 60);
  for (const std::string& name : known) {
    const std::size_t distance = edit_distance(start, name);
    if (distance < best) {
      best = distance;
      nearest = name;
    }
  }
  if (best <= 2 || best * 3 <= nearest.size()) return "Did you mean " + quoted(nearest) + "?";
  std::string all;
  for (const std::string& name : known) all += (all.empty() ? "" : ", ") + name;
  return known.empty() ? "Remove it." : "Use one of: " + all + ".";
}

void ConfigReader::report(const std::string& path, std::string problem, std::string remedy) {
  if (problems_.size() >= most_problems) return;
  problems_.push_back({file_, path, std::move(problem), std::move(remedy)});
}

Value ConfigReader::object_from(std::string_view json) {
  auto value = parse_json(json);
  if (!value) {
    report("", value.error().message, "Correct the JSON at that place.");
    return {};
  }
  if (!value->is_object()) {
    report("", "The file does not hold a JSON object.", "Begin it with { and end it with }.");
    return {};
  }
  return std::move(*value);
}

bool ConfigReader::check_object(const Value& value, const std::string& path,
                                std::initializer_list<std::string_view> known) {
  if (!value.is_object()) {
    report(path, "This is not an object.", "Write an object: {...}.");
    return false;
  }
  for (const Value::Member& member : value.members()) {
    if (member.name == "$schema" || std::ranges::find(known, member.name) != known.end()) continue;
    report(pointer(path, member.name), "Nothing called " + quoted(member.name) + " belongs here.",
           suggestion(member.name, {known.begin(), known.end()}));
  }
  return true;
}

std::string ConfigReader::text(const Value& object, const std::string& path, std::string_view name,
                               Need need) {
  const Value* value = object.find(name);
  if (value == nullptr) {
    if (need == Need::required)
      report(path, quoted(name) + " is missing.", "Add " + quoted(name) + " with a text.");
    return "";
  }
  if (!value->is_text() || trim(*value->as_text()).empty()) {
    report(pointer(path, name), quoted(name) + " is not a text, or an empty one.",
           need == Need::required ? "Write a text between quotes." : "Write a text, or leave it out.");
    return "";
  }
  if (has_control_characters(*value->as_text())) {
    report(pointer(path, name), quoted(name) + " holds control characters.", "Remove them.");
    return "";
  }
  return *value->as_text();
}

LocalText ConfigReader::local_text(const Value& object, const std::string& path, std::string_view name,
                                   Need need) {
  const Value* value = object.find(name);
  if (value == nullptr) {
    if (need == Need::required)
      report(path, quoted(name) + " is missing.", "Add " + quoted(name) + R"(: {"nl": "...", "en": "..."}.)");
    return {};
  }
  const std::string inside = pointer(path, name);
  if (!value->is_object()) {
    report(inside, quoted(name) + " is not a text in two languages.", R"(Write {"nl": "...", "en": "..."}.)");
    return {};
  }
  check_object(*value, inside, {"nl", "en"});
  return {text(*value, inside, "nl", Need::required), text(*value, inside, "en", Need::required)};
}

bool ConfigReader::flag(const Value& object, const std::string& path, std::string_view name, bool otherwise) {
  const Value* value = object.find(name);
  if (value == nullptr) return otherwise;
  if (!value->is_bool()) {
    report(pointer(path, name), quoted(name) + " is neither true nor false.",
           "Write true or false, without quotes.");
  }
  return value->as_bool().value_or(otherwise);
}

std::optional<int> ConfigReader::integer(const Value& object, const std::string& path, std::string_view name,
                                         int low, int high) {
  const Value* value = object.find(name);
  if (value == nullptr) return std::nullopt;
  const auto whole = value->as_integer();
  if (!whole || *whole < low || *whole > high) {
    report(pointer(path, name), quoted(name) + " is not a whole number within its limits.",
           "Write a number from " + std::to_string(low) + " to " + std::to_string(high) + ".");
    return std::nullopt;
  }
  return static_cast<int>(*whole);
}

std::vector<std::string> ConfigReader::texts(const Value& object, const std::string& path,
                                             std::string_view name, Need need) {
  std::vector<std::string> found;
  const Value::List& items = list(object, path, name, need);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string& item = items[i].text_or_empty();
    if (trim(item).empty()) {
      report(pointer(pointer(path, name), i), "This is not a text, or an empty one.",
             "Write a text between quotes, or remove it.");
    } else if (std::ranges::find(found, item) != found.end()) {
      report(pointer(pointer(path, name), i), quoted(item) + " stands twice in this list.",
             "Remove one of the two.");
    } else {
      found.push_back(item);
    }
  }
  return found;
}

const Value::List& ConfigReader::list(const Value& object, const std::string& path, std::string_view name,
                                      Need need) {
  const Value* value = object.find(name);
  if (value == nullptr) {
    if (need == Need::required)
      report(path, quoted(name) + " is missing.", "Add " + quoted(name) + ": [...].");
    return object[name].items();
  }
  if (!value->is_list()) {
    report(pointer(path, name), quoted(name) + " is not a list.", "Write a list: [...].");
  } else if (value->items().empty() && need == Need::required) {
    report(pointer(path, name), quoted(name) + " is empty.", "Add at least one.");
  }
  return value->items();
}

std::string ConfigReader::one_of(const Value& object, const std::string& path, std::string_view name,
                                 const std::vector<std::string>& allowed) {
  std::string found = text(object, path, name, Need::required);
  if (found.empty() || std::ranges::find(allowed, found) != allowed.end()) return found;
  report(pointer(path, name), quoted(found) + " is not known here.", suggestion(found, allowed));
  return "";
}

}  // namespace softbot
