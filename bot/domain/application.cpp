#include "domain/application.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace softbot {
namespace {

template <class Enum, std::size_t N>
using Names = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Names<ApplicationStatus, 9> statuses{{{ApplicationStatus::received, "received"},
                                                {ApplicationStatus::reading, "reading"},
                                                {ApplicationStatus::incomplete, "incomplete"},
                                                {ApplicationStatus::deciding, "deciding"},
                                                {ApplicationStatus::held_for_sample, "held-for-sample"},
                                                {ApplicationStatus::referred, "referred"},
                                                {ApplicationStatus::decided, "decided"},
                                                {ApplicationStatus::withdrawn, "withdrawn"},
                                                {ApplicationStatus::failed, "failed"}}};
constexpr Names<Outcome, 5> outcomes{{{Outcome::granted, "granted"},
                                      {Outcome::asked, "asked"},
                                      {Outcome::granted_in_part, "granted-in-part"},
                                      {Outcome::refused, "refused"},
                                      {Outcome::untreated, "untreated"}}};
constexpr Names<DecidedBy, 2> deciders{{{DecidedBy::bot, "bot"}, {DecidedBy::person, "person"}}};
constexpr Names<IdentityAssurance, 4> assurances{{{IdentityAssurance::none, "none"},
                                                  {IdentityAssurance::paper_signed, "paper-signed"},
                                                  {IdentityAssurance::counter, "counter"},
                                                  {IdentityAssurance::digid, "digid"}}};
constexpr Names<ConditionState, 3> condition_states{
    {{ConditionState::met, "met"}, {ConditionState::unmet, "unmet"}, {ConditionState::unknown, "unknown"}}};

template <class Enum, std::size_t N>
std::string_view name_in(const Names<Enum, N>& names, Enum wanted) {
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.first == wanted; });
  return found == names.end() ? std::string_view() : found->second;
}

template <class Enum, std::size_t N>
std::optional<Enum> value_in(const Names<Enum, N>& names, std::string_view wanted) {
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.second == wanted; });
  if (found == names.end()) return std::nullopt;
  return found->first;
}

std::string date_text(const Date& date) {
  if (!date.ok()) return {};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

Date date_of(const std::string& text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  if (std::sscanf(text.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) return {};
  return Date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
}

Value instant_value(Instant instant) {
  return instant == Instant{} ? Value() : Value(format_instant(instant));
}

Instant instant_of(const Value& value) {
  return parse_instant(value.text_or_empty()).value_or(Instant{});
}

template <class T, class Convert>
Value list_of(const std::vector<T>& all, Convert convert) {
  Value list = Value::list();
  for (const T& one : all) list.push(convert(one));
  return list;
}

template <class T, class Convert>
std::vector<T> vector_of(const Value& list, Convert convert) {
  std::vector<T> all;
  all.reserve(list.items().size());
  for (const Value& one : list.items()) all.push_back(convert(one));
  return all;
}

Value reason_value(const Reason& reason) {
  return Value::object({{"code", reason.code}, {"text", reason.text}, {"field", reason.field}});
}

Reason reason_of(const Value& value) {
  return {value["code"].text_or_empty(), value["text"].text_or_empty(), value["field"].text_or_empty()};
}

Value asked_value(const Asked& asked) {
  return Value::object({{"field", asked.field}, {"code", asked.code}, {"text", asked.text}});
}

Asked asked_of(const Value& value) {
  return {value["field"].text_or_empty(), value["code"].text_or_empty(), value["text"].text_or_empty()};
}

Value condition_value(const Condition& condition) {
  return Value::object(
      {{"name", condition.name}, {"state", name_of(condition.state)}, {"text", condition.text}});
}

Condition condition_of(const Value& value) {
  return {value["name"].text_or_empty(),
          value_in(condition_states, value["state"].text_or_empty()).value_or(ConditionState::unknown),
          value["text"].text_or_empty()};
}

Value event_value(const CaseEvent& event) {
  return Value::object({{"kind", event.kind},
                        {"date", date_text(event.date)},
                        {"recorded", instant_value(event.recorded)},
                        {"by", event.by},
                        {"note", event.note},
                        {"until", event.until ? Value(date_text(*event.until)) : Value()}});
}

CaseEvent event_of(const Value& value) {
  CaseEvent event;
  event.kind = value["kind"].text_or_empty();
  event.date = date_of(value["date"].text_or_empty());
  event.recorded = instant_of(value["recorded"]);
  event.by = value["by"].text_or_empty();
  event.note = value["note"].text_or_empty();
  if (value["until"].is_text()) event.until = date_of(value["until"].text_or_empty());
  return event;
}

Value decision_value(const Decision& decision) {
  return Value::object({{"outcome", name_of(decision.outcome)},
                        {"by", name_of(decision.by)},
                        {"account", decision.account},
                        {"at", instant_value(decision.at)},
                        {"policyVersion", decision.policy_version},
                        {"grant", decision.grant},
                        {"trace", decision.trace},
                        {"writtenReasons", decision.written_reasons}});
}

Decision decision_of(const Value& value) {
  Decision decision;
  decision.outcome = value_in(outcomes, value["outcome"].text_or_empty()).value_or(Outcome::granted);
  decision.by = value_in(deciders, value["by"].text_or_empty()).value_or(DecidedBy::person);
  decision.account = value["account"].text_or_empty();
  decision.at = instant_of(value["at"]);
  decision.policy_version = value["policyVersion"].text_or_empty();
  decision.grant = value["grant"];
  decision.trace = value["trace"];
  decision.written_reasons = value["writtenReasons"].text_or_empty();
  return decision;
}

template <class Enum>
Value optional_name(const std::optional<Enum>& value) {
  return value ? Value(name_of(*value)) : Value();
}

void set_course(Value& out, const Application& a) {
  out.set("status", name_of(a.status));
  out.set("outcome", optional_name(a.outcome));
  out.set("decidedBy", optional_name(a.decided_by));
  out.set("reasons", list_of(a.reasons, reason_value));
  out.set("conditions", list_of(a.conditions, condition_value));
  out.set("asked", list_of(a.asked, asked_value));
  out.set("advice", list_of(a.advice, reason_value));
  out.set("events", list_of(a.events, event_value));
  out.set("decision", a.decision ? decision_value(*a.decision) : Value());
  out.set("facts", a.facts);
  out.set("openTasks", list_of(a.open_tasks, reason_value));
  out.set("signals", list_of(a.signals, reason_value));
  out.set("sample", a.sample);
  out.set("registerBlocks", a.register_blocks);
  out.set("legalDeadline", a.legal_deadline ? Value(date_text(*a.legal_deadline)) : Value());
  out.set("team", a.team);
  out.set("claim",
          a.claim ? Value::object({{"account", a.claim->account}, {"until", instant_value(a.claim->until)}})
                  : Value());
  out.set("version", a.version);
}

void read_course(Application& a, const Value& value) {
  a.outcome = value_in(outcomes, value["outcome"].text_or_empty());
  a.decided_by = value_in(deciders, value["decidedBy"].text_or_empty());
  a.reasons = vector_of<Reason>(value["reasons"], reason_of);
  a.conditions = vector_of<Condition>(value["conditions"], condition_of);
  a.asked = vector_of<Asked>(value["asked"], asked_of);
  a.advice = vector_of<Reason>(value["advice"], reason_of);
  a.events = vector_of<CaseEvent>(value["events"], event_of);
  if (value["decision"].is_object()) a.decision = decision_of(value["decision"]);
  a.facts = value["facts"];
  a.open_tasks = vector_of<Reason>(value["openTasks"], reason_of);
  a.signals = vector_of<Reason>(value["signals"], reason_of);
  a.sample = value["sample"];
  a.register_blocks = value["registerBlocks"].as_bool().value_or(false);
  if (value["legalDeadline"].is_text()) a.legal_deadline = date_of(value["legalDeadline"].text_or_empty());
  a.team = value["team"].text_or_empty();
  if (const Value& claim = value["claim"]; claim.is_object()) {
    a.claim = Claim{claim["account"].text_or_empty(), instant_of(claim["until"])};
  }
  a.version = value["version"].as_integer().value_or(0);
}

}  // namespace

std::string_view name_of(ApplicationStatus status) {
  return name_in(statuses, status);
}
std::string_view name_of(Outcome outcome) {
  return name_in(outcomes, outcome);
}
std::string_view name_of(DecidedBy by) {
  return name_in(deciders, by);
}
std::string_view name_of(IdentityAssurance assurance) {
  return name_in(assurances, assurance);
}
std::string_view name_of(ConditionState state) {
  return name_in(condition_states, state);
}
std::optional<ApplicationStatus> status_from(std::string_view name) {
  return value_in(statuses, name);
}
std::optional<Outcome> outcome_from(std::string_view name) {
  return value_in(outcomes, name);
}
std::optional<IdentityAssurance> assurance_from(std::string_view name) {
  return value_in(assurances, name);
}

Value to_value(const Application& a) {
  Value out = Value::object(
      {{"reference", a.reference.text},
       {"submission", a.submission.text},
       {"person", a.person.text},
       {"type", a.type},
       {"law", a.law},
       {"municipality", a.municipality},
       {"channel", a.channel},
       {"language", a.language},
       {"assurance", name_of(a.assurance)},
       {"signedBy", a.signed_by},
       {"received", instant_value(a.received)},
       {"definitionVersion", a.definition_version},
       {"common", a.common},
       {"fields", a.fields},
       {"attachments", a.attachments},
       {"readings", a.readings},
       {"paper", a.paper},
       {"unconfirmed", list_of(a.unconfirmed, [](const std::string& name) { return Value(name); })}});
  set_course(out, a);
  return out;
}

Result<Application> application_from(const Value& value) {
  Application a;
  a.reference = ApplicationReference(value["reference"].text_or_empty());
  a.submission = SubmissionId(value["submission"].text_or_empty());
  a.person = PersonId(value["person"].text_or_empty());
  a.type = value["type"].text_or_empty();
  a.law = value["law"].text_or_empty();
  a.municipality = value["municipality"].text_or_empty();
  a.channel = value["channel"].text_or_empty();
  a.language = value["language"].text_or_empty();
  a.signed_by = value["signedBy"].text_or_empty();
  a.received = instant_of(value["received"]);
  a.definition_version = value["definitionVersion"].text_or_empty();
  a.common = value["common"];
  a.fields = value["fields"];
  a.attachments = value["attachments"];
  a.readings = value["readings"];
  a.paper = value["paper"];
  a.unconfirmed =
      vector_of<std::string>(value["unconfirmed"], [](const Value& name) { return name.text_or_empty(); });
  const auto status = status_from(value["status"].text_or_empty());
  const auto assurance = assurance_from(value["assurance"].text_or_empty());
  if (a.reference.empty() || !status || !assurance) {
    return fail(ErrorCode::damaged,
                "A stored application lacks its reference, status or identity assurance.");
  }
  a.status = *status;
  a.assurance = *assurance;
  read_course(a, value);
  return a;
}

}  // namespace softbot
