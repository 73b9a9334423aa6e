#include "web/waiting.h"

#include <gtest/gtest.h>

namespace softbot::web {
namespace {

const Date today = *parse_iso_date("2026-12-05");

Value term(const char* code, const char* status, const char* end) {
  return Value::object({{"code", code}, {"status", status}, {"end", end}});
}

Value view(std::initializer_list<Value> terms, std::initializer_list<Value> events = {}) {
  Value deadlines = Value::list();
  for (const Value& each : terms) deadlines.push(each);
  Value happened = Value::list();
  for (const Value& each : events) happened.push(each);
  return Value::object(
      {{"deadlines", std::move(deadlines)}, {"events", std::move(happened)}, {"asked", Value::list()}});
}

Value event(const char* kind, const char* date, const char* until = "") {
  return Value::object({{"kind", kind}, {"date", date}, {"until", until}});
}

TEST(Waiting, TellsTheFirstDayOnWhichAnAnswerIsDue) {
  const Waiting waiting = waiting_of(
      view({term("personal-plan", "running", "2026-12-01"), term("decision", "running", "2027-01-20"),
            term("investigation", "running", "2027-01-08")}),
      "nl", today);
  EXPECT_EQ(waiting.expected_by, "8 januari 2027");
  EXPECT_EQ(waiting.suspended, "");
}

TEST(Waiting, PromisesNothingWhenNoTermOfOursRuns) {
  const Waiting waiting = waiting_of(
      view({term("objection", "running", "2027-01-20"), term("decision", "met", "2026-12-20")}), "nl", today);
  EXPECT_EQ(waiting.expected_by, "");
  EXPECT_EQ(waiting.suspended, "");
}

TEST(Waiting, AfterTheDecisionOnlyAnObjectionIsStillToBeAnswered) {
  Value decided = view({term("decision", "running", "2026-12-11")});
  decided.set("decision", Value::object({{"outcome", "granted"}}));
  EXPECT_EQ(waiting_of(decided, "nl", today).expected_by, "");
  Value objected =
      view({term("decision", "met", "2026-12-11"), term("objection-decision", "running", "2027-03-01")});
  objected.set("decision", Value::object({{"outcome", "granted"}}));
  EXPECT_EQ(waiting_of(objected, "nl", today).expected_by, "1 maart 2027");
}

TEST(Waiting, SaysWhySinceWhenTheTermStandsStill) {
  const Waiting waiting =
      waiting_of(view({term("decision", "suspended", "2027-01-20")},
                      {event("received", "2026-11-20"), event("repair-request", "2026-11-27")}),
                 "nl", today);
  EXPECT_EQ(waiting.expected_by, "");
  EXPECT_EQ(
      waiting.suspended,
      "De termijn staat stil sinds 27 november 2026. Wij wachten op uw antwoord. Hebben we dat, dan loopt de "
      "termijn verder.");
}

TEST(Waiting, NamesTheLastDayThatWasAgreed) {
  const Waiting waiting = waiting_of(
      view({term("decision", "suspended", "2027-02-20")},
           {event("repair-request", "2026-11-27"), event("suspension-consent", "2026-12-03", "2027-01-10")}),
      "en", today);
  EXPECT_EQ(waiting.suspended,
            "The term stands still since 3 December 2026, until 10 January 2027. We agreed this with you.");
}

TEST(Waiting, AReasonThatEndedIsNotTheReasonAnyMore) {
  const auto suspended_by = [](std::initializer_list<Value> events) {
    return waiting_of(view({term("decision", "suspended", "2027-01-20")}, events), "nl", today).suspended;
  };
  const std::string agreed =
      "De termijn staat stil sinds 20 november 2026, tot en met 10 januari 2027. Dat hebben we met u "
      "afgesproken.";
  EXPECT_EQ(suspended_by({event("suspension-consent", "2026-11-20", "2027-01-10"),
                          event("repair-request", "2026-11-27"), event("completed", "2026-12-02")}),
            agreed);
  EXPECT_EQ(suspended_by({event("suspension-consent", "2026-11-20", "2027-01-10"),
                          event("repair-request", "2026-11-27", "2026-12-04")}),
            agreed);
  EXPECT_NE(suspended_by({event("suspension-consent", "2026-11-20", "2027-01-10"),
                          event("repair-request", "2026-11-27", "2026-12-05")}),
            agreed)
      << "its last day is today";
}

TEST(Waiting, WhoSeesNoEventsStillHearsThatAnAnswerIsAwaited) {
  Value seen = view({term("decision", "suspended", "2027-01-20")});
  Value asked = Value::list();
  asked.push(Value::object({{"text", "Uw woonplaats"}}));
  seen.set("asked", std::move(asked));
  EXPECT_EQ(waiting_of(seen, "nl", today).suspended,
            "De termijn staat stil. Wij wachten op uw antwoord. Hebben we dat, dan loopt de termijn verder.");
}

}  // namespace
}  // namespace softbot::web
