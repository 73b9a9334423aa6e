#include "pipeline/hearing.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "domain/date.h"
#include "domain/zone.h"
#include "pipeline/staff_edit.h"
#include "pipeline/terms.h"

namespace softbot::pipeline {
namespace {

constexpr std::size_t longest_words = 4'000;
constexpr std::string_view financial = "financial";

bool takes_something_away(Outcome outcome) {
  return outcome == Outcome::refused || outcome == Outcome::granted_in_part;
}

const HearingException* find_exception(std::string_view code) {
  const auto& all = hearing_exceptions();
  const auto found = std::ranges::find(all, code, &HearingException::code);
  return found == all.end() ? nullptr : &*found;
}

std::vector<FieldError> mistakes_in_conversation(const Hearing& hearing, const Application& application,
                                                 Date today) {
  std::vector<FieldError> errors;
  const bool possible = hearing.heard_on->ok() && *hearing.heard_on <= today &&
                        local_date(application.received) <= *hearing.heard_on;
  if (!possible) {
    errors.push_back(
        {"hearing.heardOn", "out-of-range", "Kies een dag vanaf de dag van de aanvraag tot en met vandaag."});
  }
  if (is_blank(hearing.said))
    errors.push_back({"hearing.said", "missing", "Schrijf wat de inwoner zei. Dit komt in de brief."});
  if (!hearing.exception.empty()) {
    errors.push_back({"hearing.exception", "contradictory",
                      "De inwoner is gehoord: kies dan geen reden om dat niet te doen."});
  }
  return errors;
}

Value text_or_null(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

}  // namespace

const std::vector<HearingException>& hearing_exceptions() {
  static const std::vector<HearingException> all{
      {"minor", "4:7 lid 2", "Het verschil is klein: het maakt voor de inwoner weinig uit."},
      {"urgent", "4:11 onder a", "Er is te veel haast om te wachten op een gesprek."},
      {"heard-before", "4:11 onder b",
       "De inwoner kon hier al eerder op reageren, en sindsdien is er niets nieuws."},
      {"purpose", "4:11 onder c",
       "Het doel van het besluit lukt alleen als de inwoner het niet vooraf weet."},
      {financial, "4:12", "Het gaat om geld, en na bezwaar kan alles helemaal worden hersteld."}};
  return all;
}

std::vector<FieldError> mistakes_in_hearing(const PersonDecision& decision, const Application& application,
                                            Date today) {
  std::vector<FieldError> errors;
  const ReverseTest& test = decision.test;
  for (const auto& [name, text] : {std::pair{"effect", &test.effect}, std::pair{"values", &test.values},
                                   std::pair{"effects", &test.effects}, std::pair{"test", &test.test}}) {
    if (text->size() > longest_words)
      errors.push_back({"reverseTest." + std::string(name), "too-long", "Houd het korter."});
  }
  if (!takes_something_away(decision.outcome)) return errors;
  if (!decision.hearing && decision.hearing_kept_elsewhere) return errors;
  if (!decision.hearing) {
    errors.push_back({"hearing.factsDiffer", "missing",
                      "Zeg of het besluit steunt op feiten over de inwoner die anders zijn dan wat de "
                      "inwoner zelf gaf (Awb 4:7)."});
    return errors;
  }
  const Hearing& hearing = *decision.hearing;
  if (hearing.said.size() > longest_words) errors.push_back({"hearing.said", "too-long", "Houd het korter."});
  if (!hearing.facts_differ) return errors;
  if (hearing.heard_on) {
    for (FieldError& one : mistakes_in_conversation(hearing, application, today))
      errors.push_back(std::move(one));
  } else if (hearing.exception == financial && application.law != "participatiewet") {
    errors.push_back(
        {"hearing.exception", "out-of-range",
         "Deze reden geldt alleen voor besluiten over geld (Awb 4:12). Kies een andere, of hoor de "
         "inwoner."});
  } else if (find_exception(hearing.exception) == nullptr) {
    errors.push_back({"hearing.heardOn", "missing",
                      "Zeg wanneer de inwoner is gehoord, of kies waarom dat niet hoeft (Awb 4:7, 4:11, "
                      "4:12). Anders kan dit besluit niet."});
  }
  return errors;
}

void note_hearing(const Services& services, const Staff& staff, const PersonDecision& decision,
                  Application& application) {
  if (!decision.hearing || !decision.hearing->facts_differ || !decision.hearing->heard_on) return;
  const Date day = *decision.hearing->heard_on;
  const CaseEvent* before = last_event(application, "heard");
  if (before != nullptr && before->date == day) return;
  add_event(application, "heard", day, services.clock.now(), staff.account, decision.hearing->said);
}

Value considerations_of(const PersonDecision& decision) {
  Value hearing;
  if (decision.hearing && takes_something_away(decision.outcome)) {
    const Hearing& told = *decision.hearing;
    const bool heard = told.facts_differ && told.heard_on;
    hearing =
        Value::object({{"factsDiffer", told.facts_differ},
                       {"heardOn", heard ? Value(format_iso(*told.heard_on)) : Value()},
                       {"said", heard ? text_or_null(told.said) : Value()},
                       {"exception", told.facts_differ && !heard ? text_or_null(told.exception) : Value()}});
  }
  const ReverseTest& words = decision.test;
  const bool empty = is_blank(words.effect + words.values + words.effects + words.test);
  Value test;
  if (!empty) {
    test = Value::object({{"effect", text_or_null(words.effect)},
                          {"values", text_or_null(words.values)},
                          {"effects", text_or_null(words.effects)},
                          {"test", text_or_null(words.test)}});
  }
  if (hearing.is_null() && test.is_null()) return {};
  return Value::object({{"hearing", std::move(hearing)}, {"reverseTest", std::move(test)}});
}

std::string hearing_in_letter(const Decision& decision) {
  const Value& hearing = decision.trace["hearing"];
  if (const std::string& said = hearing["said"].text_or_empty(); !said.empty())
    return "In ons gesprek zei u: " + said;
  const HearingException* exception = find_exception(hearing["exception"].text_or_empty());
  if (exception == nullptr) return {};
  return "Wij spraken u hier niet vooraf over. Dat hoeft niet in een situatie als deze. Dat staat in "
         "artikel " +
         std::string(exception->article) + " van de Algemene wet bestuursrecht.";
}

}  // namespace softbot::pipeline
