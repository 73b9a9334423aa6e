#include "domain/text.h"
#include "forms/municipality.h"
#include "pipeline/case_actions.h"
#include "web/form_post.h"
#include "web/resident_case.h"
#include "web/shared_views.h"
#include "web/stale_form.h"
#include "web/words.h"

namespace softbot::web {
namespace {

Value lines_of(const PostalAddress& address) {
  Value lines = Value::list();
  for (const std::string& line : {address.name, address.street, address.postcode + "  " + address.town})
    lines.push(line);
  return lines;
}

/// What was typed, and what is wrong with it.
struct Objection {
  std::string words;
  std::string problem;
  bool session_changed = false;  ///< nothing was sent: the session is not the one that the page had
};

http::Response show_objection(Visit& visit, const OpenedCase& opened, const Objection& objection) {
  const Application& application = opened.file.application;
  if (application.status != ApplicationStatus::decided && opened.viewer == pipeline::Viewer::resident)
    return http::see_other(case_address(application.reference));
  visit.choose_municipality(application.municipality);
  const Value view = pipeline::view_of(visit.services(), application, {}, opened.viewer);
  const std::string last_day = objection_day(view);
  const std::string today = format_iso(pipeline::today(visit.services()));
  Value context =
      Value::object({{"reference", application.reference.text},
                     {"title", type_title(visit, application.type, application.municipality)},
                     {"lastDay", last_day.empty() ? last_day : date_words(last_day, visit.language())},
                     {"tooLate", !last_day.empty() && last_day < today},
                     {"mayObject", opened.viewer == pipeline::Viewer::resident},
                     {"opened", visit.request().method == http::Method::get},
                     {"typedWords", objection.words},
                     {"sessionChanged", objection.session_changed},
                     {"wordsError", objection.problem},
                     {"addressLines", lines_of(visit.municipality().objection_address)}});
  add_support(context, visit);
  add_keeping(context, visit, case_address(application.reference) + "/bezwaar");
  Frame frame;
  frame.title = visit.say("Bezwaar maken", "Object to the decision");
  frame.menu = opened.viewer == pipeline::Viewer::resident ? "mine" : "case";
  frame.with_errors = !objection.problem.empty();
  if (frame.with_errors) add_summary(context, visit.language(), {{"reden", objection.problem}});
  return visit.show(frame.with_errors ? 422 : 200, "resident/objection", frame, std::move(context));
}

http::Response take_objection(Visit& visit, const OpenedCase& opened, const http::PathParameters&) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error());
  const std::string words = posted->get("reden");
  if (session_since(visit, *posted) != SessionSince::same)
    return show_objection(visit, opened, {.words = words, .problem = "", .session_changed = true});
  const auto taken = pipeline::object_to_decision(visit.services(), opened.file.application.reference,
                                                  sender_of(visit, opened), words);
  if (taken) return done(opened, "bezwaar");
  if (taken.error().code != ErrorCode::invalid_input) return visit.sorry(taken.error());
  return show_objection(
      visit, opened,
      {words,
       trim(words).empty() ? visit.say("Schrijf waarom u het niet eens bent met het besluit.",
                                       "Write why you disagree with the decision.")
                           : visit.say("Dit is te lang. Schrijf het korter, of stuur een brief.",
                                       "This is too long. Write it in fewer words, or send a letter."),
       false});
}

}  // namespace

void add_objection_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  constexpr const char* address = "/zaak/{reference}/bezwaar";
  add_page(router, site, http::Method::get, address, http::role::application_code | http::role::resident,
           case_page([](Visit& visit, const OpenedCase& opened, const http::PathParameters&) {
             return show_objection(visit, opened, {});
           }));
  add_page(router, site, http::Method::post, address, http::role::resident, case_page(take_objection));
}

}  // namespace softbot::web
