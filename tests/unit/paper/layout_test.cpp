#include "forms/paper_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "forms_on_paper.h"

namespace softbot::paper_test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class PrintedForms : public ::testing::TestWithParam<std::vector<std::string>> {};
INSTANTIATE_TEST_SUITE_P(Shipped, PrintedForms, ::testing::ValuesIn(printed_types()), [](const auto& tested) {
  std::string name = name_of_types(tested.param);
  std::erase_if(name, [](char c) { return c == '-' || c == '+'; });
  return name;
});

TEST_P(PrintedForms, LeaveRoomToWriteInAndKeepDarkInkAway) {
  for (const char* municipality : {"voorbeeld", "molendam"}) {
    for (const char* language : {"nl", "en"}) {
      EXPECT_THAT(broken_promises(form_of(GetParam(), municipality, language), PangoTextMeasure()), IsEmpty())
          << municipality << " " << language;
    }
  }
}

/// The names that a definition asks on paper of these types, without looking at the layout.
std::set<std::string> asked_of(const FormDefinition& definition, const std::vector<std::string>& types) {
  AnswerContext context;
  context.types = types;
  const auto settled_no = [&](const AnswerCondition& condition) {
    return fields_of(condition) == std::vector<std::string>{"types"} &&
           evaluate(condition, context) == Truth::no;
  };
  std::set<std::string> names;
  for (const Section& section : definition.sections) {
    for (const Field& field : section.fields) {
      if (!field.on_channel("paper") || settled_no(section.show_if) || settled_no(field.show_if)) continue;
      if (field.kind != FieldKind::list) names.insert(field.name);
      for (const Field& inner : field.fields) {
        for (int row = 0; row < 4 && !settled_no(inner.show_if); ++row)
          names.insert(field.name + "[" + std::to_string(row) + "]." + inner.name);
      }
    }
  }
  // Questions about a question that is not asked.
  if (!names.contains("housing")) names.erase("landlordName");
  if (!names.contains("livingSituation"))
    std::erase_if(names, [](const std::string& name) { return name.starts_with("householdMembers"); });
  return names;
}

TEST_P(PrintedForms, AskEveryQuestionThatMattersOnce) {
  const PaperForm form = form_of(GetParam());
  std::vector<std::string> parts{"common"};
  parts.insert(parts.end(), GetParam().begin(), GetParam().end());
  for (const std::string& part : parts) {
    std::set<std::string> printed;
    for (const PaperField& field : form.geometry.fields) {
      if (field.part == part) printed.insert(field.name);
    }
    EXPECT_EQ(printed, asked_of(forms_test::shipped(part), GetParam())) << part;
  }
}

TEST_P(PrintedForms, PutEachQuestionAndItsAnswerOnOnePage) {
  const PaperForm form = form_of(GetParam());
  for (const PaperField& field : form.geometry.fields) {
    const std::string_view name = field.name;
    const FormDefinition& part = forms_test::shipped(field.part);
    const Field* asked = part.find(name.substr(0, name.find('[')));
    ASSERT_NE(asked, nullptr) << name;
    std::string label = asked->label.nl;
    for (const Field& inner : asked->fields) {
      if (name.ends_with("." + inner.name)) label = inner.label.nl;
    }
    const auto texts = texts_of(form);
    const bool above = std::ranges::any_of(texts, [&](const PaperText& text) {
      return text.text == label && text.page == field.page && text.place.y <= field.box.y + 1 &&
             field.box.y - text.place.y < 60;
    });
    EXPECT_TRUE(above) << name << ": its words are not above it";
  }
}

TEST_P(PrintedForms, EndWithTheSignature) {
  const FormGeometry geometry = form_of(GetParam()).geometry;
  EXPECT_EQ(geometry.fields.back().name, "signingDate");
  const PaperField& signature = geometry.fields[geometry.fields.size() - 2];
  EXPECT_EQ(signature.name, "signature");
  EXPECT_EQ(signature.kind, PaperFieldKind::signature);
  EXPECT_EQ(signature.page, static_cast<int>(geometry.pages.size()));
  EXPECT_GE(signature.box.width * signature.box.height, 3000);
}

TEST_P(PrintedForms, SayOnEveryPageWhoseFormItIsAndWhichPage) {
  const PaperForm form = form_of(GetParam(), "molendam");
  const int pages = static_cast<int>(form.geometry.pages.size());
  for (int page = 1; page <= pages; ++page) {
    std::vector<std::string> words;
    for (const PaperText& text : texts_of(form)) {
      if (text.page == page) words.push_back(text.text);
    }
    EXPECT_THAT(words, Contains("Gemeente Molendam"));
    EXPECT_THAT(words, Contains("Bladzijde " + std::to_string(page) + " van " + std::to_string(pages)));
    EXPECT_THAT(words, Contains(HasSubstr("Bel 14 0998")));
    EXPECT_THAT(words,
                Contains("Stuur naar: Gemeente Molendam, Sociaal domein, Postbus 20, 4320 AA Molendam"));
  }
}

TEST_P(PrintedForms, AreTheSameWhenTheirDefinitionsAre) {
  EXPECT_EQ(form_of(GetParam()), form_of(GetParam()));
  EXPECT_EQ(geometry_id(form_of(GetParam()).geometry), geometry_id(form_of(GetParam()).geometry));
}

std::string pattern_of(const FormGeometry& geometry, std::string_view part, std::string_view name) {
  const PaperField* field = geometry.find(part, name);
  return field == nullptr ? "absent" : field->pattern;
}

TEST(PaperBoxes, AreAsManyAsTheAnswerHasSigns) {
  const FormGeometry all = form_of(forms_test::shipped().types()).geometry;
  EXPECT_EQ(pattern_of(all, "common", "bsn"), "999999999");
  EXPECT_EQ(pattern_of(all, "common", "birthDate"), "99999999");
  EXPECT_EQ(pattern_of(all, "common", "postcode"), "9999AA");
  EXPECT_EQ(pattern_of(all, "common", "houseNumber"), "99999");
  EXPECT_EQ(pattern_of(all, "common", "houseNumberAddition"), "XXXX");
  EXPECT_EQ(pattern_of(all, "common", "phone"), "9999999999");
  EXPECT_EQ(pattern_of(all, "common", "birthName"), std::string(20, 'A'));
  EXPECT_EQ(pattern_of(all, "common", "street"), std::string(20, 'X'));
  EXPECT_EQ(pattern_of(all, "household-help", "roomsInUse"), "99") << "1 to 20";
  EXPECT_EQ(pattern_of(all, "household-help", "informalCareHours"), "9999") << "168 and a tenth";
  EXPECT_EQ(pattern_of(all, "living-allowance", "rent"), "99999999") << "100,000 euros and cents";
  EXPECT_EQ(pattern_of(all, "living-allowance", "accounts[3].iban"), "AA99AAAA9999999999");
  EXPECT_EQ(pattern_of(all, "extension", "decisionNumber"), std::string(18, '?'));
  for (const PaperField& field : all.fields) {
    if (field.kind == PaperFieldKind::characters) {
      EXPECT_EQ(field.pattern.size(), field.boxes.size()) << field.name;
    }
  }
}

TEST(PaperBoxes, SayWhatReadingNeedsToKnowOfTheAnswer) {
  const FormGeometry geometry = form_of({"household-help"}).geometry;
  const PaperField* birth = geometry.find("common", "birthDate");
  EXPECT_EQ(birth->bounds, forms_test::json(R"({"earliest":"today-120y","latest":"today"})"));
  EXPECT_EQ(birth->field_class, "decisive");
  EXPECT_TRUE(birth->required);
  const PaperField* tasks = geometry.find("household-help", "tasks");
  EXPECT_TRUE(tasks->many);
  EXPECT_EQ(tasks->ticks.size(), 6U);
  EXPECT_EQ(tasks->ticks.front().value, "light-cleaning");
  const PaperField* urgent = geometry.find("common", "urgent");
  ASSERT_EQ(urgent->ticks.size(), 2U);
  EXPECT_EQ(urgent->ticks[0].value, "true");
  EXPECT_EQ(urgent->ticks[1].value, "false");
  EXPECT_FALSE(urgent->many);
}

TEST(PrintedQuestions, OwnWordsAreNotRequiredOnPaperTicksAre) {
  const FormGeometry geometry = form_of({"household-help", "small-aids"}).geometry;
  EXPECT_FALSE(geometry.find("household-help", "limitations")->required);
  EXPECT_FALSE(geometry.find("small-aids", "limitation")->required);
  EXPECT_TRUE(geometry.find("household-help", "difficulties")->required);
  EXPECT_TRUE(geometry.find("small-aids", "difficulties")->required);
}

TEST(PrintedQuestions, AskNoAddressForEmail) {
  for (const auto& types : printed_types()) {
    const FormGeometry geometry = form_of(types).geometry;
    EXPECT_EQ(geometry.find("email"), nullptr);
    EXPECT_EQ(geometry.find("electronicDelivery"), nullptr);
  }
}

TEST(PrintedQuestions, SayWhenTheyAreToBeFilledIn) {
  const PaperForm form = form_of({"small-aids", "extension"});
  const std::string words = words_of(form);
  std::map<std::string, std::string> numbers;  // by the words of the question
  const auto texts = texts_of(form);
  for (std::size_t i = 1; i < texts.size(); ++i) {
    if (texts[i].role == PaperRole::question) numbers[texts[i].text] = texts[i - 1].text;
  }
  const std::string aid = numbers["Welk hulpmiddel vraagt u aan?"];
  EXPECT_THAT(words,
              HasSubstr("Alleen invullen als u bij vraag " + aid + " ‘Iets anders’ hebt aangekruist."));
  EXPECT_THAT(words, HasSubstr("Alleen invullen als u bij vraag " + aid +
                               " ‘Wc-verhoger’ of ‘Douchekruk of douchestoel’ hebt aangekruist."));
  EXPECT_THAT(words, HasSubstr("Alleen invullen als u bij vraag " +
                               numbers["Moet het hulpmiddel vast aan de muur of vloer?"] +
                               " ‘Ja’ hebt aangekruist en u bij vraag " +
                               numbers["Hebt u een koopwoning of een huurwoning?"] +
                               " ‘Huurwoning’ hebt aangekruist."));
  EXPECT_THAT(words,
              HasSubstr("Alleen invullen als u bij vraag " + numbers["Is uw gezondheid veranderd?"] + ", " +
                        numbers["Is er iets veranderd in uw huishouden?"] + " of " +
                        numbers["Is uw woning veranderd of bent u verhuisd?"] + " ‘Ja’ hebt aangekruist."));
}

TEST(PrintedQuestions, SayWhatToSendAlong) {
  const std::string words = words_of(form_of({"living-allowance"}));
  EXPECT_THAT(words, HasSubstr("Kopie van uw paspoort of identiteitskaart."));
  EXPECT_THAT(words, ::testing::ContainsRegex(
                         "Bewijs van uw woonkosten, als uw antwoord bij vraag [0-9]+ meer is dan 0."));
  EXPECT_THAT(words_of(form_of({"small-aids"})), Not(HasSubstr("Bankafschriften")));
}

TEST(PrintedQuestions, StandInTheLanguageAskedFor) {
  const PaperForm form = form_of({"small-aids"}, "voorbeeld", "en");
  EXPECT_EQ(form.geometry.language, "en");
  EXPECT_THAT(words_of(form), HasSubstr("Which aid do you apply for?"));
  EXPECT_THAT(words_of(form), Not(HasSubstr("Welk hulpmiddel")));
}

TEST(LayingOut, NamesTheQuestionThatNoPageHolds) {
  FormDefinition definition = forms_test::shipped("small-aids");
  Field& aid = definition.sections.front().fields.front();
  for (int i = 0; i < 90; ++i) {
    const std::string words(90, 'w');
    aid.options.push_back({"option-" + std::to_string(i), {words, words}, {}});
  }
  const auto form =
      lay_out_paper_form(forms_test::shipped("common"), {&definition},
                         shipped_configuration().municipalities->at("voorbeeld"), "nl", PangoTextMeasure());
  ASSERT_FALSE(form);
  EXPECT_EQ(form.error().code, ErrorCode::configuration);
  EXPECT_THAT(form.error().message, HasSubstr("\"aid\""));
}

TEST(LayingOut, WantsEachTypeOnce) {
  const FormDefinition& definition = forms_test::shipped("small-aids");
  const Municipality& municipality = shipped_configuration().municipalities->at("voorbeeld");
  const PangoTextMeasure measure;
  const auto lay_out = [&](const std::vector<const FormDefinition*>& definitions) {
    return lay_out_paper_form(forms_test::shipped("common"), definitions, municipality, "nl", measure);
  };
  EXPECT_FALSE(lay_out({}));
  EXPECT_FALSE(lay_out({&definition, &definition}));
  EXPECT_TRUE(lay_out({&definition}));
}

TEST(ChoosingAForm, SaysWhatThereIs) {
  const PangoTextMeasure measure;
  const auto unknown_type = pipeline::paper_form(shipped_configuration(), {"voorbeeld", {"boat"}}, measure);
  ASSERT_FALSE(unknown_type);
  EXPECT_EQ(unknown_type.error().code, ErrorCode::not_found);
  EXPECT_THAT(unknown_type.error().message, HasSubstr("small-aids"));
  const auto unknown_place =
      pipeline::paper_form(shipped_configuration(), {"atlantis", {"small-aids"}}, measure);
  ASSERT_FALSE(unknown_place);
  EXPECT_THAT(unknown_place.error().message, HasSubstr("molendam, voorbeeld"));
}

TEST(ChoosingAForm, OneSetOfTypesIsOneForm) {
  EXPECT_EQ(form_of({"small-aids", "household-help"}),
            form_of({"household-help", "small-aids", "small-aids"}));
}

}  // namespace
}  // namespace softbot::paper_test
