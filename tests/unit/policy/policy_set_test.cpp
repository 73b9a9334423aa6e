#include "policy/policy_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <set>

#include "domain/json.h"
#include "shipped_policy.h"
#include "support/checkout.h"

namespace softbot {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Granted {
  std::string type;
  Value facts;
};

std::vector<Granted> granted_cases() {
  return {{"household-help", ordinary_facts(help_answers())},
          {"small-aids", ordinary_facts(aid_answers())},
          {"extension", extension_facts()}};
}

/// A policy of one type out of decisions in XML, with one parameter.
ConfigurationFiles policy_of(const std::string& decisions) {
  return {
      {"small-aids.dmn",
       R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="m">)"
       R"(<inputData id="i1" name="wlz"><variable name="wlz" typeRef="boolean"/></inputData>)"
       R"(<inputData id="i2" name="today"><variable name="today" typeRef="date"/></inputData>)" +
           decisions + "</definitions>"},
      {"parameters.json",
       R"({"parameters":[{"name":"p","label":"l","unit":"u","explanation":"e","minimum":0,"maximum":9,
               "values":[{"from":"2026-01-01","value":5}]}]})"}};
}

std::string decision(const std::string& id, const std::string& expression,
                     const std::string& description = "Zin.") {
  return "<decision id=\"" + id + "\" name=\"" + id + "\"><description>" + description +
         "</description><variable name=\"" + id +
         "\"/><informationRequirement><requiredInput href=\"#i1\"/></informationRequirement>"
         "<informationRequirement><requiredInput href=\"#i2\"/></informationRequirement>"
         "<literalExpression><text>" +
         expression + "</text></literalExpression></decision>";
}

const std::string good_condition = decision("condition-no-wlz", "if wlz = null then null else wlz = false");
const std::string good_grant = decision(
    "grant", R"({aid: "stool", from: today, provider: "P", contributionCents: 0, amountCentsPerYear: 1})");

std::string refusal(const ConfigurationFiles& files) {
  const auto policy = PolicySet::load(files);
  return policy ? "" : policy.error().message;
}

PolicyResult evaluate_own(const std::string& decisions) {
  const auto policy = PolicySet::load(policy_of(decisions));
  if (!policy) throw std::runtime_error(policy.error().message);
  return policy->evaluate("small-aids", "voorbeeld", a_saturday,
                          Value::object({{"answers", Value::object({{"wlz", false}})}}));
}

TEST(PolicySet, is_shipped_with_three_types_and_explained_parameters) {
  EXPECT_THAT(shipped_policy().types(), ElementsAre("extension", "household-help", "small-aids"));
  EXPECT_EQ(shipped_policy().version(), version_of(shipped_files()));
  for (const auto& parameter : shipped_policy().parameters()) {
    EXPECT_FALSE(parameter.unit.empty()) << parameter.name;
    EXPECT_FALSE(parameter.value_on("voorbeeld", a_saturday).is_null()) << parameter.name;
  }
}

TEST(PolicySet, reads_no_other_names_than_the_forms_ask_for) {
  for (const auto& type : shipped_policy().types()) {
    std::set<std::string> asked;
    for (const auto& form : {std::string("common"), type}) {
      const auto files = read_configuration_folder(checkout() / "config/forms", {".json"});
      ASSERT_TRUE(files) << files.error().message;
      const auto definition = parse_json(files->at(form + ".json"));
      ASSERT_TRUE(definition);
      for (const auto& section : (*definition)["sections"].items()) {
        for (const auto& field : section["fields"].items()) asked.insert(field["name"].text_or_empty());
      }
    }
    for (const auto& name : shipped_policy().answers_read(type)) EXPECT_THAT(asked, Contains(name)) << type;
  }
}

TEST(PolicySet, gives_the_same_result_for_the_same_facts) {
  for (const auto& granted : granted_cases()) {
    const auto once = evaluate(granted.type, granted.facts);
    ASSERT_TRUE(once.grants) << granted.type;
    EXPECT_EQ(evaluate(granted.type, granted.facts), once);
  }
}

TEST(PolicySet, explains_every_rule_and_cell) {
  const auto result = evaluate("household-help", ordinary_facts(help_answers()));
  const auto& decisions = result.trace["decisions"].items();
  std::set<std::string> ids;
  for (const auto& decision : decisions) EXPECT_TRUE(ids.insert(decision["id"].text_or_empty()).second);
  EXPECT_THAT(ids, Contains("hoursPerYear"));
  EXPECT_THAT(ids, Contains("grant"));
  EXPECT_THAT(ids, Contains("condition-no-wlz"));
  for (const auto& decision : decisions) {
    if (decision["id"].text_or_empty() != "advice") {  // gives nothing when there is nothing to point to
      EXPECT_THAT(decision["errors"].items(), IsEmpty()) << decision["id"].text_or_empty();
    }
    for (const auto& rule : decision["rules"].items()) EXPECT_FALSE(rule["cells"].items().empty());
  }
}

TEST(PolicySet, takes_answers_also_apart_as_common_and_fields) {
  auto facts = ordinary_facts(Value::object());
  facts.erase("answers");
  auto fields = aid_answers();
  fields.erase("wlz");
  facts.set("fields", fields);
  facts.set("common", Value::object({{"wlz", false}}));
  EXPECT_TRUE(evaluate("small-aids", facts).grants);
  facts.set("common", Value::object());
  EXPECT_THAT(codes(evaluate("small-aids", facts).reasons), ElementsAre("no-wlz-unknown"));
}

TEST(PolicySet, never_decides_what_is_always_a_persons) {
  for (const char* type : {"general-notification", "living-allowance"}) {
    EXPECT_THAT(codes(evaluate(type, ordinary_facts(help_answers())).reasons),
                ElementsAre("always-a-person"));
    auto files = shipped_files();
    files.emplace(std::string(type) + ".dmn", files.at("small-aids.dmn"));
    EXPECT_THAT(refusal(files), HasSubstr("always decided by a person"));
  }
  EXPECT_THAT(codes(evaluate("stairlift", ordinary_facts(help_answers())).reasons), ElementsAre("no-policy"));
}

TEST(PolicySet, grants_nothing_when_nothing_is_known) {
  for (const auto& type : shipped_policy().types()) {
    for (const auto& facts : {Value(), Value::object(), ordinary_facts(Value::object()), Value("x")}) {
      const auto result = evaluate(type, facts);
      EXPECT_FALSE(result.grants);
      EXPECT_FALSE(result.reasons.empty());
    }
  }
}

/// Facts that do not change a granted case when they are not known: they are not asked of this resident, or
/// only confirm.
bool may_be_absent(const std::string& type, const std::string& name) {
  static const std::set<std::string> optional{"extension/endDate", "extension/decisionNumber",
                                              "small-aids/price", "household-help/pets"};
  return optional.contains(type + "/" + name);
}

TEST(PolicySet, grants_nothing_when_any_one_answer_is_not_known) {
  for (const auto& granted : granted_cases()) {
    for (const auto& answer : granted.facts["answers"].members()) {
      const auto result = evaluate(granted.type, with_answer(granted.facts, answer.name, nullptr));
      EXPECT_EQ(result.grants, may_be_absent(granted.type, answer.name))
          << granted.type << " " << answer.name;
      EXPECT_EQ(result.reasons.empty(), result.grants);
    }
  }
}

TEST(PolicySet, grants_nothing_when_any_one_other_fact_is_not_known) {
  for (const auto& granted : granted_cases()) {
    for (const char* fact : {"register", "provisions", "history"}) {
      auto facts = granted.facts;
      facts.erase(fact);
      EXPECT_FALSE(evaluate(granted.type, facts).grants) << granted.type << " " << fact;
      for (const auto& member : granted.facts[fact].members()) {
        if (member.name == "age" && granted.type != "household-help") continue;
        auto part = granted.facts[fact];
        part.erase(member.name);
        facts.set(fact, part);
        EXPECT_FALSE(evaluate(granted.type, facts).grants)
            << granted.type << " " << fact << "." << member.name;
      }
    }
  }
}

TEST(PolicySet, takes_an_answer_of_the_wrong_kind_as_unknown) {
  for (const auto& granted : granted_cases()) {
    for (const auto& answer : granted.facts["answers"].members()) {
      if (may_be_absent(granted.type, answer.name)) continue;
      for (const auto& wrong : {Value(Value::object({{"a", 1}})), Value(Number{"1e3000"})}) {
        EXPECT_FALSE(evaluate(granted.type, with_answer(granted.facts, answer.name, wrong)).grants)
            << granted.type << " " << answer.name;
      }
    }
  }
}

RC_GTEST_PROP(PolicySet, never_grants_more_by_knowing_less, ()) {
  const auto granted = *rc::gen::elementOf(granted_cases());
  auto facts = granted.facts;
  bool decisive = false;
  for (const auto& answer : granted.facts["answers"].members()) {
    if (*rc::gen::inRange(0, 5) != 0) continue;
    facts = with_answer(facts, answer.name, nullptr);
    decisive = decisive || !may_be_absent(granted.type, answer.name);
  }
  const auto result = evaluate(granted.type, facts);
  RC_ASSERT(!decisive || !result.grants);
  RC_ASSERT(result.grants == result.reasons.empty());
  RC_ASSERT(result.grants != result.grant.is_null());
}

RC_GTEST_PROP(PolicySet, gives_only_grants_of_known_shape_for_any_answers, ()) {
  const auto granted = *rc::gen::elementOf(granted_cases());
  auto facts = granted.facts;
  for (const auto& answer : granted.facts["answers"].members()) {
    if (*rc::gen::inRange(0, 4) != 0) continue;
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        facts = with_answer(facts, answer.name, *rc::gen::arbitrary<bool>());
        break;
      case 1:
        facts = with_answer(facts, answer.name, *rc::gen::inRange(-5, 500));
        break;
      case 2:
        facts =
            with_answer(facts, answer.name, *rc::gen::element<std::string>("alone", "same", "grab-rail", ""));
        break;
      default:
        facts = with_answer(facts, answer.name, list_of({"beds", 3}));
        break;
    }
  }
  const auto result = evaluate(granted.type, facts);
  RC_ASSERT(result.grants == result.reasons.empty());
  if (result.grants) {
    RC_ASSERT(result.amount_cents_per_year().value_or(0) > 0);
    RC_ASSERT(result.grant["aid"].is_null() != result.grant["minutesPerWeek"].is_null());
  }
}

TEST(PolicySet, refuses_to_load_a_policy_that_answers_without_knowing) {
  EXPECT_EQ(refusal(policy_of(good_condition + good_grant)), "");
  EXPECT_THAT(refusal(policy_of(decision("condition-a", "not(wlz = true)") + good_grant)),
              HasSubstr("nothing is known"));
  EXPECT_THAT(refusal(policy_of(decision("condition-a", "if wlz then false else true") + good_grant)),
              HasSubstr("nothing is known"));
  EXPECT_THAT(refusal(policy_of(decision("condition-a", "true") + good_grant)),
              HasSubstr("nothing is known"));
}

TEST(PolicySet, refuses_to_load_what_is_incomplete_or_broken) {
  EXPECT_THAT(refusal(policy_of(good_condition)), HasSubstr("grant"));
  EXPECT_THAT(refusal(policy_of(good_grant)), HasSubstr("condition-"));
  EXPECT_THAT(refusal(policy_of(decision("condition-a", "wlz", "") + good_grant)), HasSubstr("description"));
  EXPECT_THAT(refusal(policy_of(decision("condition-a", "wlz +") + good_grant)),
              HasSubstr("small-aids.dmn: line 1"));
  EXPECT_THAT(refusal(policy_of(decision("condition-a", "unheardOf") + good_grant)), HasSubstr("unheardOf"));
  auto files = policy_of(good_condition + good_grant);
  files.emplace("notes.txt", "");
  EXPECT_THAT(refusal(files), HasSubstr("notes.txt"));
  files = policy_of(good_condition + good_grant);
  files.erase("parameters.json");
  EXPECT_THAT(refusal(files), HasSubstr("parameters.json"));
}

TEST(PolicySet, refers_when_a_policy_gives_anything_but_a_sensible_grant) {
  EXPECT_TRUE(evaluate_own(good_condition + good_grant).grants);
  for (
      const char* grant : {
          "null",
          "true",
          R"("refuse")",
          R"({outcome: "refused"})",
          R"({aid: "stool", from: today, provider: "P", contributionCents: 0, amountCentsPerYear: 1, outcome: "refused"})",
          R"({from: today, provider: "P", contributionCents: 0, amountCentsPerYear: 1})",
          R"({aid: "stool", minutesPerWeek: 5, from: today, provider: "P", contributionCents: 0, amountCentsPerYear: 1})",
          R"({aid: "stool", from: "2026-11-20", provider: "P", contributionCents: 0, amountCentsPerYear: 1})",
          R"({aid: "stool", from: today, until: today, provider: "P", contributionCents: 0, amountCentsPerYear: 1})",
          R"({aid: "stool", from: today, provider: "", contributionCents: 0, amountCentsPerYear: 1})",
          R"({aid: "stool", from: today, provider: "P", contributionCents: -1, amountCentsPerYear: 1})",
          R"({aid: "stool", from: today, provider: "P", contributionCents: 0})",
          R"({aid: "stool", from: today, provider: "P", contributionCents: 0, amountCentsPerYear: 1.5})",
          R"({minutesPerWeek: 60, from: today, provider: "P", contributionCents: 0, amountCentsPerYear: 1})",
          R"({minutesPerWeek: 20000, from: today, until: date("2030-01-01"), provider: "P", contributionCents: 0, amountCentsPerYear: 1})",
          R"({aid: "stool", from: today, provider: "P", contributionCents: 0, amountCentsPerYear: 1, provisionForm: "personal-budget"})",
      }) {
    const auto result = evaluate_own(good_condition + decision("grant", grant));
    EXPECT_FALSE(result.grants) << grant;
    EXPECT_THAT(codes(result.reasons),
                ElementsAre(::testing::AnyOf("policy-output-invalid", "grant-uncertain")))
        << grant;
    EXPECT_TRUE(result.grant.is_null());
  }
}

}  // namespace
}  // namespace softbot
