#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "domain/deadlines.h"
#include "domain/json.h"
#include "helpers.h"

namespace softbot {
namespace {

using testing::day;

Result<Value> answer(const std::string& json) {
  return deadlines_from_input(parse_json(json).value(), day("2026-03-01"));
}

const Value& term(const Value& output, std::string_view code) {
  for (const Value& one : output["terms"].items()) {
    if (one["code"].text_or_empty() == code) return one;
  }
  throw std::logic_error("no such term");
}

std::vector<std::string> mistakes(const std::string& json) {
  std::vector<std::string> found;
  const auto result = answer(json);
  if (result) return found;
  for (const FieldError& one : result.error().fields) found.push_back(one.field + " " + one.code);
  return found;
}

TEST(DeadlinesInput, GivesEveryTermWithItsArticle) {
  const auto output = answer(R"({"type": "household-help", "today": "2026-01-21", "events": [
      {"kind": "received", "date": "2026-01-05"}, {"kind": "investigation-finished", "date": "2026-01-20"}]})");
  ASSERT_TRUE(output.has_value());
  EXPECT_EQ((*output)["law"].text_or_empty(), "wmo2015");
  EXPECT_EQ((*output)["terms"].items().size(), 3U);
  const Value& decision = term(*output, "decision");
  EXPECT_EQ(decision["end"].text_or_empty(), "2026-02-03");
  EXPECT_EQ(decision["article"].text_or_empty(), "Wmo 2015 2.3.5 lid 2");
  EXPECT_EQ(decision["status"].text_or_empty(), "running");
  EXPECT_TRUE((*output)["penalty"].is_null());
}

TEST(DeadlinesInput, TakesDutchDatesAliasesAndUnderscores) {
  const auto output = answer(R"({"law": "WMO", "today": "21-1-2026", "events": [
      {"kind": "melding", "date": "5 januari 2026"}, {"kind": "Personal_Plan", "date": "6-1-2026"}]})");
  ASSERT_TRUE(output.has_value());
  EXPECT_EQ(term(*output, "personal-plan")["metOn"].text_or_empty(), "2026-01-06");
}

TEST(DeadlinesInput, GuessesTheWmoFromItsEventsAndElseTheAwb) {
  EXPECT_EQ(
      (*answer(R"({"events": [{"kind": "notification", "date": "2026-01-05"}]})"))["law"].text_or_empty(),
      "wmo2015");
  EXPECT_EQ((*answer(R"({"events": [{"kind": "received", "date": "2026-01-05"}]})"))["law"].text_or_empty(),
            "awb");
}

TEST(DeadlinesInput, AGeneralNotificationAsksForNoDecision) {
  const auto output =
      answer(R"({"type": "general-notification", "events": [{"kind": "received", "date": "2026-01-05"}]})");
  EXPECT_EQ((*output)["terms"].items().size(), 2U);
}

TEST(DeadlinesInput, TakesARepairTermAsALastDayOrALength) {
  for (const char* end : {R"("until": "2026-03-20")", R"("days": 14)", R"("weeks": 2)"}) {
    const auto output = answer(R"({"law": "awb", "events": [{"kind": "received", "date": "2026-03-02"},
        {"kind": "repair-request", "date": "2026-03-06", )" +
                               std::string(end) + "}]}");
    EXPECT_EQ(term(*output, "repair")["end"].text_or_empty(), "2026-03-20") << end;
  }
}

TEST(DeadlinesInput, TodayIsTheLastEventWhenNotGivenAndLater) {
  EXPECT_EQ((*answer(R"({"events": [{"kind": "received", "date": "2027-01-05"}]})"))["today"].text_or_empty(),
            "2027-01-05");
  EXPECT_EQ((*answer(R"({"events": [{"kind": "received", "date": "2026-01-05"}]})"))["today"].text_or_empty(),
            "2026-03-01");
}

TEST(DeadlinesInput, ShowsThePenaltyByTrancheAndByDay) {
  const auto output = answer(R"({"law": "awb", "today": "2026-05-01", "events": [
      {"kind": "received", "date": "2026-01-05"}, {"kind": "notice-of-default", "date": "2026-03-03"},
      {"kind": "decision-published", "date": "2026-04-06"}]})");
  const Value& penalty = (*output)["penalty"];
  EXPECT_EQ(penalty["totalCents"].as_integer(), 49700);
  EXPECT_EQ(penalty["total"].text_or_empty(), "€ 497,00");
  EXPECT_EQ(penalty["byDay"].items().size(), 19U);
  EXPECT_EQ(penalty["byDay"].items().back()["totalCents"].as_integer(), 49700);
  EXPECT_EQ(penalty["firstDay"].text_or_empty(), "2026-03-18");
}

TEST(DeadlinesInput, NamesEveryMistakeWithItsPath) {
  EXPECT_EQ(mistakes(R"({"law": "awbb", "evnts": [], "events": [
      {"kind": "recieved", "date": "2026-02-30"}, {"date": "1823-01-01", "foo": 1}, 7,
      {"kind": "repair-request", "date": "2026-03-06", "until": "2026-03-01"},
      {"kind": "repair-request", "date": "2026-03-06", "days": 0},
      {"kind": "repair-request", "date": "2026-03-06", "days": 7, "weeks": 1},
      {"kind": "suspension-consent", "date": "2026-03-06"},
      {"kind": "objection", "date": 20260306, "committee": "yes"}]})"),
            (std::vector<std::string>{
                "evnts unknown-member", "events[0].kind unknown-kind", "events[0].date date-not-in-calendar",
                "events[1].foo unknown-member", "events[1].kind missing", "events[1].date date-too-early",
                "events[2] not-an-object", "events[3].until before-date", "events[4].days not-a-length",
                "events[5].until several-ends", "events[6].until missing", "events[7].date not-text",
                "law unknown-law"}));
}

TEST(DeadlinesInput, AnUnknownKindListsTheKnownOnes) {
  const auto result = answer(R"({"events": [{"kind": "huh", "date": "2026-01-05"}]})");
  ASSERT_FALSE(result.has_value());
  EXPECT_NE(result.error().message.find("events[0].kind"), std::string::npos);
  EXPECT_NE(result.error().message.find("notice-of-default"), std::string::npos);
}

TEST(DeadlinesInput, RefusesWhatIsNoCase) {
  EXPECT_FALSE(answer("[]").has_value());
  EXPECT_EQ(mistakes("{}"), (std::vector<std::string>{"events missing"}));
  EXPECT_EQ(mistakes(R"({"events": {}})"), (std::vector<std::string>{"events missing"}));
  EXPECT_EQ(
      mistakes(
          R"({"law": "awb", "type": "household-help", "events": [{"kind": "received", "date": "2026-01-05"}]})"),
      (std::vector<std::string>{"type other-law"}));
}

TEST(DeadlinesTable, ShowsTermArticleAndLastDay) {
  const std::string table = print_deadlines(*answer(R"({"law": "awb", "today": "2026-03-20", "events": [
      {"kind": "received", "date": "2026-01-05"}, {"kind": "notice-of-default", "date": "2026-03-03"}]})"));
  EXPECT_NE(table.find("vrijdag 20 maart 2026"), std::string::npos);
  EXPECT_NE(table.find("Besluit op de aanvraag"), std::string::npos);
  EXPECT_NE(table.find("Awb 4:13 lid 2"), std::string::npos);
  EXPECT_NE(table.find("02-03-2026"), std::string::npos);
  EXPECT_NE(table.find("Dwangsom: 3 dagen, € 69,00"), std::string::npos);
}

TEST(DeadlinesTable, ColumnsLineUp) {
  const std::string table = print_deadlines(*answer(R"({"law": "pw", "today": "2026-03-20", "events": [
      {"kind": "received", "date": "2026-01-05"}, {"kind": "repair-request", "date": "2026-01-09", "days": 14}]})"));
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < table.size();) {
    const std::size_t end = table.find('\n', at);
    lines.push_back(table.substr(at, end - at));
    at = end + 1;
  }
  const std::size_t column = lines.at(2).find("Artikel");
  ASSERT_NE(column, std::string::npos);
  EXPECT_EQ(lines.at(4).compare(column, 3, "Awb"), 0);
  EXPECT_EQ(lines.at(5).compare(column, 15, "Participatiewet"), 0);
}

TEST(EventKinds, HaveUniqueNamesAndReadBack) {
  std::vector<std::string> all;
  for (const EventKindInfo& info : event_kinds()) {
    EXPECT_EQ(event_kind_from(info.name), info.kind);
    EXPECT_EQ(name_of(info.kind), info.name);
    EXPECT_FALSE(info.dutch.empty());
    EXPECT_NE(describe_event_kinds().find(info.effect), std::string::npos);
    all.emplace_back(info.name);
    for (const std::string_view alias : info.aliases) all.emplace_back(alias);
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
}

TEST(EventKinds, OtherEventsOfACaseMoveNoClock) {
  const std::vector<CaseEvent> events = {
      {"received", day("2026-01-05"), {}, "resident", "", {}},
      {"complaint", day("2026-01-06"), {}, "resident", "", {}},
      {"repair-request", day("2026-01-07"), {}, "bot", "", day("2026-01-21")}};
  const std::vector<TermEvent> found = term_events_from(events);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].until, day("2026-01-21"));
}

}  // namespace
}  // namespace softbot
