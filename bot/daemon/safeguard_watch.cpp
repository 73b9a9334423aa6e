#include "daemon/safeguard_watch.h"

#include <algorithm>
#include <string>
#include <vector>

#include "policy/kill_switch.h"
#include "policy/sample_alarm.h"

namespace softbot::daemon {
namespace {

struct Watched {
  std::vector<KillSwitch> switches;
  std::vector<SampleTest> tests;
};

Result<Watched> watch(const Services& services) {
  const auto configuration = services.configuration();
  const std::vector<std::string> types = configuration->forms->types();
  std::vector<std::string> municipalities;
  for (const auto& [id, municipality] : *configuration->municipalities) municipalities.push_back(id);
  const auto active = services.policy.get(services.store);
  Watched watched;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    watched.switches = kill_switches(transaction, types, municipalities);
    if (active) watched.tests = sample_tests(transaction, types, municipalities, (*active)->version());
    return {};
  });
  if (!read) return fail(read.error());
  return watched;
}

}  // namespace

std::string_view granting_health(const Services& services) {
  const auto watched = watch(services);
  if (!watched) return "unknown";
  const bool stopped = std::any_of(watched->switches.begin(), watched->switches.end(),
                                   [](const KillSwitch& one) { return one.on; });
  return stopped ? "stopped" : "works";
}

void refresh_safeguard_gauges(const Services& services) {
  const auto watched = watch(services);
  if (!watched) return;  // a store that cannot be read tells so elsewhere (softbot_store_readable)
  for (const KillSwitch& one : watched->switches) {
    const bool by_system = one.by == thrown_by_system;
    for (const bool system : {false, true}) {
      services.metrics
          .gauge("softbot_bot_stopped", "1 when a kill switch stands; by: person or system.",
                 {{"subject", one.subject}, {"by", system ? "system" : "person"}})
          .set(one.on && system == by_system ? 1 : 0);
    }
  }
  for (const SampleTest& test : watched->tests) {
    const MetricLabels subject{{"subject", test.scope.subject()}};
    const SequentialTest bounds(test.settings);
    services.metrics
        .gauge("softbot_sample_overturned", "Held grants that persons overturned, since the test began.",
               subject)
        .set(static_cast<double>(test.all.overturned));
    services.metrics
        .gauge("softbot_sample_looked_at", "Held grants that persons looked at, since the test began.",
               subject)
        .set(static_cast<double>(test.all.looked_at()));
    services.metrics
        .gauge("softbot_sample_evidence", "How near the test is to a stop: at 1 the bot stops.", subject)
        .set(bounds.evidence(test.round) / bounds.stop_at());
  }
}

}  // namespace softbot::daemon
