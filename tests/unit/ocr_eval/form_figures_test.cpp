#include "bench/ocr_eval/form_figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bench/ocr_eval/form_comparison.h"
#include "domain/json.h"

namespace softbot::eval {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Value json(const std::string& text) {
  return parse_json(text).value();
}

/// A case of small aids in which these answers stand, read like this.
Value case_with(const std::string& result, const std::string& fields, const std::string& readings,
                const std::string& tasks = "[]") {
  return json(R"({"type": "small-aids", "status": ")" + result + R"(", "outcome": ")" +
              (result == "deciding" ? "" : result) + R"(", "common": {}, "fields": )" + fields +
              R"(, "readings": )" + readings + R"(, "openTasks": )" + tasks + "}");
}

const std::string weight_is_70 = R"({"bodyWeightKg": 70})";
const std::string weight_certain =
    R"({"bodyWeightKg": {"part": "fields", "class": "decisive", "state": "certain", "value": 70}})";

Value told() {
  return case_with("granted", weight_is_70, "{}");
}

/// truth.json of one signed form with set number "a".
std::vector<Value> files(const std::string& fields = R"({"bodyWeightKg": 70, "signature": true})") {
  return {json(R"({"file": "a.pdf", "pages": 4, "forms": [{"set": "a", "fields": )" + fields + "}]}")};
}

FormFigures figures_of(const Value& truth, const Value& scan, const std::vector<Value>& of = files()) {
  return with({}, of, {{{"a", "small-aids"}, outcome_in(truth)}},
              {{{{"a", "small-aids"}, outcome_in(scan)}}, 2.0});
}

TEST(FormFigures, CountAGrantOnTheScanAsGranted) {
  const auto figures = figures_of(told(), case_with("granted", weight_is_70, weight_certain));
  EXPECT_EQ(figures.grantable, 1U);
  EXPECT_EQ(figures.granted, 1U);
  EXPECT_EQ(figures.wrong_grants, 0U);
  EXPECT_THAT(told(figures), HasSubstr("granted 1 of 1 grantable on the truth (100.0%)\n"));
  EXPECT_THAT(told(figures), HasSubstr("wrong grants 0 of 1 upper95 0.95"));
  EXPECT_THAT(told(figures), HasSubstr("time per page 0.500 s"));
}

TEST(FormFigures, AGrantOnAMisreadAnswerIsWrong) {
  const std::string misread_weight =
      R"({"bodyWeightKg": {"part": "fields", "class": "decisive", "state": "certain", "value": 10}})";
  const auto figures = figures_of(told(), case_with("granted", R"({"bodyWeightKg": 10})", misread_weight));
  EXPECT_EQ(figures.wrong_grants, 1U);
  EXPECT_EQ(figures.wrong_certain, 1U);
  EXPECT_THAT(figures.wrong, ElementsAre("wrong certain field: set a, small-aids: bodyWeightKg",
                                         "wrong grant: set a, small-aids: misread: bodyWeightKg"));
}

TEST(FormFigures, AGrantThatNobodySignedOrThatTheTruthRefersIsWrong) {
  const Value scan = case_with("granted", weight_is_70, weight_certain);
  EXPECT_EQ(figures_of(told(), scan, files(R"({"signature": false})")).wrong_grants, 1U);
  EXPECT_EQ(figures_of(case_with("referred", weight_is_70, "{}"), scan).wrong_grants, 1U);
}

TEST(FormFigures, AGrantThatNoFormSaysIsWrong) {
  const auto figures = with({}, files(), {{{"a", "small-aids"}, outcome_in(told())}},
                            {{{{"b", "small-aids"}, outcome_in(case_with("granted", "{}", "{}"))}}, 1.0});
  EXPECT_EQ(figures.wrong_grants, 1U);
  EXPECT_EQ(figures.lost, 1U);
  EXPECT_THAT(told(figures), HasSubstr("not placed 1\n"));
}

TEST(FormFigures, TellAsksReferralsAndLooksApart) {
  const std::string look = R"([{"code": "look-at-crop"}])";
  const std::string more = R"([{"code": "look-at-crop"}, {"code": "field-doubtful"}])";
  const auto asked = figures_of(told(), case_with("asked", "{}", "{}"));
  EXPECT_EQ(asked.asks, 1U);
  EXPECT_EQ(asked.referrals, 0U);
  const auto looked_at = figures_of(told(), case_with("deciding", weight_is_70, weight_certain, look));
  EXPECT_EQ(looked_at.looks, 1U);
  EXPECT_EQ(looked_at.referrals, 0U);
  const auto doubtful = figures_of(told(), case_with("deciding", weight_is_70, weight_certain, more));
  EXPECT_EQ(doubtful.looks, 1U);
  EXPECT_EQ(doubtful.referrals, 1U);
  Value referred = case_with("referred", weight_is_70, weight_certain, look);
  referred.set("reasons", json(R"([{"code": "field-doubtful", "field": "bsn"}])"));
  EXPECT_EQ(figures_of(told(), referred).referrals, 1U);
}

TEST(FormFigures, FormsWithFreeTextStandApart) {
  const std::string words = R"({"bodyWeightKg": 70, "remarks": "Graag bellen."})";
  const std::string readings =
      R"({"remarks": {"part": "fields", "class": "free", "state": "unreadable", "value": null}})";
  const auto figures = figures_of(case_with("granted", words, "{}"), case_with("referred", "{}", readings));
  EXPECT_EQ(figures.with_words, 1U);
  EXPECT_THAT(told(figures), HasSubstr("granted 0 of 0 grantable without a look at free text"));
}

TEST(FormFigures, AddUpOverTheParts) {
  const Value scan = case_with("granted", weight_is_70, weight_certain);
  const auto once = figures_of(told(), scan);
  const auto twice = with(once, files(), {{{"a", "small-aids"}, outcome_in(told())}},
                          {{{{"a", "small-aids"}, outcome_in(scan)}}, 2.0});
  EXPECT_EQ(twice.granted, 2U);
  EXPECT_EQ(twice.pages, 8U);
  EXPECT_THAT(told(twice), HasSubstr("time per page 0.500 s"));
}

TEST(CertainFields, AreWrongWhenSomethingElseOrNothingWasWritten) {
  const Value meant = json(R"({"a": "Jansen", "b": null, "c": ["x", "y"], "d": "1", "signature": false})");
  const Value read = json(R"({"readings": {
      "a": {"class": "decisive", "state": "certain", "value": "JANSEN"},
      "b": {"class": "decisive", "state": "certain", "value": "2"},
      "c": {"class": "decisive", "state": "certain", "value": ["y", "x"]},
      "d": {"class": "decisive", "state": "empty", "value": null},
      "e": {"class": "decisive", "state": "certain", "value": "asked of nobody"},
      "signature": {"class": "signature", "state": "empty", "value": null}}})");
  const CertainFields fields = certain_fields(meant, Value::object(), read);
  EXPECT_EQ(fields.count, 5U);
  EXPECT_THAT(fields.wrong, ElementsAre("b", "d"));
}

TEST(CertainFields, HoldATelephoneNumberForTheSameHoweverItIsWritten) {
  const Value meant = json(R"({"own": "06 12345678", "other": "0612345678"})");
  const Value read = json(R"({"readings": {
      "own": {"class": "other", "state": "certain", "value": "+31612345678"},
      "other": {"class": "other", "state": "certain", "value": "+31612345679"}}})");
  EXPECT_THAT(certain_fields(meant, Value::object(), read).wrong, ElementsAre("other"));
}

TEST(CertainFields, LeaveOutWhatWasInDoubtAndWordsThatNobodyPromisesToRead) {
  const Value meant = json(R"({"a": "1", "b": "Ik val vaak."})");
  const Value read = json(R"({"readings": {
      "a": {"class": "decisive", "state": "doubtful", "value": "7"},
      "b": {"class": "free", "state": "certain", "value": "Ik val"}}})");
  EXPECT_EQ(certain_fields(meant, Value::object(), read).count, 0U);
}

TEST(CertainFields, InRowsOfAListAreHeldAgainstTheCase) {
  const Value told = json(R"({"fields": {"children": [{"name": "An"}, {"name": "Bo"}]}})");
  const Value read = json(R"({"readings": {
      "children[0].name": {"part": "fields", "class": "decisive", "state": "certain", "value": "An"},
      "children[1].name": {"part": "fields", "class": "decisive", "state": "certain", "value": "Co"}}})");
  EXPECT_THAT(certain_fields(Value::object(), told, read).wrong, ElementsAre("children[1].name"));
}

TEST(Misread, IsNothingThatRestsOnEveryReading) {
  const Value told = json(R"({"fields": {"rooms": 3}})");
  const std::string reading = R"({"fields": {"rooms": 8}, "readings": {"rooms": {"part": "fields",
      "class": "decisive", "state": "doubtful", "support": )";
  EXPECT_EQ(misread(told, json(reading + R"("every-reading", "tried": [3, 8]}}})")), "");
  EXPECT_EQ(misread(told, json(reading + R"("every-reading", "tried": [8, 9]}}})")), " rooms");
  EXPECT_EQ(misread(told, json(reading + R"(null}}})")), " rooms");
}

}  // namespace
}  // namespace softbot::eval
