#include <gtest/gtest.h>

#include <vector>

#include "models.h"

// The library of FEEL (DMN 1.5, 10.3.4), function by function: what is usual, the edges, and what gives null.
namespace softbot::dmn {
namespace {

struct Example {
  const char* expression;
  const char* value;  ///< as FEEL
};

void expect_all(const std::vector<Example>& examples) {
  for (const Example& example : examples) {
    const Evaluation given = evaluate_feel(example.expression, {});
    EXPECT_EQ(given.result, feel(example.value))
        << example.expression << " gave " << given.result.text() << ", not " << example.value;
  }
}

void expect_null(const std::vector<const char*>& expressions) {
  for (const char* expression : expressions) {
    const Evaluation given = evaluate_feel(expression, {});
    EXPECT_TRUE(given.result.is_null()) << expression << " gave " << given.result.text();
    EXPECT_FALSE(given.trace.errors().empty()) << expression << " does not say why";
  }
}

TEST(Library, ConvertsToNumbers) {
  expect_all({{R"(number("1 000.5", " ", "."))", "1000.5"},
              {R"(number("1,000.50", ",", "."))", "1000.5"},
              {R"(number("1.000,50", ".", ","))", "1000.5"},
              {R"(number("-12", null, null))", "-12"},
              {R"(number(from: "1.5", grouping separator: null, decimal separator: "."))", "1.5"},
              {R"(number("0.1") + number("0.2"))", "0.3"}});
  expect_null({R"(number("1.5", ".", "."))", R"(number("x", ",", "."))", R"(number("1", "x", "."))",
               R"(number("1", ",", ";"))", "number(null)", R"(number(""))", R"(number("1,5"))"});
}

TEST(Library, ConvertsToText) {
  expect_all({{"string(1.10)", R"("1.1")"},
              {"string(-0.5)", R"("-0.5")"},
              {"string(true)", R"("true")"},
              {R"(string("a"))", R"("a")"},
              {R"(string(@"2026-01-31"))", R"("2026-01-31")"},
              {R"(string(@"10:20:00+02:00"))", R"("10:20:00+02:00")"},
              {R"(string(@"2026-01-31T10:20:00Z"))", R"("2026-01-31T10:20:00Z")"},
              {R"(string(duration("P1DT2H")))", R"("P1DT2H")"},
              {R"(string(duration("PT0S")))", R"("PT0S")"},
              {R"(string(duration("P18M")))", R"("P1Y6M")"},
              {"string([1, \"a\", null])", R"("[1, \"a\", null]")"},
              {"string({a: 1})", R"("{a: 1}")"},
              {"string(null)", "null"}});
}

TEST(Library, MakesDatesAndTimes) {
  expect_all({{R"(date("2024-02-29"))", R"(@"2024-02-29")"},
              {"date(2024, 2, 29)", R"(@"2024-02-29")"},
              {R"(date(@"2024-02-29T10:00:00"))", R"(@"2024-02-29")"},
              {R"(time("23:59:00Z"))", R"(@"23:59:00Z")"},
              {R"(time(10, 20, 30, duration("PT2H")))", R"(@"10:20:30+02:00")"},
              {R"(time(@"2024-02-29T10:00:00"))", R"(@"10:00:00")"},
              {R"(date and time("2024-02-29T10:00:00"))", R"(@"2024-02-29T10:00:00")"},
              {R"(date and time(@"2024-02-29", @"10:00:00"))", R"(@"2024-02-29T10:00:00")"},
              {R"(duration("P1Y2M"))", R"(@"P1Y2M")"},
              {R"(years and months duration(@"2011-12-22", @"2013-08-24"))", R"(@"P1Y8M")"},
              {R"(years and months duration(@"2013-08-24", @"2011-12-22"))", R"(-@"P1Y8M")"}});
  expect_null({R"(date("2023-02-29"))", "date(2023, 2, 29)", R"(date("23-02-01"))", R"(time("25:00:00"))",
               "time(24, 0, 0)", R"(date and time("2023-13-01T00:00:00"))", R"(duration("P"))",
               R"(duration("P1Y1D"))", "date(null)", R"(date(1))"});
}

TEST(Library, ReadsAtLiterals) {
  expect_all({{R"(@"2024-02-29".year)", "2024"},
              {R"(@"2024-02-29".weekday)", "4"},
              {R"(@"23:59:00".minute)", "59"},
              {R"(@"2024-02-29T10:00:00@Europe/Amsterdam".timezone)", R"("Europe/Amsterdam")"},
              {R"(@"2024-02-29T10:00:00+01:00".time offset)", R"(duration("PT1H"))"},
              {R"(@"P1DT2H".hours)", "2"},
              {R"(@"P1Y2M".months)", "2"},
              {R"(@"2024-02-29" instance of date)", "true"}});
  expect_null({R"(@"foo")", R"(@"2024-02-30")"});
}

TEST(Library, WorksOnText) {
  expect_all({{R"(substring("foobar", 3))", R"("obar")"},
              {R"(substring("foobar", 3, 3))", R"("oba")"},
              {R"(substring("foobar", -2, 1))", R"("a")"},
              {R"(string length("foo"))", "3"},
              {R"(string length(""))", "0"},
              {R"(upper case("aBc4"))", R"("ABC4")"},
              {R"(lower case("aBc4"))", R"("abc4")"},
              {R"(substring before("foobar", "bar"))", R"("foo")"},
              {R"(substring before("foobar", "xyz"))", R"("")"},
              {R"(substring after("foobar", "ob"))", R"("ar")"},
              {R"(substring after("", "a"))", R"("")"},
              {R"(contains("foobar", "of"))", "false"},
              {R"(contains("foobar", ""))", "true"},
              {R"(starts with("foobar", "fo"))", "true"},
              {R"(starts with("f", "foo"))", "false"},
              {R"(ends with("foobar", "r"))", "true"},
              {R"(ends with("r", "bar"))", "false"},
              {R"(replace("aaab", "a{2}", "x"))", R"("xab")"},
              {R"(matches("foobar", "^Fo*b", "i"))", "true"},
              {R"(split("John Doe", "\\s"))", R"(["John", "Doe"])"},
              {R"(string join(["a", "b", "c"], "_and_"))", R"("a_and_b_and_c")"},
              {R"(string join(["a", null, "c"]))", R"("ac")"},
              {R"(string join([], "x"))", R"("")"}});
  expect_null({"string length(4)", "upper case(null)", R"(contains("a", 1))", R"(starts with(null, "a"))",
               R"(substring("foo", 0))", R"(ends with("a"))", R"(string join(["a", 1], ","))"});
}

TEST(Library, WorksOnLists) {
  expect_all({{"list contains([1, 2, 3], 2)", "true"},
              {"list contains([1, null], null)", "true"},
              {"count([1, 2, 3])", "3"},
              {"min([3, 1, 2])", "1"},
              {R"(max("a", "b"))", R"("b")"},
              {"sum(1, 2, 3.5)", "6.5"},
              {"sum([])", "null"},
              {"mean([1, 2, 3])", "2"},
              {"all([true, null, false])", "false"},
              {"any([false, null])", "null"},
              {"sublist([4, 5, 6], 1, 2)", "[4, 5]"},
              {"sublist([4, 5, 6], -2)", "[5, 6]"},
              {"append([1], 2, 3)", "[1, 2, 3]"},
              {"concatenate([1, 2], [3])", "[1, 2, 3]"},
              {"insert before([1, 3], 1, 2)", "[2, 1, 3]"},
              {"insert before([1, 3], -1, 2)", "[1, 2, 3]"},
              {"remove([1, 2, 3], 2)", "[1, 3]"},
              {"remove([1, 2, 3], -1)", "[1, 2]"},
              {"reverse([1, 2, 3])", "[3, 2, 1]"},
              {"index of([1, 2, 3, 2], 2)", "[2, 4]"},
              {"union([1, 2], [2, 3])", "[1, 2, 3]"},
              {"distinct values([1, 2, 3, 2, 1])", "[1, 2, 3]"},
              {"flatten([[1, 2], [[3]], 4])", "[1, 2, 3, 4]"},
              {"product(2, 3, 4)", "24"},
              {"median(8, 2, 5, 3, 4)", "4"},
              {"median([6, 1, 2, 3])", "2.5"},
              {"mode(6, 3, 9, 6, 6)", "[6]"},
              {"mode([6, 1, 9, 6, 1])", "[1, 6]"},
              {"mode([])", "[]"},
              {"list replace([2, 4, 7, 8], 3, 6)", "[2, 4, 6, 8]"},
              {"list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)", "[5, 5, 7, 8]"},
              {"sort([3, 1, 4, 5, 2], function(x, y) x < y)", "[1, 2, 3, 4, 5]"},
              {"sort(list: [3, 1], precedes: function(x, y) x > y)", "[3, 1]"}});
  EXPECT_EQ(feel("decimal(stddev(2, 4, 7, 5), 10)"), feel("2.0816659995"));
  expect_null({"insert before([1], 3, 2)", "remove([1], 2)", "sublist([1], 0)", "stddev([1])",
               "min([1, \"a\"])", "sum([1, \"a\"])", "count()", "sort([1, \"a\"], function(x, y) x < y)"});
}

TEST(Library, WorksOnNumbers) {
  expect_all({{"decimal(1/3, 2)", "0.33"},
              {"decimal(1.5, 0)", "2"},
              {"decimal(2.5, 0)", "2"},
              {"floor(-1.5)", "-2"},
              {"floor(-1.56, 1)", "-1.6"},
              {"ceiling(-1.5)", "-1"},
              {"round up(5.5, 0)", "6"},
              {"round up(-5.5, 0)", "-6"},
              {"round down(-5.5, 0)", "-5"},
              {"round half up(5.5, 0)", "6"},
              {"round half up(-5.5, 0)", "-6"},
              {"round half down(5.5, 0)", "5"},
              {"round half down(1.126, 2)", "1.13"},
              {"abs(-10)", "10"},
              {R"(abs(@"-PT5H"))", R"(@"PT5H")"},
              {"modulo(12, 5)", "2"},
              {"modulo(-12, 5)", "3"},
              {"modulo(12, -5)", "-3"},
              {"modulo(-12, -5)", "-2"},
              {"modulo(10.1, 4.5)", "1.1"},
              {"modulo(dividend: 5, divisor: 3)", "2"},
              {"sqrt(16)", "4"},
              {"odd(5)", "true"},
              {"even(5)", "false"},
              {"even(0)", "true"}});
  EXPECT_EQ(feel("decimal(exp(5), 8)"), feel("148.41315910"));
  EXPECT_EQ(feel("decimal(log(10), 8)"), feel("2.30258509"));
  expect_null({"sqrt(-3)", "log(0)", "modulo(1, 0)", "exp(\"a\")", "odd(null)", "decimal(1)", "abs(\"a\")"});
}

TEST(Library, WorksOnCalendars) {
  expect_all({{"day of year(date(2019, 9, 17))", "260"},
              {"day of week(date(2019, 9, 17))", R"("Tuesday")"},
              {"month of year(date(2019, 9, 17))", R"("September")"},
              {"week of year(date(2019, 9, 17))", "38"},
              {"week of year(date(2003, 12, 29))", "1"},
              {"week of year(date(2004, 1, 4))", "1"},
              {"week of year(date(2005, 1, 1))", "53"},
              {R"(month of year(date and time("2019-09-17T00:00:00")))", R"("September")"}});
  expect_null({"month of year(1)", "week of year(null)", R"(day of week("2019-09-17"))"});
}

TEST(Library, WorksOnContexts) {
  expect_all({{R"(get value({key1: "value1"}, "key1"))", R"("value1")"},
              {R"(get entries({a: 1})[1].key)", R"("a")"},
              {R"(context([{key: "a", value: 1}, {key: "b", value: 2}]))", "{a: 1, b: 2}"},
              {R"(context put({x: 1}, "y", 2))", "{x: 1, y: 2}"},
              {R"(context put({x: {y: 0}}, ["x", "y"], 2))", "{x: {y: 2}}"},
              {"context merge([{x: 1}, {x: 2, y: 2}])", "{x: 2, y: 2}"}});
  expect_null({R"(get value({a: 1}, "b"))", R"(get value(null, "a"))", "get entries(1)",
               R"(context([{key: "a", value: 1}, {key: "a", value: 2}]))"});
}

TEST(Library, RelatesPointsAndRanges) {
  expect_all({{"before(1, 10)", "true"},
              {"before(1, [1..10])", "false"},
              {"before(1, (1..10])", "true"},
              {"before([1..5), [5..10])", "true"},
              {"after([5..10], [1..5))", "true"},
              {"after(12, [1..10])", "true"},
              {"meets([1..5], [5..10])", "true"},
              {"met by([5..10], [1..5])", "true"},
              {"overlaps([1..5], [3..8])", "true"},
              {"overlaps([1..5], (5..8])", "false"},
              {"overlaps before([1..5], [3..8])", "true"},
              {"overlaps after([3..8], [1..5])", "true"},
              {"finishes(10, [1..10])", "true"},
              {"finishes([5..10], [1..10])", "true"},
              {"finished by([1..10], 10)", "true"},
              {"includes([1..10], 5)", "true"},
              {"includes((1..10], [1..5])", "false"},
              {"during(5, [1..10])", "true"},
              {"starts(1, [1..10])", "true"},
              {"started by([1..10], [1..5])", "true"},
              {"coincides(5, 5)", "true"},
              {"coincides([1..5], [1..5))", "false"},
              {R"x(range("[18..21)") = [18..21))x", "true"},
              {"[1..5].start included", "true"},
              {"(1..5).end", "5"}});
  expect_null({"before(1, \"a\")", "range(\"18\")", "meets(1, 2)"});
}

TEST(Library, TheOrderOfNamesTellsSignaturesApart) {
  expect_all({{"before(point: 1, range: [5..10])", "true"},
              {"before(range: [1..2], point: 5)", "true"},
              {"after(range: [11..20], point: 5)", "true"},
              {"after(point: 5, range: [11..20])", "false"},
              {"includes(point: 5, range: [1..10])", "true"}});
}

TEST(Library, AListOfOneCountsAsItsElementWhereOneValueIsAsked) {
  expect_all({{R"(string length(["four"]))", "4"},
              {R"(upper case(["a"]))", R"("A")"},
              {"abs([-1])", "1"},
              {"(function(f) f([-1]))(abs)", "1"},
              {R"(date(["2026-01-31"]).year)", "2026"},
              {R"(starts with("foot", ["foo"]))", "true"},
              {"not([true])", "false"},
              {"remove([1, 2, 3], [2])", "[1, 3]"},
              {R"(get value([{a: 1}], "a"))", "1"},
              {"append([1], [2])", "[1, [2]]"},
              {"list contains([[1]], [1])", "true"},
              {"string([1])", R"("[1]")"},
              {"count([[1, 2]])", "1"}});
  expect_null({R"(string length(["a", "b"]))", "abs([])", R"(upper case([1]))"});
}

TEST(Library, CaseFollowsUnicodeWhereALetterBecomesSeveral) {
  expect_all({{R"(upper case("stra\u00DFe"))", R"("STRASSE")"},
              {R"(upper case("\uFB01n"))", R"("FIN")"},
              {R"(lower case("\u039F\u03A3 \u03A3\u0391"))", R"("\u03BF\u03C2 \u03C3\u03B1")"},
              {R"(string length(lower case("\u0130")))", "2"}});
}

TEST(Library, ReplaceRefusesAPatternThatMatchesNothing) {
  expect_null({R"(replace("abc", "", "x"))", R"(replace("abc", "b*", "x"))", R"(replace("abc", "b", "$x"))"});
}

TEST(Library, TheClockIsTheCallers) {
  Conditions conditions;
  conditions.now = DateTime{Date{2026, 3, 2}, Time{10, 30, 0, 0, Zone{Zone::Kind::offset, 3600, nullptr}}};
  EXPECT_EQ(evaluate_feel("today()", {}, conditions).result, feel(R"(@"2026-03-02")"));
  EXPECT_EQ(evaluate_feel("now() instance of date and time", {}, conditions).result, Value(true));
  EXPECT_TRUE(evaluate_feel("now(1)", {}, conditions).result.is_null());
  const DateTime moment = utc_moment(std::chrono::system_clock::time_point(std::chrono::seconds(86'400)));
  EXPECT_EQ(Value(moment), feel(R"(@"1970-01-02T00:00:00Z")"));
}

TEST(Library, TellsKindsApart) {
  expect_all({{"is(1, 1.0)", "true"},
              {R"(is(@"2012-12-25", @"2012-12-25T00:00:00"))", "false"},
              {"[1, 2] instance of list<number>", "true"},
              {R"([1, "a"] instance of list<number>)", "false"},
              {"{a: 1} instance of context<a: number>", "true"},
              {"{a: 1} instance of context<a: number, b: string>", "false"},
              {"[1..2] instance of range<number>", "true"},
              {"(function(a: number) a) instance of function<number> -> Any", "true"},
              {R"(@"P1D" instance of days and time duration)", "true"},
              {R"(@"P1M" instance of years and months duration)", "true"},
              {"null instance of Any", "false"},
              {"null instance of Null", "true"}});
}

TEST(Library, TimesKeepTheirZone) {
  expect_all({{R"(@"2026-03-29T01:30:00@Europe/Amsterdam" + duration("PT1H"))",
               R"(@"2026-03-29T03:30:00@Europe/Amsterdam")"},
              {R"(@"2026-01-01T12:00:00Z" = @"2026-01-01T13:00:00+01:00")", "true"},
              {R"(@"2026-01-01T12:00:00Z" - @"2026-01-01T12:00:00+01:00")", R"(@"PT1H")"},
              {R"(@"10:00:00" + duration("PT15H"))", R"(@"01:00:00")"},
              {R"(@"2026-01-31" + duration("P1M"))", R"(@"2026-02-28")"},
              {R"(@"2026-01-31" - @"2026-01-01")", R"(@"P30D")"},
              {R"(@"P1D" / @"PT12H")", "2"},
              {R"(@"P1Y" * 1.5)", R"(@"P1Y6M")"},
              {R"(@"P1Y" / 4)", R"(@"P3M")"}});
}

}  // namespace
}  // namespace softbot::dmn
