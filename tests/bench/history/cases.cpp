#include "bench/history/cases.h"

#include <algorithm>
#include <cmath>

namespace softbot::bench {
namespace {

const Date first_day{std::chrono::year{2026}, std::chrono::January, std::chrono::day{2}};
constexpr std::int64_t days = 320;
constexpr int left_open = 12;  ///< of a thousand answers

}  // namespace

bool Cases::chance(int of_a_thousand) {
  return between(0, 999) < of_a_thousand;
}

// The distributions of the standard library differ between libraries; these do not.
std::int64_t Cases::between(std::int64_t low, std::int64_t high) {
  return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
}

std::int64_t Cases::around(double mean, double spread, std::int64_t low, std::int64_t high) {
  double sum = 0;  // of twelve even draws: close to a normal one
  for (int draw = 0; draw < 12; ++draw) sum += static_cast<double>(between(0, 9'999)) / 10'000;
  return std::clamp(static_cast<std::int64_t>(std::lround(mean + spread * (sum - 6))), low, high);
}

std::string Cases::one_of(const Shares& shares) {
  int all = 0;
  for (const auto& [name, share] : shares) all += share;
  std::int64_t drawn = between(0, all - 1);
  for (const auto& [name, share] : shares) {
    if (drawn < share) return name;
    drawn -= share;
  }
  return shares.back().first;
}

void Cases::answer(Value& answers, const char* name, Value value) {
  if (!chance(left_open)) answers.set(name, std::move(value));
}

Value Cases::general_answers() {
  Value answers = Value::object();
  answer(answers, "wlz", chance(35));
  answer(answers, "urgent", chance(50));
  answer(answers, "hasRepresentative", chance(160));
  return answers;
}

void Cases::add_housemates(Value& answers) {
  Value members = Value::list();
  for (auto left = between(1, 10) <= 8 ? 1 : between(2, 4); left > 0; --left)
    members.push(Value::object({{"relation", one_of({{"partner", 75}, {"child", 20}, {"other", 5}})},
                                {"birthYear", between(1935, 2005)},
                                {"canHelp", chance(300)}}));
  answer(answers, "householdMembers", std::move(members));
  answer(answers, "householdCanHelp", chance(280));
}

void Cases::add_household_help(Value& answers) {
  Value tasks = Value::list();
  for (const auto& [task, share] : Shares{{"light-cleaning", 780},
                                          {"heavy-cleaning", 930},
                                          {"laundry", 180},
                                          {"beds", 420},
                                          {"shopping", 130},
                                          {"meals", 70}})
    if (chance(share)) tasks.push(task);
  answer(answers, "tasks", std::move(tasks));
  answer(answers, "takeover", one_of({{"full", 45}, {"partly", 55}}));
  answer(answers, "limitationDuration", one_of({{"lasting", 82}, {"temporary", 18}}));
  const bool alone = chance(640);
  answer(answers, "livingSituation", alone ? "alone" : "with-others");
  if (!alone) add_housemates(answers);
  const bool carer = chance(330);
  answer(answers, "informalCarer", carer);
  if (carer) answer(answers, "informalCareHours", around(4, 3, 1, 30));
  answer(answers, "privateCleaner", chance(70));
  answer(answers, "roomsInUse", around(3.1, 1.2, 1, 12));
  answer(answers, "roomsNotInUse", around(0.8, 1.1, 0, 8));
  answer(answers, "pets", chance(220));
  answer(answers, "allergy", chance(110));
  answer(answers, "provisionForm", one_of({{"in-kind", 94}, {"personal-budget", 6}}));
  if (chance(120))
    answers.set("providerWish",
                one_of({{"Thuishulp Voorbeeld", 50}, {"Zorg aan Huis", 30}, {"Anders BV", 20}}));
}

void Cases::add_small_aids(Value& answers) {
  const std::string aid =
      one_of({{"raised-toilet-seat", 35}, {"shower-stool", 30}, {"grab-rail", 25}, {"other", 10}});
  answer(answers, "aid", aid);
  answer(answers, "duration", one_of({{"26-weeks-or-longer", 84}, {"shorter-than-26-weeks", 16}}));
  answer(answers, "alreadyBorrowed", chance(90));
  if (aid != "grab-rail" && aid != "other") answer(answers, "bodyWeightKg", around(79, 17, 38, 210));
  const std::string housing = one_of({{"tenant", 58}, {"owner", 38}, {"other", 4}});
  answer(answers, "housing", housing);
  const bool fixing = chance(600);
  if (aid == "grab-rail" || aid == "other") answer(answers, "needsFixing", fixing);
  if (fixing && housing == "tenant") answer(answers, "landlordPermission", chance(720));
  if (chance(250)) answers.set("price", around(85, 45, 10, 600));
  answer(answers, "provisionForm", one_of({{"in-kind", 97}, {"personal-budget", 3}}));
}

void Cases::add_extension(Value& answers, const MadeCase& made, Value& provisions) {
  const Date until = add_days(made.received, static_cast<int>(around(60, 35, -10, 200)));
  const std::string number = "WMO-2021/" + std::to_string(between(10'000, 99'999));
  const std::int64_t minutes = 5 * around(28, 8, 12, 60);
  provisions.push(Value::object({{"type", "household-help"},
                                 {"minutesPerWeek", minutes},
                                 {"from", format_iso(add_days(until, -1'825))},
                                 {"until", format_iso(until)},
                                 {"provider", "Zorg aan Huis"},
                                 {"decisionNumber", number}}));
  answer(answers, "decisionNumber", chance(930) ? number : "WMO-2021/1");
  answer(answers, "endDate", format_iso(until));
  answer(answers, "presentMinutes", chance(900) ? minutes : minutes + 30);
  answer(answers, "healthChanged", chance(210));
  answer(answers, "householdChanged", chance(60));
  answer(answers, "homeChanged", chance(30));
  answer(answers, "satisfied", chance(930));
  answer(answers, "wantedChange", one_of({{"same", 78}, {"more", 19}, {"less", 3}}));
}

MadeCase Cases::next() {
  MadeCase made;
  made.type = one_of({{"household-help", 55}, {"small-aids", 28}, {"extension", 17}});
  made.municipality = one_of({{"voorbeeld", 68}, {"molendam", 32}});
  made.channel = one_of({{"web", 52}, {"paper", 34}, {"counter", 9}, {"api", 5}});
  made.received = add_days(first_day, static_cast<int>(between(0, days)));
  made.same_person = chance(220);
  Value answers = general_answers();
  Value provisions = Value::list();
  if (made.type == "household-help") add_household_help(answers);
  if (made.type == "small-aids") add_small_aids(answers);
  if (made.type == "extension") add_extension(answers, made, provisions);
  if (chance(90))
    provisions.push(Value::object({{"type", "small-aids"}, {"aid", "shower-stool"}, {"from", "2024-05-01"}}));
  if (made.type == "household-help" && chance(40))
    provisions.push(
        Value::object({{"type", "household-help"}, {"from", "2022-01-01"}, {"until", "2027-01-01"}}));
  const bool known = !chance(8);  // the register did not answer
  made.facts = Value::object(
      {{"answers", std::move(answers)},
       {"register", known ? Value::object({{"matched", !chance(30)},
                                           {"age", around(77, 11, 19, 104)},
                                           {"municipalityMatches", !chance(12)}})
                          : Value::object()},
       {"provisions", std::move(provisions)},
       {"history", Value::object({{"openSameType", chance(25)}, {"refusedWithin12Months", chance(20)}})},
       {"application", Value::object({{"received", format_iso(made.received)},
                                      {"channel", made.channel},
                                      {"assurance", made.channel == "web" ? "digid" : "none"}})}});
  return made;
}

}  // namespace softbot::bench
