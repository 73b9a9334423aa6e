#include <gtest/gtest.h>

#include "adapters/files/folder_document_files.h"
#include "faults/store/losing_disk.h"
#include "faults/store/losing_file_system.h"
#include "unit/store/sqlite_home.h"

namespace softbot::testing {
namespace {

SqliteOptions on_losing_disk() {
  SqliteOptions options;
  options.vfs = LosingDisk::name();
  return options;
}

Result<void> add(Store& store, const std::string& name, std::size_t bytes) {
  return store.write([&](Transaction& t) {
    t.put_setting(name, Value(std::string(bytes, 'x')));
    return Result<void>();
  });
}

bool has(Store& store, const std::string& name) {
  bool found = false;
  const auto done = store.read([&](Transaction& t) {
    found = t.setting(name).has_value();
    return Result<void>();
  });
  return done && found;
}

}  // namespace

TEST(DiskFull, IsAStorageErrorAndTheStoreGoesOnWhenThereIsRoom) {
  LosingDisk disk;
  SqliteHome home(on_losing_disk());
  ASSERT_TRUE(add(home.store(), "before", 1000));
  disk.set_full(true);
  for (int i = 0; i < 3; ++i) {
    const auto done = add(home.store(), "during" + std::to_string(i), 100'000);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::storage);
    EXPECT_TRUE(done.error().retryable);
    EXPECT_NE(done.error().message.find("full"), std::string::npos) << done.error().message;
  }
  EXPECT_TRUE(has(home.store(), "before")) << "reading goes on";
  EXPECT_FALSE(home.store().healthy());
  disk.set_full(false);
  EXPECT_TRUE(home.store().healthy()) << "notices by itself that there is room again";
  EXPECT_TRUE(add(home.store(), "after", 100'000));
  home.reopen();
  EXPECT_TRUE(has(home.store(), "before"));
  EXPECT_FALSE(has(home.store(), "during0"));
  EXPECT_TRUE(has(home.store(), "after"));
}

/// A unit so large that SQLite writes before the commit and, when that fails, takes the whole transaction
/// back.
TEST(DiskFull, InTheMiddleOfALargeUnitLosesNothingThatWasAcknowledged) {
  LosingDisk disk;
  SqliteHome home(on_losing_disk());
  ASSERT_TRUE(add(home.store(), "before", 1000));
  disk.set_full(true);
  const auto large = home.store().write([&](Transaction& t) {
    for (int i = 0; i < 400; ++i)
      t.put_setting("large" + std::to_string(i), Value(std::string(100'000, 'x')));
    return Result<void>();
  });
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, ErrorCode::storage);
  disk.set_full(false);
  EXPECT_TRUE(add(home.store(), "after", 1000));
  EXPECT_TRUE(has(home.store(), "before"));
  EXPECT_FALSE(has(home.store(), "large0"));
}

TEST(DiskFull, ADocumentIsRefusedAndTakenWhenThereIsRoom) {
  LosingFileSystem disk("/data");
  const auto files = FolderDocumentFiles::open("/data/documents", disk);
  ASSERT_TRUE(files);
  const DocumentId id(std::string("DOC1"));
  disk.set_full(true);
  EXPECT_EQ((*files)->put(id, "x").error().code, ErrorCode::storage);
  EXPECT_EQ((*files)->get(id).error().code, ErrorCode::not_found);
  disk.set_full(false);
  EXPECT_TRUE((*files)->put(id, "x"));
  EXPECT_EQ((*files)->get(id), "x");
}

TEST(PowerGone, WhileTheStoreRunsIsAnErrorForWhoWritesAndNotForTheProgram) {
  LosingDisk disk;
  SqliteHome home(on_losing_disk());
  ASSERT_TRUE(add(home.store(), "before", 1000));
  disk.cut_now();
  EXPECT_EQ(add(home.store(), "during", 1000).error().code, ErrorCode::storage);
  EXPECT_FALSE(home.store().healthy());
}

}  // namespace softbot::testing
