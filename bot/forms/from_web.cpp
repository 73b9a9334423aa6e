#include "forms/from_web.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "domain/date.h"
#include "domain/text.h"
#include "forms/answer_condition.h"

namespace softbot {
namespace {

constexpr std::size_t most_row_digits = 3;

/// What was posted below one prefix, by the rest of the name, and which of it was understood.
class Posted {
 public:
  Posted(std::string_view prefix, const WebParameters& parameters) {
    const std::string start = std::string(prefix) + ".";
    for (const auto& [name, value] : parameters) {
      if (name.starts_with(start)) values_[name.substr(start.size())].push_back(value);
    }
  }

  /// Values that are not blank, each once; the name counts as understood.
  std::vector<std::string> take(const std::string& name) {
    used_.insert(name);
    std::vector<std::string> found;
    const auto posted = values_.find(name);
    if (posted == values_.end()) return found;
    for (const std::string& value : posted->second) {
      if (!trim(value).empty() && std::ranges::find(found, value) == found.end()) found.push_back(value);
    }
    return found;
  }

  std::string take_one(const std::string& name) {
    std::vector<std::string> found = take(name);
    return found.empty() ? std::string() : std::move(found.front());
  }

  /// Numbers of the rows "accounts.<n>." in order.
  [[nodiscard]] std::set<int> rows_of(const std::string& list) const {
    std::set<int> rows;
    const std::string start = list + ".";
    for (auto at = values_.lower_bound(start); at != values_.end() && at->first.starts_with(start); ++at) {
      const std::string_view rest = std::string_view(at->first).substr(start.size());
      const std::string_view digits = rest.substr(0, rest.find('.'));
      int row = 0;
      const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), row);
      const bool whole = error == std::errc() && stop == digits.data() + digits.size();
      if (whole && row >= 0 && digits.size() <= most_row_digits && std::to_string(row) == digits) {
        rows.insert(row);
      }
    }
    return rows;
  }

  [[nodiscard]] std::vector<std::string> unused(std::string_view prefix) const {
    std::vector<std::string> names;
    for (const auto& [name, values] : values_) {
      if (!used_.contains(name)) names.push_back(std::string(prefix) + "." + name);
    }
    return names;
  }

 private:
  std::map<std::string, std::vector<std::string>> values_;
  std::set<std::string> used_;
};

/// "1/3/2026" out of three boxes; what is typed in the first alone stays as it is.
std::string join_boxes(std::string_view day, std::string_view month, std::string_view year) {
  if (trim(month).empty() && trim(year).empty()) return std::string(trim(day));
  return std::string(trim(day)) + "/" + std::string(trim(month)) + "/" + std::string(trim(year));
}

struct DateBoxes {
  std::string day;
  std::string month;
  std::string year;
};

DateBoxes boxes_of(const std::string& text) {
  const std::size_t first = text.find('/');
  const std::size_t second = first == std::string::npos ? first : text.find('/', first + 1);
  if (second != std::string::npos) {
    return {text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
  }
  const auto date = parse_date(text);
  if (!date) return {text, "", ""};
  return {std::to_string(static_cast<unsigned>(date->day())),
          std::to_string(static_cast<unsigned>(date->month())),
          std::to_string(static_cast<int>(date->year()))};
}

Value yes_or_no(const std::string& text) {
  const std::string word = ascii_lower(trim(text));
  if (word == "yes" || word == "true" || word == "ja") return {true};
  if (word == "no" || word == "false" || word == "nee") return {false};
  return {text};
}

Value answer_from(const Field& field, const std::string& name, Posted& posted);

Value rows_from(const Field& field, const std::string& name, Posted& posted) {
  Value rows = Value::list();
  for (const int number : posted.rows_of(name)) {
    Value row = Value::object();
    for (const Field& sub_field : field.fields) {
      const std::string inside = name + "." + std::to_string(number) + "." + sub_field.name;
      Value answer = answer_from(sub_field, inside, posted);
      if (is_answered(answer)) row.set(sub_field.name, std::move(answer));
    }
    if (!row.members().empty()) rows.push(std::move(row));
  }
  return rows;
}

Value date_from(const std::string& name, Posted& posted) {
  const std::string whole = posted.take_one(name);
  const std::string day = posted.take_one(name + ".day");
  const std::string month = posted.take_one(name + ".month");
  const std::string year = posted.take_one(name + ".year");
  return {whole.empty() ? join_boxes(day, month, year) : whole};
}

Value answer_from(const Field& field, const std::string& name, Posted& posted) {
  switch (field.kind) {
    case FieldKind::list:
      return rows_from(field, name, posted);
    case FieldKind::date:
      return date_from(name, posted);
    case FieldKind::choices: {
      Value chosen = Value::list();
      for (std::string& option : posted.take(name)) chosen.push(std::move(option));
      return chosen;
    }
    case FieldKind::yes_no:
    case FieldKind::signature:
      return yes_or_no(posted.take_one(name));
    default:
      return {posted.take_one(name)};
  }
}

std::string shown(const Value& answer) {
  if (const auto flag = answer.as_bool()) return *flag ? "yes" : "no";
  if (const Number* number = answer.as_number()) {
    std::string text = number->text;
    std::ranges::replace(text, '.', ',');
    return text;
  }
  return answer.text_or_empty();
}

void add_web(const Field& field, const std::string& name, const Value& answer, WebParameters& parameters) {
  if (field.kind == FieldKind::list) {
    for (std::size_t i = 0; i < answer.items().size(); ++i) {
      for (const Field& sub_field : field.fields) {
        add_web(sub_field, name + "." + std::to_string(i) + "." + sub_field.name,
                answer.items()[i][sub_field.name], parameters);
      }
    }
    return;
  }
  if (answer.is_list()) {
    for (const Value& item : answer.items()) parameters.emplace_back(name, item.text_or_empty());
    return;
  }
  if (!is_answered(answer)) return;
  parameters.emplace_back(name, shown(answer));
  if (field.kind != FieldKind::date) return;
  const DateBoxes boxes = boxes_of(shown(answer));
  parameters.emplace_back(name + ".day", boxes.day);
  parameters.emplace_back(name + ".month", boxes.month);
  parameters.emplace_back(name + ".year", boxes.year);
}

}  // namespace

WebPart from_web(const FormDefinition& definition, std::string_view prefix, const WebParameters& parameters) {
  Posted posted(prefix, parameters);
  WebPart part{Value::object(), {}};
  for (const Section& section : definition.sections) {
    for (const Field& field : section.fields) {
      Value answer = answer_from(field, field.name, posted);
      if (is_answered(answer)) part.answers.set(field.name, std::move(answer));
    }
  }
  part.unused = posted.unused(prefix);
  return part;
}

WebParameters to_web(const FormDefinition& definition, std::string_view prefix, const Value& answers) {
  WebParameters parameters;
  for (const Section& section : definition.sections) {
    for (const Field& field : section.fields) {
      add_web(field, std::string(prefix) + "." + field.name, answers[field.name], parameters);
    }
  }
  return parameters;
}

std::string web_value(const WebParameters& parameters, std::string_view name) {
  const auto found = std::ranges::find(parameters, name, &WebParameters::value_type::first);
  return found == parameters.end() ? std::string() : found->second;
}

std::vector<std::string> web_values(const WebParameters& parameters, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : parameters) {
    if (key == name) values.push_back(value);
  }
  return values;
}

}  // namespace softbot
