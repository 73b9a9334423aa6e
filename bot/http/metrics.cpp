#include "http/metrics.h"

#include <array>
#include <atomic>
#include <charconv>
#include <cmath>
#include <map>
#include <mutex>
#include <stdexcept>
#include <variant>

namespace softbot::http {
namespace {

constexpr std::size_t most_label_sets = 500;
constexpr std::array<double, 15> upper_bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
                                              0.5,   1,      2.5,   5,    10,    30,   60};

std::string text_of(double value) {
  if (!std::isfinite(value)) {
    return std::isnan(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  }
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), end};
}

class CountingCounter final : public Counter {
 public:
  void add(std::uint64_t amount) noexcept override { value_.fetch_add(amount, std::memory_order_relaxed); }
  void write(std::string& out, const std::string& name, const std::string& labels) const {
    out += name + (labels.empty() ? "" : "{" + labels + "}") + " " + std::to_string(value_.load()) + "\n";
  }

 private:
  std::atomic<std::uint64_t> value_{0};
};

class LevelGauge final : public Gauge {
 public:
  void set(double value) noexcept override { value_.store(value, std::memory_order_relaxed); }
  void add(double amount) noexcept override { value_.fetch_add(amount, std::memory_order_relaxed); }
  void write(std::string& out, const std::string& name, const std::string& labels) const {
    out += name + (labels.empty() ? "" : "{" + labels + "}") + " " + text_of(value_.load()) + "\n";
  }

 private:
  std::atomic<double> value_{0};
};

class RangeHistogram final : public Histogram {
 public:
  void observe(double value) noexcept override {
    std::size_t range = 0;
    while (range < upper_bounds.size() && value > upper_bounds[range]) {
      ++range;
    }
    counts_[range].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
  }
  void write(std::string& out, const std::string& name, const std::string& labels) const {
    const std::string before = labels.empty() ? "" : labels + ",";
    std::uint64_t total = 0;
    for (std::size_t range = 0; range < counts_.size(); ++range) {
      total += counts_[range].load(std::memory_order_relaxed);
      const std::string bound = range < upper_bounds.size() ? text_of(upper_bounds[range]) : "+Inf";
      out.append(name).append("_bucket{").append(before).append("le=\"").append(bound).append("\"} ");
      out.append(std::to_string(total)).append("\n");
    }
    const std::string braces = labels.empty() ? "" : "{" + labels + "}";
    out += name + "_sum" + braces + " " + text_of(sum_.load()) + "\n";
    out += name + "_count" + braces + " " + std::to_string(total) + "\n";
  }

 private:
  std::array<std::atomic<std::uint64_t>, upper_bounds.size() + 1> counts_{};
  std::atomic<double> sum_{0};
};

bool is_metric_name(std::string_view name) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
  return !name.empty() && name.find_first_not_of(allowed) == std::string_view::npos &&
         !(name.front() >= '0' && name.front() <= '9');
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char character : text) {
    switch (character) {
      case '\\':
        result += "\\\\";
        break;
      case '"':
        result += "\\\"";
        break;
      case '\n':
        result += "\\n";
        break;
      default:
        result += character;
    }
  }
  return result;
}

std::string label_text(const MetricLabels& labels, bool overflow) {
  std::string text;
  for (const auto& [name, value] : labels) {
    if (!is_metric_name(name)) {
      throw std::invalid_argument("not a label name: " + name);
    }
    text += (text.empty() ? "" : ",") + name + "=\"" + (overflow ? "other" : escaped(value)) + "\"";
  }
  return text;
}

/// All series of one name.
template <class Metric>
struct Family {
  std::string help;
  std::map<std::string, Metric> series;  ///< by label text; a map never moves its values
};

using AnyFamily = std::variant<Family<CountingCounter>, Family<LevelGauge>, Family<RangeHistogram>>;

std::string_view kind_of(const AnyFamily& family) {
  return family.index() == 0 ? "counter" : family.index() == 1 ? "gauge" : "histogram";
}

}  // namespace

struct MetricsRegistry::State {
  mutable std::mutex mutex;
  std::map<std::string, AnyFamily, std::less<>> families;  ///< protected by mutex

  template <class Metric>
  Metric& metric(std::string_view name, std::string_view help, const MetricLabels& labels) {
    if (!is_metric_name(name)) {
      throw std::invalid_argument("not a metric name: " + std::string(name));
    }
    const std::lock_guard lock(mutex);
    auto found = families.find(name);
    if (found == families.end()) {
      found = families.try_emplace(std::string(name), std::in_place_type<Family<Metric>>).first;
      std::get<Family<Metric>>(found->second).help = help;
    }
    auto* family = std::get_if<Family<Metric>>(&found->second);
    if (family == nullptr) {
      throw std::invalid_argument("one metric name for two kinds: " + std::string(name));
    }
    const std::string own = label_text(labels, false);
    const bool overflow = family->series.size() >= most_label_sets && !family->series.contains(own);
    return family->series[overflow ? label_text(labels, true) : own];
  }
};

MetricsRegistry::MetricsRegistry() : state_(std::make_unique<State>()) {
}
MetricsRegistry::~MetricsRegistry() = default;

Counter& MetricsRegistry::counter(std::string_view name, std::string_view help, const MetricLabels& labels) {
  return state_->metric<CountingCounter>(name, help, labels);
}

Gauge& MetricsRegistry::gauge(std::string_view name, std::string_view help, const MetricLabels& labels) {
  return state_->metric<LevelGauge>(name, help, labels);
}

Histogram& MetricsRegistry::histogram(std::string_view name, std::string_view help,
                                      const MetricLabels& labels) {
  return state_->metric<RangeHistogram>(name, help, labels);
}

std::string MetricsRegistry::prometheus_text() const {
  std::string out;
  const std::lock_guard lock(state_->mutex);
  for (const auto& [name, any] : state_->families) {
    const std::string& family_name = name;
    const std::string_view kind = kind_of(any);
    std::visit(
        [&out, &family_name, kind](const auto& family) {
          out.append("# HELP ").append(family_name).append(" ").append(family.help).append("\n");
          out.append("# TYPE ").append(family_name).append(" ").append(kind).append("\n");
          for (const auto& [labels, metric] : family.series) {
            metric.write(out, family_name, labels);
          }
        },
        any);
  }
  return out;
}

}  // namespace softbot::http
