#include "samples/sample_file.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "domain/base64.h"
#include "domain/bsn.h"
#include "domain/json.h"
#include "support/checkout.h"

namespace softbot::samples {
namespace {

using namespace std::chrono_literals;

const std::filesystem::path folder = checkout() / "samples";
constexpr Date today = 2026y / 11 / 30d;

std::string resolved(const char* mark) {
  const auto value = resolve_marks(Value(mark), today, folder / "attachments");
  return value ? value->text_or_empty() : "refused";
}

TEST(SampleMarks, DaysAreCountedFromToday) {
  EXPECT_EQ(resolved("@today"), "2026-11-30");
  EXPECT_EQ(resolved("@today+1d"), "2026-12-01");
  EXPECT_EQ(resolved("@today-2w"), "2026-11-16");
  EXPECT_EQ(resolved("@today+3m"), "2027-02-28");
  EXPECT_EQ(resolved("@today-1y"), "2025-11-30");
}

TEST(SampleMarks, WhatMeansNothingIsRefused) {
  for (const char* mark : {"@today+", "@today1d", "@today+d", "@today+1x", "@today+1dd"}) {
    EXPECT_EQ(resolved(mark), "refused") << mark;
  }
  EXPECT_EQ(resolved("@file:absent.pdf"), "refused");
}

TEST(SampleMarks, FilesBecomeBase64AndOtherTextStays) {
  const auto bytes = decode_base64(resolved("@file:bank-statement.pdf"));
  ASSERT_TRUE(bytes);
  EXPECT_TRUE(bytes->starts_with("%PDF-"));
  EXPECT_EQ(resolved("today"), "today");
}

TEST(SampleMarks, AreFoundInListsAndObjects) {
  const auto value = resolve_marks(*parse_json(R"({"a":[{"b":"@today"}],"c":1})"), today, folder);
  ASSERT_TRUE(value);
  EXPECT_EQ(to_json(*value), R"({"a":[{"b":"2026-11-30"}],"c":1})");
}

TEST(Samples, ShowEveryTypeAndEveryResultThatCanBeShownInADay) {
  const auto samples = read_samples(folder / "submissions", today);
  ASSERT_TRUE(samples) << samples.error().message;
  EXPECT_GE(samples->size(), 12U);
  std::set<std::string> types;
  std::set<std::string> results;
  for (const Sample& sample : *samples) {
    for (const Value& request : sample.submission["requests"].items())
      types.insert(request["type"].text_or_empty());
    for (const Expected& expected : sample.expected) results.insert(expected.result);
  }
  EXPECT_EQ(types, (std::set<std::string>{"household-help", "small-aids", "extension", "general-notification",
                                          "living-allowance"}));
  EXPECT_EQ(results, (std::set<std::string>{"granted", "asked", "granted-in-part", "refused", "referred",
                                            "withdrawn", "deciding"}));
}

TEST(Samples, OnlyNumbersThatAreMeantForTestsAreUsed) {
  const auto samples = read_samples(folder / "submissions", today);
  ASSERT_TRUE(samples);
  for (const Sample& sample : *samples) {
    const std::string& bsn = sample.submission["common"]["bsn"].text_or_empty();
    EXPECT_TRUE(parse_bsn(bsn)) << sample.name;
    EXPECT_TRUE(bsn.starts_with("9999")) << sample.name;
  }
}

TEST(Samples, AFileWithoutExpectationIsRefusedWithItsName) {
  const auto place = std::filesystem::temp_directory_path() / "softbot-sample-test" / "submissions";
  std::filesystem::create_directories(place);
  const auto file = place / "one.json";
  std::ofstream(file) << R"({"title":"t","submission":{"requests":[{}]}})";
  const auto samples = read_samples(place, today);
  ASSERT_FALSE(samples);
  EXPECT_NE(samples.error().message.find("one.json"), std::string::npos);
  std::filesystem::remove_all(place.parent_path());
}

}  // namespace
}  // namespace softbot::samples
