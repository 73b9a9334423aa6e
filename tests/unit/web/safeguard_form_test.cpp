#include "web/safeguard_form.h"

#include <gmock/gmock.h>

#include "domain/json.h"
#include "policy/safeguards.h"

namespace softbot::web {
namespace {

using ::testing::_;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

const SafeguardForm everywhere{"", {"small-aids"}};
const SafeguardForm molendam{"molendam", {"small-aids"}};

Value settings() {
  return *parse_json(
      R"({"explanation":"x","types":{"small-aids":{"grantsPerDay":100,"centsPerDay":1500050,"sampleShare":"0.025"}},
          "sampleTest":{"acceptable":"0.005","unacceptable":"0.05","falseAlarm":"0.02","missed":"0.05"}})");
}

PostedForm posted(std::map<std::string, std::string> fields) {
  PostedForm form;
  for (auto& [name, value] : fields) form.typed.emplace_back(name, value);
  return form;
}

/// What the page shows, with some of it typed over.
ReadSafeguards typed(const SafeguardForm& form, const std::map<std::string, std::string>& changes) {
  auto fields = typed_safeguards(form, settings());
  for (const auto& [name, value] : changes) fields[name] = value;
  return read_safeguards(form, settings(), posted(std::move(fields)));
}

TEST(SafeguardForm, ShowsEurosAndPercentages) {
  auto fields = typed_safeguards(everywhere, settings());
  EXPECT_EQ(fields["small-aids.grants"], "100");
  EXPECT_EQ(fields["small-aids.euros"], "15000,50");
  EXPECT_EQ(fields["small-aids.sample"], "2,5");
  EXPECT_EQ(fields["test.acceptable"], "0,5");
}

TEST(SafeguardForm, ThatIsSentAsItIsShownChangesNothing) {
  const auto read = typed(everywhere, {});
  EXPECT_THAT(read.problems, IsEmpty());
  EXPECT_EQ(to_json(read.settings), to_json(settings()));
}

TEST(SafeguardForm, TakesWhatPeopleType) {
  const auto read = typed(everywhere, {{"small-aids.grants", "7"},
                                       {"small-aids.euros", "€ 1.234,50"},
                                       {"small-aids.sample", "12,75"},
                                       {"test.unacceptable", "10.5 %"}});
  EXPECT_THAT(read.problems, IsEmpty());
  const Value& limits = read.settings["types"]["small-aids"];
  EXPECT_EQ(limits["grantsPerDay"].as_integer(), 7);
  EXPECT_EQ(limits["centsPerDay"].as_integer(), 123'450);
  EXPECT_EQ(limits["sampleShare"].text_or_empty(), "0.1275");
  EXPECT_EQ(read.settings["sampleTest"]["unacceptable"].text_or_empty(), "0.105");
  EXPECT_TRUE(safeguard_settings_from(read.settings));
}

TEST(SafeguardForm, SaysWhichFieldIsWrong) {
  for (const char* wrong : {"", "-1", "1,5", "veel", "1e3", "12345678"})
    EXPECT_THAT(typed(everywhere, {{"small-aids.grants", wrong}}).problems,
                ElementsAre(Pair("small-aids-grants", _)))
        << wrong;
  for (const char* wrong : {"", "-1", "101", "5,00001", "vijf", "1,"})
    EXPECT_THAT(typed(everywhere, {{"small-aids.sample", wrong}}).problems,
                ElementsAre(Pair("small-aids-sample", _)))
        << wrong;
  EXPECT_THAT(typed(everywhere, {{"small-aids.euros", "-5"}}).problems,
              ElementsAre(Pair("small-aids-euros", _)));
}

TEST(SafeguardForm, OfAMunicipalityLeftEmptyHasNoLimitsOfItsOwn) {
  const auto none = typed(molendam, {});
  EXPECT_THAT(none.problems, IsEmpty());
  EXPECT_EQ(to_json(none.settings), to_json(settings()));
  const std::map<std::string, std::string> own{
      {"small-aids.grants", "5"}, {"small-aids.euros", "500"}, {"small-aids.sample", "100"}};
  const auto some = typed(molendam, own);
  EXPECT_THAT(some.problems, IsEmpty());
  EXPECT_EQ(some.settings["municipalities"]["molendam"]["small-aids"]["sampleShare"].text_or_empty(), "1");
  EXPECT_EQ(some.settings["types"], settings()["types"]);
  const auto back =
      read_safeguards(molendam, some.settings, posted({{"small-aids.grants", ""}, {"small-aids.euros", ""}}));
  EXPECT_EQ(to_json(back.settings), to_json(settings()));
}

}  // namespace
}  // namespace softbot::web
