#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "forms/answer_condition.h"
#include "forms/facts.h"
#include "forms/from_web.h"
#include "forms/normalise.h"
#include "forms/number_text.h"
#include "forms/signals.h"
#include "forms/structure.h"
#include "shipped.h"

namespace softbot {
namespace {

using forms_test::complete_common;
using forms_test::json;
using forms_test::shipped;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Optional;

/// Text as people type it: digits, separators, letters, now and then something odd.
rc::Gen<std::string> typed_text() {
  const auto letter = rc::gen::elementOf(std::string("0123456789 -/.,+abcDE\t"));
  const auto soup = rc::gen::container<std::string>(letter);
  const auto plausible = rc::gen::elementOf(std::vector<std::string>{
      "9999 000 06", "1234 ab", "06-12345678", "nl91 abna 0417 1643 00", "27-3-1948", "1 mrt 2026", "12a-3",
      "1.234,5", "12,50", " 3 ", "J.M.", "Jansen", "\xF0\x9F\x98\x80", "é", "1/2/3/2026", "€ 12,-"});
  return rc::gen::oneOf(plausible, soup);
}

rc::Gen<Value> answer_for(const softbot::Field& field) {
  switch (field.kind) {
    case FieldKind::yes_no:
    case FieldKind::signature:
      return rc::gen::map(rc::gen::arbitrary<bool>(), [](bool b) { return Value(b); });
    case FieldKind::choice:
      return rc::gen::map(rc::gen::elementOf(field.options), [](const Option& o) { return Value(o.value); });
    case FieldKind::choices:
      return rc::gen::map(
          rc::gen::unique<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, field.options.size())),
          [&field](const std::vector<std::size_t>& chosen) {
            Value list = Value::list();
            for (const std::size_t i : chosen) list.push(field.options[i].value);
            return list;
          });
    case FieldKind::list:
      return rc::gen::exec([&field]() {
        Value rows = Value::list();
        const int count = *rc::gen::inRange(0, 4);
        for (int i = 0; i < count; ++i) {
          Value row = Value::object();
          for (const softbot::Field& sub_field : field.fields) {
            if (*rc::gen::arbitrary<bool>()) row.set(sub_field.name, *answer_for(sub_field));
          }
          rows.push(std::move(row));
        }
        return rows;
      });
    default:
      return rc::gen::map(typed_text(), [](std::string text) { return Value(std::move(text)); });
  }
}

Value answers_for(const FormDefinition& definition) {
  Value answers = Value::object();
  for (const Section& section : definition.sections) {
    for (const softbot::Field& field : section.fields) {
      if (*rc::gen::arbitrary<bool>()) answers.set(field.name, *answer_for(field));
    }
  }
  return answers;
}

const FormDefinition& any_definition() {
  return shipped(*rc::gen::element<std::string>("common", "household-help", "small-aids", "extension",
                                                "general-notification", "living-allowance"));
}

RC_GTEST_PROP(Normalise, DoingItTwiceIsDoingItOnce, ()) {
  const FormDefinition& definition = any_definition();
  const Value once = normalise(definition, answers_for(definition));
  RC_ASSERT(normalise(definition, once) == once);
}

RC_GTEST_PROP(Web, ShowingAFormAgainAndPostingItGivesTheSameAnswers, ()) {
  const FormDefinition& definition = any_definition();
  const Value answers = normalise(definition, answers_for(definition));
  const WebPart part = from_web(definition, "x", to_web(definition, "x", answers));
  RC_ASSERT(part.unused.empty());
  Value sorted = Value::object();  // the way back is in the form's order
  for (const Section& section : definition.sections) {
    for (const softbot::Field& field : section.fields) {
      if (answers.contains(field.name)) sorted.set(field.name, answers[field.name]);
    }
  }
  const Value back = normalise(definition, part.answers);
  for (const Value::Member& member : sorted.members()) {
    if (definition.find(member.name)->kind == FieldKind::list) continue;  // order of members within a row
    RC_ASSERT(back[member.name] == member.value);
  }
  RC_ASSERT(back.members().size() == sorted.members().size());
}

RC_GTEST_PROP(Web, WhatIsTypedInThreeBoxesIsShownInThreeBoxes,
              (std::string d, std::string m, std::string y)) {
  for (std::string* box : {&d, &m, &y}) {
    std::erase_if(*box, [](char c) { return c == '/' || static_cast<unsigned char>(c) < 33 || c < 0; });
    box->insert(0, "1");
  }
  const FormDefinition& common = shipped("common");
  const WebPart part =
      from_web(common, "common",
               {{"common.birthDate.day", d}, {"common.birthDate.month", m}, {"common.birthDate.year", y}});
  const WebParameters again = to_web(common, "common", part.answers);
  RC_ASSERT(web_value(again, "common.birthDate.day") == d);
  RC_ASSERT(web_value(again, "common.birthDate.month") == m);
  RC_ASSERT(web_value(again, "common.birthDate.year") == y);
}

TEST(Normalise, WritesAnswersInOneWay) {
  const Value tidy = normalise(shipped("common"), json(R"({"bsn":"9999.00.006","postcode":" 1234 ab ",
    "birthDate":"27-3-1948","phone":"06-1234 5678","houseNumber":12,"birthName":" de   Vries ",
    "email":"Jan@Voorbeeld.NL","remarks":"een\r\ntwee ","street":"  ","town":null})"));
  EXPECT_EQ(tidy,
            json(R"({"bsn":"999900006","postcode":"1234AB","birthDate":"1948-03-27","phone":"+31612345678",
    "houseNumber":"12","birthName":"de Vries","email":"Jan@voorbeeld.nl","remarks":"een\ntwee"})"));
}

TEST(Normalise, LeavesWhatItCannotUnderstand) {
  const Value odd = json(R"({"bsn":"een","birthDate":"ooit","postcode":"12 \ud83d\ude00","phone":"bel"})");
  EXPECT_EQ(normalise(shipped("common"), odd), odd);
}

TEST(Normalise, TakesMoneyAsPeopleWriteItAndNeverGuessesThousandsInAJsonNumber) {
  const softbot::Field& income = *shipped("living-allowance").find("income");
  EXPECT_EQ(normalise_answer(income, "1.234,50"), Value(Number{"1234.50"}));
  EXPECT_EQ(normalise_answer(income, "€ 12,-"), Value(Number{"12.00"}));
  EXPECT_EQ(normalise_answer(income, "1.234"), Value(Number{"1234.00"}));
  EXPECT_EQ(normalise_answer(income, Value(Number{"12.5"})), Value(Number{"12.50"}));
  EXPECT_EQ(normalise_answer(income, Value(Number{"1.234"})), Value(Number{"1.234"}));
}

TEST(NumberText, ReadsDutchNumbers) {
  EXPECT_THAT(canonical_decimal("1,5"), Optional(std::string("1.5")));
  EXPECT_THAT(canonical_decimal(" 2.50 "), Optional(std::string("2.5")));
  EXPECT_THAT(canonical_decimal("1.234,25"), Optional(std::string("1234.25")));
  EXPECT_THAT(canonical_decimal("-0,0"), Optional(std::string("0")));
  EXPECT_THAT(canonical_integer("1.200"), Optional(std::string("1200")));
  EXPECT_THAT(canonical_integer("007"), Optional(std::string("7")));
  EXPECT_THAT(canonical_integer(Number{"3.0"}), Optional(std::string("3")));
  for (const char* wrong : {"", "-", "1,", ",5", "1.2.3", "12.34,5", "1e3", "0x1", "twee", "1,23456"}) {
    EXPECT_EQ(canonical_decimal(wrong), std::nullopt) << wrong;
  }
  EXPECT_EQ(canonical_integer("1,5"), std::nullopt);
  EXPECT_EQ(canonical_integer("123456789012345"), std::nullopt);
}

TEST(Web, TakesAPostedFormApart) {
  const WebParameters posted{{"common.bsn", "999900006"},
                             {"common.hasRepresentative", "no"},
                             {"common.urgent", "ja"},
                             {"common.birthDate.day", "31"},
                             {"common.birthDate.month", "2"},
                             {"common.birthDate.year", "1950"},
                             {"common.street", "  "},
                             {"common.shoeSize", "43"},
                             {"household-help.tasks", "laundry"},
                             {"household-help.tasks", "beds"}};
  const WebPart common = from_web(shipped("common"), "common", posted);
  EXPECT_EQ(common.answers, json(R"({"bsn":"999900006","birthDate":"31/2/1950","hasRepresentative":false,
                                     "urgent":true})"));
  EXPECT_THAT(common.unused, ElementsAre("common.shoeSize"));
  EXPECT_EQ(from_web(shipped("household-help"), "household-help", posted).answers,
            json(R"({"tasks":["laundry","beds"]})"));
}

TEST(Web, ReadsRowsInTheirOrderAndDropsEmptyOnes) {
  const WebPart part = from_web(shipped("living-allowance"), "living-allowance",
                                {{"living-allowance.accounts.10.iban", "b"},
                                 {"living-allowance.accounts.2.iban", "a"},
                                 {"living-allowance.accounts.2.holder", "Jan"},
                                 {"living-allowance.accounts.3.iban", " "},
                                 {"living-allowance.accounts.x.iban", "c"},
                                 {"living-allowance.accounts.99999.iban", "d"}});
  EXPECT_EQ(part.answers, json(R"({"accounts":[{"iban":"a","holder":"Jan"},{"iban":"b"}]})"));
  EXPECT_THAT(part.unused,
              ElementsAre("living-allowance.accounts.99999.iban", "living-allowance.accounts.x.iban"));
}

std::vector<FieldError> structure(std::string_view common, std::string_view fields) {
  return check_structure(shipped("common"), shipped("household-help"), json(common), json(fields), 0);
}

TEST(Structure, TakesWhatCanBeAnApplicationHoweverIncomplete) {
  EXPECT_THAT(structure("{}", "{}"), IsEmpty());
  EXPECT_THAT(structure(R"({"bsn":"onzin","birthDate":"1823","houseNumber":12,"livingSituation":""})",
                        R"({"roomsInUse":"3","informalCareHours":2.5,"tasks":[],"pets":null})"),
              IsEmpty());
}

TEST(Structure, RefusesWhatCannotBeOne) {
  const auto error = [](const std::string& field, const std::string& code) {
    return testing::AllOf(Field(&FieldError::field, field), Field(&FieldError::code, code));
  };
  EXPECT_THAT(
      structure(R"({"bsn":999900006,"shoeSize":"43","urgent":"yes","town":"a\u0000b","street":"a\nb"})",
                R"({"tasks":["gardening","beds","beds"],"takeover":"half","roomsInUse":[1],"pets":1})"),
      ElementsAre(error("common.bsn", "wrong-kind"), error("common.shoeSize", "unknown-field"),
                  error("common.urgent", "wrong-kind"), error("common.town", "characters"),
                  error("common.street", "characters"),
                  error("requests[0].fields.tasks[0]", "unknown-option"),
                  error("requests[0].fields.tasks[2]", "duplicate"),
                  error("requests[0].fields.takeover", "unknown-option"),
                  error("requests[0].fields.roomsInUse", "wrong-kind"),
                  error("requests[0].fields.pets", "wrong-kind")));
  EXPECT_THAT(structure(R"({"remarks":")" + std::string(4001, 'a') + R"("})", "[]"),
              ElementsAre(error("common.remarks", "too-long"), error("requests[0].fields", "wrong-kind")));
  EXPECT_THAT(structure(R"({"householdMembers":[{"shoe":1},3]})", "{}"),
              ElementsAre(error("common.householdMembers[0].shoe", "unknown-field"),
                          error("common.householdMembers[1]", "wrong-kind")));
}

TEST(Structure, NeverRepeatsAValue) {
  for (const FieldError& error :
       structure(R"({"livingSituation":"secret-word","birthName":"a\u0007secret-word"})",
                 R"({"tasks":["secret-word"]})")) {
    EXPECT_EQ(error.message.find("secret-word"), std::string::npos) << error.message;
  }
}

TEST(Conditions, UnknownIsNotNo) {
  const Value common = json(R"({"housing":"tenant"})");
  const Value fields = json(R"({"rooms":"3","tasks":["beds"],"day":"1-2-2026"})");
  const AnswerContext context{&common, &fields, {"small-aids"}, nullptr};
  using Kind = AnswerCondition::Kind;
  const AnswerCondition tenant{Kind::equals, "common.housing", {"tenant"}, "", {}};
  const AnswerCondition open{Kind::equals, "pets", {true}, "", {}};
  const auto combine = [](Kind kind, std::vector<AnswerCondition> parts) {
    return AnswerCondition{kind, "", {}, "", std::move(parts)};
  };
  EXPECT_EQ(evaluate(tenant, context), Truth::yes);
  EXPECT_EQ(evaluate(open, context), Truth::unknown);
  EXPECT_EQ(evaluate(combine(Kind::negation, {open}), context), Truth::unknown);
  EXPECT_EQ(evaluate(combine(Kind::all, {tenant, open}), context), Truth::unknown);
  EXPECT_EQ(evaluate(combine(Kind::any, {open, tenant}), context), Truth::yes);
  EXPECT_EQ(evaluate(combine(Kind::all, {open, combine(Kind::negation, {tenant})}), context), Truth::no);
  EXPECT_EQ(evaluate({Kind::present, "pets", {}, "", {}}, context), Truth::no);
  EXPECT_EQ(evaluate({Kind::greater_than, "rooms", {Value(2)}, "", {}}, context), Truth::yes);
  EXPECT_EQ(evaluate({Kind::less_than, "day", {"2026-02-01"}, "", {}}, context), Truth::no);
  EXPECT_EQ(evaluate({Kind::includes, "tasks", {"beds"}, "", {}}, context), Truth::yes);
  EXPECT_EQ(evaluate({Kind::in, "tasks", {"meals", "beds"}, "", {}}, context), Truth::yes);
  EXPECT_EQ(evaluate({Kind::in, "types", {"extension"}, "", {}}, context), Truth::no);
}

TEST(Facts, AreTypedAndNullWhereNothingIsKnown) {
  Value common = complete_common();
  common.set("livingSituation", "with-others");
  common.set("householdMembers", json(R"([{"name":"Piet","relation":"partner","birthYear":"1950"}])"));
  const Value facts = facts_from(shipped("common"), shipped("household-help"), common,
                                 json(R"({"tasks":["beds"],"informalCarer":true,"informalCareHours":"1,5",
                                          "roomsInUse":"veel","limitations":"Mijn rug."})"));
  EXPECT_EQ(facts["birthDate"], Value("1948-03-27"));
  EXPECT_EQ(facts["informalCareHours"], Value(Number{"1.5"}));
  EXPECT_EQ(facts["tasks"], json(R"(["beds"])"));
  EXPECT_EQ(facts["householdMembersCount"], Value(1));
  EXPECT_EQ(facts["householdMembers"], json(R"([{"relation":"partner","birthYear":1950,"canHelp":null}])"));
  EXPECT_TRUE(facts.contains("roomsInUse"));
  EXPECT_TRUE(facts["roomsInUse"].is_null());
  EXPECT_TRUE(facts["pets"].is_null());
  for (const char* private_name : {"bsn", "birthName", "phone", "remarks", "limitations", "street"}) {
    EXPECT_FALSE(facts.contains(private_name)) << private_name;
  }
}

TEST(Facts, ThatDoNotApplyAreUnknown) {
  const Value facts =
      facts_from(shipped("common"), shipped("household-help"), complete_common(),
                 json(R"({"informalCarer":false,"informalCareHours":4,"householdCanHelp":true})"));
  EXPECT_TRUE(facts["informalCareHours"].is_null());
  EXPECT_TRUE(facts["householdCanHelp"].is_null());
}

TEST(Facts, HaveExactlyTheNamesThatThePolicyIsPromised) {
  for (const std::string& type : shipped().types()) {
    const Value facts = facts_from(shipped("common"), shipped(type), complete_common(), Value::object());
    const auto names = fact_names(shipped("common"), shipped(type));
    EXPECT_EQ(facts.members().size(), names.size()) << type;
    for (const FactName& name : names) EXPECT_TRUE(facts.contains(name.name)) << name.name;
  }
}

std::vector<std::string> signals_in(std::string text) {
  std::vector<std::string> codes;
  for (const Reason& reason : find_signals(shipped().signals(), {{"remarks", std::move(text)}})) {
    EXPECT_EQ(reason.field, "remarks");
    codes.push_back(reason.code);
  }
  return codes;
}

TEST(Signals, WordsAndCombinationsAskForAConversation) {
  EXPECT_THAT(signals_in("Ik ben zo EENZAAM."), ElementsAre("signal-loneliness"));
  EXPECT_THAT(signals_in("Ik kan de rekeningen al maanden niet meer betalen"), ElementsAre("signal-debts"));
  EXPECT_THAT(signals_in("Mijn zoon heeft mij geslagen"), Contains("signal-violence"));
  EXPECT_THAT(signals_in("ik vergeet steeds mijn medicijnen"), ElementsAre("signal-confusion"));
  EXPECT_THAT(signals_in("Ik heb aan suïcide gedacht"), ElementsAre("signal-despair"));
}

TEST(Signals, OrdinaryWordsDoNot) {
  EXPECT_THAT(signals_in("Ik kan niet lang staan door mijn knie."), IsEmpty());
  EXPECT_THAT(signals_in("Graag op dinsdag. De hond is lief."), IsEmpty());
  EXPECT_THAT(signals_in(""), IsEmpty());
}

TEST(Signals, AreLookedForInFreeFieldsOnly) {
  const Value common = json(R"({"remarks":"hallo","birthName":"Eenzaam"})");
  const auto texts = free_texts(shipped("common"), shipped("household-help"), common,
                                json(R"({"limitations":"rug","providerWish":"eenzaam"})"));
  EXPECT_THAT(texts, ElementsAre(Field(&FreeText::field, "remarks"), Field(&FreeText::field, "limitations")));
}

}  // namespace
}  // namespace softbot
