#include "form_comparison.h"

#include <algorithm>
#include <optional>
#include <set>

#include "domain/json.h"
#include "domain/phone.h"
#include "domain/text.h"

namespace softbot::eval {
namespace {

/// In one way of writing: order of options, capitals, diacritics and spaces say nothing here.
std::string plain(const Value& value) {
  if (value.is_list()) {
    std::set<std::string> all;
    for (const Value& one : value.items()) all.insert(plain(one));
    std::string joined;
    for (const std::string& one : all) joined += one + ",";
    return joined;
  }
  std::string text = value.is_text() ? fold(value.text_or_empty()) : to_json(value);
  std::erase(text, ' ');
  return text;
}

/// A telephone number is one number however it is written: 06 12345678, +31612345678.
bool same_phone(const Value& one, const Value& other) {
  const auto first = parse_phone(one.text_or_empty());
  const auto second = parse_phone(other.text_or_empty());
  return first && second && first->e164() == second->e164();
}

bool same_value(const Value& one, const Value& other) {
  return plain(one) == plain(other) || same_phone(one, other);
}

/// What was meant is among the readings that were all granted alike.
bool rests_on_every_reading(const Value& reading, const Value& told) {
  const std::vector<Value> tried = reading["tried"].items();
  return reading["support"].text_or_empty() == "every-reading" &&
         std::any_of(tried.begin(), tried.end(), [&](const Value& one) { return plain(one) == plain(told); });
}

/// "list[2].part": of one answer in a row of a list.
struct InRow {
  std::string list;
  std::size_t row = 0;
  std::string part;
};

std::optional<InRow> in_row(const std::string& name) {
  const auto open = name.find('[');
  const auto close = name.find("].");
  if (open == std::string::npos || close == std::string::npos) return std::nullopt;
  return InRow{name.substr(0, open), std::stoul(name.substr(open + 1)), name.substr(close + 2)};
}

/// The answer under a reading's name; null when there is none.
Value answer_at(const Value& answers, const std::string& name) {
  const auto place = in_row(name);
  if (!place) return answers[name];
  const std::vector<Value> rows = answers[place->list].items();
  return place->row < rows.size() ? rows[place->row][place->part] : Value();
}

/// The list has as many rows in both.
bool same_rows(const Value& told, const Value& read, const std::string& name) {
  const auto place = in_row(name);
  return !place || told[place->list].items().size() == read[place->list].items().size();
}

const char* part_of(const Value& reading) {
  return reading["part"].text_or_empty() == "common" ? "common" : "fields";
}

/// Nothing stands there: no answer, no words, no tick.
bool is_nothing(const Value& value) {
  return value.is_null() || (value.is_list() && value.items().empty()) ||
         (value.is_text() && value.text_or_empty().empty());
}

}  // namespace

bool is_grant(const Outcome& outcome) {
  return outcome.result == "granted" || outcome.result == "held-for-sample";
}

std::string misread(const Value& told, const Value& read) {
  std::string found;
  for (const Value::Member& member : read["readings"].members()) {
    const std::string& name = member.name;
    const bool counts = member.value["class"].text_or_empty() == "decisive" &&
                        member.value["applies"].as_bool().value_or(true) && name != "signature";
    if (!counts) continue;
    const char* part = part_of(member.value);
    const Value meant = answer_at(told[part], name);
    const bool same =
        same_rows(told[part], read[part], name) && plain(meant) == plain(answer_at(read[part], name));
    if (!same && !rests_on_every_reading(member.value, meant)) found += " " + name;
  }
  return found;
}

std::string wrong_about(const Outcome& told, const Outcome& read, bool is_signed) {
  if (!is_signed) return "nobody signed";
  const std::string different = misread(told.view, read.view);
  if (!different.empty()) return "misread:" + different;
  // A screen asks for one's own words; on paper they may be left out: that alone is not wrong.
  const bool asked_words =
      told.result == "asked" &&
      std::all_of(told.reasons.begin(), told.reasons.end(), [](const std::string& reason) {
        return reason.starts_with("incomplete") || reason == "asked limitations" ||
               reason == "asked limitation" || reason == "asked changeExplanation";
      });
  return is_grant(told) || asked_words ? "" : "on the truth " + told.result;
}

CertainFields certain_fields(const Value& meant, const Value& told, const Value& read) {
  CertainFields fields;
  for (const Value::Member& member : read["readings"].members()) {
    const std::string& name = member.name;
    const Value& reading = member.value;
    const std::string& state = reading["state"].text_or_empty();
    const bool is_empty = state == "empty";
    const bool is_free = reading["class"].text_or_empty() == "free";
    if (!is_empty && (state != "certain" || is_free)) continue;
    const bool in_truth = meant.contains(name);
    if (!in_truth && !in_row(name)) continue;
    const Value wanted = in_truth ? meant[name] : answer_at(told[part_of(reading)], name);
    ++fields.count;
    const bool nothing_wanted =
        is_nothing(wanted) || (name == "signature" && !wanted.as_bool().value_or(true));
    const bool right = is_empty ? nothing_wanted : same_value(wanted, reading["value"]);
    if (!right) fields.wrong.push_back(name);
  }
  return fields;
}

bool has_own_words(const Value& told, const Value& read) {
  for (const Value::Member& member : read["readings"].members()) {
    const bool is_free = member.value["class"].text_or_empty() == "free";
    if (is_free && !told[part_of(member.value)][member.name].text_or_empty().empty()) return true;
  }
  return false;
}

}  // namespace softbot::eval
