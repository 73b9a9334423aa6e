#include <algorithm>

#include "domain/text.h"
#include "forms/answer_condition.h"
#include "forms/catalogue.h"
#include "forms/completeness.h"
#include "http/page_headers.h"
#include "pipeline/case_actions.h"
#include "pipeline/views.h"
#include "web/file_look.h"
#include "web/form_post.h"
#include "web/resident_case.h"
#include "web/shared_views.h"
#include "web/sign_in.h"
#include "web/stale_form.h"
#include "web/waiting.h"
#include "web/words.h"

namespace softbot::web {
namespace {

constexpr std::size_t file_body_limit = std::size_t{32} << 20;
constexpr std::uint64_t case_roles = http::role::application_code | http::role::resident;

using pipeline::Viewer;

/// Whether completeness has not seen a file yet, as far as that can be told.
bool is_new(const Value& file) {
  if (file["reading"].is_object()) return file["reading"]["state"].text_or_empty() == "waiting";
  return file["iban"].text_or_empty().empty();
}

/// Leaves out what was answered or handed in since it was asked: the bot takes it up in a moment, nobody need
/// do it twice.
void drop_answered(Application& application) {
  std::erase_if(application.asked, [&](const Asked& asked) {
    const bool common = asked.field.starts_with("common.");
    const std::string name = common ? asked.field.substr(7) : asked.field;
    if (asked.code == "attachment-missing") {
      const auto& files = application.attachments.items();
      return std::any_of(files.begin(), files.end(), [&](const Value& file) {
        return file["kind"].text_or_empty() == name && is_new(file);
      });
    }
    return asked.code == "missing" &&
           (is_answered(application.fields[name]) || is_answered(application.common[name]));
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

/// A document by its kind, for the links of the receipt; it may still be in the making.
http::Response document_of_kind(const Visit& visit, const ApplicationReference& reference,
                                const std::string& kind) {
  const auto file = case_file(visit.services(), reference);
  if (!file) return visit.sorry(file.error());
  for (const DocumentRecord& document : file->documents) {
    if (document.kind == kind && document.own)
      return document_response(visit, reference, document.id.text, Viewer::code);
  }
  return visit.message(
      200, visit.say("Nog even geduld", "One moment please"),
      visit.say("Dit stuk wordt nu gemaakt. Het staat zo bij uw aanvraag, onder ‘Brieven en stukken’.",
                "This document is being made now. You will find it with your application, below ‘Letters and "
                "documents’."));
}

/// The case that was opened anew, with the answers that came too late the first time.
http::Response show_typed_again(const Visit& visit, const ApplicationReference& reference,
                                const PostedForm& posted, const std::string& cookie) {
  http::Request request = visit.request();
  request.segments = {"zaak", reference.text};
  request.headers.set("Cookie", cookie.substr(0, cookie.find(';')));
  request.method = http::Method::get;
  http::Route route;
  route.pattern = "/zaak/{reference}";
  route.access.roles = case_roles;
  auto stopped = visit.site().gatekeeper->guard(route, request);
  if (stopped) return std::move(*stopped);
  request.method = http::Method::post;
  Visit again(visit.site(), request);
  again.choose_language(visit.language());
  http::PathParameters parameters;
  parameters.add("reference", reference.text);
  const auto opened = opened_case(again, parameters);
  if (!opened) return again.sorry(opened.error());
  http::Response response = show_case(
      again, *opened, {.typed = &posted.typed, .problems = {}, .file_problem = "", .session_changed = true});
  response.headers.add("Set-Cookie", cookie);
  return response;
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
      const std::string wrong =
          visit.say("Dit kenmerk en deze code horen niet bij elkaar. Kijk op uw ontvangstbevestiging.",
                    "This reference and code do not belong together. Look at your confirmation of receipt.");
      if (!posted->get("unsent").empty()) return show_unsent(visit, *posted, wrong);
      return show_case_entry(visit, 422, typed, wrong);
    }
    return visit.sorry(cookie.error());
  }
  if (posted->get("unsent") == "antwoord")
    return show_typed_again(visit, ApplicationReference(reference), *posted, *cookie);
  const std::string document = posted->get("document");
  http::Response response = document == "receipt" || document == "copy"
                                ? document_of_kind(visit, ApplicationReference(reference), document)
                                : http::see_other(case_address(ApplicationReference(reference)));
  response.headers.add("Set-Cookie", *cookie);
  http::add_common_headers(visit.request(), response);
  return response;
}

/// The answers that were posted, as the pipeline takes them; what cannot be understood is a problem.
Value posted_answers(const Visit& visit, const OpenedCase& opened, const WebParameters& typed,
                     Problems& problems) {
  const Application& application = opened.file.application;
  Value fields = Value::object();
  const auto add = [&](const FormDefinition& part, const std::string& prefix, const std::string& start) {
    const Value answers = answers_of(part, prefix, typed);
    for (const std::string& name : asked_names(application, part)) {
      const Value& answer = answers[name];
      if (!is_answered(answer)) continue;
      if (const auto wrong =
              check_answer(*part.find(name), answer, pipeline::today(visit.services()), visit.language())) {
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
  if (session_since(visit, *posted) != SessionSince::same)
    return show_case(visit, opened,
                     {.typed = &posted->typed, .problems = {}, .file_problem = "", .session_changed = true});
  if (const std::string action = posted->get("action");
      action.starts_with("add:") || action.starts_with("remove:")) {
    change_rows(posted->typed, action);
    return show_case(visit, opened,
                     {.typed = &posted->typed, .problems = {}, .file_problem = "", .session_changed = false});
  }
  Problems problems;
  const Value fields = posted_answers(visit, opened, posted->typed, problems);
  if (problems.empty() && fields.members().empty()) {
    const Value shown = asked_fields(visit, opened, nullptr, {});
    const std::string first = shown.items().empty() ? "" : shown.items().front()["name"].text_or_empty();
    problems[first] = visit.say("Vul minstens één antwoord in.", "Fill in at least one answer.");
  }
  if (!problems.empty())
    return show_case(
        visit, opened,
        {.typed = &posted->typed, .problems = problems, .file_problem = "", .session_changed = false});
  const auto answered =
      pipeline::answer(visit.services(), opened.file.application.reference, sender_of(visit, opened), fields);
  if (!answered) {
    if (answered.error().code == ErrorCode::invalid_input && !answered.error().fields.empty()) {
      for (const FieldError& each : answered.error().fields) {
        std::string name = each.field.starts_with("fields.") ? each.field.substr(7) : each.field;
        if (!name.starts_with("common.")) name = opened.file.application.type + "." + name;
        problems[name] = visit.say("Dit antwoord kunnen we niet aannemen.", "We cannot take this answer.");
      }
      return show_case(
          visit, opened,
          {.typed = &posted->typed, .problems = problems, .file_problem = "", .session_changed = false});
    }
    return visit.sorry(answered.error());
  }
  return done(opened, "antwoord");
}

std::string iso_or_empty(const std::string& typed) {
  const auto date = parse_date(typed);
  return date ? format_iso(*date) : std::string();
}

/// Only whether it can be made out: what stands in it is read later.
std::string look_at_handed_in(const Visit& visit, const Application& application,
                              const pipeline::Attachment& file) {
  const FormDefinition* own = definition_of(visit, application);
  const Attachment* asked = own == nullptr ? nullptr : own->attachment(file.kind);
  if (asked == nullptr || asked->reads == AttachmentReading::nothing) return {};
  return look_at(visit.services(), AttachmentReading::legibility, file.media_type, file.bytes).word;
}

http::Response take_file(Visit& visit, const OpenedCase& opened, const http::PathParameters&) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error());
  const auto refuse = [&](const std::string& text) {
    return show_case(visit, opened,
                     {.typed = nullptr, .problems = {}, .file_problem = text, .session_changed = false});
  };
  if (posted->files.empty() || posted->files.front().content.empty()) {
    return refuse(visit.say("Kies eerst een bestand.", "Choose a file first."));
  }
  http::UploadedFile& file = posted->files.front();
  pipeline::Attachment attachment;
  attachment.media_type = media_type_of(file.content);
  if (attachment.media_type.empty()) {
    return refuse(visit.say("Dit bestand kunnen we niet openen. Kies een PDF, JPG of PNG.",
                            "We cannot open this file. Choose a PDF, JPG or PNG."));
  }
  const Value kinds = kinds_view(visit, opened.file.application);
  const std::string kind = posted->get("kind");
  const bool known = std::any_of(kinds.items().begin(), kinds.items().end(),
                                 [&](const Value& each) { return each["kind"].text_or_empty() == kind; });
  attachment.kind = known ? kind : "other";
  attachment.file_name = file.name;
  attachment.bytes = std::move(file.content);
  for (const char c : ascii_upper(posted->get("iban"))) {
    if (c != ' ') attachment.iban += c;
  }
  attachment.period_from = iso_or_empty(posted->get("from"));
  attachment.period_to = iso_or_empty(posted->get("to"));
  const std::string look = look_at_handed_in(visit, opened.file.application, attachment);
  const auto taken = pipeline::hand_in(visit.services(), opened.file.application.reference,
                                       sender_of(visit, opened), attachment);
  if (!taken) return visit.sorry(taken.error());
  return done(opened, "stuk" + (look.empty() ? "" : "-" + look));
}

/// The same way for actions without content.
template <class Change>
auto change_page(Change change, const char* what) {
  return case_page(
      [change, what](Visit& visit, const OpenedCase& opened, const http::PathParameters&) -> http::Response {
        const auto changed =
            change(visit.services(), opened.file.application.reference, sender_of(visit, opened));
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
                                   {"title", type_title(visit, opened.file.application.type,
                                                        opened.file.application.municipality)}}));
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
    const Waiting waiting = waiting_of(view, visit.language(), pipeline::today(visit.services()));
    applications.push(Value::object(
        {{"reference", application.reference.text},
         {"title", type_title(visit, application.type, application.municipality)},
         {"label", decision.is_object() ? outcome_words(outcome, visit.language()) : words.label},
         {"badge", decision.is_object() ? outcome_badge(outcome) : words.badge},
         {"expectedBy", waiting.expected_by},
         {"suspendedWhy", waiting.suspended},
         {"asksSomething", !decision.is_object() && !view["asked"].items().empty()},
         {"receivedOn", moment_words(view["received"].text_or_empty())}}));
  }
  Frame frame;
  frame.title = visit.say("Mijn aanvragen", "My applications");
  frame.menu = "mine";
  return visit.show(200, "resident/mine", frame,
                    Value::object({{"hasApplications", !applications.items().empty()},
                                   {"applications", std::move(applications)}}));
}

}  // namespace

pipeline::Sender sender_of(const Visit& visit, const OpenedCase& opened) {
  pipeline::Sender sender;
  if (opened.viewer == Viewer::resident) {
    sender.scope = "resident:" + visit.identity().account;
    sender.assurance = IdentityAssurance::digid;
    sender.bsn = visit.identity().bsn;
  }
  return sender;
}

PageHandler case_page(CaseHandler action) {
  return
      [action = std::move(action)](Visit& visit, const http::PathParameters& parameters) -> http::Response {
        auto opened = opened_case(visit, parameters);
        if (!opened) {
          if (opened.error().code != ErrorCode::not_found) return visit.sorry(opened.error());
          return show_case_entry(visit, 404, normalise_reference(parameters["reference"]), "");
        }
        return action(visit, *opened, parameters);
      };
}

http::Response done(const OpenedCase& opened, const std::string& what) {
  return http::see_other(case_address(opened.file.application.reference) + "?gedaan=" + what);
}

http::Response show_case_entry(const Visit& visit, int status, const std::string& typed,
                               const std::string& problem) {
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
  add(Method::get, "/zaak", http::role::anyone,
      [](Visit& visit, const http::PathParameters&) { return show_case_entry(visit, 200, "", ""); });
  add(Method::post, "/zaak", http::role::anyone, enter);
  add(Method::get, "/zaak/{reference}", case_roles,
      case_page([](Visit& visit, const OpenedCase& opened, const http::PathParameters&) {
        return show_case(visit, opened);
      }));
  add(Method::get, "/zaak/{reference}/document/{document}", case_roles,
      case_page([](Visit& visit, const OpenedCase& opened, const http::PathParameters& parameters) {
        return document_response(visit, opened.file.application.reference, parameters["document"],
                                 opened.viewer);
      }));
  add(Method::post, "/zaak/{reference}/antwoord", case_roles, case_page(take_answers));
  add(Method::post, "/zaak/{reference}/stukken", case_roles, case_page(take_file), file_body_limit);
  add(Method::post, "/zaak/{reference}/medewerker", case_roles,
      change_page(pipeline::ask_for_person, "medewerker"));
  add(Method::get, "/zaak/{reference}/intrekken", case_roles, case_page(confirm_withdrawal));
  add(Method::post, "/zaak/{reference}/intrekken", case_roles,
      change_page(pipeline::withdraw, "ingetrokken"));
  add(Method::post, "/zaak/{reference}/ondertekenen", http::role::resident,
      change_page(pipeline::sign, "ondertekend"));
  add_objection_pages(router, site);
  add_experience_pages(router, site);
  add_letter_pages(router, site);
  add(Method::get, "/mijn", http::role::resident, mine);
}

}  // namespace softbot::web
