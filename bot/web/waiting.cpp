#include "web/waiting.h"

#include <algorithm>
#include <array>

#include "web/words.h"

namespace softbot::web {
namespace {

/// An event that stops the clock, and the sentence that says so.
struct Reason {
  std::string_view kind;
  std::string_view ended_by;  ///< the event that makes it go on before the last day that was named
  std::string_view nl;
  std::string_view en;
};

constexpr std::array<Reason, 5> reasons{{
    {"repair-request", "completed", "Wij wachten op uw antwoord. Hebben we dat, dan loopt de termijn verder.",
     "We are waiting for your answer. Once we have it, the term goes on."},
    {"suspension-consent", "", "Dat hebben we met u afgesproken.", "We agreed this with you."},
    {"foreign-request", "foreign-answer", "Wij wachten op informatie uit het buitenland.",
     "We are waiting for information from abroad."},
    {"applicant-delay", "applicant-delay-ended", "Wij wachten op u. Bel ons als u vragen hebt.",
     "We are waiting for you. Call us if you have questions."},
    {"force-majeure", "force-majeure-ended",
     "Wij kunnen nu niet beslissen. Dat komt door iets waar wij niets aan kunnen doen.",
     "We cannot decide now, because of something beyond our control."},
}};

/// After the decision the letter is on its way; only an objection is still to be answered.
bool is_answer(const Value& term, bool decided) {
  const std::string& code = term["code"].text_or_empty();
  if (decided) return code == "objection-decision";
  return code == "investigation" || code == "decision" || code == "announced";
}

const Reason* reason_of(const std::string& kind) {
  const auto found = std::ranges::find(reasons, kind, &Reason::kind);
  return found == reasons.end() ? nullptr : &*found;
}

/// The latest event that stops the clock still; null when none does.
const Value* event_that_stops(const Value::List& events, std::string_view today) {
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    const Reason* reason = reason_of((*event)["kind"].text_or_empty());
    if (reason == nullptr) continue;
    const std::string& until = (*event)["until"].text_or_empty();
    const bool over = std::any_of(events.rbegin(), event, [&](const Value& later) {
      return later["kind"].text_or_empty() == reason->ended_by;
    });
    if (!over && (until.empty() || until >= today)) return &*event;
  }
  return nullptr;
}

std::string why_suspended(const Value& view, std::string_view language, Date today) {
  const bool english = language == "en";
  const Value* event = event_that_stops(view["events"].items(), format_iso(today));
  // Who has only the code sees no events, but does see what is asked.
  const bool asked = event == nullptr && !view["asked"].items().empty();
  const Reason* reason = asked              ? reason_of("repair-request")
                         : event == nullptr ? nullptr
                                            : reason_of((*event)["kind"].text_or_empty());
  std::string text = english ? "The term stands still" : "De termijn staat stil";
  if (event != nullptr) {
    text += english ? " since " : " sinds ";
    text += date_words((*event)["date"].text_or_empty(), language);
    if (const std::string& until = (*event)["until"].text_or_empty();
        reason->kind == "suspension-consent" && !until.empty()) {
      text += (english ? ", until " : ", tot en met ") + date_words(until, language);
    }
  }
  text += ".";
  if (reason != nullptr) text += " " + std::string(english ? reason->en : reason->nl);
  return text;
}

}  // namespace

Waiting waiting_of(const Value& view, std::string_view language, Date today) {
  std::string first;
  bool suspended = false;
  for (const Value& term : view["deadlines"].items()) {
    if (!is_answer(term, view["decision"].is_object())) continue;
    const std::string& status = term["status"].text_or_empty();
    const std::string& end = term["end"].text_or_empty();
    suspended = suspended || status == "suspended";
    if (status == "running" && (first.empty() || end < first)) first = end;
  }
  if (suspended) return {"", why_suspended(view, language, today)};
  return {first.empty() ? "" : date_words(first, language), ""};
}

}  // namespace softbot::web
