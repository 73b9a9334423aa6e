#include "adapters/scan_folder/scan_folder.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <functional>
#include <future>
#include <thread>

#include "adapters/scan_folder/whole_file.h"
#include "unit/store/store_home.h"

namespace softbot::testing {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

const std::string pdf = "%PDF-1.4 a page %%EOF\n";
const std::string png = "\x89PNG\r\n\x1A\n....IEND\xAE\x42\x60\x82"s;
const std::string jpeg = "\xFF\xD8\xFF....\xFF\xD9"s;

/// One strip of four bytes behind one directory.
std::string tiff() {
  std::string bytes("II*\0\x08\0\0\0", 8);
  bytes += std::string("\x02\0", 2);
  bytes += std::string("\x11\x01\x04\0\x01\0\0\0\x26\0\0\0", 12);  // strip offset 38
  bytes += std::string("\x17\x01\x04\0\x01\0\0\0\x04\0\0\0", 12);  // strip bytes 4
  bytes += std::string("\0\0\0\0", 4);
  return bytes + "data";
}

class AScanFolder : public ::testing::Test {
 protected:
  AScanFolder() { open(); }

  void open() {
    ScanFolderOptions options;
    options.folder = folder_.path() / "scans";
    options.default_municipality = "voorbeeld";
    options.municipalities = {"molendam", "voorbeeld"};
    options.largest_bytes = 1'000;
    options.poll = 1ms;
    auto opened = ScanFolder::open(
        options,
        [this](const DroppedScan& scan) -> Result<void> {
          if (refuses) return fail(Error{ErrorCode::storage, "The disk is full.", true, {}});
          taken.push_back(scan);
          if (on_take) on_take();
          return {};
        },
        clock, log_, metrics_);
    ASSERT_TRUE(opened) << opened.error().message;
    watch = std::move(*opened);
  }

  [[nodiscard]] fs::path at(const std::string& name) const { return folder_.path() / "scans" / name; }
  void drop(const std::string& name, const std::string& bytes) {
    std::ofstream(at("in/" + name), std::ios::binary) << bytes;
  }
  /// Looks twice, with so much time in between that what stands still has stood still.
  void look(std::chrono::milliseconds between = 3s) {
    watch->look();
    clock.advance(between);
    watch->look();
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const DroppedScan& scan : taken) all.push_back(scan.file_name);
    return all;
  }
  [[nodiscard]] std::size_t files_in(const std::string& folder) const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(at(folder))) count += entry.is_regular_file();
    return count;
  }

  MovableClock clock;
  std::vector<DroppedScan> taken;
  bool refuses = false;
  std::function<void()> on_take;
  std::unique_ptr<ScanFolder> watch;

 private:
  TemporaryFolder folder_;
  NullLog log_;
  NullMetrics metrics_;
};

TEST_F(AScanFolder, TakesAWholeFileOnceAndPutsItAwayByDay) {
  drop("a.pdf", pdf);
  look();
  look();
  ASSERT_THAT(names(), ElementsAre("a.pdf"));
  EXPECT_EQ(taken[0].municipality, "voorbeeld");
  EXPECT_EQ(taken[0].bytes, pdf);
  EXPECT_EQ(taken[0].refused, "");
  EXPECT_EQ(files_in("in"), 0U);
  EXPECT_EQ(files_in("spool"), 0U);
  EXPECT_TRUE(fs::exists(at("done/2027-01-15/a.pdf")));
}

TEST_F(AScanFolder, GivesFilesTheMunicipalityOfTheirFolder) {
  drop("molendam/b.png", png);
  look();
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0].municipality, "molendam");
}

TEST_F(AScanFolder, LeavesAGrowingFileUntilItIsWhole) {
  drop("a.pdf", "%PDF-1.4 half of a");
  look();
  EXPECT_THAT(taken, IsEmpty());
  drop("a.pdf", "%PDF-1.4 half of a page, more");
  look(9min);
  EXPECT_THAT(taken, IsEmpty());
  drop("a.pdf", pdf);
  look();
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0].refused, "");
}

TEST_F(AScanFolder, GivesUpAfterTenMinutesWithoutChangeAndSaysDamaged) {
  drop("a.pdf", "%PDF-1.4 half of a");
  look(9min);
  EXPECT_THAT(taken, IsEmpty());
  look(2min);
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0].refused, "damaged");
  EXPECT_EQ(files_in("done"), 1U);
}

TEST_F(AScanFolder, SendsWhatIsNoScanOnWithThatReason) {
  drop("brief.docx", "PK\x03\x04 a document");
  look();
  EXPECT_THAT(taken, IsEmpty());
  look(2min);
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0].refused, "unsupported");
}

TEST_F(AScanFolder, LeavesHiddenAndTemporaryNamesLinksPipesAndFoldersAlone) {
  drop(".hidden.pdf", pdf);
  drop("a.pdf.part", pdf);
  drop("~$b.pdf", pdf);
  fs::create_directory(at("in/elsewhere"));
  drop("elsewhere/c.pdf", pdf);
  std::ofstream(at("secret"), std::ios::binary) << pdf;
  fs::create_symlink(at("secret"), at("in/link.pdf"));
  ASSERT_EQ(mkfifo(at("in/pipe.pdf").c_str(), 0600), 0);
  look();
  look(11min);
  EXPECT_THAT(taken, IsEmpty());
  EXPECT_TRUE(fs::exists(at("secret")));
}

TEST_F(AScanFolder, TriesAgainWhatCouldNotBeTaken) {
  refuses = true;
  drop("a.pdf", pdf);
  look();
  EXPECT_EQ(files_in("spool"), 1U);
  refuses = false;
  look();
  EXPECT_THAT(names(), ElementsAre("a.pdf"));
  EXPECT_EQ(files_in("done"), 1U);
}

TEST_F(AScanFolder, GoesOnWithTheSpoolAfterACrash) {
  refuses = true;
  drop("molendam/a.pdf", pdf);
  look();
  watch.reset();
  refuses = false;
  open();
  watch->look();
  ASSERT_THAT(names(), ElementsAre("a.pdf"));
  EXPECT_EQ(taken[0].municipality, "molendam");
}

TEST_F(AScanFolder, KeepsTwoFilesOfOneNameOnOneDay) {
  drop("a.pdf", pdf);
  look();
  drop("a.pdf", pdf + pdf);
  look();
  EXPECT_EQ(taken.size(), 2U);
  EXPECT_EQ(files_in("done"), 2U);
}

TEST_F(AScanFolder, LeavesWhatIsTooLargeWhereItIs) {
  drop("a.pdf", pdf + std::string(2'000, ' '));
  look(11min);
  EXPECT_THAT(taken, IsEmpty());
  EXPECT_EQ(files_in("in"), 1U);
}

TEST_F(AScanFolder, LooksOnAThreadOfItsOwnUntilItIsStopped) {
  std::promise<std::thread::id> promised;
  auto taker = promised.get_future();
  on_take = [&] { promised.set_value(std::this_thread::get_id()); };
  drop("a.pdf", pdf);
  watch->start();
  // It is taken when it stands still from one look to the next.
  for (int i = 0; i < 100'000 && taker.wait_for(1ms) != std::future_status::ready; ++i) clock.advance(3s);
  watch->stop();
  watch->stop();
  ASSERT_THAT(names(), ElementsAre("a.pdf"));
  EXPECT_NE(taker.get(), std::this_thread::get_id());
  on_take = nullptr;
  drop("b.pdf", pdf + pdf);
  look();
  EXPECT_THAT(names(), ElementsAre("a.pdf", "b.pdf"));
}

TEST(AFile, IsWholeWhenItsOwnEndIsThere) {
  for (const std::string& bytes : {pdf, png, jpeg, tiff()}) {
    EXPECT_EQ(wholeness_of(bytes), Wholeness::whole);
    for (std::size_t length = 12; length < bytes.size() - 1; ++length)
      EXPECT_EQ(wholeness_of(bytes.substr(0, length)), Wholeness::not_yet) << bytes.substr(0, 4) << length;
  }
  EXPECT_EQ(wholeness_of("a text"), Wholeness::no_scan);
  EXPECT_EQ(wholeness_of(""), Wholeness::not_yet);
}

TEST(ATiff, WhosePiecesPointOutsideItIsNotWholeAndNoTrouble) {
  std::string bytes = tiff();
  bytes[18] = '\x7F';  // the strip lies far away
  EXPECT_EQ(wholeness_of(bytes), Wholeness::not_yet);
  std::string circle = tiff();
  circle[34] = '\x08';  // the next directory is this one
  EXPECT_EQ(wholeness_of(circle), Wholeness::whole);
}

}  // namespace
}  // namespace softbot::testing
