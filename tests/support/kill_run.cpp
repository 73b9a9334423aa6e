#include "support/kill_run.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "support/crowd.h"
#include "support/daemon.h"

namespace softbot::tests {
namespace {

using std::chrono::milliseconds;
namespace fs = std::filesystem;

enum class Kind { grant_aid, grant_help, unsigned_aid, personal_budget };

struct Sent {
  Kind kind = Kind::grant_aid;
  std::string reference;  ///< once acknowledged
};

Kind kind_of(std::size_t index) {
  if (index % 8 == 6) return Kind::unsigned_aid;
  if (index % 8 == 7) return Kind::personal_budget;
  return index % 2 == 0 ? Kind::grant_aid : Kind::grant_help;
}

Value submission_for(const Resident& resident, Kind kind) {
  Value submission = kind == Kind::grant_help ? household_help_for(resident) : toilet_raiser_for(resident);
  if (kind == Kind::personal_budget)
    submission = with_answer(std::move(submission), "provisionForm", "personal-budget");
  return submission;
}

/// Everything that the clients share.
class Senders {
 public:
  Senders(Daemon& daemon, const KillOptions& options, KillReport& report)
      : daemon_(daemon),
        options_(options),
        report_(report),
        residents_(crowd(options.submissions_per_kill * static_cast<std::size_t>(options.kills))),
        sent_(residents_.size()) {
    for (std::size_t i = 0; i < options.clients; ++i) threads_.emplace_back([this, i] { send(i); });
  }

  /// Lets the clients send up to this many submissions in all.
  void allow(std::size_t count) { allowed_ = count; }
  void finish() {
    allowed_ = sent_.size();
    for (std::thread& thread : threads_) thread.join();
  }
  [[nodiscard]] const std::vector<Sent>& sent() const { return sent_; }

 private:
  void send(std::size_t client) {
    std::mt19937_64 random(options_.seed * 1000 + client);
    while (true) {
      const std::size_t index = next_.fetch_add(1);
      if (index >= sent_.size()) return;
      while (index >= allowed_.load()) std::this_thread::sleep_for(milliseconds(2));
      deliver(index);
      if (random() % 3 == 0) deliver(index);
      std::this_thread::sleep_for(milliseconds(random() % 40));
    }
  }

  /// Sends until there is an acknowledgement, as a sender must.
  void deliver(std::size_t index) {
    Sent& one = sent_[index];
    one.kind = kind_of(index);
    const Value submission = submission_for(residents_[index], one.kind);
    const std::string assurance = one.kind == Kind::unsigned_aid ? "none" : "digid";
    while (true) {
      const Answer answer = daemon_.submit(submission, "kill-" + std::to_string(index), assurance);
      if (answer.status == 202) return note(one, reference_in(answer));
      if (answer.status != 0 && answer.status != 503) {
        return wrong("submission " + std::to_string(index) + " got " + std::to_string(answer.status) + " " +
                     answer.body);
      }
      std::this_thread::sleep_for(milliseconds(5));
    }
  }

  void note(Sent& one, const std::string& reference) {
    if (!one.reference.empty()) {
      const std::lock_guard lock(mutex_);
      ++report_.acknowledged_again;
      if (one.reference != reference)
        report_.wrong.push_back(one.reference + " became " + reference + " when sent again");
    }
    one.reference = reference;
  }

  void wrong(std::string what) {
    const std::lock_guard lock(mutex_);
    report_.wrong.push_back(std::move(what));
  }

  Daemon& daemon_;
  const KillOptions options_;
  KillReport& report_;  // guarded by mutex_ while the clients run
  const std::vector<Resident> residents_;
  std::vector<Sent> sent_;  // each entry belongs to one client until finish()
  std::atomic<std::size_t> next_ = 0;
  std::atomic<std::size_t> allowed_ = 0;
  std::mutex mutex_;
  std::vector<std::thread> threads_;
};

/// Kills once: mostly while it serves, sometimes while it is still starting.
void kill_once(Daemon& daemon, const fs::path& log, std::mt19937_64& random) {
  std::this_thread::sleep_for(milliseconds(random() % 350));
  daemon.kill();
  if (random() % 10 == 0) {
    const Process starting(daemon.serve_command(), log);
    std::this_thread::sleep_for(milliseconds(random() % 300));
  }
  daemon.start();
}

int count_of(const Value& list, const std::string& member, const std::string& wanted) {
  int count = 0;
  for (const Value& one : list.items()) count += one[member].text_or_empty() == wanted ? 1 : 0;
  return count;
}

/// Lines of all order lists, by the reference that they name.
std::multiset<std::string> ordered(const fs::path& folder, const std::vector<Sent>& sent) {
  std::multiset<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".csv") continue;
    std::ifstream stream(entry.path());
    for (std::string line; std::getline(stream, line);) {
      for (const Sent& one : sent) {
        if (line.find(one.reference) != std::string::npos) found.insert(one.reference);
      }
    }
  }
  return found;
}

/// Names of files for the post, without what comes after the letter's kind: "<reference>-grant".
std::multiset<std::string> posted(const fs::path& folder, const std::string& extension) {
  std::multiset<std::string> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string stem = entry.path().stem().string();
    if (entry.path().extension() == extension) found.insert(stem.substr(0, stem.rfind('-')));
  }
  return found;
}

class Count {
 public:
  Count(Daemon& daemon, const std::vector<Sent>& sent, KillReport& report)
      : daemon_(daemon), sent_(sent), report_(report) {}

  void everything() {
    settle();
    const fs::path outbox = daemon_.data() / "outbox";
    orders_ = ordered(outbox / "orders", sent_);
    pdfs_ = posted(outbox / "post", ".pdf");
    manifests_ = posted(outbox / "post", ".json");
    for (const Sent& one : sent_) check(one);
    check_totals();
  }

 private:
  void wrong(const std::string& what) { report_.wrong.push_back(what); }
  void expect(int is, int wanted, const std::string& reference, const std::string& what) {
    if (is != wanted)
      wrong(reference + ": " + std::to_string(is) + " " + what + " instead of " + std::to_string(wanted));
  }

  /// Waits until no job is left that is due now or soon.
  void settle() {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(3);
    while (std::chrono::steady_clock::now() < end) {
      // Not only what is due: jobs that were under way at many a kill come back one after the other.
      if (stored("SELECT count(*) FROM job WHERE leased = 1 OR due < (unixepoch() + 90) * 1000") == 0) return;
      std::this_thread::sleep_for(milliseconds(100));
    }
    wrong("work was still waiting after three minutes");
  }

  void check(const Sent& one) {
    const std::string& reference = one.reference;
    const Answer answer = daemon_.get_as_machine("/api/v1/applications/" + reference);
    if (answer.status != 200)
      return wrong(reference + " was acknowledged and is gone: " + std::to_string(answer.status));
    const Value view = answer.json();
    const Value audit = daemon_.get_as_machine("/api/v1/audit/" + reference).json()["audit"];
    expect(count_of(audit, "action", "received"), 1, reference, "times on record as received");
    expect(count_of(view["documents"], "kind", "receipt"), 1, reference, "receipts");
    const std::string& status = view["status"].text_or_empty();
    const bool granted = status == "decided";
    expect(count_of(audit, "action", "decided"), granted ? 1 : 0, reference, "decisions on record");
    expect(count_of(view["events"], "kind", "decided"), granted ? 1 : 0, reference,
           "decisions among the events");
    expect(count_of(view["documents"], "kind", "decision"), granted ? 1 : 0, reference, "decision letters");
    expect(files(pdfs_, reference + "-grant"), granted ? 1 : 0, reference, "letters for the post");
    expect(files(manifests_, reference + "-grant"), granted ? 1 : 0, reference, "manifests for the post");
    expect(files(pdfs_, reference + "-investigation-report"), granted ? 1 : 0, reference,
           "reports for the post");
    expect(files(orders_, reference), granted ? 1 : 0, reference, "lines for the provider");
    check_end(one, status, view);
  }

  void check_end(const Sent& one, const std::string& status, const Value& view) {
    switch (one.kind) {
      case Kind::grant_aid:
      case Kind::grant_help:
        report_.granted += status == "decided" ? 1 : 0;
        report_.held += status == "held-for-sample" ? 1 : 0;
        if (status != "decided" && status != "held-for-sample")
          wrong(one.reference + " should be granted and is " + status);
        return;
      case Kind::unsigned_aid:
        ++report_.asked;
        if (status != "incomplete")
          wrong(one.reference + " should be asked for a signature and is " + status);
        return expect(count_of(view["events"], "kind", "repair-request"), 1, one.reference, "times asked");
      case Kind::personal_budget:
        ++report_.referred;
        if (status != "referred") wrong(one.reference + " should be referred and is " + status);
        return;
    }
  }

  void check_totals() {
    std::set<std::string> references;
    for (const Sent& one : sent_) references.insert(one.reference);
    expect(static_cast<int>(references.size()), static_cast<int>(sent_.size()), "the references",
           "different ones");
    expect(stored("SELECT count(*) FROM application"), static_cast<int>(sent_.size()), "the store",
           "applications");
    // All days: a run may pass midnight.
    const int counted = stored("SELECT sum(value) FROM counter WHERE name LIKE 'grants:%:number'");
    expect(counted, static_cast<int>(report_.granted + report_.held), "the caps", "grants counted");
    const Ended audit = daemon_.command({"verify-audit"});
    if (audit.status != 0) wrong(audit.output);
  }

  /// One number out of the store.
  [[nodiscard]] int stored(const std::string& sql) const {
    const Ended answer =
        run({"/usr/bin/sqlite3", "-cmd", ".timeout 5000", (daemon_.data() / "softbot.db").string(), sql});
    return answer.status == 0 && !answer.output.empty() ? std::stoi(answer.output) : -1;
  }

  static int files(const std::multiset<std::string>& all, const std::string& name) {
    return static_cast<int>(all.count(name));
  }

  Daemon& daemon_;
  const std::vector<Sent>& sent_;
  KillReport& report_;
  std::multiset<std::string> orders_;
  std::multiset<std::string> pdfs_;
  std::multiset<std::string> manifests_;
};

}  // namespace

KillReport run_kills(const KillOptions& options) {
  KillReport report;
  const TemporaryFolder folder;
  const std::size_t total = options.submissions_per_kill * static_cast<std::size_t>(options.kills);
  write_register(folder.path() / "register.json", crowd(total));
  Daemon::Options settings;
  settings.config = generous_configuration(folder.path() / "config", "0.02");
  settings.persons = folder.path() / "register.json";
  Daemon daemon(settings);
  static_cast<void>(daemon.key());  // made before the clients share it

  Senders senders(daemon, options, report);
  std::mt19937_64 random(options.seed);
  for (int kill = 0; kill < options.kills; ++kill) {
    senders.allow(options.submissions_per_kill * static_cast<std::size_t>(kill + 1));
    kill_once(daemon, folder.path() / "starting.log", random);
  }
  senders.finish();
  report.submissions = senders.sent().size();
  Count(daemon, senders.sent(), report).everything();
  return report;
}

}  // namespace softbot::tests
