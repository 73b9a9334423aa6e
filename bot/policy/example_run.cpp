#include <algorithm>
#include <cctype>

#include "dmn/number.h"
#include "domain/json.h"
#include "policy/examples.h"
#include "policy/facts.h"
#include "policy/judgement.h"
#include "policy/policy_set.h"

namespace softbot {
namespace {

bool same_value(const Value& left, const Value& right) {
  const auto* one = left.as_number();
  const auto* other = right.as_number();
  if (one == nullptr || other == nullptr) return left == right;
  return dmn::Number::parse(one->text) == dmn::Number::parse(other->text);
}

/// True when the expression names this member: "register.age", not "averages".
bool names_member(std::string_view expression, std::string_view member) {
  const auto is_part_of_name = [&](std::size_t at) {
    return at < expression.size() && std::isalnum(static_cast<unsigned char>(expression[at])) != 0;
  };
  for (auto at = expression.find(member); at != std::string_view::npos;
       at = expression.find(member, at + 1)) {
    if ((at == 0 || !is_part_of_name(at - 1)) && !is_part_of_name(at + member.size())) return true;
  }
  return false;
}

bool looks_at(const Value& rule, const std::vector<std::string>& members) {
  return std::ranges::any_of(rule["cells"].items(), [&](const Value& cell) {
    return std::ranges::any_of(members, [&](const std::string& member) {
      return names_member(cell["input"].text_or_empty(), member);
    });
  });
}

/// What a policy said about an example, and how it compares.
class Comparison {
 public:
  Comparison(const PolicyExample& example, const PolicySet& policy)
      : example_(example),
        policy_(policy),
        said_(policy.evaluate(example.type, example.municipality, example.today, example.facts)) {}

  ExampleResult result() && {
    ExampleResult result{example_, {}, outcome(), {}};
    check_answers();
    check_outcome();
    result.differences = std::move(differences_);
    if (!result.as_expected()) result.rules = rules();
    return result;
  }

 private:
  [[nodiscard]] Value outcome() const {
    if (said_.grants) return Value::object({{"grant", said_.grant}});
    auto codes = Value::list();
    for (const auto& reason : said_.reasons) codes.push(reason.code);
    return Value::object({{"refer", std::move(codes)}});
  }

  /// A name that is written wrongly would only ever make the answer unknown.
  void check_answers() {
    const auto read = policy_.answers_read(example_.type);
    for (const auto& answer : example_.facts[fact::answers].members()) {
      if (std::ranges::find(read, answer.name) == read.end())
        differences_.push_back("De regels kijken niet naar het antwoord \"" + answer.name + "\".");
    }
  }

  void check_outcome() {
    const auto& expected = example_.expected;
    for (const auto& reason : said_.reasons) {
      if (std::ranges::find(expected.reasons, reason.code) == expected.reasons.end())
        differences_.push_back("Gaat naar een consulent om \"" + reason.code + "\": " + reason.text);
    }
    for (const auto& code : expected.reasons) {
      if (std::ranges::find(said_.reasons, code, &Reason::code) == said_.reasons.end())
        differences_.push_back("Zou naar een consulent gaan om \"" + code + "\", maar die reden is er niet.");
    }
    if (!said_.grants) return;
    for (const auto& [name, value] : expected.grant.members()) {
      if (!same_value(said_.grant[name], value))
        differences_.push_back("Bij \"" + name + "\" is " + to_json(value) + " verwacht, en het is " +
                               to_json(said_.grant[name]) + ".");
    }
  }

  /// The rules behind reasons that were not expected, and those that look at what is special here.
  [[nodiscard]] std::vector<RuleThatApplied> rules() const {
    std::vector<RuleThatApplied> rules;
    for (const auto& decision : said_.trace["decisions"].items()) {
      const auto& tried = decision["rules"].items();
      const auto applied =
          std::ranges::find_if(tried, [](const Value& rule) { return rule["applied"].as_bool() == true; });
      const bool stands_in_the_way = unexpected(decision["id"].text_or_empty());
      if (applied == tried.end()) {
        if (stands_in_the_way) rules.push_back({decision["name"].text_or_empty(), 0, "Geen regel past."});
      } else if (stands_in_the_way || looks_at(*applied, example_.special_members)) {
        const auto& sentences = (*applied)["annotations"].items();
        rules.push_back({decision["name"].text_or_empty(),
                         static_cast<std::size_t>((*applied)["number"].as_integer().value_or(0)),
                         sentences.empty() ? "" : sentences.front().text_or_empty()});
      }
    }
    return rules;
  }

  /// True for the condition whose reason was not expected. Conditions that are not met and their reasons
  /// stand in the same order.
  [[nodiscard]] bool unexpected(std::string_view decision) const {
    std::size_t reason = 0;
    for (const auto& condition : said_.conditions) {
      if (condition.state == ConditionState::met) continue;
      if (decision == std::string(condition_prefix) + condition.name && reason < said_.reasons.size())
        return std::ranges::find(example_.expected.reasons, said_.reasons[reason].code) ==
               example_.expected.reasons.end();
      ++reason;
    }
    return false;
  }

  const PolicyExample& example_;
  const PolicySet& policy_;
  const PolicyResult said_;
  std::vector<std::string> differences_;
};

}  // namespace

std::vector<ExampleResult> run_examples(const PolicySet& policy) {
  std::vector<ExampleResult> results;
  for (const auto& example : policy.examples()) results.push_back(Comparison(example, policy).result());
  return results;
}

}  // namespace softbot
