#include <algorithm>

#include "domain/paper.h"
#include "forms/catalogue.h"
#include "pipeline/staff_actions.h"
#include "pipeline/views.h"
#include "web/case_actions.h"
#include "web/paper_view.h"
#include "web/shared_views.h"
#include "web/words.h"

namespace softbot::web {
namespace {

constexpr std::string_view why_checked = "Nagekeken op het papier.";
constexpr std::string_view nothing_chosen =
    "U hebt nog niets gekozen. Er is dus niets veranderd. Kies bij een antwoord wat er staat, en druk daarna "
    "op "
    "Opslaan.";
constexpr std::string_view over_not_kept =
    "Wat u hebt overgenomen, is nog niet bewaard. Druk daarvoor op ‘Gezien’ of op ‘Dit vraagt aandacht’.";

ApplicationReference reference_of(const http::PathParameters& parameters) {
  return ApplicationReference(normalise_reference(parameters["reference"]));
}

bool is_open(const Application& application) {
  return application.status != ApplicationStatus::decided &&
         application.status != ApplicationStatus::withdrawn;
}

std::string words_of_done(std::string_view done) {
  if (done == "opgeslagen") return "Opgeslagen.";
  if (done == "bekeken") return "Vastgelegd dat u dit hebt bekeken.";
  if (done == "aandacht")
    return "Er staat nu een taak klaar voor een gesprek. Dat houdt de aanvraag niet op.";
  return {};
}

std::string done_words(const Visit& visit) {
  return words_of_done(visit.request().query.get("gedaan"));
}

/// What was typed over from ink and is not kept yet: that takes ‘Gezien’ or ‘Dit vraagt aandacht’.
WebParameters typed_over(const std::vector<PaperCheck>& checks, const WebParameters& typed) {
  WebParameters kept;
  for (const PaperCheck& check : checks) {
    if (check.check != Check::look) continue;
    const std::string name = "overname:" + check.id;
    if (std::string text = web_value(typed, name); !text.empty()) kept.emplace_back(name, std::move(text));
  }
  return kept;
}

/// Other applications of whose paper this is, where that is known.
Value others_view(const Visit& visit, const Application& application) {
  Value list = Value::list();
  const auto all = applications_of_person(visit.services(), application.person);
  if (!all) return list;
  for (const Application& other : *all) {
    const bool theirs = works_for(visit.identity().municipalities, other.municipality);
    if (other.reference == application.reference || !theirs) continue;
    list.push(Value::object({{"otherReference", other.reference.text},
                             {"otherTitle", type_title(visit, other.type, other.municipality)},
                             {"otherReceived", moment_words(format_instant(other.received))},
                             {"otherStatus", status_words(name_of(other.status))}}));
  }
  return list;
}

http::Response show_paper(const Visit& visit, const CaseFile& file, const PaperInput& input) {
  const Application& application = file.application;
  const auto checks = paper_checks(visit.configuration(), application);
  Value context = paper_view(file, checks, staff_case_address(application.reference), input);
  context.set("reference", application.reference.text);
  context.set("version", std::to_string(application.version));
  context.set("title", type_title(visit, application.type, application.municipality));
  context.set("done", input.done.empty() ? done_words(visit) : input.done);
  context.set("notice", input.notice);
  context.set("mayAct", is_open(application) && !is_held_by_other(visit, application));
  add_claim(context, visit, application);
  context.set("again", input.typed.empty() || web_value(input.typed, "opnieuw") == "ja");
  Value others = Value::list();
  const auto doubts = paper::open_doubts(application);
  if (std::any_of(doubts.begin(), doubts.end(),
                  [](const Reason& doubt) { return doubt.code == "looks-like-earlier"; }))
    others = others_view(visit, application);
  context.set("hasOthers", !others.items().empty());
  context.set("others", std::move(others));
  std::vector<SummaryLine> lines;
  for (const PaperCheck& check : checks) {
    if (const auto problem = input.problems.find(check.id); problem != input.problems.end())
      lines.emplace_back("veld-" + check.id, check.question + ": " + problem->second);
  }
  if (const auto problem = input.problems.find(""); problem != input.problems.end())
    lines.emplace_back("opslaan", problem->second);
  add_summary(context, "nl", lines);
  Frame frame;
  frame.title = "Papier nakijken " + application.reference.text;
  frame.audience = Audience::staff;
  frame.menu = "queue";
  frame.with_errors = !lines.empty();
  return visit.show(frame.with_errors ? 422 : 200, "staff/paper", frame, std::move(context));
}

http::Response look(Visit& visit, const http::PathParameters& parameters) {
  const auto file = own_case(visit, reference_of(parameters));
  if (!file) return visit.sorry(file.error(), Audience::staff);
  if (!paper::is_on_paper(file->application))
    return http::see_other(staff_case_address(file->application.reference));
  if (const auto recorded = pipeline::record_look(visit.services(), visit.identity().account,
                                                  file->application.reference, "papier nakijken");
      !recorded) {
    return visit.sorry(recorded.error(), Audience::staff);
  }
  return show_paper(visit, *file, {});
}

/// What a button about ink asks for: "gezien:remarks", "aandacht:remarks".
struct Look {
  std::string field;
  bool conversation = false;
};

std::optional<Look> look_in(const std::vector<PaperCheck>& checks, const std::string& action) {
  const auto colon = action.find(':');
  if (colon == std::string::npos) return std::nullopt;
  const std::string field = action.substr(colon + 1);
  const bool known = std::any_of(checks.begin(), checks.end(), [&](const PaperCheck& check) {
    return check.check == Check::look && check.name == field;
  });
  if (!known) return std::nullopt;
  return Look{field, action.starts_with("aandacht:")};
}

/// One posted page: its case as it is now, and what was chosen.
struct Posted {
  Visit& visit;
  CaseFile file;
  PostedForm form;
  std::vector<PaperCheck> checks;
  std::int64_t version = 0;
};

http::Response refused(const Posted& posted, const Error& error) {
  const ApplicationReference& reference = posted.file.application.reference;
  if (error.code == ErrorCode::stale) return show_stale(posted.visit, reference, posted.form);
  if (error.code == ErrorCode::conflict)
    return posted.visit.message(409, "Dat kan nu niet", error.message, Audience::staff);
  if (error.code != ErrorCode::invalid_input) return posted.visit.sorry(error, Audience::staff);
  PaperInput input{posted.form.typed, {}};
  for (const FieldError& each : error.fields) input.problems.try_emplace("", each.message);
  return show_paper(posted.visit, posted.file, input);
}

Result<Application> finish_look(const Posted& posted, const Look& wanted) {
  pipeline::TaskEnd end;
  end.field = wanted.field;
  end.conversation = wanted.conversation;
  for (const PaperCheck& check : posted.checks) {
    if (check.name == wanted.field) end.text = posted.form.get("overname:" + check.id);
  }
  return pipeline::finish_task(posted.visit.services(), staff_of(posted.visit.identity()),
                               posted.file.application.reference, posted.version, "look-at-crop", end);
}

/// Where to go after saving: on with this paper as long as something is left, else back to the case. What was
/// typed over beside it and is not kept yet stays on screen.
http::Response go_on(const Posted& posted, const ApplicationReference& reference, const char* done) {
  const auto now = own_case(posted.visit, reference);
  if (!now) return posted.visit.sorry(now.error(), Audience::staff);
  const auto checks = paper_checks(posted.visit.configuration(), now->application);
  if (WebParameters kept = typed_over(checks, posted.form.typed); !kept.empty()) {
    if (posted.form.get("opnieuw") == "ja") kept.emplace_back("opnieuw", "ja");
    PaperInput input{std::move(kept), {}};
    input.done = words_of_done(done);
    input.notice = over_not_kept;
    return show_paper(posted.visit, *now, input);
  }
  if (!paper_left(checks, now->application).any())
    return http::see_other(staff_case_address(reference) + "?gedaan=nagekeken");
  return http::see_other(staff_case_address(reference) + "/papier?gedaan=" + done);
}

http::Response save(Posted& posted) {
  const Application& before = posted.file.application;
  const auto wanted = look_in(posted.checks, posted.form.get("actie"));
  PaperChoices choices =
      paper_choices(posted.checks, before, posted.form.typed, pipeline::today(posted.visit.services()));
  if (!choices.problems.empty())
    return show_paper(posted.visit, posted.file, {posted.form.typed, std::move(choices.problems)});
  if (choices.answered == 0 && !wanted) {
    PaperInput input{posted.form.typed, {}};
    input.notice = std::string(nothing_chosen);
    if (!typed_over(posted.checks, posted.form.typed).empty())
      input.notice += " " + std::string(over_not_kept);
    return show_paper(posted.visit, posted.file, input);
  }
  if (wanted) {
    const auto looked = finish_look(posted, *wanted);
    if (!looked) return refused(posted, looked.error());
    posted.version = looked->version;
  }
  if (choices.answered > 0) {
    choices.correction.why = why_checked;
    choices.correction.judge_again = choices.settles_all && posted.form.get("opnieuw") == "ja";
    const auto corrected = pipeline::correct(posted.visit.services(), staff_of(posted.visit.identity()),
                                             before.reference, posted.version, choices.correction);
    if (!corrected) return refused(posted, corrected.error());
  }
  return go_on(posted, before.reference,
               !wanted                ? "opgeslagen"
               : wanted->conversation ? "aandacht"
                                      : "bekeken");
}

http::Response post(Visit& visit, const http::PathParameters& parameters) {
  auto form = posted_form(visit.request());
  if (!form) return visit.sorry(form.error(), Audience::staff);
  auto file = own_case(visit, reference_of(parameters));
  if (!file) return visit.sorry(file.error(), Audience::staff);
  const std::int64_t version = std::strtoll(form->get("version").c_str(), nullptr, 10);
  auto checks = paper_checks(visit.configuration(), file->application);
  Posted posted{visit, std::move(*file), std::move(*form), std::move(checks), version};
  // What was chosen is about what was on screen: fields may be others by now.
  if (posted.file.application.version != version)
    return show_stale(visit, posted.file.application.reference, posted.form);
  return save(posted);
}

}  // namespace

void add_paper_check_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  const std::string pattern = "/staff/zaak/{reference}/papier";
  add_page(router, site, Method::get, pattern, http::role::consultant, look);
  add_page(router, site, Method::post, pattern, http::role::consultant, post);
}

}  // namespace softbot::web
