#include <gtest/gtest.h>

#include <fstream>

#include "adapters/sqlite/database.h"
#include "unit/store/sqlite_home.h"

namespace softbot::testing {
namespace {

using sqlite::Access;
using sqlite::Database;
using sqlite::Role;

Error refusal_of(const std::filesystem::path& data, const Vault& vault, const Clock& clock,
                 SqliteOptions options = {}) {
  const auto store = SqliteStore::open(data, vault, clock, options);
  return store ? Error{} : store.error();
}

std::string all_bytes(const std::filesystem::path& folder) {
  std::string bytes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return bytes;
}

}  // namespace

TEST(SqliteOpen, ASecondNodeOnTheSameFolderIsToldWhoHoldsIt) {
  SqliteHome home;
  const Error error = refusal_of(home.data(), home.vault(), home.clock);
  EXPECT_EQ(error.code, ErrorCode::conflict);
  EXPECT_NE(error.message.find("in use by process " + std::to_string(getpid())), std::string::npos)
      << error.message;
  home.close();
  EXPECT_EQ(refusal_of(home.data(), home.vault(), home.clock).message, "");
}

TEST(SqliteOpen, AToolWorksBesideANodeAndSeesWhatItWrites) {
  SqliteHome home;
  SqliteOptions options;
  options.role = Role::tool;
  const auto tool = SqliteStore::open(home.data(), home.vault(), home.clock, options);
  ASSERT_TRUE(tool) << tool.error().message;
  EXPECT_TRUE((*tool)->write([](Transaction& t) {
    t.put_setting("by-tool", Value(1));
    return Result<void>();
  }));
  EXPECT_TRUE(home.store().read([](Transaction& t) {
    EXPECT_TRUE(t.setting("by-tool"));
    return Result<void>();
  }));
}

TEST(SqliteOpen, AToolDoesNotTakeTheLeasesOfTheNode) {
  SqliteHome home;
  std::ignore = home.store().write([&](Transaction& t) {
    t.add_job("decide", "A", home.clock.now());
    EXPECT_EQ(t.claim_jobs(1, home.clock.now(), std::chrono::hours(1)).size(), 1U);
    return Result<void>();
  });
  SqliteOptions options;
  options.role = Role::tool;
  ASSERT_TRUE(SqliteStore::open(home.data(), home.vault(), home.clock, options));
  std::ignore = home.store().write([&](Transaction& t) {
    EXPECT_TRUE(t.claim_jobs(1, home.clock.now(), std::chrono::hours(1)).empty());
    return Result<void>();
  });
}

TEST(SqliteOpen, JobsThatWereUnderWayAtManyACrashComeBackOneAfterTheOther) {
  SqliteHome home;
  const auto claim = [&] {
    std::size_t count = 0;
    std::ignore = home.store().write([&](Transaction& t) {
      count = t.claim_jobs(10, home.clock.now(), std::chrono::hours(1)).size();
      return Result<void>();
    });
    return count;
  };
  std::ignore = home.store().write([&](Transaction& t) {
    for (const char* subject : {"A", "B", "C"}) t.add_job("decide", subject, home.clock.now());
    return Result<void>();
  });
  for (int crash = 0; crash < 5; ++crash) {
    EXPECT_EQ(claim(), 3U) << "all at once as long as it may be chance";
    home.reopen();
  }
  for (int turn = 0; turn < 3; ++turn) {
    EXPECT_EQ(claim(), 0U);
    home.clock.advance(std::chrono::milliseconds(500));
    EXPECT_EQ(claim(), 1U);
  }
}

TEST(SqliteOpen, AStoreOfANewerProgramIsRefusedInClearWords) {
  SqliteHome home;
  home.close();
  Database(sqlite::database_file(home.data()), Access::write, "").script("PRAGMA user_version = 999");
  const Error error = refusal_of(home.data(), home.vault(), home.clock);
  EXPECT_EQ(error.code, ErrorCode::incompatible);
  EXPECT_NE(error.message.find("newer softbot made this store (schema 999)"), std::string::npos)
      << error.message;
}

TEST(SqliteOpen, ADatabaseOfAnotherProgramIsRefusedAndLeftAsItIs) {
  TemporaryFolder folder;
  const auto vault = vault_in(folder.path());
  MovableClock clock;
  std::filesystem::create_directories(folder.path() / "data");
  Database(sqlite::database_file(folder.path() / "data"), Access::write, "")
      .script("CREATE TABLE theirs (x)");
  const std::string before = all_bytes(folder.path() / "data");
  EXPECT_EQ(refusal_of(folder.path() / "data", *vault, clock).code, ErrorCode::incompatible);
  std::filesystem::remove(folder.path() / "data" / "softbot.lock");
  EXPECT_EQ(all_bytes(folder.path() / "data"), before);
}

TEST(SqliteOpen, AFileThatIsNoDatabaseIsDamaged) {
  TemporaryFolder folder;
  const auto vault = vault_in(folder.path());
  MovableClock clock;
  std::filesystem::create_directories(folder.path() / "data");
  std::ofstream(sqlite::database_file(folder.path() / "data")) << std::string(5000, 'x');
  EXPECT_EQ(refusal_of(folder.path() / "data", *vault, clock).code, ErrorCode::damaged);
}

TEST(SqliteOpen, AStoreOfAnotherMasterKeyIsRefusedInClearWords) {
  SqliteHome home;
  home.close();
  const auto other = FileVault::open(home.beside("other.key"), home.data(), WhenAbsent::create);
  const Error error = refusal_of(home.data(), **other, home.clock);
  EXPECT_EQ(error.code, ErrorCode::configuration);
  EXPECT_NE(error.message.find("another master key"), std::string::npos) << error.message;
}

TEST(SqliteOpen, AFolderThatCannotBeMadeIsAStorageError) {
  TemporaryFolder folder;
  const auto vault = vault_in(folder.path());
  MovableClock clock;
  std::ofstream(folder.path() / "file") << "x";
  EXPECT_EQ(refusal_of(folder.path() / "file" / "data", *vault, clock).code, ErrorCode::storage);
}

TEST(SqliteOpen, NothingPersonalLiesInTheClear) {
  SqliteHome home;
  std::ignore = home.store().write([&](Transaction& t) {
    const PersonId person = t.find_or_add_person("999990007").id;
    SubmissionRecord submission;
    submission.id = SubmissionId(std::string("S1"));
    submission.person = person;
    submission.idempotency_key = "k";
    submission.body = R"({"bsn":"999990007","name":"Zomerbloem"})";
    t.add_submission(submission);
    Application application;
    application.reference = ApplicationReference(std::string("REF1"));
    application.person = person;
    application.common = Value::object({{"bsn", "999990007"}, {"familyName", "Zomerbloem"}});
    t.add_application(application);
    t.add_session({"token", "resident", "", "999990007", "csrf", home.clock.now(), home.clock.now()});
    return Result<void>();
  });
  const std::string open_bytes = all_bytes(home.data());
  home.close();
  for (const std::string& bytes : {open_bytes, all_bytes(home.data())}) {
    EXPECT_EQ(bytes.find("999990007"), std::string::npos);
    EXPECT_EQ(bytes.find("Zomerbloem"), std::string::npos);
    EXPECT_NE(bytes.find("REF1"), std::string::npos) << "the test looks at the right bytes";
  }
}

TEST(SqliteOpen, AStoreWithTooLittleRoomIsNotHealthy) {
  SqliteOptions options;
  options.free_bytes_wanted = std::uintmax_t{1} << 60;
  SqliteHome home(options);
  const auto health = home.store().healthy();
  ASSERT_FALSE(health);
  EXPECT_EQ(health.error().code, ErrorCode::storage);
}

}  // namespace softbot::testing
