#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "dmn/text.h"
#include "models.h"

namespace softbot::dmn {
namespace {

TEST(Feel, CalculatesWithTheUsualPrecedence) {
  EXPECT_EQ(feel("1 + 2 * 3 ** 2"), Value(19));
  EXPECT_EQ(feel("-(1 + 2)"), Value(-3));
  EXPECT_EQ(feel("10 - 2 - 3"), Value(5));
  EXPECT_EQ(feel("0.1 + 0.2 = 0.3"), Value(true));
}

TEST(Feel, TruthHasThreeValues) {
  EXPECT_EQ(feel("false and null"), Value(false));
  EXPECT_TRUE(feel("true and null").is_null());
  EXPECT_EQ(feel("true or null"), Value(true));
  EXPECT_TRUE(feel("false or null").is_null());
  EXPECT_TRUE(feel("not(null)").is_null());
  EXPECT_TRUE(feel("null < 1").is_null());
  EXPECT_EQ(feel("null = null"), Value(true));
  EXPECT_EQ(feel("null = 1"), Value(false));
}

TEST(Feel, NamesMayHoldSpacesAndOperators) {
  const Context variables{{"Full name", Value("Jo")}, {"a-b", Value(1)}, {"a", Value(10)}, {"b", Value(4)}};
  EXPECT_EQ(feel("Full  name", variables), Value("Jo"));
  EXPECT_EQ(feel("a-b", variables), Value(1));
  EXPECT_EQ(feel("b-a", variables), Value(-6));
  EXPECT_EQ(feel("{first name: \"Al\", greeting: \"Hi \" + first name}.greeting"), Value("Hi Al"));
}

TEST(Feel, AMinusBeforeDigitsBelongsToTheNumber) {
  EXPECT_EQ(feel("-6 instance of number"), Value(true));
  EXPECT_EQ(feel("-2 ** 2"), Value(4));
  EXPECT_EQ(feel("3 -2"), Value(1));
  EXPECT_EQ(feel("--2"), Value(2));
}

TEST(Feel, ListsFilterByConditionAndPosition) {
  EXPECT_EQ(feel("[1, 2, 3][item >= 2]"), Value(List{2, 3}));
  EXPECT_EQ(feel("[1, 2, 3][-1]"), Value(3));
  for (const char* empty : {"[][1]", "[][-1]", "{i: 1, r: [][i]}.r"})
    EXPECT_TRUE(feel(empty).is_null()) << empty;
  EXPECT_EQ(feel("[][item > 1]"), Value(List{}));
  EXPECT_EQ(feel("[][p.q = 1]"), Value(List{}));
  EXPECT_EQ(feel("[{p: 1, q: 2}, {p: 3, q: 4}][p > 1].q"), Value(List{4}));
  EXPECT_EQ(feel("for i in 1..3, j in i..3 return i * j"), Value(List{1, 2, 3, 4, 6, 9}));
  EXPECT_EQ(feel("some x in [1, 2] satisfies x > 1"), Value(true));
  EXPECT_EQ(feel("every x in [] satisfies false"), Value(true));
}

TEST(Feel, TextCountsByCodePoint) {
  EXPECT_EQ(feel("string length(\"a\xF0\x9F\x98\x80z\")"), Value(3));
  EXPECT_EQ(feel("substring(\"a\xF0\x9F\x98\x80z\", -2, 1)"), Value("\xF0\x9F\x98\x80"));
  EXPECT_EQ(feel("upper case(\"\xC3\xA9\xC3\xAF\")"), Value("\xC3\x89\xC3\x8F"));
}

TEST(Feel, DatesAndDurationsCombine) {
  EXPECT_EQ(feel("date(\"2026-01-31\") + duration(\"P1M\")"), Value(Date{2026, 2, 28}));
  EXPECT_EQ(feel("(@\"2026-03-01\" - @\"2026-02-01\").days"), Value(28));
  EXPECT_EQ(feel("years and months duration(@\"2000-05-10\", @\"2026-05-09\").years"), Value(25));
}

TEST(Feel, FunctionsTakeTheirSurroundingsAlong) {
  EXPECT_EQ(feel("{n: 2, twice: function(x: number) x * n, r: twice(21)}.r"), Value(42));
  EXPECT_EQ(feel("sort([3, 1, 2], function(a, b) a > b)"), Value(List{3, 2, 1}));
  EXPECT_EQ(feel("substring(start position: 2, string: \"abc\")"), Value("bc"));
}

TEST(Feel, AFunctionMayCallItselfByTheNameOfItsEntry) {
  EXPECT_EQ(
      feel("{factorial: function(n) if n < 2 then 1 else n * factorial(n - 1), five: factorial(5)}.five"),
      Value(120));
  EXPECT_EQ(feel("{f: function(x) x + 1, g: {f: function(x) f(x) * 2}.f(3)}.g"), Value(8))
      << "a name from further out stays what it was";
  const Evaluation endless = evaluate_feel("{f: function(x) f(x + 1)}.f(0)", {});
  EXPECT_TRUE(endless.result.is_null());
  EXPECT_FALSE(endless.trace.errors().empty());
}

TEST(Feel, TellsWhySomethingIsNull) {
  const Evaluation evaluation = evaluate_feel("1 + \"a\"", {});
  EXPECT_TRUE(evaluation.result.is_null());
  ASSERT_EQ(evaluation.trace.errors().size(), 1U);
  EXPECT_NE(evaluation.trace.errors().front().find("cannot add number and string"), std::string::npos);
}

TEST(Feel, ClockIsOnlyWhatTheCallerGives) {
  EXPECT_TRUE(feel("now()").is_null());
}

TEST(Feel, RegularExpressionsFollowXPath) {
  EXPECT_EQ(feel("matches(\"helloworld\", \"hello world\", \"x\")"), Value(true));
  EXPECT_EQ(feel("replace(\"abracadabra\", \"a(.)\", \"a$1$1\")"), Value("abbraccaddabbra"));
  EXPECT_EQ(feel("matches(\"b\", \"[a-z-[aeiou]]\")"), Value(true));
  EXPECT_EQ(feel("matches(\"e\", \"^[a-z-[aeiou]]$\")"), Value(false));
  EXPECT_EQ(feel("split(\"a;b;;c\", \";\")"), Value(List{"a", "b", "", "c"}));
}

// Whatever a model says, evaluation ends soon, and says that it was stopped.
TEST(FeelBounds, StopsWhatTakesTooLong) {
  for (const char* expression :
       {"count(for i in 1..100000, j in 1..100000 return 0)",
        "some x in 1..99999, y in 1..99999 satisfies false", "{f: function(f, n) f(f, n + 1), r: f(f, 0)}.r",
        "{f: function(f, s) f(f, s + s), r: f(f, \"0123456789\")}.r",
        "matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"(a+)+$\")",
        "count(for i in 1..1000000000 return i)",
        "{l: for i in 1..50000 return i, r: for x in l return sum(l)}.r",
        "{a: for i in 1..40 return [partial, partial], b: for i in 1..40 return [partial, partial], "
        "r: a[-1] = b[-1]}.r"}) {
    const Evaluation evaluation = evaluate_feel(expression, {});
    EXPECT_TRUE(evaluation.result.is_null()) << expression << " gave " << evaluation.result.excerpt();
    EXPECT_FALSE(evaluation.trace.errors().empty()) << expression;
  }
}

TEST(FeelBounds, RefusesTextThatNestsTooDeep) {
  const std::string deep = std::string(100'000, '(') + "1" + std::string(100'000, ')');
  EXPECT_TRUE(feel(deep).is_null());
  EXPECT_TRUE(feel(std::string(100'000, '[')).is_null());
  EXPECT_TRUE(feel(std::string(100'000, '-') + "1").is_null());
  std::string ranges;
  for (int count = 0; count < 5000; ++count) ranges += "]1..2[";
  EXPECT_TRUE(feel(ranges).is_null());
}

/// Values of all kinds whose text can be read again.
rc::Gen<Value> any_value(int depth) {
  const auto plain = rc::gen::oneOf(
      rc::gen::map(rc::gen::arbitrary<std::int64_t>(), [](std::int64_t number) { return Value(number); }),
      rc::gen::map(rc::gen::arbitrary<bool>(), [](bool flag) { return Value(flag); }),
      rc::gen::map(rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~')),
                   [](std::string text) { return Value(std::move(text)); }),
      rc::gen::map(rc::gen::inRange<std::int64_t>(-100'000, 100'000),
                   [](std::int64_t day) { return Value(*date_of_day_number(day)); }),
      rc::gen::map(rc::gen::inRange<std::int64_t>(-100'000'000, 100'000'000),
                   [](std::int64_t seconds) {
                     return Value(DaysDuration{seconds, 0});
                   }),
      rc::gen::just(Value()));
  if (depth == 0) return plain;
  return rc::gen::oneOf(plain,
                        rc::gen::map(rc::gen::container<List>(any_value(depth - 1)),
                                     [](List items) { return Value(std::move(items)); }),
                        rc::gen::map(any_value(depth - 1), [](Value value) {
                          return Value(Context{{"some key", value}, {"k", Value(1)}});
                        }));
}

RC_GTEST_PROP(FeelProperty, TheTextOfAValueIsReadBackAsThatValue, ()) {
  const Value value = *any_value(2);
  RC_ASSERT(feel(value.text()) == value);
}

RC_GTEST_PROP(FeelProperty, AddingAgreesWithWholeNumbers, (std::int32_t left, std::int32_t right)) {
  const Context variables{{"l", Value(std::int64_t{left})}, {"r", Value(std::int64_t{right})}};
  RC_ASSERT(feel("l + r", variables) == Value(std::int64_t{left} + right));
  RC_ASSERT(feel("l * r", variables) == Value(std::int64_t{left} * right));
  RC_ASSERT(feel("l < r", variables) == Value(left < right));
  RC_ASSERT(feel("not(l < r) = (l >= r)", variables) == Value(true));
}

RC_GTEST_PROP(TextProperty, CodePointsGoBothWays, ()) {
  const auto points = *rc::gen::container<std::u32string>(
      rc::gen::suchThat(rc::gen::cast<char32_t>(rc::gen::inRange<std::uint32_t>(1, 0x10FFFF)),
                        [](char32_t point) { return point < 0xD800 || point > 0xDFFF; }));
  const std::string text = to_utf8(points);
  RC_ASSERT(to_code_points(text) == points);
  RC_ASSERT(count_code_points(text) == points.size());
}

RC_GTEST_PROP(TextProperty, SearchingAgreesWithTheStandardLibrary, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::element('a', 'b'));
  const auto wanted = *rc::gen::container<std::string>(20, rc::gen::element('a', 'b'));
  RC_ASSERT(find_text(text, wanted) == text.find(wanted));
  RC_ASSERT(find_text(text + wanted, wanted) == (text + wanted).find(wanted));
}

}  // namespace
}  // namespace softbot::dmn
