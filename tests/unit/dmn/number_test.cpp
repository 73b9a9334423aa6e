#include "dmn/number.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace softbot::dmn {
namespace {

Number number(const char* text) {
  return Number::parse(text).value();
}

TEST(Number, KeepsItsTextAsWritten) {
  for (const char* text : {"0", "12.50", "-3", "0.10", "1234567890123456789012345678901234", "0.0000000001"})
    EXPECT_EQ(number(text).text(), text);
}

TEST(Number, IsExactWhereBinaryFractionsAreNot) {
  EXPECT_EQ(add(number("0.1"), number("0.2")), number("0.3"));
  EXPECT_EQ(multiply(number("1.10"), number("3"))->text(), "3.30");
}

TEST(Number, RefusesWhatIsNoNumber) {
  for (const char* text :
       {"", "-", ".", "1.", ".5.", "1e", "NaN", "Infinity", "0x10", " 1", "1 ", "1,5", "1e999999"})
    EXPECT_FALSE(Number::parse(text).has_value()) << text;
}

TEST(Number, RoundsHalfToEvenAndAsAsked) {
  using Rounding = Number::Rounding;
  EXPECT_EQ(round_to(number("2.5"), 0, Rounding::half_even), number("2"));
  EXPECT_EQ(round_to(number("3.5"), 0, Rounding::half_even), number("4"));
  EXPECT_EQ(round_to(number("-2.5"), 0, Rounding::half_up), number("-3"));
  EXPECT_EQ(round_to(number("-2.5"), 0, Rounding::half_down), number("-2"));
  EXPECT_EQ(round_to(number("2.51"), 0, Rounding::half_down), number("3"));
  EXPECT_EQ(round_to(number("-2.1"), 0, Rounding::up), number("-3"));
  EXPECT_EQ(round_to(number("-2.9"), 0, Rounding::down), number("-2"));
  EXPECT_EQ(round_to(number("-2.1"), 0, Rounding::floor), number("-3"));
  EXPECT_EQ(round_to(number("1234"), -2, Rounding::half_even), number("1200"));
}

TEST(Number, GivesNothingWhereThereIsNoResult) {
  EXPECT_FALSE(divide(Number(1), Number(0)).has_value());
  EXPECT_FALSE(modulo(Number(1), Number(0)).has_value());
  EXPECT_FALSE(square_root(Number(-1)).has_value());
  EXPECT_FALSE(natural_logarithm(Number(0)).has_value());
  EXPECT_FALSE(multiply(number("1e6000"), number("1e6000")).has_value());
}

TEST(Number, ModuloHasTheSignOfTheDivisor) {
  EXPECT_EQ(modulo(Number(-10), Number(3)), Number(2));
  EXPECT_EQ(modulo(Number(10), Number(-3)), Number(-2));
}

TEST(Number, PowersOfWholeNumbersAreExact) {
  EXPECT_EQ(power(Number(2), Number(100))->text(), "1267650600228229401496703205376");
  EXPECT_EQ(power(number("1.1"), Number(3)), number("1.331"));
}

RC_GTEST_PROP(NumberProperty, TextIsReadBackAsTheSameNumber, ()) {
  const auto digits = *rc::gen::arbitrary<std::int64_t>();
  const auto scale = *rc::gen::inRange(-20, 20);
  const auto unit = power(Number(10), Number(scale));
  const auto value = multiply(Number(digits), *unit);
  RC_ASSERT(value.has_value());
  RC_ASSERT(Number::parse(value->text()) == value);
  RC_ASSERT(Number::parse(value->shortest_text()) == value);
}

RC_GTEST_PROP(NumberProperty, OrderIsThatOfWholeNumbers, (std::int64_t left, std::int64_t right)) {
  RC_ASSERT((Number(left) < Number(right)) == (left < right));
  RC_ASSERT((Number(left) == Number(right)) == (left == right));
}

}  // namespace
}  // namespace softbot::dmn
