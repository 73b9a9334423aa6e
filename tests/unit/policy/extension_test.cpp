#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/json.h"
#include "shipped_policy.h"

namespace softbot {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

PolicyResult extend(const Value& facts) {
  return evaluate("extension", facts);
}

std::vector<std::string> reasons_with(std::string_view name, Value answer) {
  return codes(extend(with_answer(extension_facts(), name, std::move(answer))).reasons);
}

std::vector<std::string> reasons_with_provision(std::string_view member, Value value) {
  auto provision = ending_provision();
  provision.set(member, std::move(value));
  auto facts = extension_facts();
  facts.set("provisions", list_of({provision}));
  return codes(extend(facts).reasons);
}

std::vector<std::string> reasons_on(const char* day) {
  return codes(
      shipped_policy().evaluate("extension", "voorbeeld", *parse_iso_date(day), extension_facts()).reasons);
}

TEST(Extension, grants_the_simple_ordinary_case_exactly) {
  const auto result = extend(extension_facts());
  ASSERT_TRUE(result.grants) << ::testing::PrintToString(codes(result.reasons));
  EXPECT_EQ(
      to_json(result.grant),
      R"({"minutesPerWeek":150,"from":"2027-01-16","until":"2032-01-15","provider":"Zorg aan Huis",)"
      R"("contributionCents":2180,"amountCentsPerYear":483600,"provisionForm":"in-kind","extends":"WMO-2022/0117"})");
}

TEST(Extension, finds_the_provision_by_number_or_by_end_date) {
  EXPECT_THAT(reasons_with("decisionNumber", nullptr), IsEmpty());
  EXPECT_THAT(reasons_with("endDate", nullptr), IsEmpty());
  EXPECT_THAT(reasons_with("decisionNumber", "WMO-2022/0118"), Contains("provision-not-found"));
  EXPECT_THAT(reasons_with("endDate", "2027-01-16"), Contains("provision-not-found"));
  const auto neither =
      with_answer(with_answer(extension_facts(), "endDate", nullptr), "decisionNumber", nullptr);
  EXPECT_THAT(codes(extend(neither).reasons), Contains("provision-found-unknown"));
}

TEST(Extension, refers_when_the_provision_is_absent_unclear_or_incomplete) {
  auto facts = extension_facts();
  facts.set("provisions", Value::list());
  EXPECT_THAT(codes(extend(facts).reasons), Contains("provision-not-found"));
  facts.set("provisions", nullptr);
  EXPECT_THAT(codes(extend(facts).reasons), Contains("provision-found-unknown"));
  facts.set("provisions", list_of({ending_provision(), ending_provision()}));
  EXPECT_THAT(codes(extend(facts).reasons), Contains("provision-ambiguous"));
  EXPECT_THAT(reasons_with_provision("provider", nullptr), Contains("provision-agrees-unknown"));
  EXPECT_THAT(reasons_with_provision("minutesPerWeek", nullptr), Contains("provision-not-found"));
}

TEST(Extension, refers_when_it_was_extended_already) {
  auto next = ending_provision();
  next.set("from", "2027-01-16");
  next.set("until", "2032-01-15");
  next.set("decisionNumber", "WMO-2026/9");
  auto facts = extension_facts();
  facts.set("provisions", list_of({ending_provision(), next}));
  EXPECT_THAT(codes(extend(facts).reasons), ElementsAre("already-extended"));
}

TEST(Extension, grants_from_thirteen_weeks_before_the_end_until_the_last_day) {
  EXPECT_THAT(reasons_on("2026-10-15"), ElementsAre("too-early"));
  EXPECT_THAT(reasons_on("2026-10-16"), IsEmpty());
  EXPECT_THAT(reasons_on("2027-01-15"), IsEmpty());
  EXPECT_THAT(reasons_on("2027-01-16"), ElementsAre("provision-ended"));
}

TEST(Extension, refers_every_change) {
  EXPECT_THAT(reasons_with("healthChanged", true), ElementsAre("situation-changed"));
  EXPECT_THAT(reasons_with("householdChanged", true), ElementsAre("situation-changed"));
  EXPECT_THAT(reasons_with("homeChanged", true), ElementsAre("situation-changed"));
  EXPECT_THAT(reasons_with("wantedChange", "more"), ElementsAre("more-wanted"));
  EXPECT_THAT(reasons_with("wantedChange", "less"), ElementsAre("less-wanted"));
  EXPECT_THAT(reasons_with("satisfied", false), ElementsAre("not-satisfied"));
  EXPECT_THAT(reasons_with("wlz", true), ElementsAre("wlz"));
}

TEST(Extension, compares_what_the_resident_says_of_the_present_help) {
  EXPECT_THAT(reasons_with("presentMinutes", 150), IsEmpty());
  EXPECT_THAT(reasons_with("presentMinutes", 120), ElementsAre("provision-differs"));
  EXPECT_THAT(reasons_with("provider", "zorg aan huis"), IsEmpty());
  EXPECT_THAT(reasons_with("provider", "Een ander"), ElementsAre("provision-differs"));
}

}  // namespace
}  // namespace softbot
