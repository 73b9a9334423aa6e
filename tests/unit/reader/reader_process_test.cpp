#include "adapters/reader_process/reader_process.h"

#include <gmock/gmock.h>
#include <sys/types.h>

#include <csignal>
#include <fstream>
#include <future>
#include <mutex>
#include <set>
#include <thread>

namespace softbot {
namespace {

using testing::Contains;
using testing::ElementsAre;
using namespace std::chrono_literals;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memory_is_bounded = false;
#else
constexpr bool memory_is_bounded = true;
#endif

/// Remembers what was told.
class Told final : public Log {
 public:
  void write(LogLevel, std::string_view event, std::span<const LogField>) noexcept override {
    const std::lock_guard lock(mutex_);
    events_.emplace(event);
  }
  [[nodiscard]] std::set<std::string> events() const {
    const std::lock_guard lock(mutex_);
    return events_;
  }

 private:
  mutable std::mutex mutex_;
  std::set<std::string> events_;
};

const PageCode form_code{
    PageCode::Kind::form, "voorbeeld", {"small-aids"}, {1, 1}, 1, 1, "abcdefgh", "12345678", "", 0};

FormGeometry some_geometry() {
  FormGeometry geometry;
  geometry.types = {"small-aids"};
  geometry.versions = {1, 1};
  geometry.municipality = "voorbeeld";
  geometry.pages.resize(1);
  return geometry;
}

std::optional<FormGeometry> find_some(const PageCode& code) {
  return code.geometry == form_code.geometry ? std::optional(some_geometry()) : std::nullopt;
}

/// More than a socket takes at once.
std::optional<FormGeometry> find_large(const PageCode&) {
  FormGeometry geometry = some_geometry();
  geometry.municipality.assign(std::size_t{4} << 20, 'x');
  return geometry;
}

ReaderProcessOptions options_with(std::chrono::milliseconds time, std::size_t at_once = 1) {
  ReaderProcessOptions options;
  options.place = {SOFTBOT_MISBEHAVING_READER, "/models"};
  options.at_once = at_once;
  options.time.per_fifty_pages = time;
  options.first_pause = 20ms;
  return options;
}

/// Children of this process, by the kernel's list.
std::vector<pid_t> children() {
  std::ifstream list("/proc/self/task/" + std::to_string(getpid()) + "/children");
  std::vector<pid_t> found;
  for (pid_t one = 0; list >> one;) found.push_back(one);
  // A child belongs to the thread that started it.
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream of_thread(thread.path() / "children");
    for (pid_t one = 0; of_thread >> one;) {
      if (std::ranges::find(found, one) == found.end()) found.push_back(one);
    }
  }
  return found;
}

class TheReader : public testing::Test {
 protected:
  ReadFile read(const std::string& orders) {
    auto file = reader_.read(orders, find_some);
    EXPECT_TRUE(file) << file.error().message;
    return file.value_or(ReadFile{});
  }
  /// What the child found when it tried this.
  std::string tried(const std::string& what) {
    const ReadFile file = read("opened 1\ntry " + what + "\nend\n");
    return file.pages.empty() ? "ended" : file.pages.front().printed_text;
  }
  static std::string code_of(const ReadFile& file) { return file.refused ? file.refused->code : ""; }

  Told log_;
  NullMetrics metrics_;
  ReaderProcess reader_{options_with(20s), log_, metrics_};
};

TEST_F(TheReader, GivesThePagesThatItsProgramReads) {
  const ReadFile file = read("opened 2\npage first\npage second\nend\n");
  EXPECT_FALSE(file.refused);
  ASSERT_EQ(file.pages.size(), 2U);
  EXPECT_EQ(file.pages[1].printed_text, "second");
  EXPECT_EQ(reader_.version(), "misbehaving 1");
  EXPECT_EQ(reader_.health(), "works");
}

TEST_F(TheReader, TakesNoWordFromAPageThatItsProgramIsToLookAtOnly) {
  const std::string orders = "opened 1\npage secret\nend\n";
  EXPECT_EQ(read(orders).pages.at(0).legible, false);
  const auto file = reader_.look(orders);
  ASSERT_TRUE(file) << file.error().message;
  ASSERT_EQ(file->pages.size(), 1U);
  EXPECT_EQ(file->pages[0].legible, true);
  EXPECT_EQ(file->pages[0].printed_text, "");
  EXPECT_EQ(file->pages[0].width, 100);
}

TEST_F(TheReader, FindsAGeometryForItsProgram) {
  const std::string code = to_text(form_code);
  PageCode other = form_code;
  other.geometry = "zzzzzzzz";
  const ReadFile file =
      read("opened 3\nask " + code + "\nask " + code + "\nask " + to_text(other) + "\nend\n");
  ASSERT_EQ(file.pages.size(), 3U);
  EXPECT_EQ(file.pages[0].printed_text, geometry_id(some_geometry()));
  EXPECT_EQ(file.pages[1].printed_text, geometry_id(some_geometry()));
  EXPECT_EQ(file.pages[2].printed_text, "unknown");
}

TEST_F(TheReader, TellsARefusalAsItWasGiven) {
  const ReadFile file = read("refuse encrypted\n");
  EXPECT_EQ(code_of(file), "encrypted");
  EXPECT_TRUE(file.pages.empty());
}

TEST_F(TheReader, TakesWhateverSizeADocumentHas) {
  EXPECT_EQ(read("").refused->code, "crashed") << "a child that says nothing";
  const ReadFile file = read("opened 1\npage x\nend\n" + std::string(std::size_t{20} << 20, '\n'));
  EXPECT_EQ(file.pages.size(), 1U);
}

TEST_F(TheReader, OpensNoFileButAFont) {
  EXPECT_EQ(tried("open-file"), "EACCES");
  EXPECT_EQ(tried("open-program"), "EACCES");
  EXPECT_EQ(tried("create-file"), "EACCES");
  EXPECT_EQ(tried("look-at-file"), "EACCES");
  EXPECT_EQ(tried("open-font"), "read");
  EXPECT_EQ(tried("memory-file"), "EPERM");
}

TEST_F(TheReader, MakesNoProcessNoThreadAndNoCode) {
  EXPECT_EQ(tried("fork"), "EPERM");
  EXPECT_EQ(tried("thread"), "refused");
  EXPECT_EQ(tried("code"), "EPERM");
}

TEST_F(TheReader, HasOneDescriptorBesideTheFonts) {
  EXPECT_EQ(tried("descriptors"), "1");
}

TEST_F(TheReader, EndsAChildThatReachesOutside) {
  for (const char* what : {"socket", "exec", "trace", "kill-parent"}) {
    const ReadFile file = read(std::string("opened 2\npage x\ntry ") + what + "\nend\n");
    EXPECT_EQ(code_of(file), "crashed") << what;
    ASSERT_EQ(file.pages.size(), 2U) << what;
    EXPECT_EQ(file.pages[1].problem, "not-read") << what;
  }
  EXPECT_EQ(read("opened 1\npage x\nend\n").pages.size(), 1U);
  EXPECT_THAT(log_.events(), Contains("document-ended"));
  EXPECT_THAT(log_.events(), testing::Not(Contains("reader-ended"))) << "the parent lives on";
}

TEST_F(TheReader, KeepsWhatCameThroughBeforeAChildFell) {
  for (const char* fall : {"fall", "abort", "exit 1", "exit 0", "throw", "half-a-frame"}) {
    const ReadFile file = read(std::string("opened 3\npage one\npage two\n") + fall + "\n");
    EXPECT_EQ(code_of(file), "crashed") << fall;
    ASSERT_EQ(file.pages.size(), 3U) << fall;
    EXPECT_EQ(file.pages[1].printed_text, "two") << fall;
    EXPECT_EQ(file.pages[2].problem, "not-read") << fall;
    EXPECT_EQ(file.pages[2].index, 2) << fall;
  }
}

TEST_F(TheReader, KeepsWhatAChildSaidThatFellBeforeItHeardAnAnswer) {
  const auto file =
      reader_.read("opened 2\nask-deaf " + to_text(form_code) + "\npage one\nfall\n", find_large);
  ASSERT_TRUE(file);
  EXPECT_EQ(code_of(*file), "crashed");
  ASSERT_EQ(file->pages.size(), 2U);
  EXPECT_EQ(file->pages[0].printed_text, "one");
}

TEST_F(TheReader, EndsAChildThatWritesWithoutEndOrOutOfTurn) {
  for (const char* odd : {"noise", "page early", "opened 501", "end", "opened 1\nend", "opened 1\nopened 1",
                          "opened 1\npage x\npage y", "refuse whatever"}) {
    EXPECT_EQ(code_of(read(std::string(odd) + "\nspin\n")), "crashed") << odd;
  }
  EXPECT_EQ(code_of(read("flood\n")), "time") << "what came after the refusal was not heard";
}

TEST_F(TheReader, BoundsMemory) {
  if (!memory_is_bounded) GTEST_SKIP() << "sanitizers map more than any limit";
  const ReadFile file = read("opened 2\npage one\neat\n");
  EXPECT_EQ(code_of(file), "memory");
  EXPECT_EQ(file.pages.size(), 2U);
}

TEST_F(TheReader, LetsNoDocumentReachTheNext) {
  EXPECT_EQ(tried("remember"), "something");
  EXPECT_EQ(tried("recall"), "nothing");
}

TEST(AReaderInAHurry, EndsAChildThatSpins) {
  Told log;
  NullMetrics metrics;
  ReaderProcess reader(options_with(1500ms), log, metrics);
  const auto file = reader.read("opened 2\npage one\nspin\n", find_some);
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->refused);
  EXPECT_EQ(file->refused->code, "time");
  EXPECT_EQ(file->pages.size(), 2U);
  const auto next = reader.read("opened 1\npage one\nend\n", find_some);
  ASSERT_TRUE(next);
  EXPECT_FALSE(next->refused);
}

TEST(AReaderInAHurry, EndsAChildThatAsksAndDoesNotListen) {
  Told log;
  NullMetrics metrics;
  ReaderProcess reader(options_with(1500ms), log, metrics);
  const auto file = reader.read("opened 1\nask-deaf " + to_text(form_code) + "\nspin\n", find_large);
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->refused);
  EXPECT_EQ(file->refused->code, "time");
}

TEST(AReaderInAHurry, GivesLongDocumentsMoreTime) {
  Told log;
  NullMetrics metrics;
  ReaderProcess reader(options_with(1s), log, metrics);
  const auto started = std::chrono::steady_clock::now();
  ASSERT_TRUE(reader.read("opened 101\nspin\n", find_some));
  EXPECT_GE(std::chrono::steady_clock::now() - started, 3s);
}

TEST(AReader, ReadsSeveralAtOnceWhenToldTo) {
  Told log;
  NullMetrics metrics;
  ReaderProcess reader(options_with(60s, 2), log, metrics);
  std::promise<void> others_are_read;
  auto until = others_are_read.get_future();
  const auto find_slowly = [&](const PageCode& code) {
    EXPECT_EQ(until.wait_for(60s), std::future_status::ready) << "the others wait behind it";
    return find_some(code);
  };
  auto slow = std::async(std::launch::async, [&] {
    return reader.read("opened 1\nask " + to_text(form_code) + "\nend\n", find_slowly);
  });
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(reader.read("opened 1\npage x\nend\n", find_some));
  others_are_read.set_value();
  const auto file = slow.get();
  ASSERT_TRUE(file);
  EXPECT_FALSE(file->refused);
}

TEST(AReader, WhoseProgramIsKilledAnswersThatItIsToBeTriedAgainAndRecovers) {
  Told log;
  NullMetrics metrics;
  ReaderProcess reader(options_with(20s), log, metrics);
  ASSERT_TRUE(reader.read("opened 1\npage x\nend\n", find_some));
  const auto running = children();
  ASSERT_EQ(running.size(), 1U);
  auto under_way =
      std::async(std::launch::async, [&] { return reader.read("opened 2\npage x\nspin\n", find_some); });
  while (std::ifstream("/proc/" + std::to_string(running[0]) + "/task/" + std::to_string(running[0]) +
                       "/children")
             .peek() == std::ifstream::traits_type::eof()) {
    std::this_thread::yield();  // until its child is there
  }
  kill(running[0], SIGKILL);
  const auto interrupted = under_way.get();
  ASSERT_FALSE(interrupted);
  EXPECT_EQ(interrupted.error().code, ErrorCode::unavailable);
  EXPECT_TRUE(interrupted.error().retryable);
  const auto again = reader.read("opened 1\npage x\nend\n", find_some);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->pages.size(), 1U);
  EXPECT_THAT(log.events(), Contains("reader-ended"));
}

/// Stops the reader when the child of this document has asked for a geometry.
void expect_end_of(const std::string& orders, const FindGeometry& find_geometry) {
  Told log;
  NullMetrics metrics;
  ReaderProcess reader(options_with(60s), log, metrics);
  std::promise<void> asked;
  const auto find = [&](const PageCode& code) {
    asked.set_value();
    return find_geometry(code);
  };
  auto under_way = std::async(std::launch::async, [&] { return reader.read(orders, find); });
  asked.get_future().wait();
  reader.stop();
  const auto ended = under_way.get();
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, ErrorCode::unavailable);
  EXPECT_FALSE(reader.read("opened 1\npage x\nend\n", find_some));
  EXPECT_TRUE(children().empty());
}

TEST(AReader, ThatIsStoppedEndsWhatIsUnderWay) {
  expect_end_of("opened 2\nask " + to_text(form_code) + "\nspin\n", find_some);
}

TEST(AReader, ThatIsStoppedEndsAChildThatDoesNotListen) {
  expect_end_of("opened 1\nask-deaf " + to_text(form_code) + "\nspin\n", find_large);
}

TEST(AReader, WithoutItsProgramSaysSo) {
  Told log;
  NullMetrics metrics;
  for (const char* program : {"/nowhere/softbot-reader", "/bin/true"}) {
    ReaderProcessOptions options = options_with(1s);
    options.place.program = program;
    ReaderProcess reader(options, log, metrics);
    const auto file = reader.read("opened 1\npage x\nend\n", find_some);
    ASSERT_FALSE(file) << program;
    EXPECT_TRUE(file.error().retryable);
    EXPECT_EQ(reader.health(), "broken");
    EXPECT_EQ(reader.version(), "none");
  }
  EXPECT_THAT(log.events(), ElementsAre("reader-not-started"));
}

}  // namespace
}  // namespace softbot
