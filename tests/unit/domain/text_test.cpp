#include "domain/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "domain/json.h"
#include "helpers.h"

namespace softbot {
namespace {

TEST(Text, TrimsEveryKindOfWhiteSpace) {
  EXPECT_EQ(trim(" \t\u00A0Jan\u2003\n"), "Jan");
  EXPECT_EQ(trim(" \u3000 "), "");
  EXPECT_EQ(trim("é"), "é");
  EXPECT_EQ(collapse_spaces("  van \u00A0 der\tBerg "), "van der Berg");
}

TEST(Text, CountsCodePointsNotBytes) {
  EXPECT_EQ(count_code_points("Çelik"), 5U);
  EXPECT_EQ(count_code_points("😀"), 1U);
  EXPECT_EQ(count_code_points("\xFF\xFE"), 2U);
  EXPECT_EQ(first_code_points("Çelik", 2), "Çe");
}

TEST(Text, SeesEmojiAndControlCharacters) {
  EXPECT_TRUE(has_emoji("Jan 😀"));
  EXPECT_TRUE(has_emoji("❤️"));
  EXPECT_TRUE(has_emoji("🇳🇱"));
  EXPECT_FALSE(has_emoji("Şöğüt-d'Arc 12"));
  EXPECT_TRUE(has_control_characters(std::string("a\0b", 3)));
  EXPECT_TRUE(has_control_characters("a\u202Eb"));
  EXPECT_FALSE(has_control_characters("regel 1\nregel 2\t."));
}

TEST(Text, KnowsPlausibleNames) {
  for (const char* name : {"Jan", "d'Ancona-Hernández", "van 't Hof", "1e Hugo de Grootstraat", "Çelik",
                           "Łukasz", "O’Neill", "Παπαδόπουλος", "李", "St. Jan (noord)"}) {
    EXPECT_TRUE(is_plausible_name(name)) << name;
  }
  for (const char* name : {"", "123", "-", "Jan 😀", "<script>", "Jan;DROP", "a@b", "Jan\nPiet\x01", "\xFF"}) {
    EXPECT_FALSE(is_plausible_name(name)) << name;
  }
}

TEST(Text, FoldsLatinLettersForComparison) {
  EXPECT_EQ(fold("Şöğüt"), "sogut");
  EXPECT_EQ(fold("ÆØÅ ß Łódź"), "aeoa ss lodz");
  EXPECT_EQ(fold("ĲSSELMEER"), "ijsselmeer");
  EXPECT_EQ(fold("e\u0301tude"), "etude");
  EXPECT_EQ(fold("  D'Arc--Hernández "), "d arc hernandez");
  EXPECT_EQ(fold("Nguyễn"), "nguyen");
  EXPECT_EQ(fold("李"), "李");
  EXPECT_EQ(fold("!?"), "");
}

TEST(Text, ComparesNamesWithTheRegister) {
  EXPECT_TRUE(same_name("Van den Berg", "van-den-BERG"));
  EXPECT_TRUE(same_name("Dijkstra", "Dĳkstra"));
  EXPECT_TRUE(same_name("d'Arc", "Darc"));
  EXPECT_FALSE(same_name("Jansen", "Janssen"));
}

TEST(Text, MeasuresHowFarTwoTextsAreApart) {
  EXPECT_EQ(edit_distance("Jansen", "Janssen"), 1U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("Çelik", "Celik"), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Text, AFailedValueHasACodeAndWords) {
  const Result<int> failed = fail_value("bsn-length", "Te kort.");
  EXPECT_EQ(failed.error().code, ErrorCode::invalid_input);
  EXPECT_EQ(value_code(failed.error()), "bsn-length");
  EXPECT_EQ(value_code(Error{ErrorCode::storage, "", false, {}}), "storage");
}

RC_GTEST_PROP(Text, AnyBytesBecomeGoodUtf8, (const std::string& bytes)) {
  RC_ASSERT(is_utf8(utf8(code_points(bytes))));
  RC_ASSERT(is_utf8(fold(bytes)));
  RC_ASSERT(count_code_points(bytes) == code_points(bytes).size());
  if (is_utf8(bytes)) RC_ASSERT(utf8(code_points(bytes)) == bytes);
}

RC_GTEST_PROP(Text, FoldingTwiceChangesNothingMore, (const std::string& bytes)) {
  RC_ASSERT(fold(fold(bytes)) == fold(bytes));
}

RC_GTEST_PROP(Text, DistanceIsAMetric, (const std::string& a, const std::string& b)) {
  RC_ASSERT(edit_distance(a, b) == edit_distance(b, a));
  RC_ASSERT(edit_distance(a, a) == 0U);
  RC_ASSERT(edit_distance(a, b) <= std::max(count_code_points(a), count_code_points(b)));
}

}  // namespace
}  // namespace softbot
