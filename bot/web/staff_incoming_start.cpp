#include "pipeline/incoming_post.h"
#include "web/application_form.h"
#include "web/incoming_refusal.h"
#include "web/page_pictures.h"
#include "web/staff_incoming.h"

namespace softbot::web {
namespace {

constexpr std::size_t form_body_limit = std::size_t{4} << 20;

using Findings = std::vector<ApplicationForm::Finding>;

/// The item and the type that somebody types over from it.
struct Started {
  CaseFile file;
  std::string type;
};

/// What the form says besides the answers.
struct FormNotes {
  Findings findings = {};
  bool is_signed = false;
  std::optional<PostRefusal> refusal = std::nullopt;
};

http::Response show_form(const Visit& visit, const Started& started, ApplicationForm& form,
                         const FormNotes& notes) {
  const Findings& findings = notes.findings;
  form.mark(findings);
  const Application& item = started.file.application;
  const std::string address = incoming_address(item.reference);
  Value context = form.view();
  Value pages = pictures_view(pictures_among(started.file.documents, address + "/document/"));
  Value files = files_among(started.file.documents, address + "/document/");
  context.set("hasPages", !pages.items().empty());
  context.set("pages", std::move(pages));
  context.set("hasFiles", !files.items().empty());
  context.set("files", std::move(files));
  context.set("reference", item.reference.text);
  context.set("version", std::to_string(item.version));
  context.set("type", started.type);
  context.set("title", type_title(visit, started.type, item.municipality));
  context.set("isSigned", notes.is_signed);
  context.set("notice", notes.refusal ? notes.refusal->text : std::string());
  add_claim(context, visit, item);
  context.set("formAction", address + "/overnemen");
  context.set("mayStillSend", !findings.empty());
  Frame frame;
  frame.title = "Aanvraag overnemen van papier";
  frame.audience = Audience::staff;
  frame.menu = "incoming";
  frame.with_errors = !findings.empty();
  if (frame.with_errors) {
    context.set("summaryTitle", "Controleer deze antwoorden");
    context.set("summaryText",
                "Staat het zo op het papier? Dan mag u toch overnemen: de bot vraagt de inwoner om de rest.");
    std::vector<SummaryLine> lines;
    for (const auto& finding : findings) lines.emplace_back(id_of(finding.name), finding.text);
    add_summary(context, "nl", lines);
  }
  const int status = notes.refusal ? notes.refusal->status : frame.with_errors ? 422 : 200;
  return visit.show(status, "staff/incoming_start", frame, std::move(context));
}

/// What was typed over from an item that a colleague dealt with meanwhile: shown, so that it can go
/// elsewhere.
http::Response show_too_late(const Visit& visit, const Started& started, const WebParameters& typed) {
  const Application& item = started.file.application;
  const Configuration& configuration = visit.configuration();
  const FormDefinition* own = configuration.forms->find(started.type, item.municipality);
  const Value common = answers_of(configuration.forms->common(), "common", typed);
  Value context = Value::object({{"reference", item.reference.text},
                                 {"mayOpenCase", (visit.identity().roles & http::role::consultant) != 0},
                                 {"title", type_title(visit, started.type, item.municipality)}});
  Value answers = answers_in_words(configuration, started.type, item.municipality, common,
                                   answers_of(*own, started.type, typed), "nl");
  context.set("hasAnswers", !answers.items().empty());
  context.set("answersInWords", std::move(answers));
  const auto end = end_of_item(visit, item);
  if (!end) return visit.sorry(end.error(), Audience::staff);
  if (*end) add_end(context, item, **end);
  Frame frame;
  frame.title = "Deze post is al afgehandeld";
  frame.audience = Audience::staff;
  frame.menu = "incoming";
  return visit.show(409, "staff/incoming_too_late", frame, std::move(context));
}

Result<Started> started_in(Visit& visit, const http::PathParameters& parameters, std::string type) {
  auto file = incoming_item(visit, ApplicationReference(normalise_reference(parameters["reference"])));
  if (!file) return fail(file.error());
  visit.choose_municipality(file->application.municipality);
  if (visit.configuration().forms->find(type, file->application.municipality) == nullptr)
    return fail(ErrorCode::not_found, "Er is geen formulier van deze soort.");
  return Started{std::move(*file), std::move(type)};
}

std::int64_t version_in(const PostedForm& posted) {
  return std::strtoll(posted.get("version").c_str(), nullptr, 10);
}

http::Response open_form(Visit& visit, const http::PathParameters& parameters) {
  const auto started = started_in(visit, parameters, std::string(visit.request().query.get("soort")));
  if (!started) return visit.sorry(started.error(), Audience::staff);
  const Application& item = started->file.application;
  if (!is_open_post(item)) return http::see_other(incoming_address(item.reference));
  if (const auto recorded = pipeline::record_look(visit.services(), visit.identity().account, item.reference,
                                                  "aanvraag overnemen van papier");
      !recorded) {
    return visit.sorry(recorded.error(), Audience::staff);
  }
  ApplicationForm form(visit, "paper", {started->type});
  return show_form(visit, *started, form, {});
}

/// Whoever begins to type over holds the item, so that nobody else deals with it meanwhile.
http::Response begin(Visit& visit, const http::PathParameters& parameters) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const auto started = started_in(visit, parameters, posted->get("soort"));
  if (!started) return visit.sorry(started.error(), Audience::staff);
  const Application& item = started->file.application;
  const std::string address = incoming_address(item.reference);
  // Who may not hold it sees on the page who does, or what became of it.
  if (!claim_post(visit, item.reference, item.version)) return http::see_other(address);
  return http::see_other(address + "/overnemen?soort=" + http::percent_encoded(started->type));
}

/// Holds the item on while its answers are typed. Nothing when somebody else came between: then the last step
/// says so.
void hold_on(const Visit& visit, Started& started) {
  const Application& item = started.file.application;
  if (auto held = claim_post(visit, item.reference, item.version))
    started.file.application = std::move(*held);
}

http::Response post_form(Visit& visit, const http::PathParameters& parameters) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  auto started = started_in(visit, parameters, posted->get("type"));
  if (!started) return visit.sorry(started.error(), Audience::staff);
  if (!is_open_post(started->file.application)) return show_too_late(visit, *started, posted->typed);
  const std::string action = posted->get("action");
  const std::int64_t version = version_in(*posted);
  const WebParameters typed = posted->typed;
  FormNotes notes;
  notes.is_signed = posted->get("common.signature") == "yes";
  ApplicationForm form(visit, "paper", {started->type});
  form.take(std::move(*posted));
  const bool starts = action == "start" || action == "start-anyway";
  if (action == "start") notes.findings = form.findings();
  if (!starts || !notes.findings.empty()) {
    hold_on(visit, *started);
    return show_form(visit, *started, form, notes);
  }
  const pipeline::IncomingSubmission submission = form.submission();
  pipeline::PostStart start;
  start.type = started->type;
  start.common = submission.common;
  start.fields = submission.requests.front().fields;
  start.is_signed = notes.is_signed;
  const ApplicationReference item = started->file.application.reference;
  const auto application =
      pipeline::start_from_post(visit.services(), staff_of(visit.identity()), item, version, start);
  if (!application) {
    auto now = started_in(visit, parameters, started->type);
    if (!now) return visit.sorry(now.error(), Audience::staff);
    notes.refusal = post_refusal(visit, application.error(), now->file.application);
    if (notes.refusal && !is_open_post(now->file.application)) return show_too_late(visit, *now, typed);
    if (!notes.refusal && application.error().code != ErrorCode::invalid_input)
      return visit.sorry(application.error(), Audience::staff);
    if (!notes.refusal) notes.findings = form.findings_of(application.error());
    return show_form(visit, *now, form, notes);
  }
  if ((visit.identity().roles & http::role::consultant) != 0)
    return http::see_other("/staff/zaak/" + application->reference.text + "?gedaan=gestart");
  return http::see_other("/staff/binnengekomen?gedaan=gestart");
}

}  // namespace

void add_incoming_start_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  const std::string pattern = "/staff/binnengekomen/{reference}/overnemen";
  add_page(router, site, http::Method::get, pattern, incoming_start_roles, open_form);
  add_page(router, site, http::Method::post, pattern, incoming_start_roles, post_form, form_body_limit);
  add_page(router, site, http::Method::post, pattern + "/beginnen", incoming_start_roles, begin);
}

}  // namespace softbot::web
