#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "domain/date.h"
#include "policy/policy_set.h"
#include "policy/versions.h"
#include "support/checkout.h"

namespace softbot {

inline const Date a_saturday{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{21}};

inline ConfigurationFiles shipped_files() {
  auto files = read_configuration_folder(checkout() / "config/policy/default", {".dmn", ".json"});
  if (!files) throw std::runtime_error(files.error().message);
  return *std::move(files);
}

/// The policy as it is shipped, compiled once for all tests.
inline const PolicySet& shipped_policy() {
  static const PolicySet policy = [] {
    auto loaded = PolicySet::load(shipped_files());
    if (!loaded) throw std::runtime_error(loaded.error().message);
    return *std::move(loaded);
  }();
  return policy;
}

inline Value list_of(std::initializer_list<Value> items) {
  return Value(Value::List(items));
}

/// Facts of somebody who may be granted something, but for the answers.
inline Value ordinary_facts(Value answers) {
  return Value::object(
      {{"answers", std::move(answers)},
       {"register", Value::object({{"matched", true}, {"age", 80}, {"municipalityMatches", true}})},
       {"provisions", Value::list()},
       {"history", Value::object({{"openSameType", false}, {"refusedWithin12Months", false}})},
       {"application", Value::object({{"channel", "web"}, {"assurance", "digid"}})}});
}

/// The facts with one answer changed; null takes it away.
inline Value with_answer(const Value& facts, std::string_view name, Value answer) {
  auto changed = facts;
  auto answers = facts["answers"];
  if (answer.is_null()) {
    answers.erase(name);
  } else {
    answers.set(name, std::move(answer));
  }
  changed.set("answers", std::move(answers));
  return changed;
}

inline PolicyResult evaluate(std::string_view type, const Value& facts) {
  return shipped_policy().evaluate(type, "voorbeeld", a_saturday, facts);
}

inline std::vector<std::string> codes(const std::vector<Reason>& reasons) {
  std::vector<std::string> result;
  for (const auto& reason : reasons) result.push_back(reason.code);
  return result;
}

inline Value help_answers() {
  return Value::object({{"wlz", false},
                        {"urgent", false},
                        {"hasRepresentative", false},
                        {"livingSituation", "alone"},
                        {"tasks", list_of({"light-cleaning", "heavy-cleaning"})},
                        {"takeover", "full"},
                        {"limitationDuration", "lasting"},
                        {"informalCarer", false},
                        {"privateCleaner", false},
                        {"roomsInUse", 2},
                        {"roomsNotInUse", 0},
                        {"pets", false},
                        {"allergy", false},
                        {"provisionForm", "in-kind"}});
}

inline Value aid_answers() {
  return Value::object({{"wlz", false},
                        {"urgent", false},
                        {"hasRepresentative", false},
                        {"aid", "raised-toilet-seat"},
                        {"duration", "26-weeks-or-longer"},
                        {"alreadyBorrowed", false},
                        {"bodyWeightKg", 74},
                        {"provisionForm", "in-kind"}});
}

inline Value ending_provision() {
  return Value::object({{"type", "household-help"},
                        {"minutesPerWeek", 150},
                        {"from", "2022-01-16"},
                        {"until", "2027-01-15"},
                        {"provider", "Zorg aan Huis"},
                        {"decisionNumber", "WMO-2022/0117"}});
}

inline Value extension_facts() {
  auto facts = ordinary_facts(Value::object({{"wlz", false},
                                             {"urgent", false},
                                             {"hasRepresentative", false},
                                             {"decisionNumber", "wmo 2022-0117"},
                                             {"endDate", "2027-01-15"},
                                             {"healthChanged", false},
                                             {"householdChanged", false},
                                             {"homeChanged", false},
                                             {"satisfied", true},
                                             {"wantedChange", "same"}}));
  facts.set("provisions", list_of({ending_provision()}));
  return facts;
}

}  // namespace softbot
