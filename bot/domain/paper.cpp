#include "domain/paper.h"

#include <algorithm>
#include <charconv>

namespace softbot::paper {
namespace {

constexpr std::string_view common_prefix = "common.";
constexpr std::string_view every_reading = "every-reading";

std::string_view bare(std::string_view field) {
  return field.starts_with(common_prefix) ? field.substr(common_prefix.size()) : field;
}

Value look_value(const Look& look) {
  return Value::object({{"by", look.by}, {"at", format_instant(look.at)}});
}

bool is_settled_reading(const Value& reading) {
  if (reading["checked"].is_object() || reading["support"].is_text()) return true;
  if (!reading["applies"].as_bool().value_or(true)) return true;
  const std::string& state = reading["state"].text_or_empty();
  return state == "certain" || state == "empty";
}

/// Changes one reading in place; false when there is none.
template <class Change>
bool change_reading(Application& application, std::string_view field, const Change& change) {
  const Value* found = application.readings.find(bare(field));
  if (found == nullptr) return false;
  Value changed = *found;
  change(changed);
  application.readings.set(bare(field), std::move(changed));
  return true;
}

/// Takes what decides nothing out of its row: who it is about may be hard to read, and it stays somebody.
void take_out_of_row(Value& answers, std::string_view field) {
  const auto open = field.find('[');
  const auto close = field.find("].", open);
  Value::List rows = answers[field.substr(0, open)].items();
  std::size_t row = 0;
  const auto [end, error] = std::from_chars(field.data() + open + 1, field.data() + close, row);
  if (error != std::errc() || row >= rows.size()) return;
  rows[row].erase(field.substr(close + 2));
  answers.set(field.substr(0, open), Value(std::move(rows)));
}

/// Takes the field out. One unsettled decisive field of a row makes the whole list unknown: a row that is
/// left out would be somebody who is not there.
void take_out(Value& answers, const std::string& field, const Value& reading) {
  const bool decides = reading["class"].text_or_empty() == "decisive";
  if (!decides && field.find("].") != std::string::npos) {
    take_out_of_row(answers, field);
  } else {
    answers.erase(std::string_view(field).substr(0, field.find('[')));
  }
}

}  // namespace

bool is_on_paper(const Application& application) {
  return application.readings.is_object();
}

const Value& reading_of(const Application& application, std::string_view field) {
  return application.readings[bare(field)];
}

bool is_settled(const Application& application, std::string_view field) {
  const Value* found = application.readings.find(bare(field));
  return found == nullptr || is_settled_reading(*found);
}

std::vector<std::string> unsettled(const Application& application, std::string_view field_class) {
  std::vector<std::string> doubtful;
  std::vector<std::string> others;
  for (const Value::Member& member : application.readings.members()) {
    if (member.value["class"].text_or_empty() != field_class || is_settled_reading(member.value)) continue;
    const bool first = member.value["state"].text_or_empty() == "doubtful";
    (first ? doubtful : others).push_back(member.name);
  }
  doubtful.insert(doubtful.end(), others.begin(), others.end());
  return doubtful;
}

bool has_unread_ink(const Application& application, std::string_view field) {
  const Value& reading = reading_of(application, field);
  return reading.is_object() && !is_settled_reading(reading);
}

std::vector<std::string> ink_to_look_at(const Application& application) {
  std::vector<std::string> fields;
  for (const Value::Member& member : application.readings.members()) {
    if (member.value["look"].text_or_empty() == "pending") fields.push_back(member.name);
  }
  return fields;
}

std::vector<Reason> open_doubts(const Application& application) {
  std::vector<Reason> doubts;
  for (const Value& doubt : application.paper["doubts"].items()) {
    if (doubt["checked"].is_object()) continue;
    doubts.push_back({doubt["code"].text_or_empty(), doubt["text"].text_or_empty(), {}});
  }
  return doubts;
}

void add_doubt(Application& application, const Reason& doubt) {
  Value::List doubts = application.paper["doubts"].items();
  const bool known = std::any_of(doubts.begin(), doubts.end(), [&](const Value& one) {
    return one["code"].text_or_empty() == doubt.code && !one["checked"].is_object();
  });
  if (known) return;
  doubts.push_back(Value::object({{"code", doubt.code}, {"text", doubt.text}, {"checked", Value()}}));
  application.paper.set("doubts", Value(std::move(doubts)));
}

bool mark_checked(Application& application, std::string_view field, const Look& look) {
  return change_reading(application, field,
                        [&](Value& reading) { reading.set("checked", look_value(look)); });
}

bool settle_doubt(Application& application, std::string_view code, const Look& look) {
  bool settled = false;
  Value::List doubts = application.paper["doubts"].items();
  for (Value& doubt : doubts) {
    if (doubt["code"].text_or_empty() != code || doubt["checked"].is_object()) continue;
    doubt.set("checked", look_value(look));
    settled = true;
  }
  if (settled) application.paper.set("doubts", Value(std::move(doubts)));
  return settled;
}

void mark_looked_at(Application& application, std::string_view field, const Look& look) {
  for (const std::string& pending : ink_to_look_at(application)) {
    if (!field.empty() && pending != bare(field)) continue;
    change_reading(application, pending, [&](Value& reading) {
      reading.set("look", "done");
      reading.set("lookedAt", look_value(look));
    });
  }
}

void mark_supported(Application& application, std::string_view field, const Value& value,
                    std::string_view by) {
  change_reading(application, field, [&](Value& reading) {
    reading.set("value", value);
    reading.set("support", by);
  });
}

void mark_tried(Application& application, std::string_view field, const Value& values) {
  change_reading(application, field, [&](Value& reading) {
    reading.set("support", every_reading);
    reading.set("tried", values);
  });
}

std::vector<std::string> resting_on_every_reading(const Application& application) {
  std::vector<std::string> fields;
  for (const Value::Member& member : application.readings.members()) {
    const Value& reading = member.value;
    if (reading["support"].text_or_empty() == every_reading && !reading["checked"].is_object())
      fields.push_back(member.name);
  }
  return fields;
}

void forget_tried(Application& application) {
  for (const std::string& field : resting_on_every_reading(application)) {
    change_reading(application, field, [&](Value& reading) {
      reading.set("support", Value());
      reading.erase("tried");
    });
  }
}

void mark_applies(Application& application, std::string_view field, bool applies) {
  change_reading(application, field, [&](Value& reading) { reading.set("applies", applies); });
}

Value settled_answers(const Application& application, std::string_view part) {
  Value answers = part == "common" ? application.common : application.fields;
  for (const Value::Member& member : application.readings.members()) {
    const bool here = (member.value["part"].text_or_empty() == "common") == (part == "common");
    if (here && !is_settled_reading(member.value)) take_out(answers, member.name, member.value);
  }
  return answers;
}

}  // namespace softbot::paper
