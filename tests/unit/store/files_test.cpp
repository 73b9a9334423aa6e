#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "adapters/files/folder_document_files.h"
#include "unit/store/store_home.h"

namespace softbot::testing {
namespace {

using namespace std::string_literals;

class Files : public ::testing::Test {
 protected:
  std::unique_ptr<FolderDocumentFiles> open() {
    auto files = FolderDocumentFiles::open(folder_.path() / "documents");
    if (!files) throw std::runtime_error(files.error().message);
    return std::move(*files);
  }
  TemporaryFolder folder_;
};

TEST_F(Files, GiveBackTheBytesAlsoAfterARestart) {
  const std::string bytes = std::string(100'000, '\x01') + '\0' + "end";
  ASSERT_TRUE(open()->put(DocumentId("7KQM4T9X"s), bytes));
  EXPECT_EQ(open()->get(DocumentId("7KQM4T9X"s)), bytes);
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / "documents" / "7" / "K" / "7KQM4T9X"));
}

TEST_F(Files, WhatIsNotThereIsNotFoundAndCanBeRemovedAgain) {
  const auto files = open();
  EXPECT_EQ(files->get(DocumentId("NONE"s)).error().code, ErrorCode::not_found);
  EXPECT_TRUE(files->remove(DocumentId("NONE"s)));
  ASSERT_TRUE(files->put(DocumentId("SOME"s), "x"));
  EXPECT_TRUE(files->remove(DocumentId("SOME"s)));
  EXPECT_TRUE(files->remove(DocumentId("SOME"s)));
  EXPECT_EQ(files->get(DocumentId("SOME"s)).error().code, ErrorCode::not_found);
}

TEST_F(Files, RefuseIdsThatWouldLeaveTheFolder) {
  const auto files = open();
  for (const std::string& id :
       {"../../etc/passwd"s, ".."s, "a/b"s, ""s, "a"s, "a\0b"s, std::string(101, 'a')}) {
    EXPECT_EQ(files->put(DocumentId(id), "x").error().code, ErrorCode::invalid_input) << id;
    EXPECT_EQ(files->get(DocumentId(id)).error().code, ErrorCode::invalid_input) << id;
    EXPECT_EQ(files->remove(DocumentId(id)).error().code, ErrorCode::invalid_input) << id;
  }
}

TEST_F(Files, AWriteThatFailsIsAStorageErrorAndLeavesNothing) {
  const auto files = open();
  std::filesystem::remove_all(folder_.path() / "documents" / "incoming");
  const auto put = files->put(DocumentId("SOME"s), "x");
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().code, ErrorCode::storage);
  EXPECT_TRUE(put.error().retryable);
  EXPECT_EQ(put.error().message.find("SOME"), std::string::npos);
  EXPECT_EQ(files->get(DocumentId("SOME"s)).error().code, ErrorCode::not_found);
}

TEST_F(Files, LeftoversOfACrashAreRemoved) {
  const auto files = open();
  ASSERT_TRUE(system_files().write_synced(folder_.path() / "documents" / "incoming" / "HALF.1", "half"));
  files->remove_leftovers();
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() / "documents" / "incoming"));
}

TEST_F(Files, ManyThreadsPutTheirOwnDocuments) {
  const auto files = open();
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 20; ++i) {
        const std::string id = std::to_string(i) + "-" + std::to_string(thread);
        EXPECT_TRUE(files->put(DocumentId(id + "-id"), id));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(files->get(DocumentId(std::to_string(i) + "-3-id")), std::to_string(i) + "-3");
}

}  // namespace
}  // namespace softbot::testing
