#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "support/daemon.h"
#include "support/patience.h"
#include "test_data.h"

namespace softbot::tests {
namespace {

using std::chrono::steady_clock;
using testing::HasSubstr;
using testing::StartsWith;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

Answer upload(Daemon& to, const std::string& bytes, const std::string& type) {
  return request("POST", to.url() + "/api/v1/scans",
                 {"Authorization: Bearer " + to.key(), "Content-Type: " + type}, bytes);
}

std::string upload_pdf(Daemon& to, const std::string& bytes) {
  const Answer answer = upload(to, bytes, "application/pdf");
  EXPECT_EQ(answer.status, 202) << answer.body;
  return answer.json()["scans"].items().empty()
             ? ""
             : answer.json()["scans"].items().front()["id"].text_or_empty();
}

Value scan_of(Daemon& daemon, const std::string& id) {
  return daemon.get_as_machine("/api/v1/scans/" + id).json();
}

/// Asks until the scan was read, or was given up.
Value read_scan(Daemon& daemon, const std::string& id) {
  Value scan;
  EXPECT_TRUE(comes_to_hold([&] {
    scan = scan_of(daemon, id);
    const std::string& state = scan["state"].text_or_empty();
    return state != "waiting" && state != "reading";
  })) << "the scan is still "
      << scan["state"].text_or_empty();
  return scan;
}

/// Asks until somebody has it in the queue.
Value queued_scan(Daemon& daemon, const std::string& id) {
  Value scan = read_scan(daemon, id);
  static_cast<void>(comes_to_hold([&] {
    scan = scan_of(daemon, id);
    return !scan["applications"].items().empty();
  }));
  return scan;
}

std::string health(const Daemon& daemon) {
  return daemon.get("/health/ready").json()["reading"].text_or_empty();
}

/// Asks until health says so; what it said last.
std::string health_until(const Daemon& daemon, const std::string& wanted) {
  std::string said;
  static_cast<void>(comes_to_hold([&] {
    said = health(daemon);
    return said == wanted;
  }));
  return said;
}

/// An empty form as it is handed out.
std::string printed_form(const Daemon& daemon, const std::string& type = "small-aids") {
  return daemon.get("/forms/" + type + ".pdf").body;
}

/// The same pages so many times in one file.
std::string repeated(const std::string& pdf, int times) {
  const TemporaryFolder folder;
  const std::string once = (folder.path() / "once.pdf").string();
  const std::string often = (folder.path() / "often.pdf").string();
  std::ofstream(once, std::ios::binary) << pdf;
  std::vector<std::string> command{"/usr/bin/qpdf", "--empty", "--pages"};
  for (int i = 0; i < times; ++i) command.push_back(once);
  command.insert(command.end(), {"--", often});
  EXPECT_EQ(run(command).status, 0);
  return bytes_of(often);
}

/// The program that this process started to read scans; 0: none.
pid_t reader_of(pid_t daemon) {
  for (const auto& entry : fs::directory_iterator("/proc")) {
    std::ifstream file(entry.path() / "stat");
    pid_t id = 0;
    std::string name;
    char state = 0;
    pid_t parent = 0;
    if (file >> id >> name >> state >> parent && parent == daemon && name.starts_with("(softbot-reader"))
      return id;
  }
  return 0;
}

bool is_reading(pid_t reader) {
  return reader_of(reader) != 0;  // it has forked the child of a document
}

/// Whether the daemon's reader got a document under way. Looked at often: reading takes no longer than it
/// takes.
bool gets_to_reading(pid_t reader) {
  const auto end = steady_clock::now() + patience;
  while (steady_clock::now() < end) {
    if (is_reading(reader)) return true;
    std::this_thread::sleep_for(2ms);
  }
  return false;
}

TEST(AScanOfAForm, IsReadByTheDaemon) {
  Daemon daemon;
  EXPECT_EQ(health_until(daemon, "works"), "works");
  const Value scan = read_scan(daemon, upload_pdf(daemon, printed_form(daemon)));
  EXPECT_EQ(scan["state"].text_or_empty(), "read");
  EXPECT_THAT(scan["readerVersion"].text_or_empty(), StartsWith("softbot-reader "));
  ASSERT_FALSE(scan["pages"].items().empty());
  for (const Value& page : scan["pages"].items()) EXPECT_EQ(page["sort"].text_or_empty(), "form");
  const Answer figures = request("GET", daemon.metrics_url());
  EXPECT_THAT(figures.body, HasSubstr("softbot_reading_works 1"));
  EXPECT_THAT(figures.body, HasSubstr("softbot_reader_documents_total{result=\"read\"} 1"));
}

TEST(AReaderThatIsKilled, IsStartedAgainAndItsScanReadAgain) {
  Daemon daemon;
  ASSERT_EQ(health_until(daemon, "works"), "works");
  const std::string id = upload_pdf(daemon, repeated(printed_form(daemon), 2));
  const pid_t reader = reader_of(daemon.process().pid());
  ASSERT_NE(reader, 0);
  ASSERT_TRUE(gets_to_reading(reader));
  kill(reader, SIGKILL);
  const Value scan = read_scan(daemon, id);
  EXPECT_EQ(scan["state"].text_or_empty(), "read");
  EXPECT_NE(reader_of(daemon.process().pid()), reader);
  EXPECT_EQ(health_until(daemon, "works"), "works");
  EXPECT_THAT(daemon.process().output(), HasSubstr("reader-ended"));
  EXPECT_EQ(daemon.stop(), 0);
}

TEST(ADaemonThatIsStopped, DoesNotWaitForAScanAndReadsItAtTheNextStart) {
  Daemon daemon;
  ASSERT_EQ(health_until(daemon, "works"), "works");
  const std::string id = upload_pdf(daemon, repeated(printed_form(daemon), 2));
  const pid_t reader = reader_of(daemon.process().pid());
  ASSERT_NE(reader, 0);
  ASSERT_TRUE(gets_to_reading(reader));
  EXPECT_EQ(daemon.stop(), 0);
  EXPECT_EQ(::kill(reader, 0), -1) << "its reader has ended too";
  daemon.start();
  EXPECT_EQ(read_scan(daemon, id)["state"].text_or_empty(), "read");
}

TEST(ADaemonThatIsKilled, TakesItsReaderWithIt) {
  Daemon daemon;
  ASSERT_EQ(health_until(daemon, "works"), "works");
  const pid_t reader = reader_of(daemon.process().pid());
  daemon.kill();
  EXPECT_TRUE(comes_to_hold([&] { return ::kill(reader, 0) == -1; }));
}

TEST(ADaemonThatReadsHostileFiles, ServesMeanwhile) {
  Daemon daemon;
  std::vector<std::string> scans;
  int number = 0;
  for (const fs::path& file : hostile_files()) {
    // A few of them: all of them have a test of their own.
    if (file.extension() != ".pdf" || number++ % 12 != 0) continue;
    const Answer answer = upload(daemon, bytes_of(file), "application/pdf");
    if (answer.status == 202) scans.push_back(answer.json()["scans"].items().front()["id"].text_or_empty());
  }
  if (scans.empty()) GTEST_SKIP() << "there are no hostile files in " << test_data() << "; set SOFTBOT_DATA";
  // A decision does not wait behind them.
  const auto begun = steady_clock::now();
  const std::string reference =
      reference_in(daemon.submit(household_help_for_de_graaf(), "beside-scans", "digid"));
  EXPECT_THAT(daemon.settled(reference)["status"].text_or_empty(),
              testing::AnyOf("decided", "held-for-sample"));
  EXPECT_LT(steady_clock::now() - begun, 30s);
  for (const std::string& id : scans) {
    const Value scan = read_scan(daemon, id);
    EXPECT_THAT(scan["state"].text_or_empty(), testing::AnyOf("read", "refused"));
    const auto asked = steady_clock::now();
    EXPECT_EQ(daemon.get("/health/live").status, 200);
    EXPECT_LT(steady_clock::now() - asked, 20s);
  }
  EXPECT_EQ(health(daemon), "works");
}

/// The shipped settings with another program to read.
fs::path settings_with_reader(const fs::path& folder, const std::string& program) {
  const fs::path file = folder / "softbot.json";
  std::ofstream(file) << R"({"defaultMunicipality": "voorbeeld", "configFolder": ")"
                      << shipped_configuration().string() << R"(", "reading": {"program": ")" << program
                      << R"("}, "jobs": {"attempts": 2, "firstPauseMilliseconds": 10}})";
  return file;
}

TEST(ADaemonWithoutAReader, SaysSoAndGivesScansToPeople) {
  const std::string form = "%PDF-1.7 a form, for all we know\n%%EOF\n";
  for (const auto& [program, wanted] : std::vector<std::pair<std::string, std::string>>{
           {"none", "none"}, {"/nowhere/softbot-reader", "broken"}, {"/bin/true", "broken"}}) {
    const TemporaryFolder folder;
    Daemon::Options options;
    options.config = settings_with_reader(folder.path(), program);
    Daemon daemon(options);
    EXPECT_EQ(health_until(daemon, wanted), wanted) << program;
    EXPECT_EQ(daemon.get("/health/ready").status, 200) << "its pages and its decisions work";
    const Value scan = queued_scan(daemon, upload_pdf(daemon, form));
    EXPECT_EQ(scan["state"].text_or_empty(), "failed") << program;
    EXPECT_EQ(scan["applications"].items().size(), 1U);
  }
}

}  // namespace
}  // namespace softbot::tests
