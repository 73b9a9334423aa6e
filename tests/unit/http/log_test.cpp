#include <gmock/gmock.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/log/json_log.h"
#include "domain/json.h"

namespace softbot {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

/// Writes with a JsonLog of its own and gives the lines that came out.
template <class Write>
std::vector<Value> lines_of(Write write, LogLevel level = LogLevel::info) {
  std::vector<Value> lines;
  {
    JsonLog log({.level = level},
                [&lines](std::string_view line) { lines.push_back(parse_json(line).value()); });
    write(log);
  }
  return lines;
}

TEST(JsonLogTest, WritesOneObjectPerLine) {
  const std::vector<Value> lines = lines_of([](Log& log) {
    const TraceScope trace("4bf92f3577b34da6a3ce929d0e0e4736");
    log.warn("queue-full", {{"route", "/a/{b}"}, {"waiting", 7}, {"ms", 1.25}, {"tls", true}});
  });
  ASSERT_THAT(lines, SizeIs(1));
  const Value& line = lines[0];
  EXPECT_THAT(line["time"].text_or_empty(), testing::MatchesRegex("20..-..-..T..:..:..\\....Z"));
  EXPECT_EQ(line["level"].text_or_empty(), "warn");
  EXPECT_EQ(line["event"].text_or_empty(), "queue-full");
  EXPECT_EQ(line["trace"].text_or_empty(), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(line["route"].text_or_empty(), "/a/{b}");
  EXPECT_EQ(line["waiting"].as_integer(), 7);
  EXPECT_EQ(line["ms"].as_number()->text, "1.25");
  EXPECT_EQ(line["tls"].as_bool(), true);
}

TEST(JsonLogTest, KeepsOneLineWhateverTheTextHolds) {
  const std::vector<Value> lines = lines_of([](Log& log) {
    log.error("x", {{"text", std::string_view("a\"b\\c\n\r\0\x1b é", 12)}, {"broken", "\xff\xfe."}});
  });
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0]["text"].text_or_empty(), std::string_view("a\"b\\c\n\r\0\x1b é", 12));
  EXPECT_EQ(lines[0]["broken"].text_or_empty(), "??.");
}

TEST(JsonLogTest, LeavesOutWhatIsBelowItsLevel) {
  const std::vector<Value> lines = lines_of(
      [](Log& log) {
        log.info("quiet");
        log.warn("loud");
      },
      LogLevel::warn);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0]["event"].text_or_empty(), "loud");
}

TEST(JsonLogTest, GoesOnWhenItsReaderIsStuckAndSaysWhatWasLost) {
  std::mutex mutex;
  std::condition_variable freed;
  bool stuck = true;
  std::string all;
  {
    JsonLog log({.queue_lines = 10}, [&](std::string_view line) {
      std::unique_lock lock(mutex);
      freed.wait(lock, [&] { return !stuck; });
      all.append(line).append("\n");
    });
    for (int line = 0; line < 100; ++line) {
      log.info("line");
    }
    {
      const std::lock_guard lock(mutex);
      stuck = false;
    }
    freed.notify_all();
  }
  EXPECT_THAT(all, HasSubstr("log-lines-lost"));
}

TEST(TraceScopeTest, NestsAndEnds) {
  EXPECT_EQ(current_trace(), "");
  {
    const TraceScope outer("outer");
    {
      const TraceScope inner("inner");
      EXPECT_EQ(current_trace(), "inner");
    }
    EXPECT_EQ(current_trace(), "outer");
  }
  EXPECT_EQ(current_trace(), "");
}

}  // namespace
}  // namespace softbot
