#include "pipeline/tick_habit.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

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

/// Options that are marked or may be, other than filled ones.
std::size_t other_marks(const Reading& reading) {
  const auto& ticks = reading.ticks.members();
  return static_cast<std::size_t>(std::count_if(ticks.begin(), ticks.end(), [&](const Value::Member& tick) {
    return tick.value.as_bool().value_or(true) && !is_filled(reading, tick.name);
  }));
}

}  // namespace

bool ticks_by_filling(const std::vector<TickQuestion>& questions) {
  std::size_t asked = 0;
  std::size_t filled = 0;
  std::size_t ticked = 0;
  for (const auto& [field, reading] : questions) {
    filled += reading->filled.size();
    for (const Value::Member& tick : reading->ticks.members())
      ticked += tick.value.as_bool().value_or(false) ? 1 : 0;
    if (reading->filled.empty()) continue;
    ++asked;
    if (!field->many && (reading->filled.size() > 1 || other_marks(*reading) > 0)) return false;
  }
  return (asked >= least_questions && filled >= filled_to_others * ticked) ||
         (asked >= many_questions && filled >= filled_to_others_of_many * ticked);
}

Reading with_filled_ticked(const TickQuestion& question) {
  const auto& [field, reading] = question;
  Reading meant = *reading;
  if (meant.filled.empty() || meant.state != ReadingState::doubtful) return meant;
  Value chosen = Value::list();
  for (const PaperTick& tick : field->ticks) {
    const Value& read = reading->ticks[tick.value];
    const bool filled = is_filled(*reading, tick.value);
    if (read.is_null() && !filled) return meant;
    if (!filled && !read.as_bool().value_or(false)) continue;
    meant.ticks.set(tick.value, true);
    chosen.push(field->answer_kind == "yes-no" ? Value(tick.value == "true") : Value(tick.value));
  }
  if (!field->many && chosen.items().size() != 1) return *reading;
  if (chosen.items().size() != meant.filled.size()) return *reading;
  meant.value = field->many ? std::move(chosen) : chosen.items().front();
  meant.state = ReadingState::certain;
  meant.probability = sure;
  meant.alternatives.clear();
  return meant;
}

}  // namespace softbot::pipeline
