#include "policy/differences.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

#include "dmn/outline.h"
#include "domain/json.h"
#include "policy/parameters.h"

namespace softbot {
namespace {

constexpr std::size_t most_cells = 16'000'000;  ///< of the table of common lines: 32 MB
constexpr std::string_view parameters_file = "parameters.json";

using Lines = std::vector<dmn::OutlineLine>;

ModelLine model_line(LineChange change, const dmn::OutlineLine& line) {
  return {change, line.element, line.text};
}

/// Longest common subsequence between two stretches, as a table of lengths from each place to the end.
class CommonLines {
 public:
  CommonLines(const Lines& before, const Lines& after)
      : width_(after.size() + 1), lengths_((before.size() + 1) * width_) {
    for (std::size_t row = before.size(); row-- > 0;) {
      for (std::size_t column = after.size(); column-- > 0;) {
        lengths_[row * width_ + column] = before[row] == after[column]
                                              ? static_cast<std::uint16_t>(at(row + 1, column + 1) + 1)
                                              : std::max(at(row + 1, column), at(row, column + 1));
      }
    }
  }
  [[nodiscard]] std::uint16_t at(std::size_t row, std::size_t column) const {
    return lengths_[row * width_ + column];
  }

 private:
  std::size_t width_;
  std::vector<std::uint16_t> lengths_;
};

std::vector<ModelLine> all_replaced(const Lines& before, const Lines& after) {
  std::vector<ModelLine> lines;
  for (const auto& line : before) lines.push_back(model_line(LineChange::removed, line));
  for (const auto& line : after) lines.push_back(model_line(LineChange::added, line));
  return lines;
}

/// Takes off what both begin and end with.
void trim_common(Lines& before, Lines& after) {
  const auto [left, right] = std::ranges::mismatch(before, after);
  after.erase(after.begin(), right);
  before.erase(before.begin(), left);
  while (!before.empty() && !after.empty() && before.back() == after.back()) {
    before.pop_back();
    after.pop_back();
  }
}

std::vector<ModelLine> line_differences(Lines before, Lines after) {
  trim_common(before, after);
  if ((before.size() + 1) * (after.size() + 1) > most_cells) return all_replaced(before, after);
  const CommonLines common(before, after);
  std::vector<ModelLine> lines;
  std::size_t row = 0;
  std::size_t column = 0;
  while (row < before.size() || column < after.size()) {
    if (row < before.size() && column < after.size() && before[row] == after[column]) {
      ++row;
      ++column;
    } else if (column == after.size() ||
               (row < before.size() && common.at(row + 1, column) >= common.at(row, column + 1))) {
      lines.push_back(model_line(LineChange::removed, before[row++]));
    } else {
      lines.push_back(model_line(LineChange::added, after[column++]));
    }
  }
  return lines;
}

const std::vector<DatedValue>& values_for(const PolicyParameter& parameter, const std::string& municipality) {
  const auto own = parameter.municipalities.find(municipality);
  return own == parameter.municipalities.end() ? parameter.values : own->second;
}

/// The stretches of days on which the values differ, each by its first day.
void add_value_differences(std::vector<ParameterDifference>& differences, const PolicyParameter& before,
                           const PolicyParameter& after, const std::string& municipality) {
  std::set<Date> days;
  for (const auto* parameter : {&before, &after}) {
    for (const auto& dated : values_for(*parameter, municipality)) days.insert(dated.from);
  }
  std::optional<std::pair<Value, Value>> told;
  for (const auto day : days) {
    std::pair<Value, Value> pair{before.value_on(municipality, day), after.value_on(municipality, day)};
    if (pair.first == pair.second) {
      told.reset();
    } else if (told != pair) {
      differences.push_back({after.name, after.label, "value", municipality, day, pair.first, pair.second});
      told = std::move(pair);
    }
  }
}

void add_parameter(std::vector<ParameterDifference>& differences, const PolicyParameter& before,
                   const PolicyParameter& after) {
  const auto add = [&](std::string what, const Value& old_one, const Value& new_one) {
    if (old_one != new_one)
      differences.push_back({after.name, after.label, std::move(what), "", {}, old_one, new_one});
  };
  add_value_differences(differences, before, after, "");
  std::set<std::string> municipalities;
  for (const auto* parameter : {&before, &after}) {
    for (const auto& [municipality, values] : parameter->municipalities) municipalities.insert(municipality);
  }
  for (const auto& municipality : municipalities)
    add_value_differences(differences, before, after, municipality);
  add("label", before.label, after.label);
  add("unit", before.unit, after.unit);
  add("explanation", before.explanation, after.explanation);
  add("minimum", before.minimum, after.minimum);
  add("maximum", before.maximum, after.maximum);
}

/// One that only one side has: that it came or went, and every value with its day and municipality, for the
/// latest may be that of a few days or of one municipality.
void add_whole_parameter(std::vector<ParameterDifference>& differences, const std::string& what,
                         const PolicyParameter& before, const PolicyParameter& after) {
  const auto latest = [](const PolicyParameter& one) {
    return one.values.empty() ? DatedValue{} : one.values.back();
  };
  const Date day = std::max(latest(before).from, latest(after).from);
  differences.push_back({after.name, after.label, what, "", day, latest(before).value, latest(after).value});
  add_parameter(differences, before, after);
}

/// The parameter without values and bounds, to hold a whole one against.
PolicyParameter nothing_of(const PolicyParameter& parameter) {
  PolicyParameter nothing;
  nothing.name = parameter.name;
  nothing.label = parameter.label;
  nothing.unit = parameter.unit;
  nothing.explanation = parameter.explanation;
  return nothing;
}

std::vector<ParameterDifference> parameter_differences(const std::vector<PolicyParameter>& before,
                                                       const std::vector<PolicyParameter>& after) {
  std::vector<ParameterDifference> differences;
  for (const auto& parameter : after) {
    const auto old_one = std::ranges::find(before, parameter.name, &PolicyParameter::name);
    if (old_one == before.end()) {
      add_whole_parameter(differences, "added", nothing_of(parameter), parameter);
    } else {
      add_parameter(differences, *old_one, parameter);
    }
  }
  for (const auto& parameter : before) {
    if (std::ranges::find(after, parameter.name, &PolicyParameter::name) == after.end())
      add_whole_parameter(differences, "removed", parameter, nothing_of(parameter));
  }
  return differences;
}

/// Examples by name, each as one line; what they share stands first.
Lines example_lines(const std::string& text) {
  const auto file = parse_json(text);
  Lines lines;
  if (!file) return lines;
  for (const Value::Member& member : file->members()) {
    if (member.name != "examples") lines.push_back({"", member.name + " " + to_json(member.value)});
  }
  for (const Value& example : (*file)["examples"].items())
    lines.push_back({example["name"].text_or_empty(), to_json(example)});
  return lines;
}

FileDifference changed_file(const std::string& name, const std::string& before, const std::string& after) {
  FileDifference difference{name, "changed", {}};
  if (name.ends_with(".dmn")) difference.lines = line_differences(dmn::outline(before), dmn::outline(after));
  if (name.ends_with(".examples.json"))
    difference.lines = line_differences(example_lines(before), example_lines(after));
  return difference;
}

}  // namespace

PolicyDifferences differences_of(const ConfigurationFiles& before, const ConfigurationFiles& after) {
  PolicyDifferences differences;
  std::set<std::string> names;
  for (const auto* files : {&before, &after}) {
    for (const auto& [name, text] : *files) names.insert(name);
  }
  for (const auto& name : names) {
    const auto old_one = before.find(name);
    const auto new_one = after.find(name);
    if (old_one == before.end()) {
      differences.files.push_back({name, "added", {}});
    } else if (new_one == after.end()) {
      differences.files.push_back({name, "removed", {}});
    } else if (old_one->second != new_one->second) {
      differences.files.push_back(changed_file(name, old_one->second, new_one->second));
      if (name != parameters_file) continue;
      const auto old_parameters = parameters_from(old_one->second);
      const auto new_parameters = parameters_from(new_one->second);
      if (old_parameters && new_parameters)
        differences.parameters = parameter_differences(*old_parameters, *new_parameters);
    }
  }
  return differences;
}

Value to_value(const PolicyDifferences& differences) {
  auto parameters = Value::list();
  for (const auto& one : differences.parameters) {
    auto item = Value::object({{"name", one.name}, {"label", one.label}, {"what", one.what}});
    if (!one.municipality.empty()) item.set("municipality", one.municipality);
    if (one.from != Date{}) item.set("from", format_iso(one.from));
    item.set("before", one.before);
    item.set("after", one.after);
    parameters.push(std::move(item));
  }
  auto files = Value::list();
  for (const auto& one : differences.files) {
    auto lines = Value::list();
    for (const auto& line : one.lines) {
      lines.push(Value::object({{"change", line.change == LineChange::added ? "added" : "removed"},
                                {"element", line.element},
                                {"text", line.text}}));
    }
    files.push(Value::object({{"file", one.file}, {"change", one.change}, {"lines", std::move(lines)}}));
  }
  return Value::object({{"parameters", std::move(parameters)}, {"files", std::move(files)}});
}

}  // namespace softbot
