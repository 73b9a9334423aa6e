#include <gmock/gmock.h>

#include "support/kill_run.h"

namespace softbot::tests {
namespace {

// The long version, with 200 kills, is tests/faults/kill.
TEST(KilledAtTenRandomMoments, LosesNothingAndDoesNothingTwice) {
  const KillReport report = run_kills({.kills = 10, .seed = 7, .clients = 3, .submissions_per_kill = 4});
  EXPECT_THAT(report.wrong, testing::IsEmpty());
  EXPECT_EQ(report.granted + report.held + report.asked + report.referred, report.submissions);
}

}  // namespace
}  // namespace softbot::tests
