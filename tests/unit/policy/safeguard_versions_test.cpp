#include "policy/safeguard_versions.h"

#include <gmock/gmock.h>

#include "domain/json.h"
#include "memory_transaction.h"

namespace softbot {
namespace {

using ::testing::ElementsAre;

const Instant morning = *parse_instant("2026-11-21T08:00:00Z");

std::string with_cap(int grants) {
  return R"({"types":{"small-aids":{"grantsPerDay":)" + std::to_string(grants) +
         R"(,"centsPerDay":20000,"sampleShare":"0.05"}}})";
}

std::int64_t cap_in_use(MemoryTransaction& transaction) {
  return (*transaction.setting("safeguards"))["types"]["small-aids"]["grantsPerDay"].as_integer().value_or(
      -1);
}

std::string draft_of(MemoryTransaction& transaction) {
  for (const auto& record : transaction.records)
    if (record.state == "draft") return record.version;
  return {};
}

TEST(SafeguardVersions, fill_an_empty_store_and_keep_a_difference_as_a_draft) {
  MemoryTransaction transaction;
  EXPECT_EQ(offer_safeguards(transaction, with_cap(3), morning), Shipped::activated);
  EXPECT_EQ(offer_safeguards(transaction, with_cap(3), morning), Shipped::known);
  EXPECT_EQ(offer_safeguards(transaction, with_cap(300), morning), Shipped::drafted);
  EXPECT_EQ(cap_in_use(transaction), 3) << "a file on disk loosens nothing";
}

TEST(SafeguardVersions, count_once_a_person_approved_them) {
  MemoryTransaction transaction;
  ASSERT_TRUE(offer_safeguards(transaction, with_cap(3), morning));
  ASSERT_TRUE(offer_safeguards(transaction, with_cap(4), morning));
  ASSERT_TRUE(approve(transaction, safeguards_name(), draft_of(transaction), {"bert", "Mag.", morning}));
  ASSERT_TRUE(use_active_safeguards(transaction));
  EXPECT_EQ(cap_in_use(transaction), 4);
}

TEST(SafeguardVersions, begin_with_what_a_store_of_before_had) {
  MemoryTransaction transaction;
  ASSERT_TRUE(fill_safeguards(transaction, with_cap(7)));
  EXPECT_EQ(offer_safeguards(transaction, with_cap(3), morning), Shipped::drafted);
  EXPECT_EQ(cap_in_use(transaction), 7);
  ASSERT_TRUE(use_active_safeguards(transaction));
  EXPECT_EQ(cap_in_use(transaction), 7);
}

TEST(SafeguardVersions, are_refused_when_the_file_is_wrong) {
  MemoryTransaction transaction;
  EXPECT_EQ(offer_safeguards(transaction, with_cap(-1), morning).error().code, ErrorCode::configuration);
  EXPECT_EQ(offer_safeguards(transaction, "[", morning).error().code, ErrorCode::configuration);
  EXPECT_FALSE(transaction.setting("safeguards"));
}

TEST(SafeguardDifferences, name_each_limit_that_is_not_the_same) {
  const Value before = *parse_json(with_cap(3));
  Value after = *parse_json(with_cap(5));
  after.set("municipalities", *parse_json(R"({"molendam":{"small-aids":{"sampleShare":"0.5"}}})"));
  EXPECT_THAT(
      differences_of(before, after),
      ElementsAre(SafeguardDifference{"", "small-aids", "grantsPerDay", Value(3), Value(5)},
                  SafeguardDifference{"molendam", "small-aids", "sampleShare", Value(), Value("0.5")}));
  EXPECT_TRUE(differences_of(before, before).empty());
}

}  // namespace
}  // namespace softbot
