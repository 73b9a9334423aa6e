#include "bench/observed.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <thread>

namespace softbot::bench {

double metric(tests::Daemon& daemon, const std::string& name) {
  std::istringstream lines(tests::request("GET", daemon.metrics_url()).body);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(name + " ")) return std::stod(line.substr(name.size() + 1));
  }
  return 0;
}

bool drained(tests::Daemon& daemon, int seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (std::chrono::steady_clock::now() < end) {
    if (metric(daemon, "softbot_jobs_waiting") == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

double peak_megabytes(tests::Daemon& daemon) {
  std::ifstream status("/proc/" + std::to_string(daemon.process().pid()) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) * 1024 / 1e6;
  }
  return 0;
}

std::int64_t milliseconds_of(const std::string& instant) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int part = 0;
  if (std::sscanf(instant.c_str(), "%d-%u-%uT%d:%d:%d.%dZ", &year, &month, &day, &hour, &minute, &second,
                  &part) != 7)
    return 0;
  const std::chrono::sys_days date =
      std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
  return ((std::int64_t{date.time_since_epoch().count()} * 24 + hour) * 60 + minute) * 60'000 +
         std::int64_t{second} * 1000 + part;
}

Times times_of(tests::Daemon& daemon, const std::vector<std::string>& references) {
  Times times;
  for (const std::string& reference : references) {
    const Value view = daemon.get_as_machine("/api/v1/applications/" + reference).json();
    const std::int64_t received = milliseconds_of(view["received"].text_or_empty());
    const std::int64_t decided = milliseconds_of(view["decision"]["at"].text_or_empty());
    if (view["status"].text_or_empty() != "decided" || received == 0 || decided == 0) {
      ++times.others;
      continue;
    }
    times.to_decision.push_back(static_cast<double>(decided - received));
    for (const Value& document : view["documents"].items()) {
      if (document["kind"].text_or_empty() != "decision") continue;
      times.to_letter.push_back(
          static_cast<double>(milliseconds_of(document["created"].text_or_empty()) - received));
    }
  }
  return times;
}

double percentile(std::vector<double> values, double part) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const auto rank = static_cast<std::size_t>(std::ceil(part * static_cast<double>(values.size())));
  return values[std::max<std::size_t>(rank, 1) - 1];
}

}  // namespace softbot::bench
