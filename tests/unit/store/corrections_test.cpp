#include <gmock/gmock.h>

#include "unit/store/store_contract.h"

namespace softbot::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr Date first_day = 2026y / 11 / 1;
constexpr Date next_day = 2026y / 11 / 2;

std::vector<std::string> ids_of(const std::vector<CorrectionRecord>& corrections) {
  std::vector<std::string> ids;
  for (const CorrectionRecord& one : corrections) ids.push_back(one.id);
  return ids;
}

}  // namespace

class Corrections : public StoreContract {
 protected:
  void keep(const std::string& id, Date day, const std::string& municipality = "molendam",
            const std::string& owner = "owner", const std::string& about = "") {
    CorrectionRecord record;
    record.id = id;
    record.municipality = municipality;
    record.kept_on = day;
    record.about = about.empty() ? "about-" + id : about;
    record.owner = owner;
    record.content = Value::object({{"raw", "12"}, {"value", "17"}, {"reader", "digits 3"}});
    record.picture_type = "image/jpeg";
    record.picture = "picture of " + id;
    write([&](Transaction& t) { t.keep_correction(record); });
  }
  std::vector<CorrectionRecord> kept(const CorrectionFilter& filter = {}) {
    return read([&](Transaction& t) { return t.corrections(filter); });
  }
  std::int64_t destroy(const std::string& municipality, Date first_kept) {
    std::int64_t destroyed = 0;
    write([&](Transaction& t) { destroyed = t.destroy_corrections(municipality, first_kept); });
    return destroyed;
  }
};

INSTANTIATE_TEST_SUITE_P(Stores, Corrections, ::testing::ValuesIn(store_kinds()),
                         [](const auto& kind) { return kind.param.name; });

TEST_P(Corrections, AreThereAgainAfterARestart) {
  keep("a", first_day);
  reopen();
  const auto all = kept();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].municipality, "molendam");
  EXPECT_EQ(all[0].kept_on, first_day);
  EXPECT_EQ(all[0].content["value"].text_or_empty(), "17");
  EXPECT_EQ(all[0].content["reader"].text_or_empty(), "digits 3");
  EXPECT_EQ(all[0].picture, "picture of a");
  EXPECT_EQ(all[0].picture_type, "image/jpeg");
}

TEST_P(Corrections, AreListedDayByDayAndPageByPage) {
  keep("c", first_day);
  keep("a", next_day);
  keep("b", first_day);
  keep("x", first_day, "voorbeeld");
  CorrectionFilter filter;
  filter.municipality = "molendam";
  EXPECT_THAT(ids_of(kept(filter)), ElementsAre("b", "c", "a"));
  filter.limit = 2;
  EXPECT_THAT(ids_of(kept(filter)), ElementsAre("b", "c"));
  filter.after = "c";
  EXPECT_THAT(ids_of(kept(filter)), ElementsAre("a"));
}

TEST_P(Corrections, AreCountedByMunicipalityAndDay) {
  keep("a", first_day);
  keep("b", first_day);
  keep("c", next_day);
  keep("x", first_day, "voorbeeld");
  const auto days = read([](Transaction& t) { return t.correction_days(); });
  ASSERT_EQ(days.size(), 3u);
  EXPECT_EQ(days[0].municipality, "molendam");
  EXPECT_EQ(days[0].kept_on, first_day);
  EXPECT_EQ(days[0].count, 2);
  EXPECT_EQ(days[1].count, 1);
  EXPECT_EQ(days[2].municipality, "voorbeeld");
}

TEST_P(Corrections, AboutTheSameReadingReplaceEachOther) {
  keep("a", first_day, "molendam", "owner", "the same");
  keep("b", next_day, "molendam", "owner", "the same");
  EXPECT_THAT(ids_of(kept()), ElementsAre("b"));
  write([](Transaction& t) { t.drop_correction("the same"); });
  EXPECT_THAT(kept(), IsEmpty());
}

TEST_P(Corrections, EndWithTheKeyOfTheirDay) {
  keep("a", first_day);
  keep("b", next_day);
  keep("x", first_day, "voorbeeld");
  EXPECT_EQ(destroy("molendam", first_day), 0);
  EXPECT_EQ(destroy("molendam", next_day), 1);
  reopen();
  EXPECT_THAT(ids_of(kept()), UnorderedElementsAre("b", "x"));
  keep("c", first_day);
  EXPECT_THAT(ids_of(kept()), UnorderedElementsAre("b", "c", "x")) << "a day that ended may begin anew";
}

}  // namespace softbot::testing
