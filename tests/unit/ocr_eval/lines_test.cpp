#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench/ocr_eval/measure_lines.h"

namespace softbot::eval {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

std::string refusal_of(std::string_view csv) {
  const auto rows = line_truths(csv, "truth.csv");
  return rows ? "taken" : rows.error().message;
}

TEST(TruthOfLines, HasAFileAndATextPerRow) {
  const auto rows =
      line_truths("file,text\na.jpg,JANSEN\r\n\n\"b.jpg\",\"DE \"\"WIT\"\", A\"\n", "truth.csv");
  ASSERT_TRUE(rows) << rows.error().message;
  EXPECT_THAT(*rows, ElementsAre(Pair("a.jpg", "JANSEN"), Pair("b.jpg", "DE \"WIT\", A")));
}

TEST(TruthOfLines, MayHaveItsColumnsInAnyOrder) {
  const auto rows = line_truths("text,writer,file\nJANSEN,3,a.jpg", "truth.csv");
  ASSERT_TRUE(rows) << rows.error().message;
  EXPECT_THAT(*rows, ElementsAre(Pair("a.jpg", "JANSEN")));
}

TEST(TruthOfLines, IsRefusedWithItsFileAndLine) {
  EXPECT_THAT(refusal_of("a.jpg,JANSEN\n"), HasSubstr("columns file and text"));
  EXPECT_THAT(refusal_of("file,text\na.jpg\n"), HasSubstr("line 2"));
  EXPECT_THAT(refusal_of("file,text\na.jpg,A\nb.jpg,\"B\n"), HasSubstr("line 3"));
  EXPECT_THAT(refusal_of("file,text\n"), HasSubstr("truth.csv names no lines"));
  EXPECT_THAT(refusal_of(""), HasSubstr("truth.csv names no lines"));
}

TEST(TruthOfLines, IsComparedByItsLetters) {
  EXPECT_EQ(letters_of("De Wit-Çelik"), "DEWITCELIK");
  EXPECT_EQ(letters_of("3 -"), "");
}

}  // namespace
}  // namespace softbot::eval
