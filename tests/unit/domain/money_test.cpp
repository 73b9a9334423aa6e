#include "domain/money.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "helpers.h"

namespace softbot {
namespace {

using testing::code_of;

TEST(Money, ReadsDutchAndPlainNotation) {
  EXPECT_EQ(parse_money("12"), Cents{1200});
  EXPECT_EQ(parse_money("12,5"), Cents{1250});
  EXPECT_EQ(parse_money("12,50"), Cents{1250});
  EXPECT_EQ(parse_money("12.50"), Cents{1250});
  EXPECT_EQ(parse_money("1.234,50"), Cents{123450});
  EXPECT_EQ(parse_money("1,234.50"), Cents{123450});
  EXPECT_EQ(parse_money("1.234"), Cents{123400});
  EXPECT_EQ(parse_money("1.234.567"), Cents{123456700});
  EXPECT_EQ(parse_money("€ 12,50"), Cents{1250});
  EXPECT_EQ(parse_money("€12,50"), Cents{1250});
  EXPECT_EQ(parse_money("EUR 12,50"), Cents{1250});
  EXPECT_EQ(parse_money("euro 12,50"), Cents{1250});
  EXPECT_EQ(parse_money("12,50 euro"), Cents{1250});
  EXPECT_EQ(parse_money("12,-"), Cents{1200});
  EXPECT_EQ(parse_money("€ 1.250,--"), Cents{125000});
  EXPECT_EQ(parse_money("-12,50"), Cents{-1250});
  EXPECT_EQ(parse_money("€ -12,50"), Cents{-1250});
  EXPECT_EQ(parse_money("0,05"), Cents{5});
}

TEST(Money, SaysWhatIsWrong) {
  EXPECT_EQ(code_of(parse_money("")), "money-empty");
  EXPECT_EQ(code_of(parse_money("twaalf")), "money-shape");
  EXPECT_EQ(code_of(parse_money("€")), "money-shape");
  EXPECT_EQ(code_of(parse_money("12,")), "money-shape");
  EXPECT_EQ(code_of(parse_money(",50")), "money-shape");
  EXPECT_EQ(code_of(parse_money("1.23.456")), "money-shape");
  EXPECT_EQ(code_of(parse_money("0.500")), "money-shape");
  EXPECT_EQ(code_of(parse_money("1,2,3")), "money-shape");
  EXPECT_EQ(code_of(parse_money("--5")), "money-shape");
  EXPECT_EQ(code_of(parse_money("12,505")), "money-decimals");
  EXPECT_EQ(code_of(parse_money("12.5055")), "money-decimals");
  EXPECT_EQ(code_of(parse_money("92233720368547758,08")), "money-range");
}

TEST(Money, ReachesTheBoundsOfItsTypeAndNotFurther) {
  EXPECT_EQ(parse_money("92233720368547758,07"), Cents{std::numeric_limits<std::int64_t>::max()});
  EXPECT_EQ(parse_money("-92233720368547758,08"), Cents{std::numeric_limits<std::int64_t>::min()});
  EXPECT_EQ(format_decimal(Cents{std::numeric_limits<std::int64_t>::min()}), "-92233720368547758.08");
  EXPECT_EQ(code_of(add(Cents{std::numeric_limits<std::int64_t>::max()}, Cents{1})), "money-range");
  EXPECT_EQ(code_of(subtract(Cents{std::numeric_limits<std::int64_t>::min()}, Cents{1})), "money-range");
  EXPECT_EQ(code_of(multiply(Cents{std::numeric_limits<std::int64_t>::max()}, 2)), "money-range");
  EXPECT_EQ(multiply(Cents{2060}, 12), Cents{24720});
}

TEST(Money, IsWrittenTheDutchWay) {
  EXPECT_EQ(format_euro(Cents{0}), "€ 0,00");
  EXPECT_EQ(format_euro(Cents{5}), "€ 0,05");
  EXPECT_EQ(format_euro(Cents{2180}), "€ 21,80");
  EXPECT_EQ(format_euro(Cents{123450}), "€ 1.234,50");
  EXPECT_EQ(format_euro(Cents{-123456789}), "€ -1.234.567,89");
}

RC_GTEST_PROP(Money, EveryAmountSurvivesBothNotations, (std::int64_t value)) {
  RC_ASSERT(parse_money(format_euro(Cents{value})).value() == Cents{value});
  RC_ASSERT(parse_money(format_decimal(Cents{value})).value() == Cents{value});
}

}  // namespace
}  // namespace softbot
