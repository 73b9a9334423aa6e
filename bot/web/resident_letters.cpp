#include "pipeline/announce.h"
#include "pipeline/by_post.h"
#include "web/form_post.h"
#include "web/resident_case.h"

/// How a resident gets the letters of a case: a mail that says that one lies on the page, or by post.
namespace softbot::web {
namespace {

bool may_choose(const Visit& visit, const OpenedCase& opened) {
  const Application& application = opened.file.application;
  return visit.services().mailer != nullptr && opened.viewer == pipeline::Viewer::resident &&
         !application.signed_by.empty() && application.unconfirmed.empty();
}

/// An address of theirs that does not work is not offered again.
std::string address_to_start_with(const Application& application) {
  return pipeline::why_no_mail(application) == pipeline::by_post::refused
             ? std::string()
             : application.common["email"].text_or_empty();
}

http::Response take_choice(Visit& visit, const OpenedCase& opened, const http::PathParameters&) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error());
  const ApplicationReference& reference = opened.file.application.reference;
  if (!may_choose(visit, opened)) return http::see_other(case_address(reference));
  const bool by_mail = posted->get("keuze") == "mail";
  const std::string typed = by_mail ? posted->get("email") : std::string();
  if (by_mail && !parse_email(typed)) {
    Again again;
    again.typed_address = typed;
    again.letters_problem = visit.say("Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.",
                                      "Fill in an e-mail address, for example name@example.com.");
    return show_case(visit, opened, again);
  }
  const auto chosen =
      pipeline::choose_letters(visit.services(), reference, visit.identity().bsn, {.address = typed});
  if (!chosen) return visit.sorry(chosen.error());
  return done(opened, by_mail ? "brieven-mail" : "brieven-post");
}

}  // namespace

void add_letter_choice(Value& context, const Visit& visit, const OpenedCase& opened, const Again& again) {
  if (!may_choose(visit, opened)) {
    context.set("letters", false);
    return;
  }
  const Application& application = opened.file.application;
  const auto address = pipeline::mail_address_of(visit.services(), application);
  context.set(
      "letters",
      Value::object({{"address", address ? address->masked() : std::string()},
                     {"addressRefused", pipeline::why_no_mail(application) == pipeline::by_post::refused},
                     {"lettersProblem", again.letters_problem},
                     {"typedAddress", again.letters_problem.empty() ? address_to_start_with(application)
                                                                    : again.typed_address}}));
}

std::string announced_status_words(const Visit& visit, const OpenedCase& opened) {
  if (opened.file.application.status != ApplicationStatus::decided) return {};
  bool waits = false;
  bool lies_here = false;
  for (const OutboxRecord& row : opened.file.outbox) {
    if (!pipeline::is_decision(row)) continue;
    if (row.channel != "mail") return {};  // by post, perhaps as well
    (row.state == "delivered" ? lies_here : waits) = true;
  }
  const bool owner = opened.viewer == pipeline::Viewer::resident;
  if (waits) {
    return owner ? visit.say("Er is een besluit. U krijgt een e-mail als de brief hier staat.",
                             "There is a decision. You get an e-mail when the letter is here.")
                 : visit.say("Er is een besluit. U krijgt een e-mail als de brief klaarstaat.",
                             "There is a decision. You get an e-mail when the letter is ready.");
  }
  if (!lies_here) return {};
  return owner
             ? visit.say("Er is een besluit. U leest het hier. U krijgt de brief niet ook met de post.",
                         "There is a decision. You read it here. You do not get the letter by post as well.")
             : visit.say("Er is een besluit. U leest het als u inlogt.",
                         "There is a decision. You can read it when you sign in.");
}

void add_letter_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  add_page(router, site, http::Method::post, "/zaak/{reference}/brieven", http::role::resident,
           case_page(take_choice));
}

}  // namespace softbot::web
