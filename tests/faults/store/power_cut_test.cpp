#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "adapters/files/folder_document_files.h"
#include "adapters/sqlite/audit.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/store.h"
#include "faults/store/losing_disk.h"
#include "faults/store/losing_file_system.h"
#include "unit/store/store_home.h"

namespace softbot::testing {
namespace {

using sqlite::Access;
using sqlite::Database;

constexpr int seeds = 60;
constexpr int threads = 4;

/// One round: a store on a losing disk, and what was acknowledged.
class Round {
 public:
  Round(LosingDisk& disk, int seed) : disk_(disk), random_(static_cast<unsigned>(seed)) {
    options_.vfs = LosingDisk::name();
    options_.writing.checkpoint_pages = 60;  // several checkpoints a round
    options_.audit_checkpoint_every = 7;
  }

  Result<std::unique_ptr<SqliteStore>> open() {
    return SqliteStore::open(folder_.path() / "data", *vault_, clock_, options_);
  }

  /// Threads write until the power is gone; every acknowledged reference is noted.
  void write_until_the_power_is_gone() {
    disk_.cut_after(std::uniform_int_distribution<std::int64_t>(1, 900)(random_));
    auto store = open();
    if (!store) return;
    std::vector<std::thread> writers;
    for (int thread = 0; thread < threads; ++thread) {
      writers.emplace_back([&, thread] {
        for (int i = 0; !disk_.is_dead(); ++i) {
          const std::string reference = std::to_string(thread) + "-" + std::to_string(i);
          const auto done = (*store)->write([&](Transaction& t) { return add(t, reference); });
          if (!done) return;
          const std::lock_guard lock(mutex_);
          acknowledged_.push_back(reference);
        }
      });
    }
    for (std::thread& writer : writers) writer.join();
  }

  void power_back() { disk_.power_back(random_); }

  /// Every acknowledged unit is there whole, and no unit is there in part.
  void expect_all_there() {
    const auto store = open();
    ASSERT_TRUE(store) << store.error().message;
    std::int64_t present = 0;
    const auto done = (*store)->read([&](Transaction& t) {
      for (const std::string& reference : acknowledged_) {
        const auto application = t.application(ApplicationReference(reference));
        EXPECT_TRUE(application) << reference << " was acknowledged and is lost";
        if (application) {
          EXPECT_EQ(application->common["text"].text_or_empty(), std::string(1500, 'x'));
        }
      }
      present = t.counter("units");
      EXPECT_EQ(static_cast<std::int64_t>(t.audit_of("unit").size()), present);
      EXPECT_EQ(t.waiting_jobs(clock_.now()), present);
      return Result<void>();
    });
    EXPECT_TRUE(done) << done.error().message;
    EXPECT_GE(present, static_cast<std::int64_t>(acknowledged_.size()));
    EXPECT_LE(present, static_cast<std::int64_t>(acknowledged_.size()) + threads);
    const auto audit = sqlite::verify_audit(**store);
    ASSERT_TRUE(audit) << audit.error().message;
    EXPECT_TRUE(audit->whole()) << audit->problem;
    expect_sound(**store);
  }

  [[nodiscard]] std::size_t acknowledged() const { return acknowledged_.size(); }

 private:
  Result<void> add(Transaction& t, const std::string& reference) {
    Application application;
    application.reference = ApplicationReference(reference);
    application.person = t.find_or_add_person("").id;
    application.common = Value::object({{"text", std::string(1500, 'x')}});
    t.add_application(application);
    t.add_job("decide", reference, clock_.now());
    if (!t.add_within("units", 1, 1'000'000)) return fail(ErrorCode::internal, "bound");
    t.append_audit({0, clock_.now(), "bot", "received", "unit", "", "", "", "", ""});
    return {};
  }

  static void expect_sound(SqliteStore& store) {
    const auto done = store.read_rows([](Database& database) {
      auto check = database.query("PRAGMA integrity_check");
      EXPECT_TRUE(check.step());
      EXPECT_EQ(check.text(0), "ok");
      return Result<void>();
    });
    EXPECT_TRUE(done);
  }

  LosingDisk& disk_;
  std::mt19937 random_;
  TemporaryFolder folder_;
  std::unique_ptr<FileVault> vault_ = vault_in(folder_.path());
  MovableClock clock_;
  SqliteOptions options_;
  std::mutex mutex_;
  std::vector<std::string> acknowledged_;  ///< protected by mutex_ while threads run
};

}  // namespace

TEST(PowerCut, EveryAcknowledgedUnitIsThereAfterwardsAndNoneInPart) {
  LosingDisk disk;
  std::size_t acknowledged = 0;
  for (int seed = 0; seed < seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Round round(disk, seed);
    round.write_until_the_power_is_gone();
    round.power_back();
    round.expect_all_there();
    acknowledged += round.acknowledged();
    disk.power_back(*std::make_unique<std::mt19937>(1U));
    if (HasFailure()) return;
  }
  EXPECT_GT(acknowledged, static_cast<std::size_t>(seeds)) << "the rounds did write something";
}

TEST(PowerCut, ASecondOneDuringRecoveryLosesNothingEither) {
  LosingDisk disk;
  for (int seed = 1000; seed < 1000 + seeds / 3; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Round round(disk, seed);
    round.write_until_the_power_is_gone();
    round.power_back();
    disk.cut_after(seed % 20 + 1);
    std::ignore = round.open();
    round.power_back();
    round.expect_all_there();
    disk.power_back(*std::make_unique<std::mt19937>(1U));
    if (HasFailure()) return;
  }
}

/// That the disk does lose: the same kind of writing without syncs does not survive.
TEST(PowerCut, LosesCommitsThatWereNotSynced) {
  LosingDisk disk;
  int lost = 0;
  for (unsigned seed = 0; seed < 10; ++seed) {
    TemporaryFolder folder;
    const auto file = folder.path() / "careless.db";
    {
      Database database(file, Access::write, LosingDisk::name());
      database.script(
          "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE unit (number INTEGER)");
      for (int i = 0; i < 20; ++i) database.run("INSERT INTO unit (number) VALUES (?)", i);
      disk.cut_now();
    }
    std::mt19937 random(seed);
    disk.power_back(random);
    try {
      Database database(file, Access::write, "");
      auto count = database.query("SELECT count(*) FROM unit");
      if (!count.step() || count.integer(0) < 20) ++lost;
    } catch (const std::exception&) {
      ++lost;
    }
  }
  EXPECT_GT(lost, 0);
}

TEST(PowerCut, EveryAcknowledgedDocumentIsThereWholeAndNoneInPart) {
  std::size_t acknowledged_in_all = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    LosingFileSystem disk("/data");
    std::map<std::string, std::string> tried;
    std::vector<std::string> acknowledged;
    disk.cut_after(std::uniform_int_distribution<std::int64_t>(1, 120)(random));
    if (auto files = FolderDocumentFiles::open("/data/documents", disk)) {
      for (int i = 0;; ++i) {
        const std::string id =
            std::string(1, static_cast<char>('A' + i % 5)) + std::to_string(i) + "-DOCUMENT";
        tried[id] = "sealed bytes of " + id;
        if (!(*files)->put(DocumentId(id), tried[id])) break;
        acknowledged.push_back(id);
      }
    }
    disk.power_back(random);
    const auto files = FolderDocumentFiles::open("/data/documents", disk);
    ASSERT_TRUE(files) << files.error().message;
    for (const std::string& id : acknowledged) {
      EXPECT_EQ((*files)->get(DocumentId(id)), tried[id]) << id << " was acknowledged and is lost";
    }
    for (const auto& [id, bytes] : tried) {
      const auto stored = (*files)->get(DocumentId(id));
      if (stored) {
        EXPECT_EQ(*stored, bytes) << id << " is there in part";
      }
    }
    acknowledged_in_all += acknowledged.size();
    if (HasFailure()) return;
  }
  EXPECT_GT(acknowledged_in_all, 300U);
}

/// That the file system does lose: a name whose folder was not synced does not always survive.
TEST(PowerCut, LosesNamesThatWereNotSynced) {
  int lost = 0;
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::mt19937 random(seed);
    LosingFileSystem disk("/data");
    ASSERT_TRUE(disk.write_synced("/data/aside", "x"));
    ASSERT_TRUE(disk.rename("/data/aside", "/data/document"));
    disk.power_back(random);
    if (!disk.read("/data/document")) ++lost;
  }
  EXPECT_GT(lost, 0);
  EXPECT_LT(lost, 20);
}

}  // namespace softbot::testing
