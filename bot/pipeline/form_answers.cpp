#include "pipeline/form_answers.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <map>
#include <set>

#include "forms/normalise.h"
#include "forms/structure.h"
#include "pipeline/tick_habit.h"

namespace softbot::pipeline {
namespace {

struct ReadField {
  const PaperField* field = nullptr;
  const Reading* reading = nullptr;
  int page = 1;
};

/// Readings of questions with ticks, as somebody with such a habit of ticking meant them.
class Meant {
 public:
  Meant(const FormGeometry& geometry, const std::vector<FormPage>& pages) {
    for (const FormPage& page : pages) {
      for (const Reading& reading : page.read->readings) {
        const PaperField* field = printed_field(geometry, page.number, reading);
        if (field != nullptr && field->kind == PaperFieldKind::ticks) questions_.push_back({field, &reading});
      }
    }
    habit_ = tick_habit_of(questions_);
  }

  void apply(std::vector<ReadField>& fields) {
    for (ReadField& one : fields) {
      if (one.field->kind != PaperFieldKind::ticks) continue;
      kept_.push_back(meant_by(habit_, {one.field, one.reading}));
      one.reading = &kept_.back();
    }
  }

 private:
  std::vector<TickQuestion> questions_;
  TickHabit habit_ = TickHabit::signs;
  std::deque<Reading> kept_;
};

double distance(const PaperField& field, const Reading& reading) {
  if (reading.box_mm.size() != 4) return std::numeric_limits<double>::max();
  return std::abs(field.box.x - reading.box_mm[0]) + std::abs(field.box.y - reading.box_mm[1]);
}

std::vector<ReadField> fields_read(const FormGeometry& geometry, std::string_view type,
                                   const std::vector<FormPage>& pages) {
  std::vector<ReadField> all;
  for (const FormPage& page : pages) {
    for (const Reading& reading : page.read->readings) {
      const PaperField* field = printed_field(geometry, page.number, reading);
      if (field != nullptr && (field->part == "common" || field->part == type))
        all.push_back({field, &reading, page.number});
    }
  }
  return all;
}

/// "householdMembers[2].birthYear": list, row, field of the row.
struct RowName {
  std::string list;
  int row = 0;
  std::string sub_field;
};

std::optional<RowName> row_name(const std::string& name) {
  const auto open = name.find('[');
  const auto close = name.find("].");
  if (open == std::string::npos || close == std::string::npos || close <= open + 1) return std::nullopt;
  int row = 0;
  for (std::size_t i = open + 1; i < close; ++i) {
    if (name[i] < '0' || name[i] > '9' || row > 1'000) return std::nullopt;
    row = row * 10 + (name[i] - '0');
  }
  return RowName{name.substr(0, open), row, name.substr(close + 2)};
}

/// Rows that somebody left empty do not count: the third row written in may be the second one.
using RowNumbers = std::map<std::string, std::map<int, int>>;

RowNumbers rows_written_in(const std::vector<ReadField>& fields) {
  std::map<std::string, std::set<int>> written;
  for (const ReadField& one : fields) {
    const auto row = row_name(one.field->name);
    if (row && one.reading->state != ReadingState::empty) written[row->list].insert(row->row);
  }
  RowNumbers numbers;
  for (const auto& [list, rows] : written) {
    int next = 0;
    for (const int row : rows) numbers[list][row] = next++;
  }
  return numbers;
}

const Field* definition_of(const FormDefinition& definition, const std::string& name) {
  const auto row = row_name(name);
  const Field* field = definition.find(row ? row->list : name);
  if (field == nullptr || !row) return field;
  const auto found = std::find_if(field->fields.begin(), field->fields.end(),
                                  [&](const Field& one) { return one.name == row->sub_field; });
  return found == field->fields.end() ? nullptr : &*found;
}

/// The value as the definition takes it; null when there is none.
Value understood(const Field* definition, const Reading& reading) {
  if (definition == nullptr || reading.value.is_null()) return {};
  if (definition->field_class == FieldClass::own_words) return {};
  if (!check_field_structure(*definition, reading.value, "").empty()) return {};
  return normalise_answer(*definition, reading.value);
}

bool is_settled(ReadingState state) {
  return state == ReadingState::certain || state == ReadingState::empty;
}

Value reading_value(const ReadField& one, const Value& value) {
  const Value raw = to_value(*one.reading);
  ReadingState state = one.reading->state;
  const bool free = one.field->field_class == "free";
  // Ink that gives no value is ink, whatever the reader thought of it.
  if (state != ReadingState::empty && value.is_null() && !free) state = ReadingState::unreadable;
  const bool look = free && state != ReadingState::empty;
  return Value::object({{"part", one.field->part},
                        {"kind", one.field->answer_kind},
                        {"class", one.field->field_class},
                        {"required", one.field->required},
                        {"value", value},
                        {"raw", raw["value"]},
                        {"probability", raw["probability"]},
                        {"state", name_of(state)},
                        {"alternatives", raw["alternatives"]},
                        {"ticks", raw["ticks"]},
                        {"page", one.page},
                        {"boxMm", raw["box_mm"]},
                        {"pageDocument", ""},
                        {"crop", ""},
                        {"checked", Value()},
                        {"support", Value()},
                        {"look", look ? Value("pending") : Value()}});
}

class Builder {
 public:
  Builder(const FormDefinition& common, const FormDefinition& own, RowNumbers rows)
      : common_(common), own_(own), rows_(std::move(rows)) {}

  void take(const ReadField& one) {
    if (one.field->kind == PaperFieldKind::signature) {
      take_signature(one);
      return;
    }
    auto row = row_name(one.field->name);
    if (row && !rows_[row->list].contains(row->row)) return;  // an empty row
    if (row) row->row = rows_[row->list][row->row];
    const bool common = one.field->part == "common";
    Value value = understood(definition_of(common ? common_ : own_, one.field->name), *one.reading);
    const std::string name =
        row ? row->list + "[" + std::to_string(row->row) + "]." + row->sub_field : one.field->name;
    Value reading = reading_value(one, value);
    const bool wanted = !is_settled(one.reading->state) || reading["look"].is_text() ||
                        reading["state"].text_or_empty() == "unreadable";
    if (wanted && one.reading->crop >= 0) result_.crops.push_back({name, one.page, one.reading->crop});
    result_.readings.set(name, std::move(reading));
    if (row) {
      put_in_row(common ? result_.common : result_.fields, *row, std::move(value));
    } else if (!value.is_null()) {
      (common ? result_.common : result_.fields).set(name, std::move(value));
    }
  }

  FormAnswers finish() && {
    result_.common = normalise(common_, result_.common);
    result_.fields = normalise(own_, result_.fields);
    return std::move(result_);
  }

 private:
  void take_signature(const ReadField& one) {
    const Reading& reading = *one.reading;
    const bool is_there = reading.state == ReadingState::certain && reading.value.as_bool().value_or(false);
    const bool is_absent = reading.state == ReadingState::empty || (reading.state == ReadingState::certain &&
                                                                    !reading.value.as_bool().value_or(true));
    result_.signature = is_there ? "found" : is_absent ? "absent" : "doubtful";
    if (reading.crop >= 0) result_.crops.push_back({"signature", one.page, reading.crop});
    Value value = reading_value(one, is_there ? Value(true) : Value());
    value.set("class", "signature");  // the form as a whole is signed or not: no field that decides by itself
    value.set("state", name_of(reading.state));
    result_.readings.set(one.field->name, std::move(value));
  }

  static void put_in_row(Value& answers, const RowName& row, Value value) {
    Value::List rows = answers[row.list].items();
    const auto index = static_cast<std::size_t>(row.row);
    while (rows.size() <= index) rows.push_back(Value::object());
    if (!value.is_null()) rows[index].set(row.sub_field, std::move(value));
    answers.set(row.list, Value(std::move(rows)));
  }

  const FormDefinition& common_;
  const FormDefinition& own_;
  RowNumbers rows_;
  FormAnswers result_;
};

const Reading* same_field(const ReadPage& page, const Reading& wanted) {
  const Reading* nearest = nullptr;
  double best = 10;  // mm: further away it is another field of that name
  for (const Reading& reading : page.readings) {
    if (reading.field != wanted.field || reading.box_mm.size() != 4 || wanted.box_mm.size() != 4) continue;
    const double away =
        std::abs(reading.box_mm[0] - wanted.box_mm[0]) + std::abs(reading.box_mm[1] - wanted.box_mm[1]);
    if (away < best) {
      best = away;
      nearest = &reading;
    }
  }
  return nearest;
}

bool contradict(const Reading& first, const Reading& second) {
  if (is_settled(first.state) && is_settled(second.state)) return first.value != second.value;
  // Written on one, and surely nothing on the other: not the same sheet of paper.
  return (first.state == ReadingState::empty) != (second.state == ReadingState::empty);
}

std::size_t settled_fields(const ReadPage& page) {
  return static_cast<std::size_t>(
      std::count_if(page.readings.begin(), page.readings.end(),
                    [](const Reading& reading) { return is_settled(reading.state); }));
}

}  // namespace

FormAnswers answers_of(const FormGeometry& geometry, const FormDefinition& common_definition,
                       const FormDefinition& definition, const std::vector<FormPage>& pages) {
  auto fields = fields_read(geometry, definition.type, pages);
  Meant meant(geometry, pages);
  meant.apply(fields);
  Builder builder(common_definition, definition, rows_written_in(fields));
  for (const ReadField& one : fields) builder.take(one);
  return std::move(builder).finish();
}

const PaperField* printed_field(const FormGeometry& geometry, int page, const Reading& reading) {
  const PaperField* nearest = nullptr;
  for (const PaperField& field : geometry.fields) {
    if (field.name != reading.field || field.page != page) continue;
    if (nearest == nullptr || distance(field, reading) < distance(*nearest, reading)) nearest = &field;
  }
  return nearest;
}

std::vector<int> pages_with(const FormGeometry& geometry, std::string_view type) {
  std::set<int> numbers;
  for (const PaperField& field : geometry.fields) {
    if (field.part == "common" || field.part == type) numbers.insert(field.page);
  }
  return {numbers.begin(), numbers.end()};
}

int better_of(const ReadPage& first, const ReadPage& second) {
  for (const Reading& reading : first.readings) {
    const Reading* other = same_field(second, reading);
    if (other != nullptr && contradict(reading, *other)) return -1;
  }
  if (first.readings.empty() != second.readings.empty()) return first.readings.empty() ? 1 : 0;
  const auto left = settled_fields(first);
  const auto right = settled_fields(second);
  if (left != right) return left > right ? 0 : 1;
  return first.residual_mm.value_or(1e9) <= second.residual_mm.value_or(1e9) ? 0 : 1;
}

}  // namespace softbot::pipeline
