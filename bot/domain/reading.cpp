#include "domain/reading.h"
#include "domain/tick_signs.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "domain/measure.h"

namespace softbot {
namespace {

constexpr std::array<std::pair<ReadingState, std::string_view>, 5> states{{
    {ReadingState::certain, "certain"},
    {ReadingState::repaired, "repaired"},
    {ReadingState::doubtful, "doubtful"},
    {ReadingState::empty, "empty"},
    {ReadingState::unreadable, "unreadable"},
}};

constexpr std::size_t most_alternatives = 10;
constexpr double longest_paper_mm = 2000;

/// Four decimals: enough for a probability and for millimetres.
Value rounded(double number) {
  std::array<char, 48> text{};
  const auto written =
      std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed, 4);
  std::string digits(text.data(), written.ptr);
  while (digits.back() == '0') digits.pop_back();
  if (digits.back() == '.') digits.pop_back();
  return Number{digits == "-0" ? "0" : digits};
}

tl::unexpected<Error> no_reading(std::string_view field, std::string_view what) {
  return fail(Error{ErrorCode::damaged,
                    "This is no reading of a field.",
                    false,
                    {{std::string(field), "no-reading", "The member " + std::string(what) + " is wrong."}}});
}

bool is_tick_value(const Value& value) {
  const std::string sign = value.text_or_empty();
  return value.is_null() || value.is_bool() || sign == tick_sign::circled || sign == tick_sign::small ||
         sign == tick_sign::speck;
}

}  // namespace

std::string_view name_of(ReadingState state) {
  for (const auto& [known, name] : states) {
    if (known == state) return name;
  }
  return {};
}

std::optional<ReadingState> reading_state_from(std::string_view name) {
  for (const auto& [state, known] : states) {
    if (known == name) return state;
  }
  return std::nullopt;
}

Value to_value(const Reading& reading) {
  Value alternatives = Value::list();
  for (const ReadingAlternative& one : reading.alternatives) {
    alternatives.push(Value::object({{"value", one.value}, {"probability", rounded(one.probability)}}));
  }
  Value box = Value::list();
  for (const double side : reading.box_mm) box.push(rounded(side));
  Value value = Value::object({{"value", reading.value},
                               {"probability", rounded(reading.probability)},
                               {"state", name_of(reading.state)},
                               {"alternatives", std::move(alternatives)},
                               {"page", reading.page},
                               {"box_mm", std::move(box)},
                               {"ink", rounded(reading.ink)}});
  if (!reading.ticks.is_null()) value.set("ticks", reading.ticks);
  if (!reading.filled.empty()) {
    Value filled = Value::list();
    for (const std::string& option : reading.filled) filled.push(option);
    value.set("filled", std::move(filled));
  }
  if (reading.crop >= 0) value.set("crop", reading.crop);
  return value;
}

Result<Reading> reading_from(std::string_view field, const Value& value) {
  Reading reading;
  reading.field = field;
  reading.value = value["value"];
  const auto state = reading_state_from(value["state"].text_or_empty());
  if (!state) return no_reading(field, "state");
  reading.state = *state;
  const auto probability = measure_within(value["probability"], 0, 1);
  if (!probability) return no_reading(field, "probability");
  reading.probability = *probability;
  if (value["alternatives"].items().size() > most_alternatives) return no_reading(field, "alternatives");
  for (const Value& item : value["alternatives"].items()) {
    const auto chance = measure_within(item["probability"], 0, 1);
    if (!chance) return no_reading(field, "alternatives");
    reading.alternatives.push_back({item["value"], *chance});
  }
  const auto page = value["page"].as_integer();
  if (!page || *page < 0 || *page > 1'000'000) return no_reading(field, "page");
  reading.page = static_cast<int>(*page);
  const auto& sides = value["box_mm"].items();
  if (!sides.empty() && sides.size() != 4) return no_reading(field, "box_mm");
  for (const Value& side : sides) {
    const auto length = measure_within(side, 0, longest_paper_mm);
    if (!length) return no_reading(field, "box_mm");
    reading.box_mm.push_back(*length);
  }
  const auto ink = measure_within(value["ink"], 0, 1);
  if (!ink) return no_reading(field, "ink");
  reading.ink = *ink;
  for (const Value::Member& tick : value["ticks"].members()) {
    if (!is_tick_value(tick.value)) return no_reading(field, "ticks");
  }
  if (value.contains("ticks")) reading.ticks = value["ticks"];
  for (const Value& option : value["filled"].items()) {
    if (!option.is_text() || !reading.ticks.contains(option.text_or_empty()))
      return no_reading(field, "filled");
    reading.filled.push_back(option.text_or_empty());
  }
  if (value.contains("crop")) {
    const auto crop = value["crop"].as_integer();
    if (!crop || *crop < 0 || *crop > 1'000'000) return no_reading(field, "crop");
    reading.crop = static_cast<int>(*crop);
  }
  return reading;
}

}  // namespace softbot
