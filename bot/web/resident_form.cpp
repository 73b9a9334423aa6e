#include <algorithm>

#include "forms/catalogue.h"
#include "forms/normalise.h"
#include "http/page_headers.h"
#include "pipeline/edit.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "web/application_form.h"
#include "web/shared_views.h"
#include "web/words.h"

namespace softbot::web {
namespace {

constexpr std::size_t form_body_limit = std::size_t{64} << 20;

using Findings = std::vector<ApplicationForm::Finding>;

std::vector<std::string> types_in(const http::Parameters& query) {
  std::vector<std::string> types;
  for (const std::string_view type : query.all("type")) types.emplace_back(type);
  return types;
}

bool at_counter(const ApplicationForm& form) {
  return form.channel() == "counter";
}

std::string count_words(const Visit& visit, std::size_t count) {
  if (count == 0)
    return visit.say("Niets. U kunt het formulier versturen.", "Nothing. You can send the form.");
  const std::string number = std::to_string(count);
  return visit.english()
             ? number + (count == 1 ? " thing is missing or wrong:" : " things are missing or wrong:")
             : number +
                   (count == 1 ? " ding ontbreekt of klopt niet:" : " dingen ontbreken of kloppen niet:");
}

Value lines_of(const Findings& findings) {
  Value list = Value::list();
  for (const auto& finding : findings) {
    list.push(Value::object({{"problemId", id_of(finding.name)}, {"problemText", finding.text}}));
  }
  return list;
}

/// How the form is shown: just open, after a look, or refused because something is missing.
enum class Shown { open, checked, refused };

http::Response show_form(const Visit& visit, ApplicationForm& form, Shown shown, const Findings& findings,
                         const std::string& notice = {}) {
  if (shown != Shown::open) form.mark(findings);
  Value context = form.view();
  const bool counter = at_counter(form);
  std::string title = visit.say("Aanvragen", "Apply");
  if (form.types().size() == 1) title = type_title(visit, form.types().front(), visit.municipality().id);
  Frame frame;
  frame.title = title;
  frame.audience = counter ? Audience::staff : Audience::residents;
  frame.menu = counter ? "counter" : "start";
  frame.language_form = counter ? "" : "application";
  context.set("formTitle", title);
  context.set("formAction", counter ? "/staff/balie/formulier" : "/aanvragen");
  context.set("missingAddress", counter ? "/staff/balie/ontbreekt" : "/aanvragen/ontbreekt");
  context.set("counter", counter);
  context.set("notice", notice);
  context.set("checked", shown != Shown::open);
  context.set("missingCount", count_words(visit, findings.size()));
  context.set("missing", shown == Shown::open ? Value::list() : lines_of(findings));
  context.set("mayStillSend", shown == Shown::refused);
  if (shown != Shown::open && !findings.empty()) {
    frame.with_errors = true;
    context.set("summaryTitle", visit.say("Controleer deze antwoorden", "Check these answers"));
    context.set(
        "summaryText",
        visit.say(
            "Lukt iets niet? U mag het formulier ook zo versturen. Wij vragen u later om de rest.",
            "Cannot do it all? You may also send the form as it is. We will ask you for the rest later."));
    std::vector<SummaryLine> lines;
    for (const auto& finding : findings) lines.emplace_back(id_of(finding.name), finding.text);
    add_summary(context, visit.language(), lines);
  }
  return visit.show(frame.with_errors ? 422 : 200, "resident/form", frame, std::move(context));
}

pipeline::Sender sender_of(const Visit& visit, const ApplicationForm& form) {
  const http::Identity& identity = visit.identity();
  pipeline::Sender sender;
  if (at_counter(form)) {
    sender.scope = "account:" + identity.account;
    sender.assurance = IdentityAssurance::counter;
    sender.account = identity.account;
  } else if (identity.kind == http::Identity::Kind::resident) {
    sender.scope = "resident:" + identity.account;
    sender.assurance = IdentityAssurance::digid;
    sender.bsn = identity.bsn;
  }
  return sender;
}

/// The moments that a receipt names, out of the first application that has them.
void add_moments(Value& context, const Visit& visit,
                 const std::vector<pipeline::AcceptedApplication>& applications) {
  bool wmo = false;
  std::string decide_by;
  std::string plan_until;
  for (const auto& accepted : applications) {
    const auto application = pipeline::load_application(visit.services(), accepted.reference);
    if (!application) continue;
    const TermReport terms = pipeline::terms_of(*application, pipeline::today(visit.services()));
    wmo = wmo || application->law == "wmo2015";
    if (decide_by.empty() && application->legal_deadline) {
      decide_by = date_words(format_iso(*application->legal_deadline), visit.language());
    }
    const Deadline* plan = find_term(terms, "personal-plan");
    const bool declined = !application->common["personalPlan"].as_bool().value_or(true);
    if (plan != nullptr && !declined) plan_until = date_words(format_iso(plan->end), visit.language());
  }
  context.set("wmo", wmo);
  context.set("decideBy", decide_by);
  context.set("personalPlanUntil", plan_until);
}

http::Response show_receipt(const Visit& visit, const ApplicationForm& form,
                            const pipeline::IncomingSubmission& sent, const pipeline::Accepted& accepted,
                            bool is_signed) {
  Value applications = Value::list();
  Value copy = Value::list();
  Value files = Value::list();
  for (std::size_t index = 0; index < accepted.applications.size(); ++index) {
    const auto& each = accepted.applications[index];
    applications.push(Value::object({{"reference", each.reference.text},
                                     {"title", type_title(visit, each.type, sent.municipality)},
                                     {"code", each.code}}));
  }
  for (std::size_t index = 0; index < sent.requests.size(); ++index) {
    const std::string& type = sent.requests[index].type;
    const FormDefinition* own = visit.configuration().forms->find(type, sent.municipality);
    const Value common =
        index == 0 ? normalise(visit.configuration().forms->common(), sent.common) : Value::object();
    const Value parts = answers_in_words(
        visit.configuration(), type, sent.municipality, common,
        own == nullptr ? sent.requests[index].fields : normalise(*own, sent.requests[index].fields),
        visit.language());
    for (const Value& part : parts.items()) copy.push(part);
    for (const auto& file : sent.requests[index].attachments) {
      const Value name(file.file_name);
      const auto& items = files.items();
      if (std::find(items.begin(), items.end(), name) == items.end()) files.push(name);
    }
  }
  Frame frame;
  frame.title = visit.say("Ontvangen", "Received");
  frame.audience = at_counter(form) ? Audience::staff : Audience::residents;
  frame.menu = at_counter(form) ? "counter" : "start";
  Value context = Value::object(
      {{"applications", std::move(applications)},
       {"repeated", accepted.repeated},
       {"signed", is_signed},
       {"receivedOn", date_words(format_iso(pipeline::today(visit.services())), visit.language())},
       {"copy", std::move(copy)},
       {"hasSentFiles", !files.items().empty()},
       {"sentFiles", std::move(files)}});
  add_moments(context, visit, accepted.applications);
  add_support(context, visit);
  return visit.show(200, "resident/receipt", frame, std::move(context));
}

http::Response send(const Visit& visit, ApplicationForm& form, bool anyway) {
  const Findings findings = form.findings();
  const bool only_files_wrong = !form.file_findings().empty();
  if (!findings.empty() && (!anyway || only_files_wrong)) {
    return show_form(visit, form, Shown::refused, findings);
  }
  const pipeline::IncomingSubmission incoming = form.submission();
  const pipeline::Sender sender = sender_of(visit, form);
  const auto accepted = pipeline::take_in(visit.services(), sender, incoming);
  if (!accepted) {
    if (accepted.error().code == ErrorCode::invalid_input && !accepted.error().fields.empty()) {
      return show_form(visit, form, Shown::checked, form.findings_of(accepted.error()));
    }
    return visit.sorry(accepted.error(), at_counter(form) ? Audience::staff : Audience::residents);
  }
  return show_receipt(visit, form, incoming, *accepted, sender.assurance != IdentityAssurance::none);
}

/// What is known of a signed-in resident need not be typed.
void fill_known(const Visit& visit, ApplicationForm& form) {
  if (!at_counter(form) && visit.identity().kind == http::Identity::Kind::resident)
    form.fix("common.bsn", visit.identity().bsn);
}

bool may_serve(const Visit& visit, const std::string& channel) {
  return channel != "counter" || works_for(visit.identity().municipalities, visit.municipality().id);
}

http::Response open_form(Visit& visit, const std::string& channel) {
  const bool counter = channel == "counter";
  if (!may_serve(visit, channel))
    return visit.sorry(Error{ErrorCode::not_found, "", false, {}}, Audience::staff);
  ApplicationForm form(visit, channel, types_in(visit.request().query));
  if (form.types().empty()) return http::see_other(counter ? "/staff/balie?kies=1" : "/?kies=1");
  fill_known(visit, form);
  return show_form(visit, form, Shown::open, {});
}

http::Response post_form(Visit& visit, const std::string& channel) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error());
  visit.choose_municipality(posted->get("gemeente"));
  if (!may_serve(visit, channel))
    return visit.sorry(Error{ErrorCode::not_found, "", false, {}}, Audience::staff);
  const std::string action = posted->get("action");
  if (action.starts_with("language:")) visit.choose_language(std::string_view(action).substr(9));
  ApplicationForm form(visit, channel, posted->all("type"));
  if (form.types().empty()) return http::see_other(channel == "counter" ? "/staff/balie?kies=1" : "/?kies=1");
  form.take(std::move(*posted));
  fill_known(visit, form);
  if (action == "send" || action == "send-anyway") return send(visit, form, action == "send-anyway");
  if (action == "check") {
    const Findings findings = form.findings();
    return show_form(visit, form, Shown::checked, findings,
                     findings.empty() ? visit.say("Alles is ingevuld. U kunt het formulier versturen.",
                                                  "All is filled in. You can send the form.")
                                      : std::string());
  }
  return show_form(visit, form, form.file_findings().empty() ? Shown::open : Shown::checked,
                   form.file_findings());
}

/// What is still missing, for the script that keeps the list up to date while somebody fills in the form.
http::Response still_missing(Visit& visit, const std::string& channel) {
  auto posted = posted_form(visit.request());
  Value items = Value::list();
  std::string words;
  if (posted) {
    visit.choose_municipality(posted->get("gemeente"));
    ApplicationForm form(visit, channel, posted->all("type"));
    posted->files.clear();
    form.take(std::move(*posted));
    fill_known(visit, form);
    const Findings findings = form.findings();
    for (const auto& finding : findings) {
      items.push(
          Value::object({{"id", id_of(finding.name)}, {"text", finding.text}, {"missing", finding.missing}}));
    }
    words = count_words(visit, findings.size());
  }
  http::Response response =
      http::json_response(posted ? 200 : 422, Value::object({{"words", words}, {"items", std::move(items)}}));
  http::add_common_headers(visit.request(), response);
  return response;
}

}  // namespace

void add_form_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  const auto add = [&](const char* pattern, const char* missing_pattern, std::uint64_t roles,
                       const std::string& channel) {
    add_page(router, site, http::Method::get, pattern, roles,
             [channel](Visit& visit, const http::PathParameters&) { return open_form(visit, channel); });
    add_page(
        router, site, http::Method::post, pattern, roles,
        [channel](Visit& visit, const http::PathParameters&) { return post_form(visit, channel); },
        form_body_limit);
    add_page(router, site, http::Method::post, missing_pattern, roles,
             [channel](Visit& visit, const http::PathParameters&) { return still_missing(visit, channel); });
  };
  add("/aanvragen", "/aanvragen/ontbreekt", http::role::anyone, "web");
  add("/staff/balie/formulier", "/staff/balie/ontbreekt", http::role::clerk, "counter");
}

}  // namespace softbot::web
