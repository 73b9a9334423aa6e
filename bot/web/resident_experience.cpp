#include <array>

#include "http/cookie.h"
#include "pipeline/views.h"
#include "policy/experience.h"
#include "web/form_post.h"
#include "web/resident_case.h"
#include "web/word_table.h"

/// The three questions after a decision. That somebody has answered is remembered by their own browser alone.
namespace softbot::web {
namespace {

constexpr std::string_view answered_cookie = "softbot-ervaring";
constexpr std::chrono::hours remembered{24 * 90};

constexpr std::array<Word, 3> questions{
    {{"clear", "Was het duidelijk wat u moest doen?", "Was it clear what you had to do?"},
     {"fast", "Ging het snel genoeg?", "Did it go fast enough?"},
     {"understood", "Begrijpt u het besluit?", "Do you understand the decision?"}}};
constexpr std::array<Word, 3> answers{
    {{"yes", "Ja", "Yes"}, {"partly", "Een beetje", "A little"}, {"no", "Nee", "No"}}};

bool has_answered(const Visit& visit) {
  return http::find_cookie(visit.request().headers, answered_cookie).has_value();
}

bool may_answer(const OpenedCase& opened) {
  return opened.viewer == pipeline::Viewer::resident &&
         opened.file.application.status == ApplicationStatus::decided;
}

Value questions_view(const Visit& visit, const WebParameters* typed) {
  Value list = Value::list();
  for (const std::string_view name : experience_questions) {
    const std::string question(name);
    const auto chosen = typed == nullptr ? std::vector<std::string>() : web_values(*typed, question);
    Value choices = Value::list();
    for (const std::string_view answer : experience_answers)
      choices.push(Value::object({{"answer", answer},
                                  {"answerLabel", look_up(answers, answer, visit.language())},
                                  {"chosen", !chosen.empty() && chosen.front() == answer}}));
    list.push(Value::object({{"question", question},
                             {"questionLabel", look_up(questions, question, visit.language())},
                             {"choices", std::move(choices)}}));
  }
  return list;
}

/// Only the choices that stand there: whatever else is posted under these names is no answer.
std::map<std::string, std::string> answers_in(const PostedForm& posted) {
  std::map<std::string, std::string> chosen;
  for (const std::string_view question : experience_questions) {
    if (const std::string answer = posted.get(question); !answer.empty())
      chosen[std::string(question)] = answer;
  }
  return chosen;
}

/// Only for the pages of this case.
std::string remember_cookie(const Visit& visit, const OpenedCase& opened) {
  http::Cookie cookie;
  cookie.name = answered_cookie;
  cookie.value = "1";
  cookie.path = case_address(opened.file.application.reference);
  cookie.max_age = remembered;
  cookie.same_site = http::SameSite::lax;
  cookie.secure = visit.request().secure;
  return http::set_cookie(cookie);
}

http::Response take_experience(Visit& visit, const OpenedCase& opened, const http::PathParameters&) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error());
  if (!may_answer(opened)) return http::see_other(case_address(opened.file.application.reference));
  if (has_answered(visit)) return done(opened, "ervaring-al");
  const Application& application = opened.file.application;
  const Experience experience{application.municipality, application.type, application.channel,
                              pipeline::today(visit.services()), answers_in(*posted)};
  const auto counted = visit.services().store.write(
      [&](Transaction& transaction) { return count_experience(transaction, experience); });
  if (!counted) {
    if (counted.error().code != ErrorCode::invalid_input) return visit.sorry(counted.error());
    Again again;
    again.typed = &posted->typed;
    again.experience_problem = visit.say("Kies bij minstens één vraag een antwoord. Antwoorden hoeft niet.",
                                         "Choose an answer to at least one question. You need not answer.");
    return show_case(visit, opened, again);
  }
  http::Response response = done(opened, "ervaring");
  response.headers.add("Set-Cookie", remember_cookie(visit, opened));
  return response;
}

}  // namespace

void add_experience(Value& context, const Visit& visit, const OpenedCase& opened, const Again& again) {
  if (!may_answer(opened)) {
    context.set("experience", false);
    return;
  }
  context.set("experience", Value::object({{"answered", has_answered(visit)},
                                           {"experienceProblem", again.experience_problem},
                                           {"questions", questions_view(visit, again.typed)}}));
}

void add_experience_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  add_page(router, site, http::Method::post, "/zaak/{reference}/ervaring", http::role::resident,
           case_page(take_experience));
}

}  // namespace softbot::web
