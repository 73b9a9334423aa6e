#include <gmock/gmock.h>

#include <iostream>

#include "support/kill_run.h"

namespace softbot::tests {
namespace {

TEST(KilledAtTwoHundredRandomMoments, LosesNothingAndDoesNothingTwice) {
  const KillReport report =
      run_kills({.kills = 200, .seed = 20261121, .clients = 4, .submissions_per_kill = 4});
  EXPECT_THAT(report.wrong, testing::IsEmpty());
  EXPECT_EQ(report.granted + report.held + report.asked + report.referred, report.submissions);
  std::cout << "200 kills: " << report.submissions << " submissions, " << report.acknowledged_again
            << " acknowledged again, " << report.granted << " granted, " << report.held
            << " held for the sample, " << report.asked << " asked, " << report.referred << " referred\n";
}

}  // namespace
}  // namespace softbot::tests
