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

}  // namespace
}  // namespace softbot
