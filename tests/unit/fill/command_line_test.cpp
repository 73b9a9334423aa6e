#include "samples/fill/command_line.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/json.h"

namespace softbot::fill {
namespace {

constexpr Date today = std::chrono::year{2026} / 11 / 26;

std::string refusal(const std::vector<std::string_view>& arguments) {
  const auto orders = orders_from(arguments, today);
  return orders ? "" : orders.error().message;
}

TEST(CommandLine, TakesSeveralFilesPerOption) {
  const auto orders =
      orders_from({"--type",    "household-help", "--count", "3",       "--seed", "9",       "--digits", "a",
                   "b",         "--capitals",     "c",       "--lines", "d",      "--fonts", "e",        "f",
                   "--degrade", "light",          "--out",   "g"},
                  today);
  ASSERT_TRUE(orders) << orders.error().message;
  EXPECT_EQ(orders->types, std::vector<std::string>{"household-help"});
  EXPECT_EQ(orders->digits, (Paths{"a", "b"}));
  EXPECT_EQ(orders->capitals, Paths{"c"});
  EXPECT_EQ(orders->fonts, (Paths{"e", "f"}));
  EXPECT_EQ(orders->degradation, Degradation::light);
  EXPECT_EQ(orders->count, 3U);
  EXPECT_EQ(orders->today, today);
}

TEST(CommandLine, SaysWhichOptionIsWrong) {
  EXPECT_NE(refusal({"--type", "a"}).find("--out"), std::string::npos);
  EXPECT_NE(refusal({"--out", "a"}).find("--type"), std::string::npos);
  EXPECT_NE(refusal({"--type", "a", "--out", "b", "--count", "0"}).find("--count"), std::string::npos);
  EXPECT_NE(refusal({"--type", "a", "--out", "b", "--seed", "x"}).find("--seed"), std::string::npos);
  EXPECT_NE(refusal({"--type", "a", "--out", "b", "--degrade", "worst"}).find("worst"), std::string::npos);
  EXPECT_NE(refusal({"--type", "a", "--out", "b", "--speed", "1"}).find("--speed"), std::string::npos);
  EXPECT_NE(refusal({"--type", "a", "--out"}).find("--out"), std::string::npos);
  EXPECT_NE(refusal({"a"}).find("a belongs"), std::string::npos);
}

TEST(CommandLine, EveryFileHasASeedOfItsOwnThatHangsOnNoOtherFile) {
  auto orders = *orders_from({"--type", "a", "--out", "b", "--count", "3"}, today);
  const auto three = recipes_for(orders);
  orders.count = 2;
  const auto two = recipes_for(orders);
  ASSERT_EQ(three.size(), 3U);
  EXPECT_EQ(three[1].name, "0002");
  EXPECT_EQ(two[1].seed, three[1].seed);
  EXPECT_NE(three[1].seed, three[2].seed);
}

TEST(Recipes, SayWhatIsWrongAndInWhichFile) {
  const auto refused = [](const char* json) {
    const auto recipes = recipes_from(json);
    return recipes ? "" : recipes.error().message;
  };
  EXPECT_NE(refused(R"({"files":[{"name":"one","forms":[{"types":["a"],"colour":1}]}]})").find("\"one\""),
            std::string::npos);
  EXPECT_NE(refused(R"({"files":[{"name":"one","forms":[{"types":["a"]}],"sheets":["2:1"]}]})").find("2:1"),
            std::string::npos);
  EXPECT_NE(refused(R"({"files":[]})"), "");
}

TEST(Recipes, NameSheetsInAnyOrder) {
  const auto recipes = recipes_from(
      R"({"files":[{"name":"one","forms":[{"types":["a"]},{"types":["b"]}],"sheets":["2:3 upside-down","blank","1:1"]}]})");
  ASSERT_TRUE(recipes) << recipes.error().message;
  const auto& sheets = recipes->front().sheets;
  ASSERT_EQ(sheets.size(), 3U);
  EXPECT_EQ(sheets[0], (SheetRecipe{SheetRecipe::Kind::form_page, 1, 3, true}));
  EXPECT_EQ(sheets[1].kind, SheetRecipe::Kind::blank);
}

}  // namespace
}  // namespace softbot::fill
