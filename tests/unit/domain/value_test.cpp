#include "domain/value.h"

#include <gtest/gtest.h>

#include "domain/json.h"

namespace softbot {
namespace {

TEST(Value, GivesAMemberAwayAndLacksItAfterwards) {
  Value object = Value::object({{"input", Value::object({{"age", 80}})}, {"judged", true}});
  EXPECT_EQ(to_json(object.take("input")), R"({"age":80})");
  EXPECT_EQ(to_json(object), R"({"judged":true})");
}

TEST(Value, GivesNullForAMemberThatIsNotThereAndForWhatIsNoObject) {
  Value object = Value::object({{"judged", true}});
  EXPECT_TRUE(object.take("input").is_null());
  EXPECT_EQ(to_json(object), R"({"judged":true})");
  Value text = "input";
  EXPECT_TRUE(text.take("input").is_null());
  EXPECT_EQ(text, Value("input"));
}

TEST(Value, KeepsAppendedMembersInTheirOrder) {
  Value object;
  object.append("b", 1);
  object.append("a", Value::list()).push("x");
  EXPECT_EQ(to_json(object), R"({"b":1,"a":["x"]})");
}

}  // namespace
}  // namespace softbot
