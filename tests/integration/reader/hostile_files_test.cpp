#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <iostream>
#include <map>
#include <mutex>
#include <thread>

#include "adapters/reader_process/reader_process.h"
#include "support/checkout.h"
#include "test_data.h"

namespace softbot::tests {
namespace {

using std::chrono::steady_clock;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// Shorter than what a node gives, so that those that never end do not keep everybody waiting; a crowded
/// machine gets up to eight times as long.
constexpr auto limit = 8s;

/// How reading the files ended, from several threads.
class Ends {
 public:
  void note(const fs::path& file, const std::string& code, steady_clock::duration took) {
    const std::lock_guard lock(mutex_);
    if (took > limit / 2 || code == "crashed" || code == "memory")
      std::cout << file.filename() << ": " << code << ", " << took / 1ms << " ms" << std::endl;
    ++counts_[code];
  }
  [[nodiscard]] const std::map<std::string, int>& counts() const { return counts_; }

 private:
  std::mutex mutex_;
  std::map<std::string, int> counts_;
};

void read_files(ReaderProcess& reader, const std::vector<fs::path>& files, std::atomic<std::size_t>& next,
                Ends& ends) {
  for (std::size_t i = next++; i < files.size(); i = next++) {
    const auto started = steady_clock::now();
    const auto read = reader.read(bytes_of(files[i]), [](const PageCode&) { return std::nullopt; });
    const auto took = steady_clock::now() - started;
    ASSERT_TRUE(read) << files[i] << ": " << read.error().message;
    EXPECT_TRUE(read->refused || !read->pages.empty()) << files[i];
    EXPECT_LT(took, 8 * limit + 30s) << files[i];
    ends.note(files[i], read->refused ? read->refused->code : "read", took);
  }
}

/// Every file that was collected because it broke some program, through the real one.
TEST(EveryHostileOrOddFile, IsReadOrRefusedInTimeAndHarmsNoOther) {
  const auto files = hostile_files();
  if (files.empty()) GTEST_SKIP() << "there are no hostile files in " << test_data() << "; set SOFTBOT_DATA";
  NullLog log;
  NullMetrics metrics;
  ReaderProcessOptions options;
  options.place = {SOFTBOT_READER, checkout() / "ocr" / "models"};
  options.at_once = 2;
  options.time.per_fifty_pages = limit;
  ReaderProcess reader(options, log, metrics);
  std::atomic<std::size_t> next = 0;
  Ends ends;
  std::thread beside([&] { read_files(reader, files, next, ends); });
  read_files(reader, files, next, ends);
  beside.join();
  EXPECT_GT(ends.counts().at("read"), 0);
  for (const auto& [code, count] : ends.counts()) std::cout << code << ": " << count << "\n";
}

}  // namespace
}  // namespace softbot::tests
