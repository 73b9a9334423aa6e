#include "samples/fill/form_maker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "bench_of_forms.h"
#include "domain/bsn.h"
#include "domain/json.h"
#include "forms/completeness.h"
#include "forms/paper_layout.h"
#include "samples/demo_persons.h"
#include "support/checkout.h"

namespace softbot::fill::testing {
namespace {

const TestWorkshop& workshop() {
  static const TestWorkshop one;
  return one;
}

const std::vector<SheetRecipe> first_page{{SheetRecipe::Kind::form_page, 0, 1, false}};

MadeFile made(const FileRecipe& recipe) {
  auto maker = workshop().maker();
  auto file = maker.make(recipe);
  EXPECT_TRUE(file) << file.error().message;
  return file ? std::move(*file) : MadeFile{};
}

const Value& form_in(const MadeFile& file, std::size_t index = 0) {
  return file.truth["forms"].items().at(index);
}

TEST(FilledForms, AreTheSameBytesForTheSameSeedAndOthersForAnother) {
  const FileRecipe recipe = plain_recipe("small-aids", 7);
  const MadeFile one = made(recipe);
  const MadeFile again = made(recipe);
  const MadeFile other = made(plain_recipe("small-aids", 8));
  EXPECT_FALSE(one.bytes.empty());
  EXPECT_TRUE(one.bytes == again.bytes);
  EXPECT_EQ(to_json(one.truth), to_json(again.truth));
  EXPECT_FALSE(one.bytes == other.bytes);
  EXPECT_NE(form_in(one)["fields"]["bsn"], form_in(other)["fields"]["bsn"]);
}

TEST(FilledForms, AreCompleteAndOfPeopleThatTheRegisterKnows) {
  for (const std::string& type : workshop().catalogue().types()) {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
      FileRecipe recipe = plain_recipe(type, seed);
      recipe.sheets = first_page;
      const MadeFile file = made(recipe);
      const Value& submission = form_in(file)["submission"];
      CompletenessInput input;
      input.common = submission["common"];
      input.fields = submission["requests"].items().at(0)["fields"];
      input.channel = "paper";
      input.today = TestWorkshop::today;
      for (const Asked& asked :
           check_completeness(workshop().catalogue().common(), *workshop().catalogue().find(type), input)) {
        // Papers to send along, and words that nobody is made to write.
        const bool may_lack = asked.code == "attachment-missing" || asked.field == "reason";
        EXPECT_TRUE(may_lack) << type << " " << seed << ": " << asked.field << " " << asked.code;
      }
      const auto register_file =
          Value::object({{"type", "RaadpleegMetBurgerservicenummer"}, {"personen", file.people}});
      const auto persons = samples::demo_persons_from(to_json(register_file));
      ASSERT_TRUE(persons) << persons.error().message;
      EXPECT_TRUE(persons->contains(input.common["bsn"].text_or_empty()));
    }
  }
}

TEST(FilledForms, OfPeopleInARegisterAgreeWithIt) {
  const auto json = contents_of(checkout() / "samples/register.json");
  ASSERT_TRUE(json);
  FileRecipe recipe = plain_recipe("small-aids", 3);
  recipe.forms[0].bsn = "999901229";
  recipe.sheets = first_page;
  auto maker = workshop().maker(*json);
  const auto file = maker.make(recipe);
  ASSERT_TRUE(file) << file.error().message;
  const Value& fields = form_in(*file)["fields"];
  EXPECT_EQ(fields["bsn"], Value("999901229"));
  EXPECT_EQ(fields["birthName"], Value("Öztürk"));
  EXPECT_EQ(fields["birthDate"], Value("1951-01-09"));
  EXPECT_EQ(fields["postcode"], Value("1235 KL"));
  EXPECT_TRUE(file->people.items().empty());
  recipe.forms[0].bsn = "999903664";  // a child
  EXPECT_EQ(maker.make(recipe).error().code, ErrorCode::not_found);
}

TEST(FilledForms, InventNobodyTwice) {
  Inventor inventor = shipped_inventor();
  const Municipality& municipality = workshop().municipalities().find("voorbeeld")->second;
  Random random(5);
  std::set<std::string> numbers;
  for (int i = 0; i < 500; ++i) {
    const Person person = inventor.invent(municipality, TestWorkshop::today, random);
    const auto bsn = parse_bsn(person.bsn);
    ASSERT_TRUE(bsn);
    EXPECT_TRUE(is_test_bsn(*bsn));
    EXPECT_TRUE(numbers.insert(person.bsn).second);
    EXPECT_TRUE(parse_iso_date(person.birth_date));
  }
}

TEST(FilledForms, HoldTheAnswersThatWereFixed) {
  FileRecipe recipe = plain_recipe("household-help", 4);
  recipe.sheets = first_page;
  recipe.forms[0].answers = *parse_json(R"({"common.urgent": true, "household-help.roomsInUse": 5,
    "household-help.tasks": ["meals"], "common.phone": null})");
  const MadeFile file = made(recipe);
  const Value& form = form_in(file);
  EXPECT_EQ(form["fields"]["urgent"], Value(true));
  EXPECT_EQ(form["fields"]["roomsInUse"], Value(5));
  EXPECT_EQ(to_json(form["fields"]["tasks"]), R"(["meals"])");
  EXPECT_TRUE(form["fields"]["phone"].is_null());
  recipe.forms[0].answers = *parse_json(R"({"household-help.bedrooms": 5})");
  auto maker = workshop().maker();
  const auto refused = maker.make(recipe);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("household-help.bedrooms"), std::string::npos);
}

TEST(FilledForms, LeaveOutPagesAndTurnThemAsTheRecipeSays) {
  FileRecipe recipe = plain_recipe("general-notification", 5);
  recipe.sheets = {{SheetRecipe::Kind::form_page, 0, 2, true},
                   {SheetRecipe::Kind::blank, 0, 1, false},
                   {SheetRecipe::Kind::form_page, 0, 1, false}};
  const MadeFile file = made(recipe);
  EXPECT_EQ(file.truth["pages"], Value(3));
  const auto& pages = form_in(file)["pages"].items();
  ASSERT_GE(pages.size(), 3U);
  EXPECT_EQ(pages[0], Value(2));
  EXPECT_EQ(pages[1], Value(0));
  EXPECT_TRUE(pages[2].is_null());
  recipe.sheets[0].page = 9;
  auto maker = workshop().maker();
  EXPECT_EQ(maker.make(recipe).error().code, ErrorCode::invalid_input);
}

TEST(FilledForms, WithAMistakeSayWhatWasMeantAndWhatIsWritten) {
  FileRecipe recipe = plain_recipe("household-help", 6);
  recipe.sheets = first_page;
  recipe.forms[0].mistake = Mistake::wrong_digit;
  const Value wrong_digit = form_in(made(recipe));
  ASSERT_EQ(wrong_digit["mistakes"].items().size(), 1U);
  const Value& mistake = wrong_digit["mistakes"].items()[0];
  EXPECT_EQ(mistake["kind"], Value("wrong-digit"));
  EXPECT_NE(wrong_digit["fields"][mistake["field"].text_or_empty()], mistake["meant"]);

  recipe.forms[0].mistake = Mistake::no_signature;
  EXPECT_EQ(form_in(made(recipe))["fields"]["signature"], Value(false));

  recipe.forms[0].mistake = Mistake::two_ticks;
  const Value two = form_in(made(recipe));
  const std::string& field = two["mistakes"].items().at(0)["field"].text_or_empty();
  EXPECT_TRUE(two["fields"][field].is_null());
  const auto& ticks = two["ticks"][field].members();
  EXPECT_EQ(
      std::count_if(ticks.begin(), ticks.end(), [](const auto& one) { return one.value == Value(true); }), 2);
}

}  // namespace
}  // namespace softbot::fill::testing
