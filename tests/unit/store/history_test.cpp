#include "adapters/sqlite/history.h"

#include <gmock/gmock.h>

#include "adapters/files/folder_document_files.h"
#include "adapters/sqlite/maintenance.h"
#include "domain/json.h"
#include "unit/store/sqlite_home.h"

namespace softbot::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A store with cases that a policy judged, one a day.
class History : public ::testing::Test {
 protected:
  void add(const std::string& reference, const Value& facts, const std::string& type = "household-help",
           const std::string& municipality = "voorbeeld") {
    write([&](Transaction& t) {
      Application application;
      application.reference = ApplicationReference(reference);
      application.person = t.find_or_add_person(bsn_).id;
      application.type = type;
      application.municipality = municipality;
      application.received = Instant(std::chrono::days(++day_));
      application.facts = facts;
      t.add_application(application);
      return Result<void>();
    });
  }

  static Value judged(std::int64_t age) {
    return Value::object({{policy_input_fact, Value::object({{"register", Value::object({{"age", age}})}})},
                          {judged_fact, Value::object({{"version", "v1"},
                                                       {"today", "2026-11-21"},
                                                       {"grants", true},
                                                       {"conditions", Value(Value::List{"a", "b"})}})},
                          {"trace", "very long"}});
  }

  std::vector<KeptJudgement> all(const JudgementFilter& filter = {}) {
    auto kept = history_.judgements(0, *history_.last_row(), filter);
    EXPECT_TRUE(kept.has_value());
    return kept ? *kept : std::vector<KeptJudgement>();
  }

  std::vector<std::string> references(const JudgementFilter& filter) {
    std::vector<std::string> references;
    for (const auto& kept : all(filter)) references.push_back(kept.reference.text);
    return references;
  }

  void write(const Store::Unit& unit) { ASSERT_TRUE(home_.store().write(unit)); }

  std::string bsn_ = "999990007";
  int day_ = 0;
  SqliteHome home_;
  sqlite::SqliteHistory history_{home_.sqlite()};
};

TEST_F(History, OfAnEmptyStoreIsEmpty) {
  EXPECT_EQ(history_.last_row(), 0);
  EXPECT_THAT(all(), IsEmpty());
}

TEST_F(History, GivesWhatThePolicyWasGivenAndSaidInOrderOfArrival) {
  add("B", judged(80));
  add("A", judged(70));
  const auto kept = all();
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].reference.text, "B");
  EXPECT_LT(kept[0].row, kept[1].row);
  EXPECT_EQ(to_json(kept[0].input), R"({"register":{"age":80}})");
  EXPECT_EQ(to_json(kept[0].judged), R"({"version":"v1","today":"2026-11-21","grants":true})");
}

TEST_F(History, FollowsTheLastJudgement) {
  add("A", judged(70));
  write([](Transaction& t) {
    auto application = *t.application(ApplicationReference(std::string("A")));
    application.facts = judged(71);
    return t.update_application(application);
  });
  EXPECT_EQ(all()[0].input["register"]["age"].as_integer(), 71);
}

TEST_F(History, IsRestrictedToPeriodMunicipalityTypeAndRows) {
  add("A", judged(70));
  add("B", judged(70), "small-aids");
  add("C", judged(70), "household-help", "molendam");
  JudgementFilter filter;
  filter.type = "small-aids";
  EXPECT_THAT(references(filter), ElementsAre("B"));
  filter = {};
  filter.municipality = "molendam";
  EXPECT_THAT(references(filter), ElementsAre("C"));
  filter = {};
  filter.from = Instant(std::chrono::days(2));
  filter.until = Instant(std::chrono::days(3));
  EXPECT_THAT(references(filter), ElementsAre("B"));
  const auto behind_the_first = history_.judgements(1, 2, {});
  ASSERT_TRUE(behind_the_first);
  EXPECT_EQ(behind_the_first->size(), 1U);
}

TEST_F(History, HasNothingOfACaseThatNoPolicyJudged) {
  add("A", Value::object({{"other", 1}}));
  ASSERT_EQ(all().size(), 1U);
  EXPECT_TRUE(all()[0].input.is_null());
}

TEST_F(History, ReadsWhatWasJudgedBeforeThereWasATableForIt) {
  add("A", judged(70));
  ASSERT_TRUE(home_.sqlite().write_rows([](sqlite::Database& database) {
    database.run("DELETE FROM judgement");
    return Result<void>();
  }));
  ASSERT_EQ(all().size(), 1U);
  EXPECT_EQ(all()[0].input["register"]["age"].as_integer(), 70);
  EXPECT_EQ(all()[0].judged["version"], "v1");
}

TEST_F(History, HasNothingOfSomebodyWhoWasErased) {
  add("A", judged(70));
  auto files = FolderDocumentFiles::open(home_.data() / "documents");
  ASSERT_TRUE(files);
  ASSERT_TRUE(sqlite::destroy_person(home_.sqlite(), **files, bsn_, {"a", "b"}));
  ASSERT_EQ(all().size(), 1U);
  EXPECT_TRUE(all()[0].input.is_null());
  ASSERT_TRUE(home_.sqlite().read_rows([](sqlite::Database& database) {
    auto row = database.query("SELECT count(*) FROM judgement WHERE length(content) > 0");
    EXPECT_TRUE(row.step());
    EXPECT_EQ(row.integer(0), 0) << "nothing sealed is left either";
    return Result<void>();
  }));
}

}  // namespace
}  // namespace softbot::testing
