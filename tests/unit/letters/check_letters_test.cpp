#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/letters/letter_printer.h"
#include "letter_samples.h"

namespace softbot {
namespace {

using ::testing::HasSubstr;

constexpr const char* kOpen =
    "<letter language=\"nl\" title=\"Brief\" window=\"left\" colour=\"#000000\"><body>\n";
constexpr const char* kClose = "\n</body></letter>\n";

/// A folder with one letter "brief" and its example.
class CheckLetters : public ::testing::Test {
 protected:
  void letter(const std::string& body) {
    test::write_file(folder_.path() / "brief.mustache", kOpen + body + kClose);
  }
  void example(const std::string& json) {
    test::write_file(folder_.path() / "examples" / "brief.json", json);
  }
  [[nodiscard]] LetterProblem only_problem() const {
    const auto problems = check_letters(folder_.path());
    EXPECT_EQ(problems.size(), 1U);
    return problems.empty() ? LetterProblem{} : problems.front();
  }
  test::TemporaryFolder folder_;
};

TEST_F(CheckLetters, FindsNothingInAGoodLetter) {
  letter("<p>{{name}}</p>");
  example(R"({"name": "A. de Vries"})");
  EXPECT_THAT(check_letters(folder_.path()), ::testing::IsEmpty());
}

TEST_F(CheckLetters, SaysThatAFolderHoldsNoLetters) {
  EXPECT_THAT(only_problem().problem, HasSubstr("holds no letters"));
}

TEST_F(CheckLetters, NamesTheLineOfASectionThatIsNotClosed) {
  letter("<p>x</p>\n{{#name}}<p>y</p>");
  EXPECT_EQ(only_problem().file, "brief.mustache");
  EXPECT_EQ(only_problem().line, 3U);
  EXPECT_THAT(only_problem().problem, HasSubstr("\"name\""));
}

TEST_F(CheckLetters, NamesTheLineOfAnUnknownElement) {
  letter("<p>x</p>\n\n<blink>y</blink>");
  EXPECT_EQ(only_problem().line, 4U);
  EXPECT_THAT(only_problem().problem, HasSubstr("<blink>"));
}

TEST_F(CheckLetters, NamesTheLineOfMarkupThatDoesNotMatch) {
  letter("<p>x</h1>");
  EXPECT_EQ(only_problem().line, 2U);
  EXPECT_FALSE(only_problem().remedy.empty());
}

TEST_F(CheckLetters, NamesAPartialThatIsNotThere) {
  letter("{{> nowhere}}");
  EXPECT_EQ(only_problem().line, 2U);
  EXPECT_THAT(only_problem().problem, HasSubstr("\"nowhere\""));
}

TEST_F(CheckLetters, LooksAtPartialsToo) {
  letter("{{> part}}");
  example("{}");
  test::write_file(folder_.path() / "partials" / "part.mustache", "<p>x</p>\n<font>y</font>");
  EXPECT_EQ(only_problem().file, "partials/part.mustache");
  EXPECT_EQ(only_problem().line, 2U);
}

TEST_F(CheckLetters, NamesALetterWithoutAnExample) {
  letter("<p>x</p>");
  EXPECT_THAT(only_problem().problem, HasSubstr("no example"));
}

TEST_F(CheckLetters, NamesAnExampleThatLacksAFact) {
  letter("<p>{{name}}</p>");
  example("{}");
  const auto problems = check_letters(folder_.path());
  ASSERT_FALSE(problems.empty());
  EXPECT_EQ(problems.front().file, "examples/brief.json");
  EXPECT_THAT(problems.front().problem, HasSubstr("brief.mustache:2"));
}

TEST_F(CheckLetters, NamesAnExampleThatIsNoJson) {
  letter("<p>x</p>");
  example("{");
  const auto problems = check_letters(folder_.path());
  ASSERT_FALSE(problems.empty());
  EXPECT_EQ(problems.front().file, "examples/brief.json");
}

TEST_F(CheckLetters, NamesWhatNoExampleReaches) {
  letter("{{#until}}<p>{{reason}}</p>{{/until}}");
  example(R"({"until": null})");
  EXPECT_EQ(only_problem().line, 2U);
  EXPECT_THAT(only_problem().problem, HasSubstr("\"reason\""));
}

TEST_F(CheckLetters, FindsAnExampleOfALetterThatIsNotThere) {
  letter("<p>x</p>");
  example("{}");
  test::write_file(folder_.path() / "examples" / "vergeten.json", "{}");
  EXPECT_EQ(only_problem().file, "examples/vergeten.json");
}

TEST_F(CheckLetters, RefusesAFileThatIsNotUtf8) {
  letter("<p>caf\xe9</p>");
  EXPECT_THAT(only_problem().problem, HasSubstr("UTF-8"));
}

}  // namespace
}  // namespace softbot
