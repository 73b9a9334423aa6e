#pragma once

#include <memory>
#include <string>

#include "ports/metrics.h"

namespace softbot::http {

/// The daemon's figures in memory, written out as Prometheus text. Thread-safe.
class MetricsRegistry final : public Metrics {
 public:
  MetricsRegistry();
  ~MetricsRegistry() override;
  MetricsRegistry(const MetricsRegistry&) = delete;
  MetricsRegistry& operator=(const MetricsRegistry&) = delete;

  Counter& counter(std::string_view name, std::string_view help, const MetricLabels& labels) override;
  Gauge& gauge(std::string_view name, std::string_view help, const MetricLabels& labels) override;
  Histogram& histogram(std::string_view name, std::string_view help, const MetricLabels& labels) override;

  /// Text format 0.0.4, families and series in a fixed order.
  [[nodiscard]] std::string prometheus_text() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Content type that goes with prometheus_text().
constexpr const char* prometheus_content_type = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace softbot::http
