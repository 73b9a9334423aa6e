#include "policy/provision_support.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "domain/date.h"
#include "domain/paper.h"
#include "policy/name_match.h"

namespace softbot {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Value reading(const Value& value, const char* state, const char* probability,
              std::initializer_list<std::pair<const char*, const char*>> others = {}) {
  Value alternatives = Value::list();
  for (const auto& [other, chance] : others)
    alternatives.push(Value::object({{"value", other}, {"probability", Number{chance}}}));
  return Value::object({{"part", "extension"},
                        {"class", "supporting"},
                        {"value", value},
                        {"state", state},
                        {"probability", Number{probability}},
                        {"alternatives", std::move(alternatives)}});
}

Value nothing() {
  return reading({}, "empty", "1");
}

ProvisionRecord provision(const char* number, const char* until) {
  ProvisionRecord provision;
  provision.type = "household-help";
  provision.municipality = "voorbeeld";
  provision.decision_number = number;
  if (auto day = parse_iso_date(until)) provision.until = *day;
  return provision;
}

const std::vector<ProvisionRecord> one_decision{provision("WMO-2024-516565", "2027-02-03")};

Application form(Value number, Value day) {
  Application application;
  application.municipality = "voorbeeld";
  application.type = "extension";
  application.fields = Value::object({{"decisionNumber", number["value"]}, {"endDate", day["value"]}});
  application.readings = Value::object({{"decisionNumber", std::move(number)}, {"endDate", std::move(day)}});
  return application;
}

TEST(ProvisionSupport, SettlesANumberThatMayWellBeTheirs) {
  Application application = form(
      reading("WMO-ZOZ4-516565", "doubtful", "0.4", {{"WM0-2024-5I6565", "0.3"}, {"WMO-2024-SI6565", "0.1"}}),
      nothing());
  EXPECT_THAT(support_by_provisions(application, one_decision), ElementsAre("decisionNumber"));
  EXPECT_EQ(application.fields["decisionNumber"].text_or_empty(), "WMO-2024-516565");
  EXPECT_TRUE(paper::is_settled(application, "decisionNumber"));
  ASSERT_EQ(provision_support_conditions(application).size(), 1U);
  EXPECT_EQ(provision_support_conditions(application).front().name, "provision-supports-decisionNumber");
}

TEST(ProvisionSupport, SettlesANumberOfWhichTwoSignsWereMisreadAndNotThree) {
  Application two = form(reading("WMO2024S1G565", "doubtful", "0.4"), nothing());
  EXPECT_THAT(support_by_provisions(two, one_decision), ElementsAre("decisionNumber"));
  Application three = form(reading("WMO2O24S1GB65", "doubtful", "0.4"), nothing());
  EXPECT_THAT(support_by_provisions(three, one_decision), IsEmpty());
  EXPECT_EQ(three.fields["decisionNumber"].text_or_empty(), "WMO2O24S1GB65");
}

TEST(ProvisionSupport, ANumberThatWasReadClearlyIsNotChangedIntoOneThatResemblesIt) {
  Application clear =
      form(reading("WMO-2024-516S65", "doubtful", "0.6", {{"WM0-2024-516S65", "0.35"}}), nothing());
  EXPECT_THAT(support_by_provisions(clear, one_decision), IsEmpty());
}

TEST(ProvisionSupport, ANumberThatEndsOtherwiseMayBeSomebodyElsesOfOneHousehold) {
  Application neighbour =
      form(reading("WMO-2024-516566", "doubtful", "0.4"), reading("2027-02-03", "certain", "0.999"));
  EXPECT_THAT(support_by_provisions(neighbour, one_decision), IsEmpty());
  Application hardly =
      form(reading("WMO-2024-516566", "doubtful", "0.8", {{"WMO-2024-516565", "0.01"}}), nothing());
  EXPECT_THAT(support_by_provisions(hardly, one_decision), IsEmpty());
}

TEST(ProvisionSupport, WhatWasAnsweredSinceStays) {
  Application by_web = form(reading("WMO-2024-51GS65", "doubtful", "0.4"), nothing());
  by_web.fields.set("decisionNumber", "WMO-2023-000001");
  EXPECT_THAT(support_by_provisions(by_web, one_decision), IsEmpty());
  EXPECT_EQ(by_web.fields["decisionNumber"].text_or_empty(), "WMO-2023-000001");

  Application typed_where_nothing_was_read =
      form(nothing(), reading("2027-02-08", "doubtful", "0.6", {{"2027-02-03", "0.3"}}));
  typed_where_nothing_was_read.fields.set("decisionNumber", "WMO-2023-000001");
  EXPECT_THAT(support_by_provisions(typed_where_nothing_was_read, one_decision), IsEmpty());
}

TEST(ProvisionSupport, TheLastDayBesideANumberThatResemblesSaysWhichIsMeant) {
  const Value resembling = reading("WMO2O24S1GB65", "doubtful", "0.4");
  Application theirs = form(resembling, reading("2027-02-03", "certain", "0.999"));
  EXPECT_THAT(support_by_provisions(theirs, one_decision), ElementsAre("decisionNumber"));
  Application other = form(resembling, reading("2027-03-03", "certain", "0.999"));
  EXPECT_THAT(support_by_provisions(other, one_decision), IsEmpty());
}

TEST(ProvisionSupport, TheNumberSaysWhichDayIsMeant) {
  Application hardly_read =
      form(reading("WMO-2024-516565", "doubtful", "0.3"),
           reading({}, "unreadable", "0", {{"2027-02-03", "0.0013"}, {"2027-03-03", "0.0001"}}));
  EXPECT_THAT(support_by_provisions(hardly_read, one_decision), ElementsAre("decisionNumber", "endDate"));
  EXPECT_EQ(hardly_read.fields["endDate"].text_or_empty(), "2027-02-03");

  Application other_day =
      form(reading("WMO-2024-516565", "doubtful", "0.3"), reading("2027-03-03", "doubtful", "0.9"));
  EXPECT_THAT(support_by_provisions(other_day, one_decision), IsEmpty());
}

TEST(ProvisionSupport, TheLastDayAloneIsEnoughWhereItIsLikelyEnough) {
  Application likely = form(nothing(), reading("2027-02-08", "doubtful", "0.6", {{"2027-02-03", "0.3"}}));
  EXPECT_THAT(support_by_provisions(likely, one_decision), ElementsAre("endDate"));
  Application unlikely =
      form(nothing(), reading("2027-02-08", "doubtful", "0.99", {{"2027-02-03", "0.001"}}));
  EXPECT_THAT(support_by_provisions(unlikely, one_decision), IsEmpty());
}

TEST(ProvisionSupport, NeverChangesWhatWasReadWithCertaintyOrByAPerson) {
  Application certain = form(reading("WMO-2024-516566", "certain", "0.999"),
                             reading("2027-02-08", "doubtful", "0.6", {{"2027-02-03", "0.3"}}));
  EXPECT_THAT(support_by_provisions(certain, one_decision), IsEmpty());
  EXPECT_EQ(certain.fields["decisionNumber"].text_or_empty(), "WMO-2024-516566");

  Application checked = form(reading("WMO-2024-516566", "doubtful", "0.4"), nothing());
  paper::mark_checked(checked, "decisionNumber", {"cora", {}});
  EXPECT_THAT(support_by_provisions(checked, one_decision), IsEmpty());
}

TEST(ProvisionSupport, LeavesItOpenWhereTwoDecisionsMayBeMeant) {
  const std::vector<ProvisionRecord> alike{provision("WMO-2024-516565", "2027-02-03"),
                                           provision("WMO-2024-516566", "2027-02-03")};
  Application application =
      form(reading("WMO-2024-516565", "doubtful", "0.7", {{"WMO-2024-516566", "0.25"}}), nothing());
  EXPECT_THAT(support_by_provisions(application, alike), IsEmpty());

  const std::vector<ProvisionRecord> apart{provision("WMO-2024-516565", "2027-02-03"),
                                           provision("WMO-2023-928326", "2027-02-03")};
  EXPECT_THAT(support_by_provisions(application, apart), ElementsAre("decisionNumber"));
  Application day_only = form(nothing(), reading("2027-02-03", "doubtful", "0.9"));
  EXPECT_THAT(support_by_provisions(day_only, apart), IsEmpty());
}

TEST(ProvisionSupport, ShortNumbersMustBeReadAndNotOnlyResemble) {
  const std::vector<ProvisionRecord> short_number{provision("516565", "2027-02-03")};
  Application resembling = form(reading("S16565", "doubtful", "0.9"), nothing());
  EXPECT_THAT(support_by_provisions(resembling, short_number), IsEmpty());
  Application listed = form(reading("S16565", "doubtful", "0.9", {{"516565", "0.05"}}), nothing());
  EXPECT_THAT(support_by_provisions(listed, short_number), ElementsAre("decisionNumber"));
}

TEST(ProvisionSupport, KnowsNothingOfAnotherMunicipalitysDecisions) {
  Application application = form(reading("WMO-2024-516565", "doubtful", "0.9"), nothing());
  application.municipality = "molendam";
  EXPECT_THAT(support_by_provisions(application, one_decision), IsEmpty());
}

TEST(ProvisionSupport, AFormWithoutTheseQuestionsStaysAsItIs) {
  Application application;
  application.municipality = "voorbeeld";
  EXPECT_THAT(support_by_provisions(application, one_decision), IsEmpty());
}

RC_GTEST_PROP(ProvisionSupport, AnotherNumberOfTheSameYearIsNotTakenForTheirs, ()) {
  const std::string digits = std::to_string(*rc::gen::inRange(100'000, 1'000'000));
  RC_PRE(changes_between(digits, "516565") > 2);
  Application application = form(reading("WMO-2024-" + digits, "doubtful", "0.9"), nothing());
  RC_ASSERT(support_by_provisions(application, one_decision).empty());
}

}  // namespace
}  // namespace softbot
