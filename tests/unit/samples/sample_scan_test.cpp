#include "samples/sample_scan.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "domain/bsn.h"
#include "domain/json.h"
#include "samples/sample_sender.h"
#include "support/checkout.h"

namespace softbot::samples {
namespace {

const std::filesystem::path folder = checkout() / "samples/scans";
constexpr Date today = std::chrono::year{2026} / 11 / 30;

std::vector<SampleScan> scans() {
  auto read = read_sample_scans(folder, today);
  EXPECT_TRUE(read) << read.error().message;
  return read ? std::move(*read) : std::vector<SampleScan>();
}

Value json_in(const char* name) {
  std::ifstream stream(folder / name, std::ios::binary);
  const auto json =
      parse_json(std::string{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()});
  EXPECT_TRUE(json) << name;
  return json ? *json : Value();
}

TEST(SampleScans, ShowEveryTypeAndEveryOutcomeOfPaper) {
  std::set<std::string> types;
  std::set<std::string> results;
  bool waiting = false;
  for (const SampleScan& scan : scans()) {
    for (const ExpectedOfScan& one : scan.expected) {
      types.insert(one.type);
      results.insert(one.expected.result);
    }
    waiting = waiting || scan.expected.empty();
  }
  EXPECT_GE(scans().size(), 12U);
  EXPECT_EQ(types, (std::set<std::string>{"household-help", "small-aids", "extension", "general-notification",
                                          "living-allowance", "incoming-post"}));
  EXPECT_EQ(results, (std::set<std::string>{"granted", "asked", "referred"}));
  EXPECT_TRUE(waiting) << "no scan shows a page that is missing";
}

TEST(SampleScans, AreSmallAndOfEveryKindOfFile) {
  std::uintmax_t bytes = 0;
  std::set<std::string> kinds;
  for (const SampleScan& scan : scans()) {
    bytes += std::filesystem::file_size(scan.file);
    kinds.insert(scan.media_type);
  }
  EXPECT_LT(bytes, std::uintmax_t{4} << 20);
  EXPECT_TRUE(kinds.contains("application/pdf"));
  EXPECT_TRUE(kinds.contains("image/tiff"));
  EXPECT_TRUE(kinds.contains("image/jpeg"));
}

TEST(SampleScans, HaveTheirTruthAndTheirPeopleAreInTheRegister) {
  std::set<std::string> people;
  const Value persons = json_in("register.json");
  for (const Value& person : persons["personen"].items()) {
    const auto bsn = parse_bsn(person["burgerservicenummer"].text_or_empty());
    ASSERT_TRUE(bsn);
    EXPECT_TRUE(is_test_bsn(*bsn));
    people.insert(bsn->digits());
  }
  std::set<std::string> told;
  const Value truth = json_in("truth.json");
  for (const Value& file : truth["files"].items()) {
    told.insert(file["file"].text_or_empty());
    for (const Value& form : file["forms"].items())
      EXPECT_TRUE(people.contains(form["fields"]["bsn"].text_or_empty())) << file["file"].text_or_empty();
  }
  for (const SampleScan& scan : scans())
    EXPECT_TRUE(told.contains(scan.file.filename().string())) << scan.name;
}

TEST(SampleScans, AreAsExpectedInAnyOrderAndOnlyWithNothingMore) {
  SampleScan scan;
  scan.expected = {{"small-aids", {"granted", {}}}, {"small-aids", {"referred", {"pages-missing"}}}};
  const SampleResult granted{"1", "small-aids", "", "granted", "bot", {}};
  const SampleResult referred{"2", "small-aids", "", "referred", "", {"other", "pages-missing"}};
  EXPECT_TRUE(as_expected(scan, {referred, granted}));
  EXPECT_FALSE(as_expected(scan, {granted}));
  EXPECT_FALSE(as_expected(scan, {granted, granted}));
  EXPECT_FALSE(as_expected(scan, {granted, referred, granted}));
}

TEST(SampleScans, AFileThatIsNotThereIsSaid) {
  const auto empty = std::filesystem::temp_directory_path() / "softbot-no-scans";
  std::filesystem::create_directories(empty);
  std::ofstream(empty / "scans.json")
      << R"({"files":[{"name":"01-lost","title":"Lost","format":"pdf","expect":[]}]})";
  const auto read = read_sample_scans(empty, today);
  std::filesystem::remove_all(empty);
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find("01-lost"), std::string::npos);
}

}  // namespace
}  // namespace softbot::samples
