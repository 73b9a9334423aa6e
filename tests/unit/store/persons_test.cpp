#include <gmock/gmock.h>

#include "unit/store/sqlite_home.h"
#include "unit/store/store_contract.h"

namespace softbot::testing {

using namespace std::string_literals;

std::vector<StoreKind> store_kinds() {
  return {{"sqlite", [] { return std::make_unique<SqliteHome>(); }}};
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract, ::testing::ValuesIn(store_kinds()),
                         [](const auto& kind) { return kind.param.name; });

SubmissionRecord submission_of(const PersonId& person, const std::string& id, const std::string& key) {
  SubmissionRecord record;
  record.id = SubmissionId(id);
  record.person = person;
  record.channel = "web";
  record.idempotency_scope = "open";
  record.idempotency_key = key;
  record.body_commitment = "commitment";
  record.body = R"({"common":{}})";
  record.applications = {ApplicationReference("REF1"s), ApplicationReference("REF2"s)};
  return record;
}

TEST_P(StoreContract, FindsThePersonOfABsnAgainAndTellsPersonsApart) {
  const PersonId first = add_person("999990007");
  EXPECT_EQ(add_person("999990007"), first);
  EXPECT_NE(add_person("999990019"), first);
  EXPECT_EQ(read([](Transaction& t) { return t.person_by_bsn("999990007")->id; }), first);
  EXPECT_FALSE(read([](Transaction& t) { return t.person_by_bsn("999990020"); }));
}

TEST_P(StoreContract, APersonWithoutBsnIsAlwaysANewOneAndIsNotFoundByTheEmptyBsn) {
  const PersonId first = add_person();
  EXPECT_NE(add_person(), first);
  EXPECT_FALSE(read([](Transaction& t) { return t.person_by_bsn(""); }));
  EXPECT_EQ(read([&](Transaction& t) { return t.person(first)->bsn_lookup; }), "");
}

TEST_P(StoreContract, KeepsASubmissionAsItCameAcrossARestart) {
  const PersonId person = add_person("999990007");
  SubmissionRecord record = submission_of(person, "S1", "key-1");
  record.received = clock().now();
  write([&](Transaction& t) { t.add_submission(record); });
  reopen();
  const auto stored = read([](Transaction& t) { return t.submission(SubmissionId("S1"s)); });
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->body, record.body);
  EXPECT_EQ(stored->applications, record.applications);
  EXPECT_EQ(stored->received, record.received);
  EXPECT_EQ(stored->body_commitment, "commitment");
  EXPECT_EQ(read([](Transaction& t) { return t.submission_by_key("key-1")->id; }), SubmissionId("S1"s));
  EXPECT_FALSE(read([](Transaction& t) { return t.submission_by_key("key-2"); }));
}

TEST_P(StoreContract, RefusesASecondSubmissionUnderOneIdempotencyKeyAndKeepsTheFirst) {
  const PersonId person = add_person("999990007");
  write([&](Transaction& t) { t.add_submission(submission_of(person, "S1", "key-1")); });
  const auto second = store().write([&](Transaction& t) {
    t.add_submission(submission_of(person, "S2", "key-1"));
    return Result<void>();
  });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_TRUE(read([](Transaction& t) { return t.submission(SubmissionId("S1"s)); }));
  EXPECT_FALSE(read([](Transaction& t) { return t.submission(SubmissionId("S2"s)); }));
}

TEST_P(StoreContract, DestroyingAKeyLeavesRowsWithoutContentAndForgetsTheBsn) {
  const PersonId person = add_person("999990007");
  add_application(person, "REF1", [](Application& a) { a.status = ApplicationStatus::referred; });
  write([&](Transaction& t) { t.add_submission(submission_of(person, "S1", "key-1")); });
  write([&](Transaction& t) { t.destroy_person_key(person); });
  reopen();
  const auto left = read([](Transaction& t) { return t.application(ApplicationReference("REF1"s)); });
  ASSERT_TRUE(left);
  EXPECT_EQ(left->status, ApplicationStatus::referred);
  EXPECT_EQ(left->type, "small-aids");
  EXPECT_TRUE(left->common.is_null());
  EXPECT_TRUE(left->fields.is_null());
  EXPECT_EQ(read([](Transaction& t) { return t.submission(SubmissionId("S1"s))->body; }), "");
  EXPECT_EQ(read([&](Transaction& t) { return t.person(person)->wrapped_key; }), "");
  EXPECT_NE(add_person("999990007"), person) << "who comes back is a new person to us";
}

TEST_P(StoreContract, NothingNewBeginsForADestroyedPersonButItsCasesCanBeClosed) {
  const PersonId person = add_person("999990007");
  Application application = add_application(person, "REF1");
  write([&](Transaction& t) { t.destroy_person_key(person); });
  const auto added = store().write([&](Transaction& t) {
    t.add_application(example(person, "REF2"));
    return Result<void>();
  });
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, ErrorCode::conflict);
  application.status = ApplicationStatus::withdrawn;
  const auto closed = store().write([&](Transaction& t) { return t.update_application(application); });
  ASSERT_TRUE(closed) << closed.error().message;
  const auto left = read([](Transaction& t) { return t.application(ApplicationReference("REF1"s)); });
  EXPECT_EQ(left->status, ApplicationStatus::withdrawn);
  EXPECT_TRUE(left->common.is_null());
}

}  // namespace softbot::testing
