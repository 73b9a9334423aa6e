#include "policy/judgement.h"

#include <algorithm>
#include <array>

#include "domain/date.h"

namespace softbot {
namespace {

constexpr std::int64_t minutes_in_a_week = 10'080;
constexpr std::int64_t highest_amount_cents = 100'000'000;  ///< a million euros in a year is no routine grant

constexpr std::array<std::string_view, 10> grant_members{
    "minutesPerWeek",     "aid",  "from",          "until",  "provider", "contributionCents",
    "amountCentsPerYear", "note", "provisionForm", "extends"};

/// True when a rule was met by a test on something unknown, such as not("x"): what is not known does not
/// count.
bool looks_at_nothing(const dmn::RuleTrace& rule) {
  return std::ranges::any_of(rule.cells,
                             [](const auto& cell) { return cell.value.is_null() && cell.test != "-"; });
}

/// False when a rule might have changed the result, had it been known.
bool is_certain(const dmn::DecisionTrace& decision) {
  if (!decision.errors.empty()) return false;
  const bool first_wins = decision.hit_policy == "FIRST";
  for (const auto& rule : decision.rules) {
    if (rule.verdict == dmn::Verdict::unknown) return false;
    if (rule.applied && looks_at_nothing(rule)) return false;
    if (rule.applied && first_wins) return true;
  }
  return true;
}

/// The annotation of the rule that applied, in the condition's own table.
std::string sentence_of(const dmn::Variable& decision, const dmn::Trace& trace) {
  const auto own = std::ranges::find(trace.decisions, decision.id, &dmn::DecisionTrace::id);
  if (own == trace.decisions.end()) return decision.description;
  const auto rule = std::ranges::find(own->rules, true, &dmn::RuleTrace::applied);
  if (rule == own->rules.end() || rule->annotations.empty() || rule->annotations.front().empty()) {
    return decision.description;
  }
  return rule->annotations.front();
}

std::string text_or_empty(const dmn::Value& value) {
  const auto* text = value.as_string();
  return text ? *text : std::string();
}

bool is_text(const Value& grant, std::string_view name) {
  return !grant[name].text_or_empty().empty();
}

bool within(const Value& value, std::int64_t low, std::int64_t high) {
  const auto number = value.as_integer();
  return number && *number >= low && *number <= high;
}

std::string flaw_of_dates(const Value& grant, Date today) {
  const auto from = parse_iso_date(grant["from"].text_or_empty());
  if (!from || *from < today) return "from";
  if (grant["until"].is_null()) return grant["aid"].is_null() ? "until" : "";
  const auto until = parse_iso_date(grant["until"].text_or_empty());
  return until && *until > *from ? "" : "until";
}

}  // namespace

bool is_condition(const dmn::Variable& decision) {
  return decision.id.starts_with(condition_prefix) && decision.id.size() > condition_prefix.size();
}

bool is_certain(const dmn::Trace& trace) {
  return std::ranges::all_of(trace.decisions, [](const auto& decision) { return is_certain(decision); });
}

ConditionState state_of_condition(const dmn::Value& result, bool certain) {
  const auto value = result.as_context() ? result["met"] : result;
  if (value.is_true()) return certain ? ConditionState::met : ConditionState::unknown;
  return value.is_false() ? ConditionState::unmet : ConditionState::unknown;
}

std::string reason_code(const dmn::Variable& decision, const dmn::Value& result, ConditionState state) {
  const auto name = decision.id.substr(condition_prefix.size());
  if (state == ConditionState::unknown) return name + "-unknown";
  const auto code = text_or_empty(result["reason"]);
  return code.empty() ? name + "-unmet" : code;
}

Judgement judge(const dmn::Variable& decision, const dmn::Evaluation& evaluation,
                std::string_view unknown_answer) {
  const auto name = decision.id.substr(condition_prefix.size());
  const auto state = state_of_condition(evaluation.result, is_certain(evaluation.trace));
  if (state == ConditionState::unknown) {
    return {{name, state, decision.description},
            {reason_code(decision, evaluation.result, state), "Niet bekend: " + decision.description,
             std::string(unknown_answer)}};
  }
  Judgement judgement{{name, state, sentence_of(decision, evaluation.trace)}, {}};
  if (state == ConditionState::met) return judgement;
  judgement.reason = {reason_code(decision, evaluation.result, state), judgement.condition.text, ""};
  return judgement;
}

std::vector<Reason> advice_from(const dmn::Value& result) {
  std::vector<Reason> advice;
  const auto add = [&](const dmn::Value& item) {
    const auto text = text_or_empty(item["text"]);
    if (!text.empty()) advice.push_back({text_or_empty(item["code"]), text, ""});
  };
  if (const auto* list = result.as_list()) {
    for (const auto& item : *list) add(item);
  } else {
    add(result);
  }
  return advice;
}

bool is_member_of_grant(std::string_view name) {
  return std::ranges::find(grant_members, name) != grant_members.end();
}

std::string flaw_of_grant(const Value& grant, Date today) {
  if (!grant.is_object()) return "grant";
  for (const auto& member : grant.members()) {
    if (!is_member_of_grant(member.name)) return member.name;
  }
  if (grant["minutesPerWeek"].is_null() == grant["aid"].is_null()) return "minutesPerWeek";
  if (!grant["minutesPerWeek"].is_null() && !within(grant["minutesPerWeek"], 1, minutes_in_a_week))
    return "minutesPerWeek";
  if (!grant["aid"].is_null() && !is_text(grant, "aid")) return "aid";
  if (auto flaw = flaw_of_dates(grant, today); !flaw.empty()) return flaw;
  if (!is_text(grant, "provider")) return "provider";
  if (!within(grant["contributionCents"], 0, highest_amount_cents)) return "contributionCents";
  if (!within(grant["amountCentsPerYear"], 0, highest_amount_cents)) return "amountCentsPerYear";
  const auto& form = grant["provisionForm"];
  if (!form.is_null() && form.text_or_empty() != "in-kind") return "provisionForm";
  return "";
}

}  // namespace softbot
