#include <gmock/gmock.h>

#include "unit/store/store_contract.h"

namespace softbot::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> ids_of(const std::vector<ScanRecord>& scans) {
  std::vector<std::string> ids;
  for (const ScanRecord& scan : scans) ids.push_back(scan.id);
  return ids;
}

}  // namespace

class Scans : public StoreContract {
 protected:
  ScanRecord example(const std::string& id) {
    ScanRecord scan;
    scan.id = id;
    scan.person = add_person();
    scan.municipality = "molendam";
    scan.source = "upload";
    scan.by = "postkamer";
    scan.received = clock().now();
    scan.received_on = Date(std::chrono::year(2026), std::chrono::month(11), std::chrono::day(20));
    scan.content_commitment = "content-of-" + id;
    scan.media_type = "application/pdf";
    scan.bytes = 1234;
    scan.document = DocumentId("document-of-" + id);
    scan.file_name = "mevrouw-de-vries.pdf";
    return scan;
  }
  ScanRecord add(const std::string& id, const std::string& municipality = "molendam") {
    ScanRecord scan = example(id);
    scan.municipality = municipality;
    write([&](Transaction& t) { t.add_scan(scan); });
    clock().advance(1s);
    return scan;
  }
  std::vector<std::string> listed(const ScanFilter& filter) {
    return read([&](Transaction& t) { return ids_of(t.scans(filter)); });
  }
};

INSTANTIATE_TEST_SUITE_P(Stores, Scans, ::testing::ValuesIn(store_kinds()),
                         [](const auto& kind) { return kind.param.name; });

TEST_P(Scans, KeepEverythingThatBecameOfThem) {
  ScanRecord scan = add("scan-1");
  scan.state = "read";
  scan.reader_version = "reader 1";
  scan.looks_like_earlier = true;
  scan.parts = DocumentId(std::string("parts"));
  scan.pages.push(Value::object({{"index", 0}, {"sort", "form"}, {"set", "7KQM4T9X"}}));
  scan.applications.emplace_back(std::string("AAAA-BBBB-CCCC"));
  scan.sheets.push(Value::object({{"reference", "DDDD-EEEE-FFFF"}, {"outcome", "signed"}}));
  write([&](Transaction& t) { t.update_scan(scan); });
  reopen();
  const auto found = read([&](Transaction& t) { return t.scan("scan-1"); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->state, "read");
  EXPECT_EQ(found->reader_version, "reader 1");
  EXPECT_TRUE(found->looks_like_earlier);
  EXPECT_EQ(found->parts.text, "parts");
  EXPECT_EQ(found->pages, scan.pages);
  EXPECT_EQ(found->sheets, scan.sheets);
  EXPECT_THAT(found->applications, ElementsAre(ApplicationReference(std::string("AAAA-BBBB-CCCC"))));
  EXPECT_EQ(found->file_name, "mevrouw-de-vries.pdf");
  EXPECT_EQ(found->received_on, scan.received_on);
}

TEST_P(Scans, AreFoundByTheirContentAndCannotBeThereTwice) {
  add("scan-1");
  EXPECT_TRUE(read([&](Transaction& t) { return t.scan_by_content("content-of-scan-1"); }));
  EXPECT_FALSE(read([&](Transaction& t) { return t.scan_by_content("content-of-scan-2"); }));
  ScanRecord again = example("scan-2");
  again.content_commitment = "content-of-scan-1";
  const auto stored = store().write([&](Transaction& t) -> Result<void> {
    t.add_scan(again);
    return {};
  });
  EXPECT_FALSE(stored);
}

TEST_P(Scans, AreListedNewestFirstPageByPageWithinMunicipalities) {
  add("scan-1");
  add("scan-2", "voorbeeld");
  add("scan-3");
  ScanFilter filter;
  filter.limit = 2;
  EXPECT_THAT(listed(filter), ElementsAre("scan-3", "scan-2"));
  filter.after = "scan-2";
  EXPECT_THAT(listed(filter), ElementsAre("scan-1"));
  filter = ScanFilter();
  filter.municipalities = {"voorbeeld"};
  EXPECT_THAT(listed(filter), ElementsAre("scan-2"));
  filter = ScanFilter();
  filter.state = "read";
  EXPECT_THAT(listed(filter), IsEmpty());
}

TEST_P(Scans, AreFoundAgainByTheirMarksInTheOrderOfReceipt) {
  add("scan-1");
  add("scan-2");
  write([&](Transaction& t) {
    t.mark_scan("scan-2", "set:7KQM4T9X");
    t.mark_scan("scan-1", "set:7KQM4T9X");
    t.mark_scan("scan-1", "set:7KQM4T9X");
  });
  EXPECT_THAT(read([&](Transaction& t) { return ids_of(t.scans_marked("set:7KQM4T9X")); }),
              ElementsAre("scan-1", "scan-2"));
  EXPECT_THAT(read([&](Transaction& t) { return ids_of(t.scans_marked("set:other")); }), IsEmpty());
}

TEST_P(Scans, LoseTheirNameWithTheKeyOfTheirPerson) {
  const ScanRecord scan = add("scan-1");
  write([&](Transaction& t) { t.destroy_person_key(scan.person); });
  const auto found = read([&](Transaction& t) { return t.scan("scan-1"); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->file_name, "");
  EXPECT_EQ(found->municipality, "molendam");
}

}  // namespace softbot::testing
