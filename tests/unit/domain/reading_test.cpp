#include "domain/reading.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "domain/tick_signs.h"

namespace softbot {
namespace {

Reading read_birth_date() {
  Reading reading;
  reading.field = "birthDate";
  reading.value = "1948-03-27";
  reading.probability = 0.9875;
  reading.state = ReadingState::doubtful;
  reading.alternatives = {{"1943-03-27", 0.01}, {"1948-08-27", 0.0025}};
  reading.page = 1;
  reading.box_mm = {20, 101.5, 72, 9};
  reading.ink = 0.0625;
  reading.crop = 4;
  return reading;
}

Value with(std::string_view member, Value content) {
  Value value = to_value(read_birth_date());
  value.set(member, std::move(content));
  return value;
}

TEST(Reading, GoesToJsonAndBack) {
  const auto back = reading_from("birthDate", to_value(read_birth_date()));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, read_birth_date());
}

TEST(Reading, TicksKeepWhatIsDoubtfulApartFromWhatIsEmpty) {
  Reading reading = read_birth_date();
  reading.ticks = Value::object({{"laundry", true},
                                 {"beds", false},
                                 {"meals", nullptr},
                                 {"iron", std::string(tick_sign::circled)},
                                 {"windows", std::string(tick_sign::small)},
                                 {"floors", std::string(tick_sign::speck)}});
  const auto back = reading_from("tasks", to_value(reading));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->ticks, reading.ticks);
}

TEST(Reading, FilledBoxesAreAmongTheTicks) {
  Reading reading = read_birth_date();
  reading.ticks = Value::object({{"laundry", nullptr}, {"beds", false}});
  reading.filled = {"laundry"};
  const auto back = reading_from(reading.field, to_value(reading));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, reading);
  reading.filled = {"meals"};
  EXPECT_FALSE(reading_from(reading.field, to_value(reading)));
}

TEST(Reading, WhatCannotBeAReadingIsRefused) {
  Value eleven = Value::list();
  for (int i = 0; i < 11; ++i) eleven.push(Value::object({{"value", "1"}, {"probability", 0}}));
  const std::vector<std::pair<std::string, Value>> wrong{
      {"state", "sure"},
      {"state", 1},
      {"probability", Number{"1.0001"}},
      {"probability", Number{"-0.1"}},
      {"probability", "0.9"},
      {"alternatives", eleven},
      {"alternatives", Value::List{Value::object({{"value", "1"}, {"probability", 7}})}},
      {"page", -1},
      {"box_mm", Value::List{1, 2, 3}},
      {"box_mm", Value::List{1, 2, 3, Number{"1e9"}}},
      {"ink", 2},
      {"ticks", Value::object({{"beds", "yes"}})},
      {"crop", -3},
  };
  for (const auto& [member, content] : wrong) {
    const auto read = reading_from("birthDate", with(member, content));
    ASSERT_FALSE(read) << member;
    EXPECT_EQ(read.error().code, ErrorCode::damaged);
    EXPECT_EQ(read.error().fields.at(0).field, "birthDate");
    EXPECT_NE(read.error().fields.at(0).message.find(member), std::string::npos);
  }
}

TEST(Reading, EveryStateHasItsName) {
  for (const auto state : {ReadingState::certain, ReadingState::repaired, ReadingState::doubtful,
                           ReadingState::empty, ReadingState::unreadable}) {
    EXPECT_EQ(reading_state_from(name_of(state)), state);
  }
  EXPECT_EQ(reading_state_from("Certain"), std::nullopt);
}

}  // namespace
}  // namespace softbot
