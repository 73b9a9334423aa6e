#include "policy/parameters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace softbot {
namespace {

using ::testing::HasSubstr;

std::string one(const std::string& members) {
  return R"({"parameters":[{)" + members + "}]}";
}

const std::string head = R"("name":"price","label":"Prijs","unit":"eurocent","explanation":"Afspraak.")";
const std::string bounds = R"(,"minimum":0,"maximum":100)";

TEST(Parameters, hold_from_their_day_until_the_next) {
  const auto parameters = parameters_from(
      one(head + bounds + R"(,"values":[{"from":"2025-01-01","value":10},{"from":"2026-01-01","value":20.50}],
                            "municipalities":{"molendam":[{"from":"2026-06-01","value":99}]})"));
  ASSERT_TRUE(parameters) << parameters.error().message;
  const auto value = [&](const char* municipality, const char* day) {
    const auto found = parameters->front().value_on(municipality, *parse_iso_date(day));
    return found.is_null() ? std::string("none") : found.as_number()->text;
  };
  EXPECT_EQ(value("voorbeeld", "2024-12-31"), "none");
  EXPECT_EQ(value("voorbeeld", "2025-01-01"), "10");
  EXPECT_EQ(value("voorbeeld", "2025-12-31"), "10");
  EXPECT_EQ(value("voorbeeld", "2026-01-01"), "20.50");
  EXPECT_EQ(value("molendam", "2026-05-31"), "none");
  EXPECT_EQ(value("molendam", "2026-06-01"), "99");
}

TEST(Parameters, say_where_a_file_is_wrong) {
  const auto message = [](const std::string& json) {
    const auto parameters = parameters_from(json);
    return parameters ? std::string() : parameters.error().message;
  };
  const std::string values = R"(,"values":[{"from":"2026-01-01","value":5}])";
  EXPECT_EQ(message(one(head + bounds + values)), "");
  EXPECT_THAT(message("{"), HasSubstr("parameters.json: the file"));
  EXPECT_THAT(message(R"({"parameters":[]})"), HasSubstr("needs a list"));
  EXPECT_THAT(message(one(head + bounds)), HasSubstr("price.values"));
  EXPECT_THAT(message(one(head + values)), HasSubstr("list of texts"));
  EXPECT_THAT(message(one(head + bounds + R"(,"values":[{"from":"2026-01-01","value":101}])")),
              HasSubstr("outside"));
  EXPECT_THAT(message(one(head + bounds + R"(,"values":[{"from":"2026-01-01","value":"5"}])")),
              HasSubstr("number"));
  EXPECT_THAT(message(one(head + bounds + R"(,"values":[{"from":"1-1-2026","value":5}])")),
              HasSubstr("date"));
  EXPECT_THAT(message(one(head + R"(,"minimum":5,"maximum":1)" + values)), HasSubstr("minimum"));
  EXPECT_THAT(message(one(head + bounds + values + R"(,"colour":"red")")), HasSubstr("colour"));
  EXPECT_THAT(message(one(R"("name":"price")" + bounds + values)), HasSubstr("explanation"));
  EXPECT_THAT(message(one(head + bounds +
                          R"(,"values":[{"from":"2026-01-01","value":5},{"from":"2026-01-01","value":6}])")),
              HasSubstr("later"));
  const auto twice = head + bounds + values + "},{" + head + bounds + values;
  EXPECT_THAT(message(one(twice)), HasSubstr("twice"));
}

TEST(Parameters, take_a_value_from_a_day_on_and_keep_the_earlier_ones) {
  const auto file = one(head + bounds + R"(,"values":[{"from":"2025-01-01","value":10},
                                                      {"from":"2027-01-01","value":30}])");
  const auto with = [&](const ParameterEdit& edit) { return with_parameter_values(file, {edit}); };
  const auto values = [](const Result<std::string>& json) { return parameters_from(*json)->front().values; };
  const auto day = [](const char* text) { return *parse_iso_date(text); };
  const Value ten(10);
  const Value twenty(20);
  const Value thirty(30);

  EXPECT_EQ(values(with({"price", "", day("2026-06-01"), twenty})),
            (std::vector<DatedValue>{
                {day("2025-01-01"), ten}, {day("2026-06-01"), twenty}, {day("2027-01-01"), thirty}}));
  EXPECT_EQ(values(with({"price", "", day("2025-01-01"), twenty})),
            (std::vector<DatedValue>{{day("2025-01-01"), twenty}, {day("2027-01-01"), thirty}}));
  EXPECT_EQ(values(with({"price", "", day("2028-01-01"), twenty})).back(),
            (DatedValue{day("2028-01-01"), twenty}));

  const auto own = parameters_from(*with({"price", "molendam", day("2026-06-01"), twenty}))->front();
  EXPECT_EQ(own.value_on("voorbeeld", day("2026-06-01")), ten);
  EXPECT_EQ(own.value_on("molendam", day("2026-06-01")), twenty);
  EXPECT_EQ(own.value_on("molendam", day("2025-06-01")), ten);
}

TEST(Parameters, lose_a_planned_value_that_is_taken_away) {
  const auto file = one(head + bounds + R"(,"values":[{"from":"2025-01-01","value":10},
                                                      {"from":"2027-01-01","value":30}])");
  const auto day = [](const char* text) { return *parse_iso_date(text); };
  const auto everywhere = with_parameter_values(file, {{"price", "", day("2027-01-01"), {}}});
  ASSERT_TRUE(everywhere) << everywhere.error().message;
  EXPECT_EQ(parameters_from(*everywhere)->front().values,
            (std::vector<DatedValue>{{day("2025-01-01"), Value(10)}}));
  const auto there =
      parameters_from(*with_parameter_values(file, {{"price", "molendam", day("2027-01-01"), {}}}));
  EXPECT_EQ(there->front().value_on("molendam", day("2027-06-01")), Value(10));
  EXPECT_EQ(there->front().value_on("voorbeeld", day("2027-06-01")), Value(30));

  for (const auto& [json, from] : {std::pair{file, "2026-12-31"}, {*everywhere, "2025-01-01"}}) {
    const auto refused = with_parameter_values(json, {{"price", "", day(from), {}}});
    ASSERT_FALSE(refused) << from;
    EXPECT_EQ(refused.error().fields.front().code, "nothing-to-take-away");
  }
}

TEST(Parameters, refuse_each_value_that_is_not_allowed) {
  const auto file =
      R"({"parameters":[{)" + head + bounds +
      R"(,"values":[{"from":"2025-01-01","value":10}]},{"name":"shops","label":"Winkels","unit":"",)"
      R"("explanation":"Wie.","values":[{"from":"2025-01-01","value":["A"]}]}]})";
  const Date day = *parse_iso_date("2026-01-01");
  const auto refused = with_parameter_values(
      file, {{"price", "", day, Value(101)}, {"shops", "", day, Value(1)}, {"x", "", day, Value(1)}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
  ASSERT_EQ(refused.error().fields.size(), 3U);
  EXPECT_EQ(refused.error().fields[0],
            (FieldError{"price", "out-of-bounds", "Give a number from 0 to 100."}));
  EXPECT_EQ(refused.error().fields[1].code, "not-a-list");
  EXPECT_EQ(refused.error().fields[2].code, "unknown-parameter");
}

}  // namespace
}  // namespace softbot
