#include "web/chart.h"

#include <gtest/gtest.h>

namespace softbot::web {
namespace {

Bar bar(const std::string& label, std::optional<double> height, bool running = false) {
  Bar one;
  one.label = label;
  one.height = height;
  one.running = running;
  one.cells = {height ? number_words(*height) : std::string()};
  return one;
}

Chart two_weeks() {
  Chart chart;
  chart.title = "Aanvragen per week";
  chart.bars = {bar("week 47 van 2026", 40), bar("week 48 van 2026", 10, true)};
  return chart;
}

TEST(AChart, EndsItsAxisAtARoundNumber) {
  for (const auto& [highest, top] : std::vector<std::pair<double, double>>{
           {0, 5}, {5, 5}, {6, 10}, {11, 20}, {21, 50}, {51, 100}, {101, 200}, {1'001, 2'000}})
    EXPECT_DOUBLE_EQ(top_of_axis(highest), top) << highest;
}

TEST(AChart, DrawsEachBarToScale) {
  const Value view = chart_view(two_weeks());
  ASSERT_EQ(view["bars"].items().size(), 2U);
  const auto height = [&](std::size_t index) {
    return std::stod(view["bars"].items().at(index)["barHeight"].text_or_empty());
  };
  EXPECT_NEAR(height(0), 4 * height(1), 0.2);
  EXPECT_EQ(view["bars"].items().back()["running"].as_bool(), true);
}

TEST(AChart, HasATableWithTheLatestWeekFirst) {
  const Value view = chart_view(two_weeks());
  const auto& rows = view["rows"].items();
  EXPECT_EQ(rows.front()["rowTitle"].text_or_empty(), "week 48 van 2026 (loopt nog)");
  EXPECT_EQ(rows.back()["cells"].items().front().text_or_empty(), "40");
}

TEST(AChart, LeavesOutABarOfNothingAndSaysSoInTheTable) {
  Chart chart = two_weeks();
  chart.bars.push_back(bar("week 49 van 2026", std::nullopt));
  const Value view = chart_view(chart);
  EXPECT_EQ(view["bars"].items().back()["hasBar"].as_bool(), false);
  EXPECT_EQ(view["rows"].items().front()["cells"].items().front().text_or_empty(), "–");
}

TEST(AChart, IsToldInWordsToWhoDoesNotSeeIt) {
  Chart chart = two_weeks();
  chart.line = 12.5;
  chart.line_words = "in de periode ernaast";
  const std::string summary = chart_view(chart)["chartSummary"].text_or_empty();
  EXPECT_NE(summary.find("Van week 47 van 2026 tot en met week 48 van 2026"), std::string::npos);
  EXPECT_NE(summary.find("Laagste 40, hoogste 40."), std::string::npos) << "the running week is no lowest";
  EXPECT_NE(summary.find("in de periode ernaast: 12,5."), std::string::npos);
  chart.bars.clear();
  EXPECT_NE(chart_view(chart)["chartSummary"].text_or_empty().find("nog geen getallen"), std::string::npos);
}

TEST(ANumber, HasADecimalWhereThatSaysSomething) {
  EXPECT_EQ(number_words(12), "12");
  EXPECT_EQ(number_words(12.04), "12");
  EXPECT_EQ(number_words(3.46), "3,5");
}

}  // namespace
}  // namespace softbot::web
