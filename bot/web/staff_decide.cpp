#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "domain/date.h"
#include "forms/standard_texts.h"
#include "http/page_headers.h"
#include "pipeline/letters.h"
#include "pipeline/views.h"
#include "web/case_post.h"
#include "web/words.h"

namespace softbot::web {
namespace {

Value grant_of(const PostedForm& posted) {
  Value grant = Value::object();
  const std::string minutes = posted.get("minutes");
  const bool number =
      !minutes.empty() && minutes.size() < 6 &&
      std::all_of(minutes.begin(), minutes.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  if (number) grant.set("minutesPerWeek", Number{std::to_string(std::strtol(minutes.c_str(), nullptr, 10))});
  if (const std::string aid = posted.get("aid"); !aid.empty()) grant.set("aid", aid);
  if (grant.members().empty()) return {};
  if (const std::string from = posted.get("grant-from"); !from.empty()) grant.set("from", from);
  if (const std::string until = posted.get("grant-until"); !until.empty()) grant.set("until", until);
  if (const std::string provider = posted.get("provider"); !provider.empty()) grant.set("provider", provider);
  return grant;
}

/// What was answered on hearing; nothing when the question was left open.
std::optional<pipeline::Hearing> hearing_in(const PostedForm& posted) {
  const std::string differs = posted.get("differs");
  if (differs != "yes" && differs != "no") return std::nullopt;
  pipeline::Hearing hearing;
  hearing.facts_differ = differs == "yes";
  if (!hearing.facts_differ) return hearing;
  if (const auto day = parse_iso_date(posted.get("heard-on"))) hearing.heard_on = *day;
  hearing.said = posted.get("heard-said");
  hearing.exception = posted.get("heard-exception");
  return hearing;
}

Result<pipeline::PersonDecision> decision_in(const PostedForm& posted) {
  const auto outcome = outcome_from(posted.get("outcome"));
  if (!outcome)
    return fail(Error{ErrorCode::invalid_input, "", false, {{"outcome", "missing", "Kies een uitkomst."}}});
  pipeline::PersonDecision decision;
  decision.outcome = *outcome;
  decision.written_reasons = posted.get("reasons");
  decision.grant = grant_of(posted);
  decision.hearing = hearing_in(posted);
  decision.test = {posted.get("test-effect"), posted.get("test-values"), posted.get("test-effects"),
                   posted.get("test-law")};
  return decision;
}

/// All that was typed, to go along unseen with the letter on screen.
Value carried(const PostedForm& posted) {
  Value list = Value::list();
  for (const auto& [name, text] : posted.typed) {
    if (name == "csrf" || name == "action") continue;
    list.push(Value::object({{"inputName", name}, {"inputValue", text}}));
  }
  return list;
}

http::Response show_letter(CasePost& post, const pipeline::LetterToSend& letter) {
  const auto shown = post.visit.services().letters.show(letter.letter, letter.context);
  if (!shown) return post.visit.sorry(shown.error(), Audience::staff);
  Frame frame;
  frame.title = "Brief bekijken";
  frame.audience = Audience::staff;
  frame.menu = "queue";
  return post.visit.show(
      200, "staff/decision_letter", frame,
      Value::object({{"reference", post.reference.text},
                     {"postedOn", date_words(letter.context["date"].text_or_empty(), "nl")},
                     {"unaddressed", letter.context["recipient"]["address"].items().empty()},
                     {"carried", carried(post.posted)},
                     {"letterHtml", *shown}}));
}

http::Response print_letter(CasePost& post, const pipeline::LetterToSend& letter) {
  const auto printed = post.visit.services().letters.print(letter.letter, letter.context);
  if (!printed) return post.visit.sorry(printed.error(), Audience::staff);
  http::Response response = http::bytes_response("application/pdf", *printed);
  std::string disposition = http::attachment_disposition("voorbeeld-" + post.reference.text + ".pdf");
  disposition.replace(0, std::string_view("attachment").size(), "inline");
  response.headers.add("Content-Disposition", disposition);
  response.headers.add("Content-Security-Policy",
                       "frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
  http::add_common_headers(post.visit.request(), response);
  return response;
}

/// The form again, with all that was typed.
http::Response show_form(CasePost& post, CaseInput input) {
  const auto file = own_case(post.visit, post.reference);
  if (!file) return post.visit.sorry(file.error(), Audience::staff);
  input.typed = &post.posted.typed;
  return show_staff_case(post.visit, *file, input);
}

/// The chosen standard text below what was written already.
http::Response insert_text(CasePost& post, const CaseInput& input) {
  const auto file = own_case(post.visit, post.reference);
  if (!file) return post.visit.sorry(file.error(), Audience::staff);
  const auto texts = standard_texts_for(post.visit.configuration().standard_texts,
                                        file->application.municipality, file->application.type);
  const auto chosen = std::ranges::find(texts, post.posted.get("standard-text"), &StandardText::name);
  if (chosen != texts.end()) {
    const std::string written = post.posted.get("reasons");
    std::erase_if(post.posted.typed, [](const auto& one) { return one.first == "reasons"; });
    post.posted.typed.emplace_back("reasons", written + (written.empty() ? "" : "\n\n") + chosen->text);
  }
  return show_form(post, input);
}

http::Response decide(CasePost& post) {
  CaseInput input;
  input.open_decide = true;
  const std::string button = post.posted.get("action");
  if (button == "insert") return insert_text(post, input);
  if (button == "edit") return show_form(post, input);
  const auto decision = decision_in(post.posted);
  if (!decision) return refused(post, decision.error(), input);
  const auto& services = post.visit.services();
  if (button == "preview" || button == "pdf") {
    const auto letter =
        pipeline::letter_of_decision(services, post.staff, post.reference, post.version, *decision);
    if (!letter) return refused(post, letter.error(), input);
    return button == "pdf" ? print_letter(post, *letter) : show_letter(post, *letter);
  }
  return finished(post, pipeline::decide(services, post.staff, post.reference, post.version, *decision),
                  "besloten", input);
}

}  // namespace

void add_decide_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  add_page(router, site, http::Method::post, "/staff/zaak/{reference}/besluit", http::role::consultant,
           case_post_page(decide));
}

}  // namespace softbot::web
