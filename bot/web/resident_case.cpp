#include "web/resident_case.h"

#include <algorithm>

#include "forms/catalogue.h"
#include "web/file_look.h"
#include "web/shared_views.h"
#include "web/waiting.h"
#include "web/words.h"

namespace softbot::web {
namespace {

using pipeline::Viewer;

/// The word behind "gedaan" in the address, as a sentence: nothing that somebody types there is ever shown.
std::string done_words(const Visit& visit) {
  const std::string_view done = visit.request().query.get("gedaan");
  if (done == "antwoord") return visit.say("Uw antwoord is ontvangen.", "We have received your answer.");
  if (done == "stuk") return visit.say("Uw bestand is ontvangen.", "We have received your file.");
  if (done.starts_with("stuk-")) {
    const std::string look = look_words(done.substr(5), visit.language());
    return visit.say("Uw bestand is ontvangen.", "We have received your file.") +
           (look.empty() ? "" : " " + look);
  }
  if (done == "medewerker")
    return visit.say("Een medewerker kijkt naar uw aanvraag.", "A person will look at your application.");
  if (done == "ingetrokken")
    return visit.say("Uw aanvraag is ingetrokken.", "Your application is withdrawn.");
  if (done == "bezwaar")
    return visit.say("Uw bezwaar is ontvangen. U krijgt daarover een brief.",
                     "We have received your objection. You will get a letter about it.");
  if (done == "brieven-post")
    return visit.say("U krijgt brieven over deze aanvraag voortaan met de post.",
                     "From now on you get letters about this application by post.");
  if (done == "brieven-mail")
    return visit.say("Wij sturen u voortaan een e-mail als er een bericht voor u klaarstaat.",
                     "From now on we send you an e-mail when a message is ready for you.");
  if (done == "ervaring")
    return visit.say("Dank u wel. Uw antwoorden helpen ons om het beter te doen.",
                     "Thank you. Your answers help us to do better.");
  if (done == "ervaring-al")
    return visit.say("U had deze vragen al beantwoord. We tellen uw antwoorden één keer. Dank u wel.",
                     "You had answered these questions before. We count your answers once. Thank you.");
  if (done == "ondertekend")
    return visit.say("Uw handtekening is ontvangen.", "We have received your signature.");
  return {};
}

/// The key of the form that was sent just now: the browser need not keep it any longer.
std::string received_form(const Visit& visit, const Application& application) {
  const std::string_view done = visit.request().query.get("gedaan");
  if (done == "antwoord") return application.reference.text;
  return done == "bezwaar" ? application.reference.text + "/bezwaar" : std::string();
}

bool asks_signature(const Application& application) {
  return std::any_of(application.asked.begin(), application.asked.end(),
                     [](const Asked& asked) { return asked.field == "signature"; });
}

FormState state_for_answers(const Visit& visit, const OpenedCase& opened, const WebParameters* typed,
                            const Problems& problems) {
  FormState state;
  state.language = visit.language();
  state.types = {opened.file.application.type};
  state.problems = problems;
  if (typed != nullptr) {
    state.typed = *typed;
  } else if (opened.viewer == Viewer::resident) {
    // With a code alone the page never shows what was answered before.
    const Application& application = opened.file.application;
    state.typed = to_web(visit.configuration().forms->common(), "common", application.common);
    if (const FormDefinition* own = definition_of(visit, application)) {
      for (auto& pair : to_web(*own, application.type, application.fields))
        state.typed.push_back(std::move(pair));
    }
  }
  return state;
}

bool needs_period(const FormDefinition* own) {
  return own != nullptr &&
         std::any_of(own->attachments.begin(), own->attachments.end(),
                     [](const Attachment& attachment) { return attachment.cover_months > 0; });
}

void add_terms(Value& context, const Visit& visit, const Value& view) {
  Value terms = Value::list();
  for (const Value& term : view["deadlines"].items()) {
    const std::string& status = term["status"].text_or_empty();
    if (status != "running" && status != "suspended") continue;
    terms.push(Value::object({{"label", term["label"].text_or_empty()},
                              {"end", date_words(term["end"].text_or_empty(), visit.language())},
                              {"termStatus", term_words(status, visit.language())},
                              {"article", term["article"].text_or_empty()}}));
    if (term["code"].text_or_empty() == "repair") context.set("askedUntil", terms.items().back()["end"]);
  }
  context.set("hasTerms", !terms.items().empty());
  context.set("terms", std::move(terms));
}

void add_decision(Value& context, const Visit& visit, const Value& view) {
  const Value& decision = view["decision"];
  if (!decision.is_object()) {
    context.set("decision", false);
    return;
  }
  const std::string& outcome = decision["outcome"].text_or_empty();
  const FormDefinition* form =
      visit.configuration().forms->find(view["type"].text_or_empty(), view["municipality"].text_or_empty());
  Value facts = grant_view(decision["grant"], form, visit.language());
  facts.push(Value::object({{"key", visit.say("Besloten op", "Decided on")},
                            {"text", moment_words(decision["at"].text_or_empty())}}));
  const bool by_bot = decision["decidedBy"].text_or_empty() == "bot";
  facts.push(Value::object(
      {{"key", visit.say("Wie besloot", "Who decided")},
       {"text", by_bot ? visit.say("De computer. U mag om een mens en om uitleg vragen.",
                                   "The computer. You may ask for a person and for an explanation.")
                       : visit.say("Een medewerker", "A person")}}));
  const std::string last_day = objection_day(view);
  context.set("objectUntil", last_day.empty() ? last_day : date_words(last_day, visit.language()));
  std::string objected;
  for (const Value& event : view["events"].items()) {
    if (event["kind"].text_or_empty() == "objection") objected = event["date"].text_or_empty();
  }
  context.set("objected", objected.empty() ? objected : date_words(objected, visit.language()));
  context.set("decision", Value::object({{"outcomeLabel", outcome_words(outcome, visit.language())},
                                         {"outcomeBadge", outcome_badge(outcome)},
                                         {"decisionFacts", std::move(facts)},
                                         {"writtenReasons", decision["writtenReasons"].text_or_empty()}}));
}

Value events_view(const Visit& visit, const Value& view) {
  Value events = Value::list();
  for (const Value& event : view["events"].items()) {
    events.push(
        Value::object({{"eventText", visit.english() ? event_words(event["kind"].text_or_empty(), "en")
                                                     : capitalised(event["text"].text_or_empty())},
                       {"eventDate", date_words(event["date"].text_or_empty(), visit.language())}}));
  }
  return events;
}

}  // namespace

std::string objection_day(const Value& view) {
  std::string day;
  for (const Value& term : view["deadlines"].items()) {
    if (term["code"].text_or_empty() == "objection") day = term["end"].text_or_empty();
  }
  return day;
}

std::string case_address(const ApplicationReference& reference) {
  return "/zaak/" + reference.text;
}

const FormDefinition* definition_of(const Visit& visit, const Application& application) {
  return visit.configuration().forms->find(application.type, application.municipality);
}

std::vector<std::string> asked_names(const Application& application, const FormDefinition& part) {
  std::vector<std::string> names;
  for (const Asked& asked : application.asked) {
    if (asked.field == "signature") continue;  // signing is a button or a sheet, never a question
    std::string base = asked.field.starts_with("common.") ? asked.field.substr(7) : asked.field;
    base = base.substr(0, base.find_first_of("[."));
    if (part.find(base) != nullptr && std::find(names.begin(), names.end(), base) == names.end())
      names.push_back(base);
  }
  return names;
}

Value asked_fields(const Visit& visit, const OpenedCase& opened, const WebParameters* typed,
                   const Problems& problems) {
  Value fields = Value::list();
  const Application& application = opened.file.application;
  const FormDefinition& common = visit.configuration().forms->common();
  const FormState state = state_for_answers(visit, opened, typed, problems);
  const auto add = [&](const FormDefinition& part, const std::string& prefix) {
    const Value views = fields_view(common, part, prefix, state, asked_names(application, part));
    for (const Value& view : views.items()) fields.push(view);
  };
  add(common, "common");
  if (const FormDefinition* own = definition_of(visit, application)) add(*own, application.type);
  return fields;
}

Value kinds_view(const Visit& visit, const Application& application) {
  Value kinds = Value::list();
  const auto is_asked = [&](const std::string& kind) {
    return std::any_of(application.asked.begin(), application.asked.end(),
                       [&](const Asked& asked) { return asked.field == kind; });
  };
  bool any_asked = false;
  const auto add = [&](const std::string& kind, const std::string& label) {
    const bool chosen = !any_asked && is_asked(kind);
    any_asked = any_asked || chosen;
    kinds.push(Value::object({{"kind", kind}, {"label", label}, {"chosen", chosen}}));
  };
  const FormDefinition* own = definition_of(visit, application);
  for (const FormDefinition* part : {own, &visit.configuration().forms->common()}) {
    if (part == nullptr) continue;
    for (const Attachment& attachment : part->attachments)
      add(attachment.kind, attachment.label.in(visit.language()));
  }
  add("other", visit.say("Iets anders", "Something else"));
  return kinds;
}

http::Response show_case(Visit& visit, const OpenedCase& opened, const Again& again) {
  const Application& application = opened.file.application;
  visit.choose_municipality(application.municipality);
  const Value view = pipeline::view_of(visit.services(), application, opened.file.documents, opened.viewer);
  const std::string& status = view["status"].text_or_empty();
  const StatusWords words = resident_status(status, visit.language());
  const bool open = status != "decided" && status != "withdrawn";
  const bool signature = asks_signature(application) && open;
  Value fields = open ? asked_fields(visit, opened, again.typed, again.problems) : Value::list();
  Value documents = documents_view(view["documents"], visit.language());
  Value events = events_view(visit, view);
  const Waiting waiting = waiting_of(view, visit.language(), pipeline::today(visit.services()));
  const std::string announced = announced_status_words(visit, opened);
  Value context = Value::object({{"reference", application.reference.text},
                                 {"owner", opened.viewer == Viewer::resident},
                                 {"title", type_title(visit, application.type, application.municipality)},
                                 {"receivedOn", moment_words(view["received"].text_or_empty())},
                                 {"status", status},
                                 {"statusLabel", words.label},
                                 {"statusText", announced.empty() ? words.text : announced},
                                 {"expectedBy", waiting.expected_by},
                                 {"suspendedWhy", waiting.suspended},
                                 {"done", done_words(visit)},
                                 {"hasAsked", open && !view["asked"].items().empty()},
                                 {"asked", view["asked"]},
                                 {"askedUntil", false},
                                 {"canSign", signature && opened.viewer == Viewer::resident},
                                 {"mustSignIn", signature && opened.viewer == Viewer::code},
                                 {"hasAskedFields", !fields.items().empty()},
                                 {"askedFields", std::move(fields)},
                                 {"open", open},
                                 {"kinds", kinds_view(visit, application)},
                                 {"needsPeriod", needs_period(definition_of(visit, application))},
                                 {"fileError", again.file_problem},
                                 {"sessionChanged", again.session_changed},
                                 {"hasAdvice", !view["advice"].items().empty()},
                                 {"advice", view["advice"]},
                                 {"hasDocuments", !documents.items().empty()},
                                 {"documents", std::move(documents)},
                                 {"hasEvents", !events.items().empty()},
                                 {"events", std::move(events)},
                                 {"wmo", application.law == "wmo2015" && open},
                                 {"formAction", case_address(application.reference) + "/antwoord"}});
  add_keeping(context, visit, case_address(application.reference));
  context.set("opened", visit.request().method == http::Method::get);
  context.set("received", received_form(visit, application));
  add_terms(context, visit, view);
  add_decision(context, visit, view);
  add_support(context, visit);
  add_experience(context, visit, opened, again);
  add_letter_choice(context, visit, opened, again);
  Frame frame;
  frame.title =
      type_title(visit, application.type, application.municipality) + ", " + application.reference.text;
  frame.menu = opened.viewer == Viewer::resident ? "mine" : "case";
  std::vector<SummaryLine> lines;
  for (const auto& [name, text] : again.problems) lines.emplace_back(id_of(name), text);
  if (!again.file_problem.empty()) lines.emplace_back("file", again.file_problem);
  if (!again.letters_problem.empty()) lines.emplace_back("letter-address", again.letters_problem);
  if (!again.experience_problem.empty()) lines.emplace_back("clear-yes", again.experience_problem);
  add_summary(context, visit.language(), lines);
  frame.with_errors = !lines.empty();
  return visit.show(frame.with_errors ? 422 : 200, "resident/case", frame, std::move(context));
}

}  // namespace softbot::web
