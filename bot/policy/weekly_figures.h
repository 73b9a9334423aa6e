#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/application.h"
#include "ports/store.h"

/// What comes in and what is decided, week by week. Kept as counters, a few per week, municipality and type:
/// reading them reads no application, and they stay when a file is destroyed.
namespace softbot {

/// How many days a decision took, from receipt: the last day of each step; the last step has no end.
inline constexpr std::array<std::int64_t, 4> decision_steps{0, 7, 14, 56};

/// One week, or several together.
struct WeekFigures {
  std::int64_t received = 0;
  std::int64_t by_bot = 0;  ///< decided: granted by the bot
  std::int64_t by_person = 0;
  std::int64_t days = 0;  ///< that these decisions took, together
  std::array<std::int64_t, decision_steps.size() + 1> took{};
  [[nodiscard]] std::int64_t decided() const { return by_bot + by_person; }
  WeekFigures& operator+=(const WeekFigures& other);
  bool operator==(const WeekFigures&) const = default;
};

/// Counts it in the week in which it was received.
void count_received(Transaction& transaction, const Application& application);
/// Counts its decision in the week of `day`, on which it became final; what has no outcome counts nothing.
void count_decided(Transaction& transaction, const Application& application, Date day);

/// By type, one for each of these weeks (their Mondays), over these municipalities.
[[nodiscard]] std::map<std::string, std::vector<WeekFigures>> weekly_figures(
    Transaction& transaction, const std::vector<std::string>& types,
    const std::vector<std::string>& municipalities, const std::vector<Date>& weeks);

/// Averages over fewer decisions than this would tell about one resident: they are not shown.
inline constexpr std::int64_t fewest_for_average = 5;
/// Days, on average; nothing for too few decisions.
[[nodiscard]] std::optional<double> days_to_decision(const WeekFigures& figures);

/// A week that differs from those before it more than chance makes likely.
struct InflowChange {
  std::size_t week = 0;  ///< index in the list
  std::int64_t received = 0;
  double usual = 0;  ///< on average in the weeks before
  double low = 0;    ///< between low and high is chance
  double high = 0;
  [[nodiscard]] bool more() const { return static_cast<double>(received) > high; }
};
inline constexpr std::size_t weeks_compared = 8;

/// Whether week `week` of these counts differs: beyond three standard deviations of the difference between
/// one week and the mean of the eight before, each Poisson. Nothing without eight weeks before it of which
/// the first one had applications already. `complete`: false for the week that still runs, of which only more
/// than usual says something.
[[nodiscard]] std::optional<InflowChange> inflow_change(const std::vector<WeekFigures>& weeks,
                                                        std::size_t week, bool complete);

}  // namespace softbot
