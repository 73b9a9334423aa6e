#include "web/staff_case.h"

#include <algorithm>
#include <array>

#include "domain/zone.h"
#include "forms/catalogue.h"
#include "pipeline/announce.h"
#include "pipeline/by_post.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "web/attachment_view.h"
#include "web/decide_form.h"
#include "web/paper_view.h"
#include "web/words.h"
#include "web/worklist.h"

namespace softbot::web {
namespace {

constexpr std::array<std::pair<const char*, const char*>, 5> purposes{{
    {"behandeling", "Behandelen van de aanvraag"},
    {"vraag-inwoner", "Vraag van de inwoner beantwoorden"},
    {"controle", "Steekproef of kwaliteitscontrole"},
    {"bezwaar", "Bezwaar of klacht"},
    {"beheer", "Technisch beheer"},
}};

constexpr std::array<std::pair<const char*, const char*>, 4> call_outcomes{{
    {"longer", "De inwoner krijgt meer tijd. Er gaat een brief met de nieuwe datum"},
    {"received", "Alles is binnen. De zaak gaat verder bij een consulent"},
    {"not-reached", "Niet bereikt. Deze taak blijft staan"},
    {"cannot",
     "Het lukt de inwoner niet. Er gaat een brief over wie kan helpen; de zaak gaat verder bij een "
     "consulent"},
}};

/// Register answers and other facts as key and text; nested names are joined by a dot.
void add_facts(Value& list, const std::string& name, const Value& fact) {
  if (fact.is_object()) {
    for (const Value::Member& member : fact.members())
      add_facts(list, name.empty() ? member.name : name + "." + member.name, member.value);
    return;
  }
  std::string text = fact.text_or_empty();
  if (const auto flag = fact.as_bool()) text = *flag ? "ja" : "nee";
  if (const Number* number = fact.as_number()) text = number->text;
  for (const Value& item : fact.items()) {
    const std::string part =
        item.is_object() ? std::to_string(item.members().size()) + " gegevens" : item.text_or_empty();
    text += (text.empty() ? "" : ", ") + part;
  }
  if (fact.is_null()) text = "onbekend";
  if (!text.empty()) list.push(Value::object({{"key", fact_words(name)}, {"text", date_words(text, "nl")}}));
}

Value facts_view(const Value& facts) {
  Value list = Value::list();
  for (const char* group : {"registerPerson", "register", "provisions", "duplicates", "history"}) {
    if (facts.contains(group)) add_facts(list, group, facts[group]);
  }
  return list;
}

Value conditions_view(const Value& conditions) {
  Value list = Value::list();
  for (const Value& condition : conditions.items()) {
    const std::string& state = condition["state"].text_or_empty();
    list.push(Value::object({{"state", condition_state_words(state)},
                             {"badge", state == "met"     ? "safe"
                                       : state == "unmet" ? "danger"
                                                          : "warning"},
                             {"text", condition["text"].text_or_empty()}}));
  }
  return list;
}

Value events_view(const Value& events) {
  Value list = Value::list();
  for (auto event = events.items().rbegin(); event != events.items().rend(); ++event) {
    list.push(Value::object(
        {{"eventText", capitalised((*event)["text"].text_or_empty())},
         {"eventDate", date_words((*event)["date"].text_or_empty(), "nl")},
         {"by", (*event)["by"].text_or_empty() == "bot"        ? "de bot"
                : (*event)["by"].text_or_empty() == "resident" ? "de inwoner"
                                                               : (*event)["by"].text_or_empty()},
         {"note", (*event)["note"].text_or_empty()}}));
  }
  return list;
}

Value terms_view(const Value& deadlines) {
  Value list = Value::list();
  for (const Value& term : deadlines.items()) {
    list.push(Value::object({{"label", term["label"].text_or_empty()},
                             {"end", date_words(term["end"].text_or_empty(), "nl")},
                             {"termStatus", term_words(term["status"].text_or_empty(), "nl")},
                             {"article", term["article"].text_or_empty()}}));
  }
  return list;
}

/// A letter that is announced by mail.
std::string announcement_words(const OutboxRecord& row) {
  if (row.delivered) return "per e-mail aangekondigd op " + moment_words(format_instant(*row.delivered));
  if (row.attempts == 0) return "wordt per e-mail aangekondigd";
  return "de e-mail is nog niet verstuurd (" + std::to_string(row.attempts) +
         " keer geprobeerd). Lukt het niet binnen 48 uur, dan gaat de brief met de post";
}

Value outbox_view(const std::vector<OutboxRecord>& rows) {
  Value list = Value::list();
  for (const OutboxRecord& row : rows) {
    std::string what = row.content["title"].text_or_empty();
    if (what.empty()) what = row.channel;
    std::string state = "wacht";
    if (row.channel == "mail") state = announcement_words(row);
    if (row.state == "delivered" && row.channel != "mail")
      state = row.channel == "post" ? "klaar om te posten" : "verstuurd";
    if (row.state == "confirmed")
      state = row.confirmed_date ? "gepost op " + format_dutch(*row.confirmed_date) : "gepost";
    if (row.state == "stuck") state = "vastgelopen";
    if (const std::string why = pipeline::why_posted_instead(row); !why.empty())
      state += ". " + pipeline::event_in_words(why);
    list.push(Value::object({{"what", what},
                             {"state", state},
                             {"error", row.state == "stuck" ? row.last_error : std::string()}}));
  }
  return list;
}

/// How the letters of this case come, where residents may choose.
std::string letters_words(const Visit& visit, const Application& application) {
  if (visit.services().mailer == nullptr) return {};
  if (const auto address = pipeline::mail_address_of(visit.services(), application))
    return "op de pagina, met een e-mail aan " + address->masked();
  const std::string why = pipeline::why_no_mail(application);
  return why.empty() ? "met de post" : "met de post. " + pipeline::event_in_words(why);
}

Value about_view(const Visit& visit, const Application& application, const Value& view) {
  Value list = Value::list();
  const auto add = [&](const char* key, const std::string& text) {
    if (!text.empty()) list.push(Value::object({{"key", key}, {"text", text}}));
  };
  const auto municipality = visit.configuration().municipalities->find(application.municipality);
  add("Ontvangen", moment_words(view["received"].text_or_empty()));
  add("Via", channel_words(application.channel));
  add("Ondertekening", assurance_words(name_of(application.assurance)));
  add("Gemeente", municipality == visit.configuration().municipalities->end() ? application.municipality
                                                                              : municipality->second.display);
  add("Team", application.team);
  add("Wet", law_words(application.law));
  add("Formulier", application.definition_version);
  add("Burgerservicenummer", application.common["bsn"].text_or_empty());
  add("Geboortedatum", date_words(application.common["birthDate"].text_or_empty(), "nl"));
  add("Adres",
      application.common["street"].text_or_empty() + " " + application.common["houseNumber"].text_or_empty() +
          application.common["houseNumberAddition"].text_or_empty() + ", " +
          application.common["postcode"].text_or_empty() + " " + application.common["town"].text_or_empty());
  add("Telefoon", application.common["phone"].text_or_empty());
  add("Brieven", letters_words(visit, application));
  if (!application.unconfirmed.empty()) {
    std::string names;
    for (const std::string& name : application.unconfirmed) names += (names.empty() ? "" : ", ") + name;
    add("Nog niet bevestigd", names);
  }
  return list;
}

Value decision_view(const Value& decision, const FormDefinition* form) {
  if (!decision.is_object()) return false;
  const std::string& outcome = decision["outcome"].text_or_empty();
  Value facts = grant_view(decision["grant"], form, "nl");
  const auto add = [&](const char* key, const std::string& text) {
    if (!text.empty()) facts.push(Value::object({{"key", key}, {"text", text}}));
  };
  add("Genomen op", moment_words(decision["at"].text_or_empty()));
  add("Door",
      decision["decidedBy"].text_or_empty() == "bot" ? "de bot" : decision["account"].text_or_empty());
  add("Redenen", decision["writtenReasons"].text_or_empty());
  const Value& hearing = decision["trace"]["hearing"];
  add("Gehoord op", date_words(hearing["heardOn"].text_or_empty(), "nl"));
  add("Wat de inwoner zei", hearing["said"].text_or_empty());
  for (const pipeline::HearingException& one : pipeline::hearing_exceptions()) {
    if (one.code == hearing["exception"].text_or_empty())
      add("Niet gehoord", std::string(one.text) + " (Awb " + std::string(one.article) + ")");
  }
  const Value& test = decision["trace"]["reverseTest"];
  add("Gewenst effect", test["effect"].text_or_empty());
  add("Waarden van de wet", test["values"].text_or_empty());
  add("Effecten van het besluit", test["effects"].text_or_empty());
  add("Juridische toets", test["test"].text_or_empty());
  add("Versie van het beleid", decision["policyVersion"].text_or_empty());
  const bool proposal = decision["proposal"].as_bool().value_or(false);
  return Value::object(
      {{"outcomeLabel", outcome_words(outcome, "nl") + (proposal ? " (voorstel van de bot)" : "")},
       {"outcomeBadge", outcome_badge(outcome)},
       {"decisionFacts", std::move(facts)}});
}

Value event_kinds_view() {
  Value list = Value::list();
  for (const std::string& kind : pipeline::incoming_event_kinds()) {
    list.push(Value::object({{"value", kind}, {"text", incoming_words(kind)}}));
  }
  return list;
}

/// The form of corrections: each question with what is stored now.
void add_fields(Value& context, const Visit& visit, const Application& application, const CaseInput& input) {
  const FormDefinition& common = visit.configuration().forms->common();
  FormState state;
  state.channel = application.channel;
  state.types = {application.type};
  state.problems = input.problems;
  const WebParameters stored = inputs_of(visit, application);
  state.typed = input.open_fields && input.typed != nullptr ? *input.typed : stored;
  if (input.open_fields) {
    // Only where what is typed differs, the stored answer stands beside it.
    for (const auto& [name, value] : stored) {
      if (web_value(state.typed, name) != value) state.old[name] = value;
    }
  }
  Value parts = Value::list();
  parts.push(part_view(common, common, "common", state));
  if (const FormDefinition* own =
          visit.configuration().forms->find(application.type, application.municipality)) {
    parts.push(part_view(common, *own, application.type, state));
  }
  context.set("parts", std::move(parts));
}

/// The task to call about papers has a form of its own.
void add_call_form(Value& context, const Visit& visit, const Application& application,
                   const CaseInput& input) {
  const auto typed = [&](const char* name) {
    return input.open_call && input.typed != nullptr ? web_value(*input.typed, name) : std::string();
  };
  context.set("callOutcomes", choices_view(call_outcomes, typed("outcome")));
  context.set("callPhone", application.common["phone"].text_or_empty());
  context.set("callUntil", typed("until"));
  context.set("callNote", typed("note"));
  context.set("callFirstDay", format_iso(add_days(pipeline::today(visit.services()), 1)));
  context.set("callOutcomeError", problem_of(input, "call-outcome"));
  context.set("callUntilError", problem_of(input, "call-until"));
}

std::string done_words(const Visit& visit) {
  const std::string_view done = visit.request().query.get("gedaan");
  if (done == "gepakt") return "U behandelt deze zaak. Na 30 minuten zonder actie komt de zaak weer vrij.";
  if (done == "losgelaten") return "De zaak is weer vrij.";
  if (done == "verbeterd") return "De verbetering is opgeslagen.";
  if (done == "gevraagd") return "De vraag gaat per brief naar de inwoner.";
  if (done == "besloten") return "Het besluit is genomen. De brief gaat naar de post.";
  if (done == "vastgelegd") return "Het is vastgelegd.";
  if (done == "gebeld") return "Het telefoontje is vastgelegd.";
  if (done == "met-de-post")
    return "De brieven van deze zaak gaan met de post. Wat alleen op de pagina stond, komt bij de postkamer.";
  if (done == "afgerond") return "De taak is afgerond.";
  if (done == "nagekeken") return "Het papier is nagekeken.";
  if (done == "gestart") return "De aanvraag is overgenomen van papier. De bot kijkt er nu naar.";
  return {};
}

std::string id_of_problem(const std::string& name) {
  if (name == "why") return "why-text";
  if (name == "outcome") return "o-granted";
  if (name == "differs") return "differs-no";
  if (name == "call-outcome") return "call-longer";
  if (name.find('.') == std::string::npos) return name;
  return id_of(name);
}

/// Crops belong to the paper's own page; among the documents they would only be many.
Value without_crops(const Value& documents) {
  Value list = Value::list();
  for (const Value& document : documents.items()) {
    if (document["kind"].text_or_empty() != "scan-crop") list.push(document);
  }
  return list;
}

/// The documents with what was read of them.
Value with_readings(const Value& documents, const Visit& visit, const Application& application) {
  Value list = Value::list();
  for (Value document : documents.items()) {
    Value sentences = Value::list();
    for (std::string& sentence : attachment_sentences(*visit.configuration().forms, application,
                                                      document["documentId"].text_or_empty()))
      sentences.push(Value::object({{"sentence", std::move(sentence)}}));
    document.set("readSentences", std::move(sentences));
    list.push(std::move(document));
  }
  return list;
}

void add_case(Value& context, const Visit& visit, const CaseFile& file, const Value& view) {
  const Application& application = file.application;
  Value documents = with_readings(documents_view(without_crops(view["documents"]), "nl"), visit, application);
  Value facts = facts_view(application.facts);
  Value outbox = outbox_view(file.outbox);
  const auto checks = paper_checks(visit.configuration(), application);
  context.set("paper", paper_card(checks, application));
  context.set("reasons", reasons_in_words(view["reasons"], checks));
  context.set("hasReasons", !view["reasons"].items().empty());
  context.set("tasks", reasons_in_words(view["openTasks"], checks));
  context.set("hasTasks", !view["openTasks"].items().empty());
  context.set("signals", view["signals"]);
  context.set("hasSignals", !view["signals"].items().empty());
  context.set("asked", view["asked"]);
  context.set("hasAsked", !view["asked"].items().empty());
  context.set("conditions", conditions_view(view["conditions"]));
  context.set("hasConditions", !view["conditions"].items().empty());
  context.set("advice", view["advice"]);
  context.set("hasAdvice", !view["advice"].items().empty());
  context.set("decision", decision_view(view["decision"], visit.configuration().forms->find(
                                                              application.type, application.municipality)));
  context.set("about", about_view(visit, application, view));
  context.set("answersInWords",
              answers_in_words(visit.configuration(), application.type, application.municipality,
                               application.common, application.fields, "nl"));
  context.set("hasFacts", !facts.items().empty());
  context.set("facts", std::move(facts));
  context.set("terms", terms_view(view["deadlines"]));
  context.set("hasDocuments", !documents.items().empty());
  context.set("documents", std::move(documents));
  context.set("events", events_view(view["events"]));
  context.set("hasOutbox", !outbox.items().empty());
  context.set("outbox", std::move(outbox));
}

}  // namespace

WebParameters inputs_of(const Visit& visit, const Application& application) {
  WebParameters inputs = to_web(visit.configuration().forms->common(), "common", application.common);
  if (const FormDefinition* own =
          visit.configuration().forms->find(application.type, application.municipality)) {
    for (auto& pair : to_web(*own, application.type, application.fields)) inputs.push_back(std::move(pair));
  }
  return inputs;
}

http::Response show_staff_case(const Visit& visit, const CaseFile& file, const CaseInput& input) {
  const Application& application = file.application;
  const Value view =
      pipeline::view_of(visit.services(), application, file.documents, pipeline::Viewer::staff);
  const Date today = pipeline::today(visit.services());
  const std::string& status = view["status"].text_or_empty();
  const bool decided = status == "decided" || status == "withdrawn";
  const Value item = pipeline::list_item_of(visit.services(), application);
  Value context = Value::object(
      {{"reference", application.reference.text},
       {"title", type_title(visit, application.type, application.municipality)},
       {"name", item["name"]},
       {"statusCode", status},
       {"status", status_words(status)},
       {"badge", status == "failed"    ? "danger"
                 : status == "decided" ? "safe"
                                       : "neutral"},
       {"outcome", outcome_words(view["outcome"].text_or_empty(), "nl")},
       {"done", done_words(visit)},
       {"version", std::to_string(application.version)},
       {"legalDeadline",
        application.legal_deadline ? format_dutch(*application.legal_deadline) : std::string()},
       {"late", application.legal_deadline && *application.legal_deadline < today},
       {"purposes", choices_view(purposes, std::string(visit.request().query.get("doel")).empty()
                                               ? "behandeling"
                                               : std::string(visit.request().query.get("doel")))},
       {"mayAct", !decided && (visit.identity().roles & http::role::consultant) != 0},
       {"mayRecord", true},
       {"mayFinish", (visit.identity().roles & http::role::consultant) != 0},
       {"mayPost", (visit.identity().roles & http::role::consultant) != 0 &&
                       pipeline::may_send_by_post(visit.services(), application, file.outbox)},
       {"openFields", input.open_fields},
       {"whyError", problem_of(input, "why")},
       {"typedWhy", input.typed == nullptr ? std::string() : web_value(*input.typed, "why")},
       {"formAction", "/staff/zaak/" + application.reference.text + "/gegevens"},
       {"eventKinds", event_kinds_view()},
       {"today", format_iso(today)}});
  add_claim(context, visit, application);
  add_walk(context, visit, application.reference);
  add_case(context, visit, file, view);
  add_fields(context, visit, application, input);
  add_decide_form(context, visit, application, input);
  add_call_form(context, visit, application, input);
  Frame frame;
  frame.title = "Zaak " + application.reference.text;
  frame.audience = Audience::staff;
  frame.menu = "queue";
  frame.with_errors = !input.problems.empty();
  std::vector<SummaryLine> lines;
  for (const auto& [name, text] : input.problems) lines.emplace_back(id_of_problem(name), text);
  add_summary(context, "nl", lines);
  return visit.show(frame.with_errors ? 422 : 200, "staff/case", frame, std::move(context));
}

}  // namespace softbot::web
