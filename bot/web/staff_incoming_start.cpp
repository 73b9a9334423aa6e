#include "pipeline/incoming_post.h"
#include "web/application_form.h"
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

http::Response show_form(const Visit& visit, const Started& started, ApplicationForm& form,
                         const Findings& findings, bool is_signed) {
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
  context.set("isSigned", is_signed);
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
  return visit.show(frame.with_errors ? 422 : 200, "staff/incoming_start", frame, std::move(context));
}

Result<Started> started_in(Visit& visit, const http::PathParameters& parameters, std::string type) {
  auto file = incoming_item(visit, ApplicationReference(normalise_reference(parameters["reference"])));
  if (!file) return fail(file.error());
  visit.choose_municipality(file->application.municipality);
  if (visit.configuration().forms->find(type, file->application.municipality) == nullptr)
    return fail(ErrorCode::not_found, "Er is geen formulier van deze soort.");
  return Started{std::move(*file), std::move(type)};
}

http::Response open_form(Visit& visit, const http::PathParameters& parameters) {
  const auto started = started_in(visit, parameters, std::string(visit.request().query.get("soort")));
  if (!started) return visit.sorry(started.error(), Audience::staff);
  if (const auto recorded =
          pipeline::record_look(visit.services(), visit.identity().account,
                                started->file.application.reference, "aanvraag overnemen van papier");
      !recorded) {
    return visit.sorry(recorded.error(), Audience::staff);
  }
  ApplicationForm form(visit, "paper", {started->type});
  return show_form(visit, *started, form, {}, false);
}

http::Response post_form(Visit& visit, const http::PathParameters& parameters) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const auto started = started_in(visit, parameters, posted->get("type"));
  if (!started) return visit.sorry(started.error(), Audience::staff);
  const std::string action = posted->get("action");
  const bool is_signed = posted->get("common.signature") == "yes";
  const std::int64_t version = std::strtoll(posted->get("version").c_str(), nullptr, 10);
  ApplicationForm form(visit, "paper", {started->type});
  form.take(std::move(*posted));
  if (action != "start" && action != "start-anyway") return show_form(visit, *started, form, {}, is_signed);
  if (const Findings findings = form.findings(); !findings.empty() && action == "start")
    return show_form(visit, *started, form, findings, is_signed);
  const pipeline::IncomingSubmission typed = form.submission();
  pipeline::PostStart start;
  start.type = started->type;
  start.common = typed.common;
  start.fields = typed.requests.front().fields;
  start.is_signed = is_signed;
  const ApplicationReference& item = started->file.application.reference;
  const auto application =
      pipeline::start_from_post(visit.services(), staff_of(visit.identity()), item, version, start);
  if (!application) {
    if (auto page = refusal_page(visit, application.error(), item)) return std::move(*page);
    return show_form(visit, *started, form, form.findings_of(application.error()), is_signed);
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
}

}  // namespace softbot::web
