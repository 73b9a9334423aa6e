#include "dmn/kit.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "support/checkout.h"

namespace softbot::dmn {
namespace {

/// The compatibility kit; it lies beside the sources, or where SOFTBOT_DATA says.
std::filesystem::path kit_folder() {
  const char* data = std::getenv("SOFTBOT_DATA");
  const std::filesystem::path base = data ? std::filesystem::path(data) : checkout() / "../shared/data";
  return base / "dmn-tck";
}

class CompatibilityKit : public testing::Test {
 protected:
  void SetUp() override {
    if (std::filesystem::exists(kit_folder())) return;
    const char* ci = std::getenv("CI");
    if (ci && std::string(ci) == "true") FAIL() << "the compatibility kit is not at " << kit_folder();
    GTEST_SKIP() << "the compatibility kit is not at " << kit_folder() << "; set SOFTBOT_DATA";
  }

  static void print(const KitReport& report) {
    for (const std::string& failure : report.failures) std::cout << failure << "\n";
    for (const auto& [level, count] : report.levels)
      std::cout << "total " << level << " " << count.passed << " passed, " << count.failed << " failed\n";
  }
};

TEST_F(CompatibilityKit, PassesAllOfLevel2) {
  const KitReport report = run_kit(kit_folder() / "compliance-level-2");
  print(report);
  const KitCount count = report.levels.at("level-2");
  EXPECT_EQ(count.failed, 0U);
  EXPECT_EQ(count.passed, 116U);
}

TEST_F(CompatibilityKit, PassesMostOfLevel3) {
  const KitReport report = run_kit(kit_folder() / "compliance-level-3");
  print(report);
  // Those that fail call functions of Java, which are refused.
  EXPECT_GE(report.levels.at("level-3").passed, 3041U);
  EXPECT_LE(report.failures.size(), 14U);
  for (const std::string& failure : report.failures)
    EXPECT_NE(failure.find("0076-feel-external-java"), std::string::npos);
}

}  // namespace
}  // namespace softbot::dmn
