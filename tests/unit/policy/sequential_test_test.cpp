#include "policy/sequential_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "domain/json.h"

namespace softbot {
namespace {

using Says = SequentialTest::Says;
using ::testing::HasSubstr;

const SequentialTest shipped_test{SampleTestSettings{}};

TEST(TheSequentialTest, stops_at_the_bound_and_not_before) {
  EXPECT_EQ(shipped_test.says({0, 1}), Says::go_on);
  EXPECT_EQ(shipped_test.says({0, 2}), Says::stop);
  EXPECT_EQ(shipped_test.says({14, 2}), Says::stop);
  EXPECT_EQ(shipped_test.says({15, 2}), Says::go_on);
  EXPECT_EQ(shipped_test.says({64, 0}), Says::go_on);
  EXPECT_EQ(shipped_test.says({65, 0}), Says::pass);
  EXPECT_EQ(shipped_test.stop_after(), 2);
  EXPECT_EQ(shipped_test.pass_after(), 65);
}

TEST(TheSequentialTest, stops_on_the_bound_itself) {
  // 50% against 5%: each one overturned counts ln 10, the bound is ln 100. Logarithms round, the bound must
  // not.
  const SequentialTest test(
      {.acceptable = 50'000, .unacceptable = 500'000, .false_alarm = 10'000, .missed = 100'000});
  EXPECT_EQ(test.says({0, 2}), Says::stop);
  EXPECT_EQ(test.says({1, 2}), Says::go_on);
}

struct Share {
  double stops = 0;
  double cases = 0;
};

/// Plays rounds with a seeded generator.
Share played(const SequentialTest& test, double overturned, int rounds) {
  std::mt19937_64 random(20261127);
  std::bernoulli_distribution is_overturned(overturned);
  Share share;
  for (int round = 0; round < rounds; ++round) {
    SampleCount count;
    do {
      ++(is_overturned(random) ? count.overturned : count.confirmed);
    } while (test.says(count) == Says::go_on);
    share.stops += test.says(count) == Says::stop ? 1.0 / rounds : 0.0;
    share.cases += static_cast<double>(count.looked_at()) / rounds;
  }
  return share;
}

TEST(TheSequentialTest, keeps_both_promises_when_it_is_played) {
  const std::vector<SampleTestSettings> all{
      SampleTestSettings{},
      {.acceptable = 10'000, .unacceptable = 100'000, .false_alarm = 10'000, .missed = 100'000},
      {.acceptable = 20'000, .unacceptable = 60'000, .false_alarm = 50'000, .missed = 50'000}};
  for (const auto& settings : all) {
    const SequentialTest test(settings);
    const auto part = [](std::int64_t per_million) { return static_cast<double>(per_million) / 1e6; };
    constexpr double chance = 0.004;  // three standard errors of 20,000 rounds at a chance of 4%
    EXPECT_LE(played(test, part(settings.acceptable), 20'000).stops, part(settings.false_alarm) + chance);
    EXPECT_LE(played(test, part(settings.acceptable) / 2, 20'000).stops, part(settings.false_alarm) + chance);
    EXPECT_GE(played(test, part(settings.unacceptable), 20'000).stops, 1 - part(settings.missed) - chance);
    EXPECT_GE(played(test, part(settings.unacceptable) * 2, 20'000).stops,
              1 - part(settings.missed) - chance);
  }
}

TEST(TheSequentialTest, computes_its_course_as_it_is_played) {
  for (const double share : {0.002, 0.005, 0.02, 0.05, 0.3}) {
    const auto course = shipped_test.course(share);
    const Share seen = played(shipped_test, share, 20'000);
    EXPECT_NEAR(course.stops, seen.stops, 0.012) << share;
    EXPECT_NEAR(course.cases, seen.cases, course.cases * 0.03) << share;
  }
}

TEST(TheSequentialTest, holds_both_chances_exactly) {
  const SampleTestSettings settings;
  const auto good = shipped_test.course(0.005);
  const auto bad = shipped_test.course(0.05);
  EXPECT_LE(good.stops, 0.02);
  EXPECT_GE(bad.stops, 0.95);
  // What documents and page say of the shipped values.
  EXPECT_NEAR(good.stops, 0.0092, 0.0001);
  EXPECT_NEAR(good.cases, 85, 0.5);
  EXPECT_NEAR(bad.stops, 0.951, 0.001);
  EXPECT_NEAR(bad.cases, 62, 0.5);
  EXPECT_NEAR(shipped_test.course(0.2).cases, 11, 0.5);
}

TEST(SampleTestSettings, are_read_with_their_shipped_values_for_what_is_left_out) {
  EXPECT_EQ(*sample_test_settings_from(Value()), SampleTestSettings{});
  const auto read = sample_test_settings_from(*parse_json(R"({"unacceptable":"0.1","missed":0.2})"));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, (SampleTestSettings{5'000, 100'000, 20'000, 200'000}));
}

TEST(SampleTestSettings, that_make_no_test_are_refused_with_their_name) {
  const auto problem = [](std::string_view json) {
    const auto read = sample_test_settings_from(*parse_json(json));
    return read ? std::string() : read.error().message;
  };
  EXPECT_THAT(problem(R"({"acceptable":"0.1","unacceptable":"0.1"})"), HasSubstr("below unacceptable"));
  EXPECT_THAT(problem(R"({"acceptable":"0"})"), HasSubstr("acceptable"));
  EXPECT_THAT(problem(R"({"unacceptable":"1"})"), HasSubstr("unacceptable"));
  EXPECT_THAT(problem(R"({"falseAlarm":"0.6"})"), HasSubstr("falseAlarm"));
  EXPECT_THAT(problem(R"({"power":"0.9"})"), HasSubstr("power"));
  EXPECT_THAT(problem("[]"), HasSubstr("object"));
}

}  // namespace
}  // namespace softbot
