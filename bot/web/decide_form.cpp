#include "web/decide_form.h"

#include <algorithm>
#include <string_view>

#include "domain/date.h"
#include "forms/standard_texts.h"
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
  Value texts = texts_view(visit, application);
  context.set("hasTexts", !texts.items().empty());
  context.set("texts", std::move(texts));
}

}  // namespace softbot::web
