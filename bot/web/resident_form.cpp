#include <algorithm>

#include "forms/catalogue.h"
#include "forms/normalise.h"
#include "http/multipart.h"
#include "http/page_headers.h"
#include "pipeline/edit.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "web/application_form.h"
#include "web/known_answers.h"
#include "web/shared_views.h"
#include "web/stale_form.h"
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

/// A clerk types in a conversation, at the counter or on the phone.
bool by_clerk(const ApplicationForm& form) {
  return form.channel() != "web";
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

/// Where this form opens empty.
std::string form_address(const Visit& visit, const ApplicationForm& form) {
  std::string address = (by_clerk(form) ? "/staff/balie/formulier" : "/aanvragen") +
                        ("?gemeente=" + http::percent_encoded(visit.municipality().id));
  for (const std::string& type : form.types()) address += "&type=" + http::percent_encoded(type);
  return address;
}

/// What stands above the form.
struct Notice {
  std::string text = {};
  SessionSince session = SessionSince::same;
  bool other_person = false;  ///< somebody else signed in than whose number was typed
};

http::Response show_form(const Visit& visit, ApplicationForm& form, Shown shown, const Findings& findings,
                         const Notice& notice = {}) {
  if (shown != Shown::open) form.mark(findings);
  Value context = form.view();
  const bool counter = by_clerk(form);
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
  context.set("notice", notice.text);
  context.set("sessionEnded", notice.session == SessionSince::ended);
  context.set("sessionChanged", notice.session == SessionSince::changed);
  context.set("otherPerson", notice.other_person);
  context.set("checked", shown != Shown::open);
  context.set("opened", visit.request().method == http::Method::get);
  add_keeping(context, visit, form_address(visit, form));
  context.set("missingCount", count_words(visit, findings.size()));
  context.set("missing", shown == Shown::open ? Value::list() : lines_of(findings));
  context.set("mayStillSend", shown == Shown::refused && !form.conversation_unknown());
  context.set("conversationError", shown != Shown::open && form.conversation_unknown()
                                       ? "Kies aan de balie of aan de telefoon."
                                       : "");
  if (shown != Shown::open && !findings.empty()) {
    frame.with_errors = true;
    context.set("summaryTitle", visit.say("Controleer deze antwoorden", "Check these answers"));
    if (!form.conversation_unknown())
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
  if (by_clerk(form)) {
    // On the phone nobody sees an identity document: then it is signed later, on the sheet.
    const bool seen = form.channel() == "counter";
    sender.scope = "account:" + identity.account;
    sender.assurance = seen ? IdentityAssurance::counter : IdentityAssurance::none;
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
  frame.audience = by_clerk(form) ? Audience::staff : Audience::residents;
  frame.menu = by_clerk(form) ? "counter" : "start";
  Value context = Value::object(
      {{"applications", std::move(applications)},
       {"repeated", accepted.repeated},
       {"formKey", form.key()},
       {"signed", is_signed},
       {"byPhone", form.channel() == "phone"},
       {"receivedOn", date_words(format_iso(pipeline::today(visit.services())), visit.language())},
       {"copy", std::move(copy)},
       {"hasSentFiles", !files.items().empty()},
       {"sentFiles", std::move(files)}});
  add_moments(context, visit, accepted.applications);
  add_support(context, visit);
  return visit.show(200, "resident/receipt", frame, std::move(context));
}

/// Everything once more, before it is sent.
http::Response show_summary(const Visit& visit, const ApplicationForm& form, const Findings& findings) {
  const bool clerk = by_clerk(form);
  Frame frame;
  frame.title = visit.say("Klopt alles?", "Is all this right?");
  frame.audience = clerk ? Audience::staff : Audience::residents;
  frame.menu = clerk ? "counter" : "start";
  frame.language_form = clerk ? "" : "summary";  // an address cannot show it again in another language
  Value context = form.summary();
  context.set("formAction", clerk ? "/staff/balie/formulier" : "/aanvragen");
  context.set("clerk", clerk);
  context.set("byPhone", form.channel() == "phone");
  context.set("hasMissing", !findings.empty());
  context.set("missing", lines_of(findings));
  return visit.show(200, "resident/summary", frame, std::move(context));
}

/// On to the summary, unless something is missing that nobody has seen yet.
http::Response go_to_summary(const Visit& visit, ApplicationForm& form, const std::string& action) {
  const Findings findings = form.findings();
  const bool must_change = !form.file_findings().empty() || form.conversation_unknown() || form.lost_files();
  if (must_change || (!findings.empty() && action != "send-anyway"))
    return show_form(visit, form, Shown::refused, findings);
  return show_summary(visit, form, findings);
}

http::Response send(const Visit& visit, ApplicationForm& form) {
  if (form.conversation_unknown() || form.lost_files())
    return show_form(visit, form, Shown::checked, form.findings());
  const pipeline::IncomingSubmission incoming = form.submission();
  const pipeline::Sender sender = sender_of(visit, form);
  const auto accepted = pipeline::take_in(visit.services(), sender, incoming);
  if (!accepted) {
    if (accepted.error().code == ErrorCode::invalid_input && !accepted.error().fields.empty()) {
      return show_form(visit, form, Shown::checked, form.findings_of(accepted.error()));
    }
    return visit.sorry(accepted.error(), by_clerk(form) ? Audience::staff : Audience::residents);
  }
  return show_receipt(visit, form, incoming, *accepted, sender.assurance != IdentityAssurance::none);
}

/// What is known of a signed-in resident need not be typed.
void fill_known(const Visit& visit, ApplicationForm& form) {
  if (!by_clerk(form) && visit.identity().kind == http::Identity::Kind::resident)
    form.fix("common.bsn", visit.identity().bsn);
}

/// Fills in what a signed-in resident wrote before; what to say about it.
std::string suggest_known(const Visit& visit, ApplicationForm& form) {
  if (by_clerk(form) || visit.identity().kind != http::Identity::Kind::resident) return {};
  const EarlierAnswers known = known_of(visit);
  if (known.given.empty()) return {};
  form.suggest(known.common);
  return visit.say("Wij hebben uw naam, adres en telefoonnummer ingevuld, zoals u die op " + known.given +
                       " opschreef. Kijk of alles nog klopt. U kunt het veranderen.",
                   "We have filled in your name, address and telephone number as you wrote them on " +
                       known.given + ". Check that all is still right. You can change it.");
}

/// Whether the session is still the one that the form was opened with.
Notice session_notice(const Visit& visit, const PostedForm& posted) {
  Notice notice{.session = session_since(visit, posted)};
  std::string typed;
  for (const char c : posted.get("common.bsn")) {
    if (c >= '0' && c <= '9') typed += c;
  }
  const std::string& signed_in = visit.identity().bsn;
  notice.other_person = !signed_in.empty() && !typed.empty() && typed != signed_in;
  return notice;
}

/// A clerk says in the form where they speak the resident.
std::string channel_of(const std::string& channel, const PostedForm& posted) {
  return channel != "web" && posted.get("gesprek") == "telefoon" ? "phone" : channel;
}

bool may_serve(const Visit& visit, const std::string& channel) {
  return channel == "web" || works_for(visit.identity().municipalities, visit.municipality().id);
}

http::Response open_form(Visit& visit, const std::string& channel) {
  const bool counter = channel == "counter";
  if (!may_serve(visit, channel))
    return visit.sorry(Error{ErrorCode::not_found, "", false, {}}, Audience::staff);
  ApplicationForm form(visit, channel, types_in(visit.request().query));
  if (form.types().empty()) return http::see_other(counter ? "/staff/balie?kies=1" : "/?kies=1");
  fill_known(visit, form);
  return show_form(visit, form, Shown::open, {}, {.text = suggest_known(visit, form)});
}

http::Response post_form(Visit& visit, const std::string& channel) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error());
  visit.choose_municipality(posted->get("gemeente"));
  if (!may_serve(visit, channel))
    return visit.sorry(Error{ErrorCode::not_found, "", false, {}}, Audience::staff);
  const std::string action = posted->get("action");
  if (action.starts_with("language:")) visit.choose_language(std::string_view(action).substr(9));
  ApplicationForm form(visit, channel_of(channel, *posted), posted->all("type"));
  if (action == "start-over") {
    visit.site().tray.forget(posted->get("form"));
    return http::see_other(form_address(visit, form));
  }
  if (form.types().empty()) return http::see_other(channel == "counter" ? "/staff/balie?kies=1" : "/?kies=1");
  const Notice notice = session_notice(visit, *posted);
  form.take(std::move(*posted));
  fill_known(visit, form);
  if (notice.session != SessionSince::same)
    return show_form(visit, form, Shown::open, form.file_findings(), notice);
  if (action == "send" || action == "send-anyway") return go_to_summary(visit, form, action);
  if (action == "confirm") return send(visit, form);
  if (action == "check") {
    const Findings findings = form.findings();
    return show_form(
        visit, form, Shown::checked, findings,
        {.text = findings.empty() ? visit.say("Alles is ingevuld. U kunt het formulier versturen.",
                                              "All is filled in. You can send the form.")
                                  : std::string()});
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
    ApplicationForm form(visit, channel_of(channel, *posted), posted->all("type"));
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
