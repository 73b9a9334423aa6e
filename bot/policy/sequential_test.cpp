#include "policy/sequential_test.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "policy/share.h"

namespace softbot {
namespace {

constexpr double rounding = 1e-9;  ///< a sum of logarithms that is meant to lie on a bound lies on it
constexpr std::int64_t most_cases = 100'000;
constexpr double hardly_any = 1e-12;

double part(std::int64_t per_million) {
  return static_cast<double>(per_million) / static_cast<double>(whole_share);
}

tl::unexpected<Error> wrong(std::string_view what) {
  return fail(ErrorCode::configuration, "safeguards: sampleTest: " + std::string(what));
}

struct Setting {
  std::string_view name;
  std::int64_t SampleTestSettings::*member;
};
constexpr std::array settings_known{Setting{"acceptable", &SampleTestSettings::acceptable},
                                    Setting{"unacceptable", &SampleTestSettings::unacceptable},
                                    Setting{"falseAlarm", &SampleTestSettings::false_alarm},
                                    Setting{"missed", &SampleTestSettings::missed}};

}  // namespace

Result<SampleTestSettings> sample_test_settings_from(const Value& value) {
  SampleTestSettings settings;
  if (value.is_null()) return settings;
  if (!value.is_object()) return wrong("must be an object.");
  for (const auto& member : value.members()) {
    const auto known = std::find_if(settings_known.begin(), settings_known.end(),
                                    [&](const Setting& setting) { return setting.name == member.name; });
    if (known == settings_known.end()) {
      return wrong("does not know \"" + member.name +
                   "\". Known are acceptable, unacceptable, falseAlarm, missed.");
    }
    const auto share = share_from(member.value);
    if (!share || *share == 0 || *share == whole_share)
      return wrong(member.name + " is a share between \"0\" and \"1\" with at most six decimals.");
    settings.*(known->member) = *share;
  }
  if (settings.acceptable >= settings.unacceptable) return wrong("acceptable must be below unacceptable.");
  if (settings.false_alarm > whole_share / 2 || settings.missed > whole_share / 2)
    return wrong("falseAlarm and missed may be \"0.5\" at most.");
  return settings;
}

SequentialTest::SequentialTest(const SampleTestSettings& settings)
    : overturned_step_(std::log(part(settings.unacceptable) / part(settings.acceptable))),
      confirmed_step_(std::log((1 - part(settings.unacceptable)) / (1 - part(settings.acceptable)))),
      stop_at_(-std::log(part(settings.false_alarm))),
      pass_at_(std::log(part(settings.missed))) {
}

double SequentialTest::evidence(const SampleCount& count) const {
  return static_cast<double>(count.overturned) * overturned_step_ +
         static_cast<double>(count.confirmed) * confirmed_step_;
}

SequentialTest::Says SequentialTest::says(const SampleCount& count) const {
  const double now = evidence(count);
  if (now >= stop_at_ - rounding) return Says::stop;
  return now <= pass_at_ + rounding ? Says::pass : Says::go_on;
}

SequentialTest::Course SequentialTest::course(double share) const {
  Course course;
  std::vector<double> undecided{1.0};  // by number overturned so far
  for (std::int64_t cases = 1; cases <= most_cases; ++cases) {
    std::vector<double> next(undecided.size() + 1, 0.0);
    double left = 0;
    for (std::size_t overturned = 0; overturned < undecided.size(); ++overturned) {
      next[overturned] += undecided[overturned] * (1 - share);
      next[overturned + 1] += undecided[overturned] * share;
    }
    for (std::size_t overturned = 0; overturned < next.size(); ++overturned) {
      const auto number = static_cast<std::int64_t>(overturned);
      const Says outcome = says({cases - number, number});
      if (outcome == Says::go_on) {
        left += next[overturned];
        continue;
      }
      if (outcome == Says::stop) course.stops += next[overturned];
      course.cases += static_cast<double>(cases) * next[overturned];
      next[overturned] = 0;
    }
    while (!next.empty() && next.back() == 0) next.pop_back();
    undecided = std::move(next);
    if (left < hardly_any) break;
  }
  return course;
}

std::int64_t SequentialTest::pass_after() const {
  return static_cast<std::int64_t>(std::ceil(pass_at_ / confirmed_step_ - rounding));
}

std::int64_t SequentialTest::stop_after() const {
  return static_cast<std::int64_t>(std::ceil(stop_at_ / overturned_step_ - rounding));
}

}  // namespace softbot
