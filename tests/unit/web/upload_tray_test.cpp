#include "web/upload_tray.h"

#include <gtest/gtest.h>

namespace softbot::web {
namespace {

constexpr Instant noon{std::chrono::hours(12)};

TrayFile file(const std::string& name, const std::string& bytes) {
  return {.id = "",
          .part = "common",
          .kind = "personal-plan",
          .name = name,
          .media_type = "application/pdf",
          .bytes = bytes,
          .row_key = "",
          .period_from = "",
          .period_to = "",
          .look = ""};
}

TEST(UploadTray, KeepsFilesOfAFormInTheirOrderAndOfNoOther) {
  const UploadTray tray;
  EXPECT_EQ(tray.add("form-a", file("one.pdf", "1"), noon), UploadTray::Added::yes);
  EXPECT_EQ(tray.add("form-a", file("two.pdf", "2"), noon), UploadTray::Added::yes);
  ASSERT_EQ(tray.files("form-a", noon).size(), 2U);
  EXPECT_EQ(tray.files("form-a", noon).front().name, "one.pdf");
  EXPECT_TRUE(tray.files("form-b", noon).empty());
}

TEST(UploadTray, TheSameFileTwiceIsOne) {
  const UploadTray tray;
  (void)tray.add("form", file("one.pdf", "1"), noon);
  EXPECT_EQ(tray.add("form", file("one.pdf", "1"), noon), UploadTray::Added::yes);
  EXPECT_EQ(tray.files("form", noon).size(), 1U);
}

TEST(UploadTray, AFormThatIsForgottenHasNoFilesAndLeavesRoom) {
  const UploadTray tray({.files_per_form = 1});
  (void)tray.add("form", file("one.pdf", "1"), noon);
  (void)tray.add("other", file("two.pdf", "2"), noon);
  tray.forget("form");
  tray.forget("never-seen");
  EXPECT_TRUE(tray.files("form", noon).empty());
  EXPECT_EQ(tray.files("other", noon).size(), 1U);
  EXPECT_EQ(tray.add("form", file("three.pdf", "3"), noon), UploadTray::Added::yes);
}

TEST(UploadTray, ARemovedFileIsGone) {
  const UploadTray tray;
  (void)tray.add("form", file("one.pdf", "1"), noon);
  tray.remove("form", tray.files("form", noon).front().id);
  tray.remove("form", "99");
  tray.remove("absent", "1");
  EXPECT_TRUE(tray.files("form", noon).empty());
}

TEST(UploadTray, ForgetsWhatNobodyTouchedForAnHour) {
  const UploadTray tray;
  (void)tray.add("form", file("one.pdf", "1"), noon);
  EXPECT_EQ(tray.files("form", noon + std::chrono::minutes(59)).size(), 1U);
  EXPECT_EQ(tray.files("form", noon + std::chrono::minutes(118)).size(), 1U) << "looking keeps it";
  EXPECT_TRUE(tray.files("form", noon + std::chrono::minutes(180)).empty());
}

TEST(UploadTray, BoundsCountAndBytesOfAForm) {
  const UploadTray tray(
      {.files_per_form = 2, .bytes_per_form = 10, .total_bytes = 100, .keep = std::chrono::minutes(60)});
  EXPECT_EQ(tray.add("form", file("big", std::string(11, 'x')), noon), UploadTray::Added::too_large);
  EXPECT_EQ(tray.add("form", file("a", "1"), noon), UploadTray::Added::yes);
  EXPECT_EQ(tray.add("form", file("b", "2"), noon), UploadTray::Added::yes);
  EXPECT_EQ(tray.add("form", file("c", "3"), noon), UploadTray::Added::too_many);
}

TEST(UploadTray, WhenAllIsFullTheOldestFormLosesItsFiles) {
  const UploadTray tray(
      {.files_per_form = 9, .bytes_per_form = 60, .total_bytes = 100, .keep = std::chrono::minutes(60)});
  (void)tray.add("old", file("a", std::string(60, 'a')), noon);
  (void)tray.add("middle", file("b", std::string(30, 'b')), noon + std::chrono::minutes(1));
  (void)tray.add("new", file("c", std::string(40, 'c')), noon + std::chrono::minutes(2));
  EXPECT_TRUE(tray.files("old", noon + std::chrono::minutes(3)).empty());
  EXPECT_EQ(tray.files("middle", noon + std::chrono::minutes(3)).size(), 1U);
  EXPECT_EQ(tray.files("new", noon + std::chrono::minutes(3)).size(), 1U);
}

}  // namespace
}  // namespace softbot::web
