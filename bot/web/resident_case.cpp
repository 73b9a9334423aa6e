#include <algorithm>

#include "domain/text.h"
#include "forms/answer_condition.h"
#include "forms/catalogue.h"
#include "forms/completeness.h"
#include "http/page_headers.h"
#include "pipeline/case_actions.h"
#include "pipeline/edit.h"
#include "pipeline/views.h"
#include "web/form_post.h"
#include "web/form_view.h"
#include "web/shared_views.h"
#include "web/sign_in.h"
#include "web/words.h"

namespace softbot::web {
namespace {

constexpr std::size_t file_body_limit = std::size_t{32} << 20;
constexpr std::uint64_t case_roles = http::role::application_code | http::role::resident;

using pipeline::Viewer;

/// A case as this visitor may see it.
struct OpenedCase {
  CaseFile file;
  Viewer viewer = Viewer::code;
};

/// Leaves out what was answered or handed in since it was asked: the bot takes it up in a moment, nobody need do it twice.
void drop_answered(Application& application) {
  std::erase_if(application.asked, [&](const Asked& asked) {
    const bool common = asked.field.starts_with("common.");
    const std::string name = common ? asked.field.substr(7) : asked.field;
    if (asked.code == "attachment-missing") {
      const auto& files = application.attachments.items();
      return std::any_of(files.begin(), files.end(), [&](const Value& file) { return file["kind"].text_or_empty() == name && file["iban"].text_or_empty().empty(); });
    }
    return asked.code == "missing" && (is_answered(application.fields[name]) || is_answered(application.common[name]));
  });
}

/// Whoever holds the code, or is signed in as the person whom it is about. `not_found` for everybody else.
Result<OpenedCase> opened_case(const Visit& visit, const http::PathParameters& parameters) {
  const ApplicationReference reference(normalise_reference(parameters["reference"]));
  auto file = case_file(visit.services(), reference);
  if (!file) return fail(file.error());
  const http::Identity& identity = visit.identity();
  const bool owner = identity.kind == http::Identity::Kind::resident && !identity.bsn.empty() &&
                     file->application.common["bsn"].text_or_empty() == identity.bsn;
  drop_answered(file->application);
  const bool by_code = (identity.roles & http::role::application_code) != 0;
  if (!owner && !by_code) return fail(ErrorCode::not_found, "Deze aanvraag is niet van u.");
  return OpenedCase{std::move(*file), owner ? Viewer::resident : Viewer::code};
}

pipeline::Sender sender_of(const Visit& visit, const OpenedCase& opened) {
  pipeline::Sender sender;
  if (opened.viewer == Viewer::resident) {
    sender.scope = "resident:" + visit.identity().account;
    sender.assurance = IdentityAssurance::digid;
    sender.bsn = visit.identity().bsn;
  }
  return sender;
}

std::string case_address(const ApplicationReference& reference) { return "/zaak/" + reference.text; }

/// The word behind "gedaan" in the address, as a sentence: nothing that somebody types there is ever shown.
std::string done_words(const Visit& visit) {
  const std::string_view done = visit.request().query.get("gedaan");
  if (done == "antwoord") return visit.say("Uw antwoord is ontvangen.", "We have received your answer.");
  if (done == "stuk") return visit.say("Uw bestand is ontvangen.", "We have received your file.");
  if (done == "medewerker") return visit.say("Een medewerker kijkt naar uw aanvraag.", "A person will look at your application.");
  if (done == "ingetrokken") return visit.say("Uw aanvraag is ingetrokken.", "Your application is withdrawn.");
  if (done == "ondertekend") return visit.say("Uw handtekening is ontvangen.", "We have received your signature.");
  return {};
}

const FormDefinition* definition_of(const Visit& visit, const Application& application) {
  return visit.configuration().forms->find(application.type, application.municipality);
}

/// The questions among what is asked, by part: names without rows.
std::vector<std::string> asked_names(const Application& application, const FormDefinition& part) {
  std::vector<std::string> names;
  for (const Asked& asked : application.asked) {
    if (asked.field == "signature") continue;  // signing is a button or a sheet, never a question
    std::string base = asked.field.starts_with("common.") ? asked.field.substr(7) : asked.field;
    base = base.substr(0, base.find_first_of("[."));
    if (part.find(base) != nullptr && std::find(names.begin(), names.end(), base) == names.end()) names.push_back(base);
  }
  return names;
}

bool asks_signature(const Application& application) {
  return std::any_of(application.asked.begin(), application.asked.end(), [](const Asked& asked) { return asked.field == "signature"; });
}

FormState state_for_answers(const Visit& visit, const OpenedCase& opened, const WebParameters* typed, const Problems& problems) {
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
      for (auto& pair : to_web(*own, application.type, application.fields)) state.typed.push_back(std::move(pair));
    }
  }
  return state;
}

Value asked_fields(const Visit& visit, const OpenedCase& opened, const WebParameters* typed, const Problems& problems) {
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
    return std::any_of(application.asked.begin(), application.asked.end(), [&](const Asked& asked) { return asked.field == kind; });
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
    for (const Attachment& attachment : part->attachments) add(attachment.kind, attachment.label.in(visit.language()));
  }
  add("other", visit.say("Iets anders", "Something else"));
  return kinds;
}

bool needs_period(const FormDefinition* own) {
  return own != nullptr && std::any_of(own->attachments.begin(), own->attachments.end(),
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
  Value facts = grant_view(decision["grant"], visit.language());
  facts.push(Value::object({{"key", visit.say("Besloten op", "Decided on")}, {"text", moment_words(decision["at"].text_or_empty())}}));
  const bool by_bot = decision["decidedBy"].text_or_empty() == "bot";
  facts.push(Value::object({{"key", visit.say("Wie besloot", "Who decided")},
                            {"text", by_bot ? visit.say("De computer. U mag om een mens en om uitleg vragen.",
                                                        "The computer. You may ask for a person and for an explanation.")
                                            : visit.say("Een medewerker", "A person")}}));
  context.set("decision", Value::object({{"outcomeLabel", outcome_words(outcome, visit.language())},
                                         {"outcomeBadge", outcome_badge(outcome)},
                                         {"decisionFacts", std::move(facts)},
                                         {"writtenReasons", decision["writtenReasons"].text_or_empty()}}));
}

Value events_view(const Visit& visit, const Value& view) {
  Value events = Value::list();
  for (const Value& event : view["events"].items()) {
    events.push(Value::object({{"eventText", visit.english() ? event_words(event["kind"].text_or_empty(), "en") : capitalised(event["text"].text_or_empty())},
                               {"eventDate", date_words(event["date"].text_or_empty(), visit.language())}}));
  }
  return events;
}

/// What was typed and what is wrong with it, when the page is shown again.
struct Again {
  const WebParameters* typed = nullptr;
  Problems problems;
  std::string file_problem;
};

http::Response show_case(Visit& visit, const OpenedCase& opened, const Again& again = {}) {
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
  Value context = Value::object(
      {{"reference", application.reference.text},
       {"owner", opened.viewer == Viewer::resident},
       {"title", type_title(visit, application.type, application.municipality)},
       {"receivedOn", moment_words(view["received"].text_or_empty())},
       {"status", status},
       {"statusLabel", words.label},
       {"statusText", words.text},
       {"expectedBy", false},
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
       {"hasAdvice", !view["advice"].items().empty()},
       {"advice", view["advice"]},
       {"hasDocuments", !documents.items().empty()},
       {"documents", std::move(documents)},
       {"hasEvents", !events.items().empty()},
       {"events", std::move(events)},
       {"wmo", application.law == "wmo2015" && open},
       {"formAction", case_address(application.reference) + "/antwoord"}});
  add_terms(context, visit, view);
  add_decision(context, visit, view);
  add_support(context, visit);
  Frame frame;
  frame.title = type_title(visit, application.type, application.municipality) + ", " + application.reference.text;
  frame.menu = opened.viewer == Viewer::resident ? "mine" : "case";
  std::vector<SummaryLine> lines;
  for (const auto& [name, text] : again.problems) lines.emplace_back(id_of(name), text);
  if (!again.file_problem.empty()) lines.emplace_back("file", again.file_problem);
  add_summary(context, visit.language(), lines);
  frame.with_errors = !lines.empty();
  return visit.show(frame.with_errors ? 422 : 200, "resident/case", frame, std::move(context));
}

/// A document by its kind, for the links of the receipt; it may still be in the making.
http::Response document_of_kind(const Visit& visit, const ApplicationReference& reference, const std::string& kind) {
  const auto file = case_file(visit.services(), reference);
  if (!file) return visit.sorry(file.error());
  for (const DocumentRecord& document : file->documents) {
    if (document.kind == kind && document.own) return document_response(visit, reference, document.id.text, Viewer::code);
  }
  return visit.message(200, visit.say("Nog even geduld", "One moment please"),
                       visit.say("Dit stuk wordt nu gemaakt. Het staat zo bij uw aanvraag, onder ‘Brieven en stukken’.",
                                 "This document is being made now. You will find it with your application, below ‘Letters and documents’."));
}

http::Response enter(Visit& visit, const http::PathParameters&) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error());
  const std::string typed = posted->get("reference");
  const std::string reference = normalise_reference(typed);
  const auto cookie = visit.site().gatekeeper->open_case(visit.request(), reference, posted->get("code"));
  if (!cookie) {
    const ErrorCode code = cookie.error().code;
    if (code == ErrorCode::not_found || code == ErrorCode::invalid_input || code == ErrorCode::forbidden) {
      return show_case_entry(visit, 422, typed, visit.say("Dit kenmerk en deze code horen niet bij elkaar. Kijk op uw ontvangstbevestiging.",
                                                     "This reference and code do not belong together. Look at your confirmation of receipt."));
    }
    return visit.sorry(cookie.error());
  }
  const std::string document = posted->get("document");
  http::Response response = document == "receipt" || document == "copy"
                                ? document_of_kind(visit, ApplicationReference(reference), document)
                                : http::see_other(case_address(ApplicationReference(reference)));
  response.headers.add("Set-Cookie", *cookie);
  http::add_common_headers(visit.request(), response);
  return response;
}

// What a resident does to a case

template <class Action>
PageHandler case_page(Action action) {
  return [action](Visit& visit, const http::PathParameters& parameters) -> http::Response {
    auto opened = opened_case(visit, parameters);
    if (!opened) {
      if (opened.error().code != ErrorCode::not_found) return visit.sorry(opened.error());
      return show_case_entry(visit, 404, normalise_reference(parameters["reference"]), "");
    }
    return action(visit, *opened, parameters);
  };
}

http::Response done(const OpenedCase& opened, const char* what) {
  return http::see_other(case_address(opened.file.application.reference) + "?gedaan=" + what);
}

/// The answers that were posted, as the pipeline takes them; what cannot be understood is a problem.
Value posted_answers(const Visit& visit, const OpenedCase& opened, const WebParameters& typed, Problems& problems) {
  const Application& application = opened.file.application;
  Value fields = Value::object();
  const auto add = [&](const FormDefinition& part, const std::string& prefix, const std::string& start) {
    const Value answers = answers_of(part, prefix, typed);
    for (const std::string& name : asked_names(application, part)) {
      const Value& answer = answers[name];
      if (!is_answered(answer)) continue;
      if (const auto wrong = check_answer(*part.find(name), answer, pipeline::today(visit.services()), visit.language())) {
        problems[prefix + "." + name] = wrong->text;
      }
      fields.set(start + name, answer);
    }
  };
  add(visit.configuration().forms->common(), "common", "common.");
  if (const FormDefinition* own = definition_of(visit, application)) add(*own, application.type, "");
  return fields;
}

http::Response take_answers(Visit& visit, const OpenedCase& opened, const http::PathParameters&) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error());
  if (const std::string action = posted->get("action"); action.starts_with("add:") || action.starts_with("remove:")) {
    change_rows(posted->typed, action);
    return show_case(visit, opened, {.typed = &posted->typed, .problems = {}, .file_problem = ""});
  }
  Problems problems;
  const Value fields = posted_answers(visit, opened, posted->typed, problems);
  if (problems.empty() && fields.members().empty()) {
    const Value shown = asked_fields(visit, opened, nullptr, {});
    const std::string first = shown.items().empty() ? "" : shown.items().front()["name"].text_or_empty();
    problems[first] = visit.say("Vul minstens één antwoord in.", "Fill in at least one answer.");
  }
  if (!problems.empty()) return show_case(visit, opened, {.typed = &posted->typed, .problems = problems, .file_problem = ""});
  const auto answered = pipeline::answer(visit.services(), opened.file.application.reference, sender_of(visit, opened), fields);
  if (!answered) {
    if (answered.error().code == ErrorCode::invalid_input && !answered.error().fields.empty()) {
      for (const FieldError& each : answered.error().fields) {
        std::string name = each.field.starts_with("fields.") ? each.field.substr(7) : each.field;
        if (!name.starts_with("common.")) name = opened.file.application.type + "." + name;
        problems[name] = visit.say("Dit antwoord kunnen we niet aannemen.", "We cannot take this answer.");
      }
      return show_case(visit, opened, {.typed = &posted->typed, .problems = problems, .file_problem = ""});
    }
    return visit.sorry(answered.error());
  }
  return done(opened, "antwoord");
}

std::string iso_or_empty(const std::string& typed) {
  const auto date = parse_date(typed);
  return date ? format_iso(*date) : std::string();
}

http::Response take_file(Visit& visit, const OpenedCase& opened, const http::PathParameters&) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error());
  const auto refuse = [&](const std::string& text) { return show_case(visit, opened, {.typed = nullptr, .problems = {}, .file_problem = text}); };
  if (posted->files.empty() || posted->files.front().content.empty()) {
    return refuse(visit.say("Kies eerst een bestand.", "Choose a file first."));
  }
  http::UploadedFile& file = posted->files.front();
  pipeline::Attachment attachment;
  attachment.media_type = media_type_of(file.content);
  if (attachment.media_type.empty()) {
    return refuse(visit.say("Dit bestand kunnen we niet openen. Kies een PDF, JPG of PNG.", "We cannot open this file. Choose a PDF, JPG or PNG."));
  }
  const Value kinds = kinds_view(visit, opened.file.application);
  const std::string kind = posted->get("kind");
  const bool known = std::any_of(kinds.items().begin(), kinds.items().end(), [&](const Value& each) { return each["kind"].text_or_empty() == kind; });
  attachment.kind = known ? kind : "other";
  attachment.file_name = file.name;
  attachment.bytes = std::move(file.content);
  for (const char c : ascii_upper(posted->get("iban"))) {
    if (c != ' ') attachment.iban += c;
  }
  attachment.period_from = iso_or_empty(posted->get("from"));
  attachment.period_to = iso_or_empty(posted->get("to"));
  const auto taken = pipeline::hand_in(visit.services(), opened.file.application.reference, sender_of(visit, opened), attachment);
  if (!taken) return visit.sorry(taken.error());
  return done(opened, "stuk");
}

/// The same way for actions without content.
template <class Change>
auto change_page(Change change, const char* what) {
  return case_page([change, what](Visit& visit, const OpenedCase& opened, const http::PathParameters&) -> http::Response {
    const auto changed = change(visit.services(), opened.file.application.reference, sender_of(visit, opened));
    if (!changed) return visit.sorry(changed.error());
    return done(opened, what);
  });
}

http::Response confirm_withdrawal(Visit& visit, const OpenedCase& opened, const http::PathParameters&) {
  Frame frame;
  frame.title = visit.say("Aanvraag intrekken", "Withdraw the application");
  frame.menu = "case";
  return visit.show(200, "resident/withdraw", frame,
                    Value::object({{"reference", opened.file.application.reference.text},
                                   {"title", type_title(visit, opened.file.application.type, opened.file.application.municipality)}}));
}

http::Response mine(Visit& visit, const http::PathParameters&) {
  const auto all = applications_of(visit.services(), visit.identity().bsn);
  if (!all) return visit.sorry(all.error());
  Value applications = Value::list();
  for (const Application& application : *all) {
    const Value view = pipeline::view_of(visit.services(), application, {}, Viewer::resident);
    const StatusWords words = resident_status(view["status"].text_or_empty(), visit.language());
    const Value& decision = view["decision"];
    const std::string& outcome = decision["outcome"].text_or_empty();
    applications.push(Value::object({{"reference", application.reference.text},
                                     {"title", type_title(visit, application.type, application.municipality)},
                                     {"label", decision.is_object() ? outcome_words(outcome, visit.language()) : words.label},
                                     {"badge", decision.is_object() ? outcome_badge(outcome) : words.badge},
                                     {"receivedOn", moment_words(view["received"].text_or_empty())}}));
  }
  Frame frame;
  frame.title = visit.say("Mijn aanvragen", "My applications");
  frame.menu = "mine";
  return visit.show(200, "resident/mine", frame,
                    Value::object({{"hasApplications", !applications.items().empty()}, {"applications", std::move(applications)}}));
}

}  // namespace

http::Response show_case_entry(const Visit& visit, int status, const std::string& typed, const std::string& problem) {
  Frame frame;
  frame.title = visit.say("Uw aanvraag volgen", "Follow your application");
  frame.menu = "case";
  frame.with_errors = !problem.empty();
  Value context = Value::object({{"typedReference", typed}, {"entryError", problem}});
  if (!problem.empty()) add_summary(context, visit.language(), {{"reference", problem}});
  return visit.show(status, "resident/case_entry", frame, std::move(context));
}

void add_case_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  const auto add = [&](Method method, const char* pattern, std::uint64_t roles, PageHandler handler,
                       std::size_t limit = http::default_body_limit) {
    add_page(router, site, method, pattern, roles, std::move(handler), limit);
  };
  add(Method::get, "/zaak", http::role::anyone, [](Visit& visit, const http::PathParameters&) { return show_case_entry(visit, 200, "", ""); });
  add(Method::post, "/zaak", http::role::anyone, enter);
  add(Method::get, "/zaak/{reference}", case_roles,
      case_page([](Visit& visit, const OpenedCase& opened, const http::PathParameters&) { return show_case(visit, opened); }));
  add(Method::get, "/zaak/{reference}/document/{document}", case_roles,
      case_page([](Visit& visit, const OpenedCase& opened, const http::PathParameters& parameters) {
        return document_response(visit, opened.file.application.reference, parameters["document"], opened.viewer);
      }));
  add(Method::post, "/zaak/{reference}/antwoord", case_roles, case_page(take_answers));
  add(Method::post, "/zaak/{reference}/stukken", case_roles, case_page(take_file), file_body_limit);
  add(Method::post, "/zaak/{reference}/medewerker", case_roles, change_page(pipeline::ask_for_person, "medewerker"));
  add(Method::get, "/zaak/{reference}/intrekken", case_roles, case_page(confirm_withdrawal));
  add(Method::post, "/zaak/{reference}/intrekken", case_roles, change_page(pipeline::withdraw, "ingetrokken"));
  add(Method::post, "/zaak/{reference}/ondertekenen", http::role::resident, change_page(pipeline::sign, "ondertekend"));
  add(Method::get, "/mijn", http::role::resident, mine);
}

}  // namespace softbot::web
