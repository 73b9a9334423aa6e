#include "pipeline/tick_habit.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "domain/tick_signs.h"

namespace softbot::pipeline {
namespace {

constexpr std::size_t least_questions = 3;
constexpr std::size_t filled_to_others = 4;
constexpr std::size_t many_questions = 8;
constexpr std::size_t filled_to_others_of_many = 2;
constexpr double sure = 0.99;  ///< set by judgement, not measured

bool is_filled(const Reading& reading, const std::string& option) {
  return std::find(reading.filled.begin(), reading.filled.end(), option) != reading.filled.end();
}

std::size_t count_of(const Reading& reading, const auto& condition) {
  const auto& ticks = reading.ticks.members();
  return static_cast<std::size_t>(std::count_if(
      ticks.begin(), ticks.end(), [&](const Value::Member& tick) { return condition(tick.value); }));
}

bool is_circled(const Value& tick) {
  return tick.text_or_empty() == tick_sign::circled;
}

bool is_small(const Value& tick) {
  return tick.text_or_empty() == tick_sign::small;
}

bool is_speck(const Value& tick) {
  return tick.text_or_empty() == tick_sign::speck;
}

bool is_ticked(const Value& tick) {
  return tick.as_bool().value_or(false);
}

/// Surely or perhaps.
bool is_marked(const Value& tick) {
  return !is_speck(tick) && tick.as_bool().value_or(true);
}

/// Options that are marked or may be, other than filled ones.
std::size_t other_marks(const Reading& reading) {
  const auto& ticks = reading.ticks.members();
  return static_cast<std::size_t>(std::count_if(ticks.begin(), ticks.end(), [&](const Value::Member& tick) {
    return is_marked(tick.value) && !is_filled(reading, tick.name);
  }));
}

/// The answer that these options are; nothing when it is not one.
std::optional<Value> answer_of(const PaperField& field, const std::vector<std::string>& options) {
  Value chosen = Value::list();
  for (const std::string& option : options)
    chosen.push(field.answer_kind == "yes-no" ? Value(option == "true") : Value(option));
  if (field.many) return chosen;
  if (options.size() != 1) return std::nullopt;
  return chosen.items().front();
}

void settle(Reading& reading, Value value) {
  reading.value = std::move(value);
  reading.state = ReadingState::certain;
  reading.probability = sure;
  reading.alternatives.clear();
}

/// Circles and dots as doubts, specks as nothing.
Reading with_signs_in_doubt(Reading reading) {
  Value ticks = reading.ticks;
  for (const Value::Member& tick : reading.ticks.members()) {
    if (is_circled(tick.value) || is_small(tick.value)) ticks.set(tick.name, Value());
    if (is_speck(tick.value)) ticks.set(tick.name, false);
  }
  reading.ticks = std::move(ticks);
  return reading;
}

/// Of who ticks by dots, each speck may be one after all.
Reading with_specks_in_doubt(const Reading& as_read) {
  constexpr double open = 0.5;
  Reading reading = with_signs_in_doubt(as_read);
  for (const Value::Member& tick : as_read.ticks.members()) {
    if (is_speck(tick.value)) reading.ticks.set(tick.name, Value());
  }
  reading.state = reading.state == ReadingState::empty ? ReadingState::unreadable : ReadingState::doubtful;
  reading.probability = std::min(reading.probability, open);
  return reading;
}

}  // namespace

TickHabit tick_habit_of(const std::vector<TickQuestion>& questions) {
  if (ticks_by_circling(questions)) return TickHabit::circling;
  if (ticks_by_filling(questions)) return TickHabit::filling;
  return ticks_by_small_signs(questions) ? TickHabit::small_signs : TickHabit::signs;
}

Reading meant_by(TickHabit habit, const TickQuestion& question) {
  switch (habit) {
    case TickHabit::filling:
      return with_filled_ticked(question);
    case TickHabit::circling:
      return with_circled_ticked(question);
    case TickHabit::small_signs:
      return with_small_ticked(question);
    case TickHabit::signs:
      break;
  }
  return with_signs_in_doubt(*question.reading);
}

bool ticks_by_filling(const std::vector<TickQuestion>& questions) {
  std::size_t asked = 0;
  std::size_t filled = 0;
  std::size_t ticked = 0;
  for (const auto& [field, reading] : questions) {
    filled += reading->filled.size();
    ticked += count_of(*reading, is_ticked);
    if (reading->filled.empty()) continue;
    ++asked;
    if (!field->many && (reading->filled.size() > 1 || other_marks(*reading) > 0)) return false;
  }
  return (asked >= least_questions && filled >= filled_to_others * ticked) ||
         (asked >= many_questions && filled >= filled_to_others_of_many * ticked);
}

Reading with_filled_ticked(const TickQuestion& question) {
  const auto& [field, reading] = question;
  Reading meant = with_signs_in_doubt(*reading);
  if (meant.filled.empty() || meant.state != ReadingState::doubtful) return meant;
  const Reading as_read = meant;
  std::vector<std::string> chosen;
  for (const PaperTick& tick : field->ticks) {
    const Value& read = as_read.ticks[tick.value];
    const bool filled = is_filled(meant, tick.value);
    if (read.is_null() && !filled) return as_read;
    if (!filled && !read.as_bool().value_or(false)) continue;
    meant.ticks.set(tick.value, true);
    chosen.push_back(tick.value);
  }
  auto answer = answer_of(*field, chosen);
  if (!answer || chosen.size() != meant.filled.size()) return as_read;
  settle(meant, *std::move(answer));
  return meant;
}

bool ticks_by_circling(const std::vector<TickQuestion>& questions) {
  constexpr std::size_t least_circled = 5;
  constexpr std::size_t circled_to_doubtful = 4;
  constexpr std::size_t circled_to_ticked = 4;
  constexpr std::size_t least_circled_beside_ticks = 8;
  std::size_t asked = 0;
  std::size_t circles = 0;
  std::size_t ticks = 0;
  std::size_t doubts = 0;
  bool marks_few_of_several = false;
  for (const auto& [field, reading] : questions) {
    const std::size_t circled = count_of(*reading, is_circled);
    const std::size_t ticked = count_of(*reading, is_ticked);
    const std::size_t open = other_marks(*reading) - circled - ticked;
    const bool is_contrary = (ticked > 0 && (field->many || circled + open > 0)) ||
                             (!field->many && circled > 1) || (!reading->filled.empty() && circled != 1);
    if (is_contrary) return false;
    doubts += open;
    circles += circled;
    ticks += ticked;
    if (circled == 0) continue;
    ++asked;
    const bool alone = open == 0 && reading->filled.empty();
    const std::size_t answers = field->ticks.size();
    marks_few_of_several = marks_few_of_several || (alone && answers >= 3 && 2 * circled < answers);
  }
  const bool few_ticks =
      ticks == 0 || (asked >= least_circled_beside_ticks && circles >= circled_to_ticked * ticks);
  return asked >= least_circled && few_ticks && marks_few_of_several &&
         circles >= circled_to_doubtful * doubts;
}

Reading with_circled_ticked(const TickQuestion& question) {
  const auto& [field, reading] = question;
  Reading in_doubt = with_signs_in_doubt(*reading);
  // Of a question with any number of answers, a circle that was overlooked would be an answer that is lost.
  if (field->many || reading->state != ReadingState::doubtful || !reading->filled.empty()) return in_doubt;
  Reading meant = in_doubt;
  std::vector<std::string> chosen;
  for (const PaperTick& tick : field->ticks) {
    const Value& read = reading->ticks[tick.value];
    if (is_circled(read)) {
      meant.ticks.set(tick.value, true);
      chosen.push_back(tick.value);
    } else if (is_marked(read)) {
      return in_doubt;
    }
  }
  auto answer = answer_of(*field, chosen);
  if (!answer || chosen.empty()) return in_doubt;
  settle(meant, *std::move(answer));
  return meant;
}

bool ticks_by_small_signs(const std::vector<TickQuestion>& questions) {
  constexpr std::size_t least_alone = 4;
  constexpr std::size_t sure_to_doubtful = 4;
  std::size_t alone = 0;
  std::size_t small = 0;
  std::size_t ticked = 0;
  std::size_t doubts = 0;
  for (const auto& [field, reading] : questions) {
    const std::size_t dots = count_of(*reading, is_small);
    const std::size_t marks = count_of(*reading, is_marked);
    if (!field->many && dots > 0) {
      if (marks > 1) return false;
      ++alone;
    }
    small += dots;
    ticked += count_of(*reading, is_ticked);
    doubts += marks - dots - count_of(*reading, is_ticked);
  }
  return alone >= least_alone && ticked <= small && small + ticked >= sure_to_doubtful * doubts;
}

Reading with_small_ticked(const TickQuestion& question) {
  const auto& [field, reading] = question;
  const Reading in_doubt = with_signs_in_doubt(*reading);
  const bool has_specks = count_of(*reading, is_speck) > 0;
  const std::size_t dots = count_of(*reading, is_small);
  if (has_specks && (field->many || reading->state == ReadingState::empty))
    return with_specks_in_doubt(*reading);
  // Of a question with any number of answers, a dot that was overlooked would be an answer that is lost.
  if (field->many || dots == 0 || reading->state != ReadingState::doubtful || !reading->filled.empty())
    return in_doubt;
  Reading meant = in_doubt;
  std::vector<std::string> chosen;
  for (const PaperTick& tick : field->ticks) {
    const Value& read = reading->ticks[tick.value];
    if (is_small(read) || is_ticked(read)) {
      meant.ticks.set(tick.value, true);
      chosen.push_back(tick.value);
    } else if (is_marked(read)) {
      return in_doubt;
    }
  }
  auto answer = answer_of(*field, chosen);
  if (!answer) return in_doubt;
  settle(meant, *std::move(answer));
  return meant;
}

}  // namespace softbot::pipeline
