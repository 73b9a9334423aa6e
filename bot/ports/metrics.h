#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace softbot {

/// Counts up only. Thread-safe, never waits.
class Counter {
 public:
  virtual ~Counter() = default;
  virtual void add(std::uint64_t amount = 1) noexcept = 0;
};

/// Goes up and down. Thread-safe, never waits.
class Gauge {
 public:
  virtual ~Gauge() = default;
  virtual void set(double value) noexcept = 0;
  virtual void add(double amount) noexcept = 0;
};

/// Counts observations in ranges; durations in seconds. Thread-safe, never waits.
class Histogram {
 public:
  virtual ~Histogram() = default;
  virtual void observe(double value) noexcept = 0;
};

/// Label names and values: few and known beforehand (a type, a reason code, a route pattern), never personal
/// data.
using MetricLabels = std::vector<std::pair<std::string, std::string>>;

/// Hands out the figures by name. Asking twice for the same name and labels gives the same one; what is
/// handed out lives as long as the Metrics. Asking takes a lock: ask once at the start, keep the reference. A
/// name has a bounded number of label sets; beyond it all further ones share one whose values are "other".
/// Names follow Prometheus
/// ("softbot_decisions_total"); a wrong name, or one name for two kinds, throws std::invalid_argument.
/// Thread-safe.
class Metrics {
 public:
  virtual ~Metrics() = default;
  [[nodiscard]] virtual Counter& counter(std::string_view name, std::string_view help,
                                         const MetricLabels& labels = {}) = 0;
  [[nodiscard]] virtual Gauge& gauge(std::string_view name, std::string_view help,
                                     const MetricLabels& labels = {}) = 0;
  /// Ranges for durations: 1 ms to 60 s.
  [[nodiscard]] virtual Histogram& histogram(std::string_view name, std::string_view help,
                                             const MetricLabels& labels = {}) = 0;
};

/// Keeps nothing; for tests and for library use.
class NullMetrics final : public Metrics {
 public:
  Counter& counter(std::string_view, std::string_view, const MetricLabels&) override { return counter_; }
  Gauge& gauge(std::string_view, std::string_view, const MetricLabels&) override { return gauge_; }
  Histogram& histogram(std::string_view, std::string_view, const MetricLabels&) override {
    return histogram_;
  }

 private:
  struct NoCounter final : Counter {
    void add(std::uint64_t) noexcept override {}
  };
  struct NoGauge final : Gauge {
    void set(double) noexcept override {}
    void add(double) noexcept override {}
  };
  struct NoHistogram final : Histogram {
    void observe(double) noexcept override {}
  };
  NoCounter counter_;
  NoGauge gauge_;
  NoHistogram histogram_;
};

}  // namespace softbot
