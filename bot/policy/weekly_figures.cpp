#include "policy/weekly_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "domain/zone.h"
#include "policy/weeks.h"

namespace softbot {
namespace {

constexpr std::int64_t no_bound = std::numeric_limits<std::int64_t>::max() / 2;
constexpr double deviations = 3;

std::string counter_name(Date week, std::string_view municipality, std::string_view type,
                         std::string_view what) {
  std::string name = "week:" + format_iso(week);
  for (const std::string_view part : {municipality, type, what}) name.append(":").append(part);
  return name;
}

void add(Transaction& transaction, const Application& application, Date day, std::string_view what,
         std::int64_t amount = 1) {
  (void)transaction.add_within(counter_name(week_of(day), application.municipality, application.type, what),
                               amount, no_bound);
}

std::string took_name(std::size_t step) {
  return "took-" + std::to_string(step);
}

std::size_t step_of(std::int64_t days) {
  const auto step = std::ranges::find_if(decision_steps, [&](std::int64_t last) { return days <= last; });
  return static_cast<std::size_t>(step - decision_steps.begin());
}

WeekFigures read_week(Transaction& transaction, Date week, const std::string& municipality,
                      const std::string& type) {
  const auto read = [&](std::string_view what) {
    return transaction.counter(counter_name(week, municipality, type, what));
  };
  WeekFigures figures;
  figures.received = read("received");
  figures.by_bot = read("by-bot");
  figures.by_person = read("by-person");
  if (figures.decided() == 0) return figures;
  figures.days = read("days");
  for (std::size_t step = 0; step < figures.took.size(); ++step)
    figures.took.at(step) = read(took_name(step));
  return figures;
}

}  // namespace

WeekFigures& WeekFigures::operator+=(const WeekFigures& other) {
  received += other.received;
  by_bot += other.by_bot;
  by_person += other.by_person;
  days += other.days;
  for (std::size_t step = 0; step < took.size(); ++step) took.at(step) += other.took.at(step);
  return *this;
}

void count_received(Transaction& transaction, const Application& application) {
  add(transaction, application, local_date(application.received), "received");
}

void count_decided(Transaction& transaction, const Application& application, Date day) {
  if (!application.outcome || !application.decided_by) return;
  const std::int64_t days = std::max(0, days_between(local_date(application.received), day));
  add(transaction, application, day, *application.decided_by == DecidedBy::bot ? "by-bot" : "by-person");
  add(transaction, application, day, "days", days);
  add(transaction, application, day, took_name(step_of(days)));
}

std::map<std::string, std::vector<WeekFigures>> weekly_figures(Transaction& transaction,
                                                               const std::vector<std::string>& types,
                                                               const std::vector<std::string>& municipalities,
                                                               const std::vector<Date>& weeks) {
  std::map<std::string, std::vector<WeekFigures>> all;
  for (const std::string& type : types) {
    auto& of_type = all[type];
    for (const Date week : weeks) {
      WeekFigures sum;
      for (const std::string& municipality : municipalities)
        sum += read_week(transaction, week, municipality, type);
      of_type.push_back(sum);
    }
  }
  return all;
}

std::optional<double> days_to_decision(const WeekFigures& figures) {
  if (figures.decided() < fewest_for_average) return std::nullopt;
  return static_cast<double>(figures.days) / static_cast<double>(figures.decided());
}

std::optional<InflowChange> inflow_change(const std::vector<WeekFigures>& weeks, std::size_t week,
                                          bool complete) {
  if (week < weeks_compared || week >= weeks.size()) return std::nullopt;
  const auto before = weeks.begin() + static_cast<std::ptrdiff_t>(week - weeks_compared);
  const bool counted_so_long =
      std::any_of(weeks.begin(), before + 1, [](const WeekFigures& one) { return one.received > 0; });
  if (!counted_so_long) return std::nullopt;
  std::int64_t sum = 0;
  for (auto one = before; one != before + weeks_compared; ++one) sum += one->received;
  constexpr auto compared = static_cast<double>(weeks_compared);
  InflowChange change{week, weeks.at(week).received, static_cast<double>(sum) / compared, 0, 0};
  const double spread = deviations * std::sqrt(std::max(change.usual, 1.0) * (1 + 1 / compared));
  change.low = change.usual - spread;
  change.high = change.usual + spread;
  const bool less = complete && static_cast<double>(change.received) < change.low;
  return change.more() || less ? std::optional(change) : std::nullopt;
}

}  // namespace softbot
