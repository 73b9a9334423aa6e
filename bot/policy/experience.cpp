#include "policy/experience.h"

#include <algorithm>
#include <utility>

#include "policy/group_shares.h"
#include "policy/weeks.h"

namespace softbot {
namespace {

constexpr const char* residents_name = "residents";

std::string setting_name(Date week, std::string_view municipality) {
  return "experience:" + format_iso(week) + ":" + std::string(municipality);
}

template <std::size_t Count>
bool is_among(const std::array<std::string_view, Count>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// One more of that name. Names stand in their own order: the order in which answers came tells nothing.
void add_one(Value& counts, const std::string& name) {
  std::map<std::string, Value> sorted;
  for (const Value::Member& member : counts.members()) sorted.emplace(member.name, member.value);
  Value& count = sorted[name];
  count = Value(count.as_integer().value_or(0) + 1);
  counts = Value::object();
  for (auto& [one, value] : sorted) counts.set(one, std::move(value));
}

std::string counter_name(const Experience& experience, std::string_view what) {
  return experience.type + ":" + experience.channel + ":" + std::string(what);
}

}  // namespace

Result<void> count_experience(Transaction& transaction, const Experience& experience) {
  if (experience.answers.empty())
    return fail(ErrorCode::invalid_input, "Kies bij minstens één vraag een antwoord.");
  for (const auto& [question, answer] : experience.answers) {
    if (!is_among(experience_questions, question) || !is_among(experience_answers, answer))
      return fail(ErrorCode::invalid_input, "Kies een van de antwoorden die er staan.");
  }
  const std::string name = setting_name(week_of(experience.day), experience.municipality);
  Value counts = transaction.setting(name).value_or(Value::object());
  add_one(counts, counter_name(experience, residents_name));
  for (const auto& [question, answer] : experience.answers)
    add_one(counts, counter_name(experience, question + "=" + answer));
  transaction.put_setting(name, counts);
  return {};
}

std::map<std::string, Experiences> experiences(Transaction& transaction, const std::vector<Date>& weeks,
                                               const std::vector<std::string>& municipalities) {
  std::map<std::string, Experiences> all;
  for (const Date week : weeks) {
    for (const std::string& municipality : municipalities) {
      const auto counts = transaction.setting(setting_name(week, municipality));
      if (!counts) continue;
      for (const Value::Member& member : counts->members()) {
        const std::int64_t count = member.value.as_integer().value_or(0);
        const std::string what = member.name.substr(member.name.rfind(':') + 1);
        Experiences& of_type = all[member.name.substr(0, member.name.find(':'))];
        if (what == residents_name) of_type.residents += count;
        for (std::size_t question = 0; question < experience_questions.size(); ++question) {
          for (std::size_t answer = 0; answer < experience_answers.size(); ++answer) {
            if (what == std::string(experience_questions.at(question)) + "=" +
                            std::string(experience_answers.at(answer)))
              of_type.answers.at(question).at(answer) += count;
          }
        }
      }
    }
  }
  std::erase_if(all, [](const auto& one) { return one.second.residents < smallest_group_shown; });
  return all;
}

}  // namespace softbot
