#include <gmock/gmock.h>

#include "domain/date.h"
#include "unit/store/store_contract.h"

namespace softbot::testing {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using ::testing::ElementsAre;

constexpr Date day(int year, unsigned month, unsigned number) {
  return Date(std::chrono::year(year), std::chrono::month(month), std::chrono::day(number));
}

std::vector<std::string> subjects_of(const std::vector<Job>& jobs) {
  std::vector<std::string> subjects;
  for (const Job& job : jobs) subjects.push_back(job.subject);
  return subjects;
}

std::vector<std::string> keys_of(const std::vector<OutboxRecord>& entries) {
  std::vector<std::string> keys;
  for (const OutboxRecord& entry : entries) keys.push_back(entry.key);
  return keys;
}

OutboxRecord letter_to(const PersonId& person, const std::string& key) {
  OutboxRecord entry;
  entry.key = key;
  entry.person = person;
  entry.channel = "post";
  entry.content = Value::object({{"street", "Teststraat"}});
  entry.state = "waiting";
  return entry;
}

}  // namespace

class Jobs : public StoreContract {
 protected:
  std::vector<Job> claim(std::size_t count, std::chrono::milliseconds lease = 60s) {
    std::vector<Job> jobs;
    write([&](Transaction& t) { jobs = t.claim_jobs(count, clock().now(), lease); });
    return jobs;
  }
  void add(const std::string& subject, std::chrono::milliseconds from_now = 0ms) {
    write([&](Transaction& t) { t.add_job("decide", subject, clock().now() + from_now); });
  }
  std::int64_t waiting() {
    return read([&](Transaction& t) { return t.waiting_jobs(clock().now()); });
  }
};

INSTANTIATE_TEST_SUITE_P(Stores, Jobs, ::testing::ValuesIn(store_kinds()),
                         [](const auto& kind) { return kind.param.name; });

TEST_P(Jobs, AreClaimedOnceInTheirOrderAndGoneWhenFinished) {
  add("A");
  add("B");
  add("C");
  const auto first = claim(2);
  EXPECT_THAT(subjects_of(first), ElementsAre("A", "B"));
  EXPECT_THAT(subjects_of(claim(2)), ElementsAre("C"));
  EXPECT_TRUE(claim(2).empty());
  EXPECT_EQ(waiting(), 3) << "in progress is not yet done";
  write([&](Transaction& t) {
    for (const Job& job : first) t.finish_job(job.id);
  });
  EXPECT_EQ(waiting(), 1);
}

TEST_P(Jobs, OfSomeKindsAreClaimedApartFromAllOthers) {
  add("A");
  write([&](Transaction& t) {
    t.add_job("read-scan", "S", clock().now());
    t.add_job("read-attachments", "T", clock().now());
  });
  add("B");
  const auto claim_of = [&](JobKinds::Which which) {
    std::vector<Job> jobs;
    write([&](Transaction& t) {
      jobs = t.claim_jobs(9, clock().now(), 60s, {which, {"read-scan", "read-attachments"}});
    });
    return subjects_of(jobs);
  };
  EXPECT_THAT(claim_of(JobKinds::Which::all_but), ElementsAre("A", "B"));
  EXPECT_THAT(claim_of(JobKinds::Which::only), ElementsAre("S", "T"));
  EXPECT_TRUE(claim_of(JobKinds::Which::all).empty());
}

TEST_P(Jobs, ThatAreForLaterWaitForTheirMoment) {
  add("LATER", 1h);
  EXPECT_TRUE(claim(1).empty());
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(read([](Transaction& t) { return *t.next_job_at(); }), clock().now() + 1h);
  clock().advance(1h);
  EXPECT_EQ(waiting(), 1);
  EXPECT_THAT(subjects_of(claim(1)), ElementsAre("LATER"));
}

TEST_P(Jobs, ComeBackWhenTheirLeaseRunsOutAndCountTheAttempt) {
  add("A");
  EXPECT_EQ(claim(1, 60s).at(0).attempts, 0);
  clock().advance(59s);
  EXPECT_TRUE(claim(1).empty());
  clock().advance(1s);
  EXPECT_EQ(claim(1).at(0).attempts, 1);
}

TEST_P(Jobs, ThatFailedAreRetriedAtTheirMomentWithWhatWentWrong) {
  add("A");
  const auto id = claim(1).at(0).id;
  write([&](Transaction& t) { t.retry_job(id, clock().now() + 5s, "register unavailable"); });
  EXPECT_TRUE(claim(1).empty());
  clock().advance(5s);
  const auto again = claim(1);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].attempts, 1);
  EXPECT_EQ(again[0].last_error, "register unavailable");
}

TEST_P(Jobs, ThatWaitCanBeCancelledButNotOnesInProgress) {
  add("A");
  claim(1);
  add("A", 1h);
  write([](Transaction& t) { t.cancel_jobs("other", "A"); });
  EXPECT_EQ(read([](Transaction& t) { return *t.next_job_at(); }), clock().now() + 60s);
  write([](Transaction& t) { t.cancel_jobs("decide", "A"); });
  clock().advance(2h);
  EXPECT_EQ(claim(5).size(), 1U) << "the one whose lease ran out";
}

TEST_P(Jobs, AtOnceStayAtOnceWhenTheClockIsSetBack) {
  add("A");
  clock().advance(-24h);
  EXPECT_THAT(subjects_of(claim(1)), ElementsAre("A"));
  EXPECT_TRUE(claim(1).empty()) << "and its lease holds";
  clock().advance(60s);
  EXPECT_THAT(subjects_of(claim(1)), ElementsAre("A"));
}

TEST_P(Jobs, LeasedBeforeTheClockWasSetBackAreNotGivenToAnother) {
  add("A");
  claim(1, 60s);
  clock().advance(-24h);
  EXPECT_TRUE(claim(1).empty());
}

TEST_P(Jobs, OfANodeThatEndedAreDueAtOnceAfterARestart) {
  add("A");
  claim(1, 24h);
  reopen();
  EXPECT_THAT(subjects_of(claim(1)), ElementsAre("A"));
}

TEST_P(StoreContract, AnEmptyStoreHasNoNextJob) {
  EXPECT_FALSE(read([](Transaction& t) { return t.next_job_at(); }));
}

TEST_P(StoreContract, DocumentsBelongToTheirCaseAndKeepTheirNames) {
  const PersonId person = add_person("999990007");
  add_application(person, "REF1");
  DocumentRecord record;
  record.id = DocumentId("DOC1"s);
  record.reference = ApplicationReference("REF1"s);
  record.person = person;
  record.kind = "attachment:bank-statement";
  record.title = "Afschrift van mevrouw Van der Test";
  record.file_name = "afschrift.pdf";
  record.media_type = "application/pdf";
  record.bytes = 12345;
  record.own = true;
  record.created = clock().now();
  write([&](Transaction& t) { t.add_document(record); });
  reopen();
  const auto stored = read([](Transaction& t) { return t.document(DocumentId("DOC1"s)); });
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->title, record.title);
  EXPECT_EQ(stored->file_name, record.file_name);
  EXPECT_EQ(stored->kind, record.kind);
  EXPECT_EQ(stored->bytes, 12345);
  EXPECT_TRUE(stored->own);
  EXPECT_FALSE(stored->for_resident);
  EXPECT_EQ(read([](Transaction& t) { return t.documents_of(ApplicationReference("REF1"s)).size(); }), 1U);
  EXPECT_TRUE(read([](Transaction& t) { return t.documents_of(ApplicationReference("REF2"s)); }).empty());
}

TEST_P(StoreContract, AnOutboxEntryIsOneHoweverOftenItsKeyIsAdded) {
  const PersonId person = add_person("999990007");
  write([&](Transaction& t) { t.add_outbox(letter_to(person, "letter:1")); });
  auto second = letter_to(person, "letter:1");
  second.channel = "other";
  write([&](Transaction& t) { t.add_outbox(second); });
  const auto all = read([](Transaction& t) { return t.outbox_in("", {}, 10); });
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].channel, "post");
  EXPECT_EQ(all[0].content["street"].text_or_empty(), "Teststraat");
}

TEST_P(StoreContract, OutboxEntriesAreFoundByStateOldestFirstAndFollowTheirDelivery) {
  const PersonId person = add_person("999990007");
  for (const char* key : {"a", "b", "c"}) {
    auto entry = letter_to(person, key);
    entry.created = clock().now();
    clock().advance(1s);
    write([&](Transaction& t) { t.add_outbox(entry); });
  }
  auto entry = *read([](Transaction& t) { return t.outbox("b"); });
  entry.state = "delivered";
  entry.delivered = clock().now();
  entry.planned_date = day(2027, 1, 18);
  entry.confirmed_date = day(2027, 1, 19);
  entry.attempts = 2;
  entry.last_error = "printer";
  write([&](Transaction& t) { t.update_outbox(entry); });
  const auto stored = *read([](Transaction& t) { return t.outbox("b"); });
  EXPECT_EQ(stored.delivered, entry.delivered);
  EXPECT_EQ(stored.planned_date, entry.planned_date);
  EXPECT_EQ(stored.confirmed_date, entry.confirmed_date);
  EXPECT_EQ(stored.attempts, 2);
  const auto keys = [&](const std::vector<std::string>& states, std::size_t limit) {
    return keys_of(read([&](Transaction& t) { return t.outbox_in("post", states, limit); }));
  };
  EXPECT_THAT(keys({"waiting", "stuck"}, 10), ElementsAre("a", "c"));
  EXPECT_THAT(keys({"delivered"}, 10), ElementsAre("b"));
  EXPECT_THAT(keys({}, 2), ElementsAre("a", "b"));
}

TEST_P(StoreContract, AnOutboxEntryMayGoAnotherWayThanWasMeant) {
  const PersonId person = add_person("999990007");
  auto entry = letter_to(person, "a");
  entry.channel = "mail";
  write([&](Transaction& t) { t.add_outbox(entry); });
  entry.channel = "post";
  write([&](Transaction& t) { t.update_outbox(entry); });
  EXPECT_EQ(read([](Transaction& t) { return t.outbox("a"); })->channel, "post");
  EXPECT_EQ(read([](Transaction& t) { return t.outbox_in("post", {"waiting"}, 10); }).size(), 1U);
}

TEST_P(StoreContract, OutboxEntriesOfOtherChannelsDoNotHideTheLetters) {
  const PersonId person = add_person("999990007");
  for (const char* key : {"order-1", "order-2", "letter"}) {
    auto entry = letter_to(person, key);
    if (entry.key != "letter") entry.channel = "provider-order";
    write([&](Transaction& t) { t.add_outbox(entry); });
  }
  const auto keys = [&](const std::string& channel) {
    return keys_of(read([&](Transaction& t) { return t.outbox_in(channel, {"waiting"}, 1); }));
  };
  EXPECT_THAT(keys("post"), ElementsAre("letter"));
  EXPECT_THAT(keys(""), ElementsAre("order-1"));
}

TEST_P(StoreContract, PagesOfTheOutboxFollowEachOtherInBothOrdersAlsoWithinOneMoment) {
  const PersonId person = add_person("999990007");
  for (const char* key : {"a", "b", "c", "d"})
    write([&](Transaction& t) { t.add_outbox(letter_to(person, key)); });
  OutboxFilter filter;
  filter.channel = "post";
  filter.limit = 2;
  const auto page = [&] { return keys_of(read([&](Transaction& t) { return t.outbox_page(filter); })); };
  for (const std::vector<std::string>& states :
       {std::vector<std::string>{}, std::vector<std::string>{"waiting"},
        std::vector<std::string>{"waiting", "stuck"}}) {
    filter.states = states;
    filter.order = OutboxOrder::oldest_first;
    filter.after = "";
    EXPECT_THAT(page(), ElementsAre("a", "b"));
    filter.after = "b";
    EXPECT_THAT(page(), ElementsAre("c", "d"));
    filter.order = OutboxOrder::newest_first;
    EXPECT_THAT(page(), ElementsAre("a"));
    filter.after = "no such key";
    EXPECT_THAT(page(), ElementsAre("d", "c"));
  }
}

TEST_P(StoreContract, OutboxPagesHoldOnlyWhatIsAboutTheAskedMunicipalities) {
  const PersonId person = add_person("999990007");
  const auto add = [&](const std::string& reference, const std::string& municipality) {
    add_application(person, reference, [&](Application& a) { a.municipality = municipality; });
    auto entry = letter_to(person, "letter-" + reference);
    entry.reference = ApplicationReference(reference);
    write([&](Transaction& t) { t.add_outbox(entry); });
  };
  add("REF1", "molendam");
  add("REF2", "deventer");
  OutboxFilter filter;
  filter.municipalities = {"deventer", "zutphen"};
  EXPECT_THAT(keys_of(read([&](Transaction& t) { return t.outbox_page(filter); })),
              ElementsAre("letter-REF2"));
}

TEST_P(StoreContract, AProvisionPutAgainReplacesTheFormerOne) {
  const PersonId person = add_person("999990007");
  ProvisionRecord record{"P1",
                         person,
                         "household-help",
                         "deventer",
                         "B-2026-1",
                         Value::object({{"minutesPerWeek", 125}}),
                         day(2026, 1, 1),
                         day(2028, 1, 1),
                         "import"};
  write([&](Transaction& t) { t.put_provision(record); });
  record.until = std::nullopt;
  record.details = Value::object({{"minutesPerWeek", 150}});
  write([&](Transaction& t) { t.put_provision(record); });
  const auto all = read([&](Transaction& t) { return t.provisions_of(person); });
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].decision_number, "B-2026-1");
  EXPECT_EQ(all[0].details["minutesPerWeek"].as_integer(), 150);
  EXPECT_EQ(all[0].from, day(2026, 1, 1));
  EXPECT_FALSE(all[0].until);
}

TEST_P(StoreContract, CountersStayWithinTheirBound) {
  std::vector<bool> said;
  write([&](Transaction& t) {
    for (const std::int64_t amount : {2, 2, 2, 1})
      said.push_back(t.add_within("grants:2027-01-15", amount, 5));
  });
  EXPECT_THAT(said, ElementsAre(true, true, false, true));
  EXPECT_EQ(read([](Transaction& t) { return t.counter("grants:2027-01-15"); }), 5);
  EXPECT_EQ(read([](Transaction& t) { return t.counter("other"); }), 0);
  write([&](Transaction& t) { EXPECT_FALSE(t.add_within("new", 6, 5)); });
  EXPECT_EQ(read([](Transaction& t) { return t.counter("new"); }), 0);
}

TEST_P(StoreContract, SettingsAreKeptAndReplaced) {
  EXPECT_FALSE(read([](Transaction& t) { return t.setting("kill-switch"); }));
  write([](Transaction& t) { t.put_setting("kill-switch", Value(false)); });
  write([](Transaction& t) { t.put_setting("kill-switch", Value::object({{"all", true}})); });
  EXPECT_EQ(read([](Transaction& t) { return *t.setting("kill-switch"); }), Value::object({{"all", true}}));
}

TEST_P(StoreContract, AVersionOfAConfigurationNeverChangesItsContent) {
  ConfigurationRecord record{"policy", "small-aids", "sha-1", "<dmn/>",
                             "draft",  "a.admin",    "first", clock().now()};
  write([&](Transaction& t) { t.put_configuration(record); });
  record.state = "active";
  record.by = "b.admin";
  write([&](Transaction& t) { t.put_configuration(record); });
  const auto stored = read([](Transaction& t) { return t.configurations("policy"); });
  ASSERT_EQ(stored.size(), 1U);
  EXPECT_EQ(stored[0].state, "active");
  EXPECT_EQ(stored[0].by, "b.admin");
  record.content = "<other/>";
  const auto changed = store().write([&](Transaction& t) {
    t.put_configuration(record);
    return Result<void>();
  });
  EXPECT_FALSE(changed);
  EXPECT_EQ(read([](Transaction& t) { return t.configurations("policy"); })[0].content, "<dmn/>");
  EXPECT_TRUE(read([](Transaction& t) { return t.configurations("form"); }).empty());
}

TEST_P(StoreContract, AccountsAndMachineKeysAreKeptAndReplaced) {
  AccountRecord account{AccountName("c.jansen"s),
                        "C. Jansen",
                        "p1",
                        "$argon2id$x",
                        {"consultant"},
                        {"deventer"},
                        {"wmo"},
                        true,
                        false};
  MachineKeyRecord key{"forms", "commitment", {"clerk"}, {}, true, true};
  write([&](Transaction& t) {
    t.put_account(account);
    t.put_machine_key(key);
  });
  account.active = false;
  key.active = false;
  write([&](Transaction& t) {
    t.put_account(account);
    t.put_machine_key(key);
  });
  const auto stored = read([](Transaction& t) { return *t.account(AccountName("c.jansen"s)); });
  EXPECT_FALSE(stored.active);
  EXPECT_THAT(stored.roles, ElementsAre("consultant"));
  EXPECT_THAT(stored.municipalities, ElementsAre("deventer"));
  EXPECT_EQ(read([](Transaction& t) { return t.accounts().size(); }), 1U);
  EXPECT_FALSE(read([](Transaction& t) { return t.account(AccountName("x"s)); }));
  EXPECT_FALSE(read([](Transaction& t) { return t.machine_key("commitment")->active; }));
  EXPECT_EQ(read([](Transaction& t) { return t.machine_keys().size(); }), 1U);
}

TEST_P(StoreContract, SessionsEndByThemselvesOrWhenRemoved) {
  const auto session = [&](const std::string& token, std::chrono::minutes length) {
    return SessionRecord{token, "resident", "", "999990007", "csrf", clock().now(), clock().now() + length};
  };
  write([&](Transaction& t) {
    t.add_session(session("a", 10min));
    t.add_session(session("b", 20min));
    t.add_session(session("c", 20min));
    t.remove_session("c");
  });
  reopen();
  EXPECT_EQ(read([](Transaction& t) { return t.session("a")->bsn; }), "999990007");
  clock().advance(10min);
  write([&](Transaction& t) { t.remove_expired_sessions(clock().now()); });
  EXPECT_FALSE(read([](Transaction& t) { return t.session("a"); }));
  EXPECT_TRUE(read([](Transaction& t) { return t.session("b"); }));
  EXPECT_FALSE(read([](Transaction& t) { return t.session("c"); }));
}

TEST_P(StoreContract, AuditLinksAreNumberedAndHangTogether) {
  write([&](Transaction& t) {
    t.append_audit({0, clock().now(), "c.jansen", "looked", "REF1", "handling", "wmo", "", "", ""});
    t.append_audit({0, clock().now(), "bot", "decided", "REF2", "", "wmo", "x", "", ""});
  });
  write([&](Transaction& t) {
    t.append_audit({0, clock().now(), "bot", "decided", "REF1", "", "wmo", "y", "", ""});
  });
  const auto links = read([](Transaction& t) { return t.audit_of("REF1"); });
  ASSERT_EQ(links.size(), 2U);
  EXPECT_EQ(links[0].number, 1);
  EXPECT_EQ(links[1].number, 3);
  EXPECT_EQ(links[0].previous, "");
  EXPECT_EQ(links[1].previous, read([](Transaction& t) { return t.audit_of("REF2")[0].hash; }));
  EXPECT_EQ(links[0].actor, "c.jansen");
  EXPECT_EQ(links[0].purpose, "handling");
}

TEST_P(StoreContract, AHealthyStoreSaysSo) {
  EXPECT_TRUE(store().healthy());
}

}  // namespace softbot::testing
