#include "web/decide_form.h"

#include <algorithm>
#include <string_view>

#include "domain/date.h"
#include "forms/standard_texts.h"
#include "pipeline/staff_actions.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"

namespace softbot::web {
namespace {

constexpr std::array<std::pair<const char*, const char*>, 4> outcomes{{
    {"granted", "Toekennen"},
    {"granted-in-part", "Deels toekennen"},
    {"refused", "Afwijzen"},
    {"untreated", "Niet in behandeling nemen (na een hersteltermijn die voorbij is)"},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> outcome_names{{
    {"granted", "toekennen"},
    {"granted-in-part", "deels toekennen"},
    {"refused", "afwijzen"},
    {"untreated", "niet behandelen"},
}};

/// The standard texts for this case, each with what it is meant for.
Value texts_view(const Visit& visit, const Application& application) {
  Value list = Value::list();
  for (const StandardText& text :
       standard_texts_for(visit.configuration().standard_texts, application.municipality, application.type)) {
    std::string meant_for;
    for (const auto& [value, words] : outcome_names) {
      if (std::find(text.outcomes.begin(), text.outcomes.end(), value) != text.outcomes.end())
        meant_for += (meant_for.empty() ? " (" : ", ") + std::string(words);
    }
    list.push(Value::object(
        {{"value", text.name}, {"text", text.title + meant_for + (meant_for.empty() ? "" : ")")}}));
  }
  return list;
}

constexpr std::array<std::pair<const char*, const char*>, 2> differ_choices{{
    {"no", "Nee"},
    {"yes", "Ja"},
}};

/// What the case shows of facts that are other than the resident gave: a help to answer the question.
Value differences_view(const Application& application) {
  Value list = Value::list();
  for (const Reason& reason : application.reasons) {
    if (reason.code == "register-data-differs") list.push(Value::object({{"difference", reason.text}}));
  }
  for (const CaseEvent& event : application.events) {
    if (event.kind == "corrected" && event.by != "resident")
      list.push(Value::object({{"difference", "Verbeterd: " + event.note}}));
  }
  return list;
}

Value exceptions_view(const std::string& chosen) {
  Value list = Value::list();
  for (const pipeline::HearingException& one : pipeline::hearing_exceptions()) {
    list.push(Value::object({{"value", one.code},
                             {"text", std::string(one.text) + " (Awb " + std::string(one.article) + ")"},
                             {"chosen", one.code == chosen}}));
  }
  return list;
}

/// Hearing before a refusal, and the reverse test.
void add_considerations(Value& context, const Application& application, const CaseInput& input) {
  const bool again = input.open_decide && input.typed != nullptr;
  const auto typed = [&](const char* name, const std::string& fallback) {
    return again ? web_value(*input.typed, name) : fallback;
  };
  const CaseEvent* heard = pipeline::last_event(application, "heard");
  Value differences = differences_view(application);
  context.set("hasDifferences", !differences.items().empty());
  context.set("differences", std::move(differences));
  context.set("differChoices", choices_view(differ_choices, typed("differs", "")));
  context.set("heardOn", typed("heard-on", heard == nullptr ? "" : format_iso(heard->date)));
  context.set("heardSaid", typed("heard-said", heard == nullptr ? "" : heard->note));
  context.set("heardExceptions", exceptions_view(typed("heard-exception", "")));
  context.set("differsError", problem_of(input, "differs"));
  context.set("heardOnError", problem_of(input, "heard-on"));
  context.set("heardSaidError", problem_of(input, "heard-said"));
  context.set("heardExceptionError", problem_of(input, "heard-exception"));
  context.set("testEffect", typed("test-effect", ""));
  context.set("testValues", typed("test-values", ""));
  context.set("testEffects", typed("test-effects", ""));
  context.set("testLaw", typed("test-law", ""));
  const bool opened =
      again && !(web_value(*input.typed, "test-effect") + web_value(*input.typed, "test-values") +
                 web_value(*input.typed, "test-effects") + web_value(*input.typed, "test-law"))
                    .empty();
  context.set("openTest", opened);
}

}  // namespace

std::string problem_of(const CaseInput& input, const char* name) {
  const auto found = input.problems.find(name);
  return found == input.problems.end() ? std::string() : found->second;
}

void add_decide_form(Value& context, const Visit& visit, const Application& application,
                     const CaseInput& input) {
  const auto typed = [&](const char* name, const std::string& fallback) {
    return input.open_decide && input.typed != nullptr ? web_value(*input.typed, name) : fallback;
  };
  const bool held = application.status == ApplicationStatus::held_for_sample;
  context.set("outcomes", choices_view(outcomes, typed("outcome", held ? "granted" : "")));
  context.set("held", held);
  context.set("grantMinutes", typed("minutes", ""));
  context.set("grantAid", typed("aid", ""));
  context.set("grantFrom", typed("grant-from", held ? "" : format_iso(pipeline::today(visit.services()))));
  context.set("grantUntil", typed("grant-until", ""));
  context.set("grantProvider", typed("provider", ""));
  context.set("typedReasons", typed("reasons", ""));
  context.set("reasonsError", problem_of(input, "reasons"));
  context.set("openDecide", input.open_decide);
  add_considerations(context, application, input);
  Value texts = texts_view(visit, application);
  context.set("hasTexts", !texts.items().empty());
  context.set("texts", std::move(texts));
}

}  // namespace softbot::web
