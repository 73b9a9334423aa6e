#include "http/metrics.h"

#include <gmock/gmock.h>

#include <thread>
#include <vector>

namespace softbot::http {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(MetricsTest, AreWrittenAsPrometheusReadsThem) {
  MetricsRegistry registry;
  registry.counter("decisions_total", "Decisions taken.", {{"outcome", "granted"}}).add(3);
  registry.counter("decisions_total", "Decisions taken.", {{"outcome", "asked"}}).add();
  registry.gauge("backlog", "Jobs that wait.", {}).set(2.5);
  EXPECT_EQ(registry.prometheus_text(),
            "# HELP backlog Jobs that wait.\n# TYPE backlog gauge\nbacklog 2.5\n"
            "# HELP decisions_total Decisions taken.\n# TYPE decisions_total counter\n"
            "decisions_total{outcome=\"asked\"} 1\ndecisions_total{outcome=\"granted\"} 3\n");
}

TEST(MetricsTest, CountObservationsInRanges) {
  MetricsRegistry registry;
  Histogram& seconds = registry.histogram("wait_seconds", "Time waited.", {});
  seconds.observe(0.001);
  seconds.observe(0.3);
  seconds.observe(1'000);
  const std::string text = registry.prometheus_text();
  EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{le=\"0.001\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{le=\"0.25\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{le=\"0.5\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{le=\"60\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{le=\"+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("wait_seconds_sum 1000.301\nwait_seconds_count 3\n"));
}

TEST(MetricsTest, GiveTheSameFigureForTheSameName) {
  MetricsRegistry registry;
  EXPECT_EQ(&registry.gauge("a", "", {}), &registry.gauge("a", "", {}));
  EXPECT_NE(&registry.gauge("a", "", {}), &registry.gauge("a", "", {{"b", "c"}}));
  EXPECT_THROW(registry.counter("a", "", {}), std::invalid_argument);
  EXPECT_THROW(registry.counter("a b", "", {}), std::invalid_argument);
  EXPECT_THROW(registry.counter("", "", {}), std::invalid_argument);
  EXPECT_THROW(registry.counter("c", "", {{"bad label", "x"}}), std::invalid_argument);
}

TEST(MetricsTest, BoundTheirLabelSets) {
  MetricsRegistry registry;
  for (int value = 0; value < 2'000; ++value) {
    registry.counter("many", "", {{"value", std::to_string(value)}}).add();
  }
  const std::string text = registry.prometheus_text();
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 503);
  EXPECT_THAT(text, HasSubstr("many{value=\"other\"} 1500\n"));
}

TEST(MetricsTest, EscapeWhatCouldBreakTheText) {
  MetricsRegistry registry;
  registry.counter("a", "", {{"b", "x\"\\\ny"}}).add();
  EXPECT_THAT(registry.prometheus_text(), HasSubstr("a{b=\"x\\\"\\\\\\ny\"} 1\n"));
}

TEST(MetricsTest, LoseNoCountBetweenThreads) {
  MetricsRegistry registry;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&registry] {
      for (int round = 0; round < 10'000; ++round) {
        registry.counter("together", "", {}).add();
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_THAT(registry.prometheus_text(), HasSubstr("together 40000\n"));
}

}  // namespace
}  // namespace softbot::http
