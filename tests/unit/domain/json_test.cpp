#include "domain/json.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "helpers.h"

namespace softbot {
namespace {

TEST(Json, KeepsNumbersAsWritten) {
  EXPECT_EQ(to_json(parse_json(R"({"a":12.50,"b":1e3,"c":-7,"d":18446744073709551615})").value()),
            R"({"a":12.50,"b":1e3,"c":-7,"d":18446744073709551615})");
}

TEST(Json, KeepsMembersInOrder) {
  EXPECT_EQ(to_json(parse_json(R"({"z":1,"a":[true,null,"x"]})").value()), R"({"z":1,"a":[true,null,"x"]})");
}

TEST(Json, SaysWhereItIsBrokenAndNeverWhatStoodThere) {
  const auto broken = parse_json("{\n  \"bsn\": \"999900006\",\n  oops }");
  ASSERT_FALSE(broken.has_value());
  EXPECT_NE(broken.error().message.find("line 3"), std::string::npos);
  EXPECT_EQ(broken.error().message.find("999900006"), std::string::npos);
}

TEST(Json, RefusesWhatIsNotJson) {
  for (const char* text : {"", " ", "{", "[1,]", "{\"a\":1,}", "nul", "01", "1 2", "'a'", "\"\x01\"",
                           "\"\xFF\"", "\"\\ud800\"", "{\"a\":1,\"a\":2}", "NaN", "// x\n1"}) {
    EXPECT_FALSE(parse_json(text).has_value()) << text;
  }
}

TEST(Json, ANulByteIsNotTheEnd) {
  EXPECT_FALSE(parse_json(std::string_view("1\0 smuggled", 12)).has_value());
  EXPECT_FALSE(parse_json(std::string_view("{}\0", 3)).has_value());
}

TEST(Json, HoldsItsLimits) {
  const std::string deep(40, '[');
  EXPECT_EQ(parse_json(deep).error().code, ErrorCode::too_large);
  EXPECT_EQ(parse_json("[1,2,3]", {.values = 3}).error().code, ErrorCode::too_large);
  EXPECT_TRUE(parse_json("[1,2]", {.values = 3}).has_value());
  EXPECT_EQ(parse_json(R"({"a":1,"b":2})", {.members = 1}).error().code, ErrorCode::too_large);
  EXPECT_EQ(parse_json("[1,2,3]", {.bytes = 6}).error().code, ErrorCode::too_large);
}

TEST(Json, IsWrittenForPeopleWithIndentation) {
  EXPECT_EQ(to_pretty_json(parse_json(R"({"a":[1,{}],"b":{}})").value()),
            "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": {}\n}\n");
}

Value any_value(int depth) {
  switch (*rc::gen::inRange(0, depth > 0 ? 6 : 4)) {
    case 0:
      return {};
    case 1:
      return Value(*rc::gen::arbitrary<bool>());
    case 2:
      return Value(*rc::gen::arbitrary<std::int64_t>());
    case 3:
      return Value(utf8(code_points(*rc::gen::string<std::string>())));
    case 4: {
      Value list = Value::list();
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) list.push(any_value(depth - 1));
      return list;
    }
    default: {
      Value object = Value::object();
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
        object.set(utf8(code_points(*rc::gen::string<std::string>())), any_value(depth - 1));
      }
      return object;
    }
  }
}

RC_GTEST_PROP(Json, AnyValueSurvivesWritingAndReading, ()) {
  const Value value = any_value(3);
  RC_ASSERT((parse_json(to_json(value)).value() == value));
  RC_ASSERT((parse_json(to_pretty_json(value)).value() == value));
}

RC_GTEST_PROP(Json, AnyBytesAreReadOrRefused, (const std::string& bytes)) {
  const auto value = parse_json(bytes);
  if (value) RC_ASSERT((parse_json(to_json(*value)).value() == *value));
}

TEST(Value, MembersAreFoundSetAndRemoved) {
  Value value = Value::object({{"a", 1}, {"b", "x"}});
  EXPECT_EQ(value["a"].as_integer(), 1);
  EXPECT_TRUE(value["c"].is_null());
  value.set("a", 2);
  EXPECT_EQ(value["a"].as_integer(), 2);
  EXPECT_EQ(value.members().size(), 2U);
  value.erase("a");
  EXPECT_FALSE(value.contains("a"));
  EXPECT_TRUE(Value("text")["a"].is_null());
  EXPECT_EQ(Value(Number{"12.5"}).as_integer(), std::nullopt);
}

}  // namespace
}  // namespace softbot
