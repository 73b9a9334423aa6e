#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <future>
#include <map>
#include <thread>

#include "domain/json.h"
#include "own_configuration.h"
#include "support/daemon.h"
#include "support/patience.h"

namespace softbot::tests {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

/// A connection that sends what it is told, when it is told.
class RawConnection {
 public:
  explicit RawConnection(const std::string& url) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): what the sockets API asks
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~RawConnection() { ::close(socket_); }
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  bool send(const std::string& text) {
    return ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
  }
  /// Everything that comes until the other side closes, or nothing came for this long.
  std::string receive_all(seconds limit) {
    const timeval wait{limit.count(), 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    std::string all;
    std::string part(4096, '\0');
    while (true) {
      const ssize_t got = ::recv(socket_, part.data(), part.size(), 0);
      closed_ = got == 0 || (got < 0 && errno == ECONNRESET);
      if (got <= 0) return all;
      all.append(part, 0, static_cast<std::size_t>(got));
    }
  }
  [[nodiscard]] bool closed() const { return closed_; }
  /// Whether the other side says nothing, and has not closed.
  [[nodiscard]] bool is_open() const {
    char byte = 0;
    return ::recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
           (errno == EAGAIN || errno == EWOULDBLOCK);
  }

 private:
  int socket_;
  bool connected_ = false;
  bool closed_ = false;
};

TEST(ABodyOf100Megabytes, IsRefusedAtOnceAndTheDaemonServesOn) {
  Daemon daemon;
  const std::string body(100'000'000, ' ');
  const std::string& key = daemon.key();
  const auto begin = steady_clock::now();
  const Answer answer = request(
      "POST", daemon.url() + "/api/v1/submissions",
      {"Content-Type: application/json", "Idempotency-Key: huge", "Authorization: Bearer " + key}, body);
  EXPECT_EQ(answer.status, 413) << answer.body;
  EXPECT_EQ(answer.json()["type"].text_or_empty(), "/problems/too-large");
  EXPECT_LT(steady_clock::now() - begin, seconds(20));
  EXPECT_EQ(daemon.submit(toilet_raiser_for_zonneveld(), "after-huge", "none").status, 202);
}

TEST(ABodyWithoutEnd, IsCutOffAtTheLimit) {
  Daemon daemon;
  RawConnection connection(daemon.url());
  ASSERT_TRUE(connection.connected());
  connection.send(
      "POST /api/v1/submissions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: "
      "chunks\r\n"
      "Transfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "100000\r\n" + std::string(0x100000, ' ') + "\r\n";
  for (int i = 0; i < 12 && connection.send(chunk); ++i) continue;
  EXPECT_THAT(connection.receive_all(patience), HasSubstr(" 413 "));
  EXPECT_EQ(daemon.get("/health/ready").status, 200);
}

TEST(SlowClients, AreCutOffAndKeepNobodyWaiting) {
  Daemon daemon;
  static_cast<void>(daemon.key());  // made before the clock of the slow ones runs
  std::vector<std::unique_ptr<RawConnection>> slow;
  for (int i = 0; i < 100; ++i) {
    slow.push_back(std::make_unique<RawConnection>(daemon.url()));
    ASSERT_TRUE(slow.back()->connected());
    slow.back()->send(
        i % 2 == 0
            ? "POST /api/v1/subm"
            : "POST /api/v1/submissions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Le");
  }
  // All the while others are served.
  const auto begin = steady_clock::now();
  EXPECT_EQ(daemon.submit(toilet_raiser_for_zonneveld(), "beside-slow", "none").status, 202);
  EXPECT_TRUE(slow.back()->is_open()) << "it did not wait until they were cut off";
  const std::string answer = slow.front()->receive_all(patience);
  EXPECT_TRUE(slow.front()->closed());
  EXPECT_TRUE(answer.empty() || answer.find(" 408 ") != std::string::npos) << answer;
  EXPECT_LT(steady_clock::now() - begin, seconds(50)) << "sooner than who is idle";
  EXPECT_EQ(daemon.get("/health/ready").status, 200);
}

TEST(ASecondNodeOnOneFolder, RefusesInClearWords) {
  Daemon daemon;
  const Ended second = serve_once(daemon.data());
  EXPECT_EQ(second.status, 5) << second.output;
  EXPECT_THAT(second.output, HasSubstr("in use by"));
  EXPECT_THAT(second.output, HasSubstr(daemon.data().string()));
  EXPECT_EQ(daemon.submit(toilet_raiser_for_zonneveld(), "beside-second", "none").status, 202);
}

TEST(AStoreOfAnotherKey, IsRefusedAndLeftAsItIs) {
  Daemon daemon;
  const std::string reference = reference_in(daemon.submit(toilet_raiser_for_zonneveld(), "keyed", "none"));
  static_cast<void>(daemon.settled(reference));
  ASSERT_EQ(daemon.stop(), 0);
  Daemon other;
  ASSERT_EQ(other.stop(), 0);
  const fs::path key = daemon.data().string() + ".key";
  ASSERT_TRUE(fs::exists(key));
  const fs::path kept = key.string() + ".kept";
  fs::rename(key, kept);
  const Ended without = serve_once(daemon.data());
  EXPECT_EQ(without.status, 4) << without.output;
  EXPECT_THAT(without.output, HasSubstr(key.string()));
  EXPECT_FALSE(fs::exists(key)) << "no new key may be made for a store that has one";

  fs::copy_file(other.data().string() + ".key", key);
  const Ended wrong = serve_once(daemon.data());
  EXPECT_EQ(wrong.status, 4) << wrong.output;
  EXPECT_THAT(wrong.output, HasSubstr("another master key"));

  fs::rename(kept, key);
  daemon.start();
  EXPECT_EQ(daemon.get_as_machine("/api/v1/applications/" + reference).status, 200);
}

TEST(AStoreOfANewerProgram, IsRefused) {
  Daemon daemon;
  ASSERT_EQ(daemon.stop(), 0);
  const Ended raised =
      run({"/usr/bin/sqlite3", (daemon.data() / "softbot.db").string(), "PRAGMA user_version = 99"});
  ASSERT_EQ(raised.status, 0) << raised.output;
  const Ended refused = serve_once(daemon.data());
  EXPECT_EQ(refused.status, 5) << refused.output;
  EXPECT_THAT(refused.output, HasSubstr("newer"));
}

TEST(ADamagedStore, IsRefusedInClearWords) {
  const TemporaryFolder folder;
  fs::create_directories(folder.path() / "data");
  write_file(folder.path() / "data" / "softbot.db", std::string(10'000, 'x'));
  write_file(folder.path() / "data.key", "not a key");
  const Ended refused = serve_once(folder.path() / "data");
  EXPECT_TRUE(refused.status == 5 || refused.status == 4) << refused.status << refused.output;
  EXPECT_THAT(refused.output, HasSubstr("softbot: "));
}

TEST(APortInUse, IsSaidSo) {
  Daemon daemon;
  const TemporaryFolder folder;
  const Ended second = serve_once(folder.path() / "data", {}, daemon.url().substr(7));
  EXPECT_NE(second.status, 0);
  EXPECT_NE(second.status, -1) << "it must end by itself";
  EXPECT_THAT(second.output, HasSubstr(daemon.url().substr(daemon.url().rfind(':') + 1)));
}

TEST(ADaemonThatIsToldToStop, FinishesWhatIsUnderWayAndEndsWithZero) {
  Daemon daemon;
  static_cast<void>(daemon.key());
  std::atomic<bool> stopped = false;
  std::atomic<int> received = 0;
  std::vector<std::future<std::vector<std::string>>> senders;
  for (int sender = 0; sender < 4; ++sender) {
    senders.push_back(std::async(std::launch::async, [&, sender] {
      std::vector<std::string> acknowledged;
      for (int i = 0; !stopped; ++i) {
        const Answer answer = daemon.submit(toilet_raiser_for_zonneveld(),
                                            std::to_string(sender) + "-" + std::to_string(i), "none");
        if (answer.status != 202) continue;
        acknowledged.push_back(reference_in(answer));
        ++received;
      }
      return acknowledged;
    }));
  }
  EXPECT_TRUE(comes_to_hold([&] { return received >= 8; }));
  EXPECT_EQ(daemon.stop(), 0);
  stopped = true;
  EXPECT_THAT(daemon.process().output(), HasSubstr("\"stopped\""));
  daemon.start();
  std::size_t count = 0;
  for (auto& sender : senders) {
    for (const std::string& reference : sender.get()) {
      ++count;
      EXPECT_EQ(daemon.get_as_machine("/api/v1/applications/" + reference).status, 200) << reference;
    }
  }
  EXPECT_GT(count, 0U);
}

TEST(TheLog, HoldsNothingPersonalAndNoSecret) {
  Daemon daemon;
  Value submission = toilet_raiser_for_zonneveld();
  submission = with_answer(std::move(submission), "limitation", "Kanarievogelgeheim uit de vrije tekst");
  submission = with_answer(std::move(submission), "common.phone", "0687654321");
  const Answer accepted = daemon.submit(submission, "sleutel-van-de-afzender", "digid");
  ASSERT_EQ(accepted.status, 202) << accepted.body;
  const std::string reference = reference_in(accepted);
  static_cast<void>(daemon.settled(reference));
  // What goes wrong is logged too: with a personal address, query, header, body.
  static_cast<void>(
      daemon.get("/api/v1/applications/999900006?naam=Zonneveld", {"Application-Code: GEHEIMECODE"}));
  static_cast<void>(daemon.get("/zoek/Zonneveld?bsn=999900006"));
  static_cast<void>(daemon.post_as_machine(
      "/api/v1/submissions", with_answer(submission, "common.bsn", 999900006), {"Idempotency-Key: x"}));
  static_cast<void>(request("POST", daemon.url() + "/api/v1/submissions",
                            {"Content-Type: application/json", "Idempotency-Key: y"},
                            R"({"naam": "Zonneveld)"));
  static_cast<void>(daemon.post(
      "/api/v1/session", Value::object({{"account", "kwaadwillende"}, {"password", "geheimwoord1234"}})));
  static_cast<void>(daemon.post("/api/v1/demo-session", Value::object({{"bsn", "999900006"}})));
  const std::string key = daemon.key();
  ASSERT_EQ(daemon.stop(), 0);
  const std::string log = daemon.process().output();
  EXPECT_THAT(log, HasSubstr("request"));
  for (const std::string& secret :
       {std::string("999900006"), std::string("Zonneveld"), std::string("Dorpsstraat"), std::string("1234AB"),
        std::string("0687654321"), std::string("Kanarievogelgeheim"), std::string("sleutel-van-de-afzender"),
        std::string("GEHEIMECODE"), std::string("geheimwoord1234"), std::string("kwaadwillende"),
        code_in(accepted), key, key.substr(8, 16)}) {
    EXPECT_THAT(log, Not(HasSubstr(secret)));
  }
}

/// A small file system of its own, where the machine lets us mount one.
class SmallDisk {
 public:
  explicit SmallDisk(const fs::path& at) : at_(at) {
    fs::create_directories(at);
    mounted_ = ::mount("tmpfs", at.c_str(), "tmpfs", 0, "size=96m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(at_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  [[nodiscard]] bool mounted() const { return mounted_; }

  void fill() const {
    std::ofstream stream(at_ / "filler", std::ios::binary);
    const std::string block(1U << 16U, 'x');
    while (stream.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) continue;
    stream.clear();
    while (stream.put('x').flush()) continue;
  }
  void make_room() const { fs::remove(at_ / "filler"); }

 private:
  fs::path at_;
  bool mounted_ = false;
};

TEST(AFullDisk, RefusesNewSubmissionsLosesNothingAndGoesOnWhenThereIsRoom) {
  const TemporaryFolder folder;
  const SmallDisk disk(folder.path() / "disk");
  if (!disk.mounted()) GTEST_SKIP() << "a small file system cannot be mounted here (that needs root)";
  Daemon::Options options;
  options.data = folder.path() / "disk" / "data";
  Daemon daemon(options);
  const Answer before = daemon.submit(toilet_raiser_for_zonneveld(), "before", "digid");
  ASSERT_EQ(before.status, 202) << before.body;
  static_cast<void>(daemon.settled(reference_in(before)));
  disk.fill();

  std::vector<std::string> acknowledged{reference_in(before)};
  int refused = 0;
  for (int i = 0; i < 200 && refused < 5; ++i) {
    const Answer answer = daemon.submit(household_help_for_de_graaf(), "full-" + std::to_string(i), "none");
    if (answer.status == 202) {
      acknowledged.push_back(reference_in(answer));
      continue;
    }
    ++refused;
    EXPECT_TRUE(answer.status == 507 || answer.status == 503) << answer.status << answer.body;
    EXPECT_EQ(answer.header("content-type").substr(0, 24), "application/problem+json");
    EXPECT_THAT(answer.body, Not(HasSubstr(folder.path().string())))
        << "an answer tells nothing of our folders";
  }
  EXPECT_EQ(refused, 5);
  EXPECT_EQ(daemon.get("/health/ready").status, 503);
  EXPECT_EQ(daemon.get("/health/live").status, 200);

  disk.make_room();
  const Answer after = daemon.submit(household_help_for_de_graaf(), "full-after", "none");
  EXPECT_EQ(after.status, 202) << after.body;
  EXPECT_EQ(daemon.get("/health/ready").status, 200);
  acknowledged.push_back(reference_in(after));
  for (const std::string& reference : acknowledged) {
    EXPECT_EQ(daemon.get_as_machine("/api/v1/applications/" + reference).status, 200) << reference;
    EXPECT_THAT(daemon.settled(reference)["status"].text_or_empty(),
                testing::AnyOf("decided", "incomplete", "referred", "held-for-sample"));
  }
  EXPECT_EQ(daemon.command({"verify-audit"}).status, 0);
}

/// A daemon whose clock a test sets.
class AClockThatJumps : public testing::Test {
 protected:
  void SetUp() override {
    const fs::path library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
    if (!fs::exists(library)) GTEST_SKIP() << "libfaketime is not installed";
    set("+0");
    Daemon::Options options;
    options.before = {"/usr/bin/env", "LD_PRELOAD=" + library.string(),
                      "FAKETIME_TIMESTAMP_FILE=" + clock().string(), "FAKETIME_NO_CACHE=1",
                      "DONT_FAKE_MONOTONIC=1"};
    daemon_ = std::make_unique<Daemon>(options);
  }
  [[nodiscard]] fs::path clock() const { return folder_.path() / "clock"; }
  /// "+1d", "-1d": how far the daemon's clock is from ours. Replaced as a whole, as it is read at every look
  /// at the clock.
  void set(const std::string& offset) const {
    write_file(folder_.path() / "new", offset + "\n");
    fs::rename(folder_.path() / "new", clock());
  }
  std::string received_day(const std::string& reference) {
    return daemon_->get_as_machine("/api/v1/applications/" + reference)
        .json()["received"]
        .text_or_empty()
        .substr(0, 10);
  }
  std::string send(const std::string& key) {
    const Answer answer = daemon_->submit(toilet_raiser_for_zonneveld(), key, "none");
    EXPECT_EQ(answer.status, 202) << answer.body;
    const std::string reference = reference_in(answer);
    EXPECT_EQ(daemon_->settled(reference)["status"].text_or_empty(), "incomplete");
    return reference;
  }
  Daemon& daemon() { return *daemon_; }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<Daemon> daemon_;
};

TEST_F(AClockThatJumps, ForwardAndBackBreaksNoLeaseAndNoTerm) {
  const std::string first = send("now");
  const std::string today = received_day(first);
  const std::string deadlines =
      daemon().get_as_machine("/api/v1/applications/" + first).json()["legalDeadline"].text_or_empty();
  set("+1d");
  const std::string tomorrow = send("forward");
  EXPECT_GT(received_day(tomorrow), today);
  set("-1d");
  const std::string yesterday = send("back");
  EXPECT_LT(received_day(yesterday), today);
  set("+0");
  static_cast<void>(send("again"));
  // The term of the first one stands where it stood, and it is not settled twice.
  const Value view = daemon().get_as_machine("/api/v1/applications/" + first).json();
  EXPECT_EQ(view["legalDeadline"].text_or_empty(), deadlines);
  int asked = 0;
  for (const Value& event : view["events"].items())
    asked += event["kind"].text_or_empty() == "repair-request" ? 1 : 0;
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(daemon().command({"verify-audit"}).status, 0);
}

/// The documents of this kind.
int count_of(const Value& view, const std::string& kind) {
  int count = 0;
  for (const Value& document : view["documents"].items())
    count += document["kind"].text_or_empty() == kind ? 1 : 0;
  return count;
}

TEST_F(AClockThatJumps, WhileTheBotIsAtWorkDecidesNothingTwice) {
  std::vector<std::string> references;
  for (int i = 0; i < 12; ++i) {
    const Value submission = with_answer(toilet_raiser_for_zonneveld(), "provisionForm",
                                         i % 3 == 0 ? "in-kind" : "personal-budget");
    references.push_back(reference_in(daemon().submit(submission, "busy-" + std::to_string(i), "digid")));
    set(i % 2 == 0 ? "+1d" : "-1d");  // every lease is past its end, and the next one lies far ahead
  }
  set("+0");
  for (const std::string& reference : references) {
    const Value view = daemon().wait_until(reference, [](const Value& seen) {
      const std::string& status = seen["status"].text_or_empty();
      return (status == "decided" || status == "referred" || status == "held-for-sample") &&
             count_of(seen, "receipt") > 0;
    });
    EXPECT_THAT(view["status"].text_or_empty(), testing::AnyOf("decided", "referred", "held-for-sample"));
    std::map<std::string, int> events;
    for (const Value& event : view["events"].items()) ++events[event["kind"].text_or_empty()];
    EXPECT_EQ(events["received"], 1);
    EXPECT_LE(events["decided"], 1);
    EXPECT_EQ(count_of(view, "receipt"), 1);
    EXPECT_LE(count_of(view, "decision"), 1);
  }
}

TEST_F(AClockThatJumps, PastTheRepairTermSendsTheCaseToAPerson) {
  const std::string reference = send("term");
  set("+30d");
  const Value view = daemon().wait_until(
      reference, [](const Value& seen) { return seen["status"].text_or_empty() == "referred"; });
  EXPECT_EQ(view["status"].text_or_empty(), "referred");
}

}  // namespace
}  // namespace softbot::tests
