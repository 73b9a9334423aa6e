#include "policy/provision_support.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "domain/date.h"
#include "domain/measure.h"
#include "domain/paper.h"
#include "domain/text.h"
#include "policy/name_match.h"
#include "policy/register_support.h"

namespace softbot {
namespace {

constexpr std::string_view number_field = "decisionNumber";
constexpr std::string_view day_field = "endDate";
constexpr std::string_view supporter = "provision";

/// What a field says of one decision.
enum class Word {
  silent,      ///< nothing is written there
  says_so,     ///< it was read with certainty, or is as good as certain with this decision known
  resembles,   ///< not sure enough to say so by itself
  says_other,  ///< it says something else
};

/// The signs of a number that count: in capitals, O as 0 and I as 1.
std::string signs_of(std::string_view number) {
  std::string signs;
  for (const char sign : ascii_upper(number)) {
    if ((sign >= '0' && sign <= '9') || (sign >= 'A' && sign <= 'Z'))
      signs += sign == 'O' ? '0' : sign == 'I' ? '1' : sign;
  }
  return signs;
}

bool is_number_of(const ProvisionRecord& provision, const Value& value) {
  const std::string signs = signs_of(value.text_or_empty());
  return !signs.empty() && signs == signs_of(provision.decision_number);
}

bool is_last_day_of(const ProvisionRecord& provision, const Value& value) {
  const auto day = parse_iso_date(value.text_or_empty());
  return day && provision.until && *day == *provision.until;
}

/// The reading and all that may stand there instead.
std::vector<Value> candidates_of(const Value& reading) {
  std::vector<Value> candidates = reading["alternatives"].items();
  candidates.insert(candidates.begin(), reading);
  return candidates;
}

/// Also where it was too unlikely to be named as the value.
Value likeliest_in(const Value& reading) {
  const auto& others = reading["alternatives"].items();
  return reading["value"].is_null() && !others.empty() ? others.front()["value"] : reading["value"];
}

template <class IsIt>
bool is_likely(const Value& reading, const IsIt& is_it) {
  double in_reading = 0;
  for (const Value& candidate : candidates_of(reading)) {
    if (is_it(candidate["value"])) in_reading += measure_within(candidate["probability"], 0, 1).value_or(0);
  }
  return in_reading >= ProvisionSupport::least_in_reading &&
         posterior_with_register(std::min(in_reading, 1.0), ProvisionSupport::surprise) >=
             ProvisionSupport::least_posterior;
}

/// The likeliest reading, whatever of O and 0, I and 1 stands in it, leaves hardly a doubt.
bool is_clear(const Value& reading) {
  const std::string likeliest = signs_of(likeliest_in(reading).text_or_empty());
  double together = 0;
  for (const Value& candidate : candidates_of(reading)) {
    if (signs_of(candidate["value"].text_or_empty()) == likeliest)
      together += measure_within(candidate["probability"], 0, 1).value_or(0);
  }
  return together >= ProvisionSupport::clear;
}

/// Signs to change, take away or add until the likeliest reading is this number. Numbers that were given in a
/// row differ at their end: one that ends otherwise is another.
std::size_t signs_off(const Value& reading, const std::string& number) {
  const std::string signs = signs_of(likeliest_in(reading).text_or_empty());
  const std::string_view end =
      std::string_view(number).substr(number.size() - ProvisionSupport::signs_at_end);
  return signs.ends_with(end) ? changes_between(signs, number) : number.size();
}

bool is_silent(const Application& application, std::string_view field) {
  const Value& reading = paper::reading_of(application, field);
  const bool nothing_read = !reading.is_object() || reading["state"].text_or_empty() == "empty";
  return nothing_read && application.fields[field].is_null();
}

/// Something else was answered since, by another way than this paper.
bool was_answered_since(const Application& application, std::string_view field) {
  const Value& answer = application.fields[field];
  return !paper::is_settled(application, field) && !answer.is_null() &&
         !(answer == paper::reading_of(application, field)["value"]);
}

Word word_of_number(const Application& application, const ProvisionRecord& provision) {
  const Value& reading = paper::reading_of(application, number_field);
  if (is_silent(application, number_field)) return Word::silent;
  const auto is_it = [&](const Value& value) { return is_number_of(provision, value); };
  if (paper::is_settled(application, number_field))
    return is_it(application.fields[number_field]) ? Word::says_so : Word::says_other;
  if (is_likely(reading, is_it)) return Word::says_so;
  const std::string number = signs_of(provision.decision_number);
  const std::size_t signs = number.size();
  if (signs < ProvisionSupport::least_signs || is_clear(reading)) return Word::says_other;
  const std::size_t off = signs_off(reading, number);
  if (off * ProvisionSupport::signs_per_change <= signs) return Word::says_so;
  return off * 3 <= signs ? Word::resembles : Word::says_other;
}

Word word_of_day(const Application& application, const ProvisionRecord& provision) {
  const Value& reading = paper::reading_of(application, day_field);
  if (is_silent(application, day_field)) return Word::silent;
  const auto is_it = [&](const Value& value) { return is_last_day_of(provision, value); };
  if (paper::is_settled(application, day_field))
    return is_it(application.fields[day_field]) ? Word::says_so : Word::says_other;
  if (is_likely(reading, is_it)) return Word::says_so;
  return is_it(likeliest_in(reading)) ? Word::resembles : Word::says_other;
}

struct Words {
  Word number;
  Word day;

  [[nodiscard]] bool mean_it() const {
    if (number == Word::resembles || number == Word::silent) return day == Word::says_so;
    return number == Word::says_so && day != Word::says_other;
  }
  [[nodiscard]] bool may_mean_it() const {
    return number == Word::silent ? day == Word::says_so : number != Word::says_other;
  }
};

/// The one decision that is meant.
const ProvisionRecord* meant_provision(const Application& application,
                                       const std::vector<ProvisionRecord>& provisions) {
  const ProvisionRecord* meant = nullptr;
  if (was_answered_since(application, number_field) || was_answered_since(application, day_field))
    return nullptr;
  for (const ProvisionRecord& provision : provisions) {
    if (provision.municipality != application.municipality) continue;
    const Words words{word_of_number(application, provision), word_of_day(application, provision)};
    if (!words.may_mean_it()) continue;
    if (meant != nullptr || !words.mean_it()) return nullptr;
    meant = &provision;
  }
  return meant;
}

}  // namespace

std::vector<std::string> support_by_provisions(Application& application,
                                               const std::vector<ProvisionRecord>& provisions) {
  std::vector<std::string> settled;
  const ProvisionRecord* meant = meant_provision(application, provisions);
  if (meant == nullptr) return settled;
  const auto settle = [&](std::string_view field, const std::string& value) {
    if (paper::is_settled(application, field)) return;
    paper::mark_supported(application, field, value, supporter);
    application.fields.set(field, value);
    settled.emplace_back(field);
  };
  settle(number_field, meant->decision_number);
  if (meant->until) settle(day_field, format_iso(*meant->until));
  return settled;
}

std::vector<Condition> provision_support_conditions(const Application& application) {
  std::vector<Condition> conditions;
  for (const std::string_view field : {number_field, day_field}) {
    if (paper::reading_of(application, field)["support"].text_or_empty() != supporter) continue;
    conditions.push_back({"provision-supports-" + std::string(field), ConditionState::met,
                          "Wat niet zeker was gelezen, past bij één besluit dat deze inwoner kreeg."});
  }
  return conditions;
}

}  // namespace softbot
