#include "pipeline/views.h"

#include <algorithm>
#include <array>

#include "domain/date.h"
#include "domain/zone.h"
#include "pipeline/edit.h"
#include "pipeline/terms.h"

namespace softbot::pipeline {
namespace {

template <class T>
Value list_of(const std::vector<T>& all, Value (*convert)(const T&)) {
  Value list = Value::list();
  for (const T& one : all) list.push(convert(one));
  return list;
}

Value reason_value(const Reason& reason) {
  return Value::object({{"code", reason.code}, {"text", reason.text}, {"field", reason.field}});
}

Value asked_value(const Asked& asked) {
  return Value::object({{"field", asked.field}, {"code", asked.code}, {"text", asked.text}});
}

Value condition_value(const Condition& condition) {
  return Value::object(
      {{"name", condition.name}, {"state", name_of(condition.state)}, {"text", condition.text}});
}

Value date_or_null(const std::optional<Date>& date) {
  return date ? Value(format_iso(*date)) : Value();
}

bool may_see(const DocumentRecord& document, Viewer viewer) {
  if (viewer == Viewer::staff) return true;
  return viewer == Viewer::resident ? document.for_resident || document.own : document.own;
}

Value documents_value(const std::vector<DocumentRecord>& documents, Viewer viewer) {
  Value list = Value::list();
  for (const DocumentRecord& document : documents) {
    if (!may_see(document, viewer)) continue;
    list.push(Value::object({{"id", document.id.text},
                             {"kind", document.kind},
                             {"title", document.title},
                             {"mediaType", document.media_type},
                             {"bytes", document.bytes},
                             {"created", format_instant(document.created)}}));
  }
  return list;
}

Value events_value(const Application& application, Viewer viewer) {
  Value list = Value::list();
  for (const CaseEvent& event : application.events) {
    const bool internal = event.kind == "held-for-sample" || event.kind == "repair-call-proposed";
    if (viewer != Viewer::staff && internal) continue;
    Value one = Value::object({{"kind", event.kind},
                               {"date", format_iso(event.date)},
                               {"text", event_in_words(event.kind)},
                               {"until", date_or_null(event.until)}});
    if (viewer == Viewer::staff) {
      one.set("by", event.by);
      one.set("note", event.note);
      one.set("recorded", format_instant(event.recorded));
    }
    list.push(std::move(one));
  }
  return list;
}

Value decision_value(const Application& application, Viewer viewer) {
  const bool decided = application.status == ApplicationStatus::decided;
  if (!application.decision || (!decided && viewer != Viewer::staff)) return {};
  const Decision& decision = *application.decision;
  Value value = Value::object({{"outcome", name_of(decision.outcome)},
                               {"decidedBy", name_of(decision.by)},
                               {"at", format_instant(decision.at)},
                               {"grant", decision.grant},
                               {"policyVersion", decision.policy_version},
                               {"writtenReasons", decision.written_reasons}});
  if (viewer == Viewer::staff) {
    value.set("account", decision.account);
    value.set("proposal", !decided);
    value.set("trace", decision.trace);
  }
  return value;
}

template <class Enum>
Value optional_name(const std::optional<Enum>& value) {
  return value ? Value(name_of(*value)) : Value();
}

/// Until when a case that the register holds up looks from outside as if it waits for what was asked.
std::optional<Date> hidden_until(const Services& services, const Application& application) {
  if (!application.register_blocks || application.status != ApplicationStatus::referred) return std::nullopt;
  const auto until = parse_iso_date(application.facts["askedOnScreenUntil"].text_or_empty());
  if (!until || *until < today(services)) return std::nullopt;
  return *until;
}

/// Events as this viewer may see them: whoever only has the code must not learn from the clocks what the
/// register said.
Application as_seen_by(const Services& services, const Application& application, Viewer viewer) {
  Application seen = application;
  if (viewer != Viewer::code) return seen;
  std::erase_if(seen.events, [](const CaseEvent& event) {
    return event.kind == "decided" || event.kind == "decision-published" ||
           event.kind == "investigation-finished";
  });
  if (const auto until = hidden_until(services, application)) {
    add_event(seen, "repair-request", local_date(application.received), application.received, "bot", "",
              *until);
  }
  return seen;
}

Value deadlines_value(const Services& services, const Application& application, Viewer viewer) {
  Value list = Value::list();
  for (const Deadline& term : terms_of(as_seen_by(services, application, viewer), today(services)).terms) {
    list.push(Value::object({{"code", term.code},
                             {"label", term.label},
                             {"start", format_iso(term.start)},
                             {"end", format_iso(term.end)},
                             {"status", name_of(term.status)},
                             {"suspendedDays", term.suspended_days},
                             {"article", term.articles.empty() ? "" : term.articles.front()}}));
  }
  return list;
}

/// What the status looks like from outside: as long as only the signature is missing, nothing may show that
/// the register stands in the way.
std::string_view outside_status(const Services& services, const Application& application, Viewer viewer) {
  if (viewer == Viewer::staff) return name_of(application.status);
  if (viewer == Viewer::code && hidden_until(services, application))
    return name_of(ApplicationStatus::incomplete);
  // A draw for the sample would promise what nobody has released yet.
  if (application.status == ApplicationStatus::held_for_sample) return name_of(ApplicationStatus::deciding);
  return name_of(application.status);
}

/// How well something was read, and what it looks like, is for who looks at the paper.
bool is_about_paper(std::string_view code) {
  static constexpr std::array<std::string_view, 12> codes{
      "field-doubtful",     "look-at-crop",          "signature-doubtful", "page-missing",
      "page-twice",         "pages-disagree",        "page-unreadable",    "page-came-later",
      "looks-like-earlier", "form-of-other-version", "form-by-template",   "pages-by-order"};
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

/// Nobody outside sees a register answer, not even the resident whom it is about: a person talks about it
/// with them.
std::vector<Reason> reasons_for(const Application& application, Viewer viewer) {
  if (viewer == Viewer::staff) return application.reasons;
  std::vector<Reason> shown;
  for (const Reason& reason : application.reasons) {
    if (reason.code == "sample") continue;
    const bool hidden = reason.code.starts_with("register") || is_about_paper(reason.code);
    const Reason outside =
        hidden ? Reason{"needs-a-person", "Een consulent bekijkt uw aanvraag.", {}} : reason;
    if (std::find(shown.begin(), shown.end(), outside) == shown.end()) shown.push_back(outside);
  }
  return shown;
}

std::vector<Condition> conditions_for(const Application& application, Viewer viewer) {
  std::vector<Condition> shown = application.conditions;
  if (viewer == Viewer::staff) return shown;
  if (application.status == ApplicationStatus::held_for_sample) return {};
  std::erase_if(shown, [](const Condition& condition) {
    const bool about_register = condition.name == "register" && condition.state != ConditionState::met;
    return about_register || condition.name.starts_with("register-") ||
           condition.name.starts_with("safeguard-");
  });
  return shown;
}

void add_course(const Application& application, Viewer viewer, Value& view) {
  view.set("outcome", optional_name(application.outcome));
  view.set("decidedBy", optional_name(application.decided_by));
  view.set("reasons", list_of(reasons_for(application, viewer), reason_value));
  view.set("conditions", list_of(conditions_for(application, viewer), condition_value));
  view.set("advice", list_of(application.advice, reason_value));
  view.set("events", events_value(application, viewer));
  view.set("identityAssurance", name_of(application.assurance));
  view.set("channel", application.channel);
  view.set("decision", decision_value(application, viewer));
}

Value claim_value(const Services& services, const Application& application) {
  if (!application.claim || application.claim->until <= services.clock.now()) return {};
  return Value::object(
      {{"account", application.claim->account}, {"until", format_instant(application.claim->until)}});
}

void add_staff_part(const Services& services, const Application& application, Value& view) {
  view.set("submission", application.submission.text);
  view.set("version", application.version);
  view.set("law", application.law);
  view.set("language", application.language);
  view.set("definitionVersion", application.definition_version);
  view.set("legalDeadline", date_or_null(application.legal_deadline));
  view.set("team", application.team);
  view.set("claim", claim_value(services, application));
  view.set("common", application.common);
  view.set("fields", application.fields);
  view.set("attachments", application.attachments);
  view.set("readings", application.readings);
  view.set("paper", application.paper);
  view.set("facts", application.facts);
  Value unconfirmed = Value::list();
  for (const std::string& name : application.unconfirmed) unconfirmed.push(name);
  view.set("unconfirmed", std::move(unconfirmed));
  view.set("sample", application.sample);
  view.set("signals", list_of(application.signals, reason_value));
  view.set("openTasks", list_of(application.open_tasks, reason_value));
}

}  // namespace

Date today(const Services& services) {
  return local_date(services.clock.now());
}

Value view_of(const Services& services, const Application& application,
              const std::vector<DocumentRecord>& documents, Viewer viewer) {
  Value view = Value::object({{"reference", application.reference.text},
                              {"type", application.type},
                              {"municipality", application.municipality},
                              {"received", format_instant(application.received)},
                              {"status", outside_status(services, application, viewer)}});
  if (viewer != Viewer::code) add_course(application, viewer, view);
  view.set("asked", list_of(application.asked, asked_value));
  view.set("deadlines", deadlines_value(services, application, viewer));
  view.set("documents", documents_value(documents, viewer));
  if (viewer == Viewer::staff) add_staff_part(services, application, view);
  return view;
}

Value list_item_of(const Services& services, const Application& application) {
  std::string name = application.common["initials"].text_or_empty();
  if (const std::string& family = application.common["birthName"].text_or_empty(); !family.empty()) {
    name += (name.empty() ? "" : " ") + family;
  }
  return Value::object({{"reference", application.reference.text},
                        {"type", application.type},
                        {"municipality", application.municipality},
                        {"law", application.law},
                        {"status", name_of(application.status)},
                        {"outcome", optional_name(application.outcome)},
                        {"decidedBy", optional_name(application.decided_by)},
                        {"received", format_instant(application.received)},
                        {"legalDeadline", date_or_null(application.legal_deadline)},
                        {"reasons", list_of(application.reasons, reason_value)},
                        {"openTasks", list_of(application.open_tasks, reason_value)},
                        {"team", application.team},
                        {"claim", claim_value(services, application)},
                        {"version", application.version},
                        {"name", name}});
}

Result<OpenedDocument> open_document(const Services& services, const ApplicationReference& reference,
                                     const DocumentId& document, Viewer viewer) {
  std::optional<DocumentRecord> record;
  std::optional<PersonRecord> person;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    record = transaction.document(document);
    if (record) person = transaction.person(record->person);
    return {};
  });
  if (!read) return fail(read.error());
  if (!record || record->reference != reference || !may_see(*record, viewer) || !person ||
      person->wrapped_key.empty()) {
    return fail(ErrorCode::not_found, "Er is geen document met dit nummer bij deze aanvraag.");
  }
  const auto sealed = services.files.get(document);
  if (!sealed) return fail(sealed.error());
  auto bytes = services.vault.open(person->wrapped_key, document_context(document), *sealed);
  if (!bytes) return fail(bytes.error());
  return OpenedDocument{std::move(*record), std::move(*bytes)};
}

}  // namespace softbot::pipeline
