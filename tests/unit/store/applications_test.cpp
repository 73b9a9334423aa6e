#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "domain/date.h"
#include "unit/store/sqlite_home.h"
#include "unit/store/store_contract.h"

namespace softbot::testing {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using ::testing::ElementsAre;

constexpr Date day(int year, unsigned month, unsigned number) {
  return Date(std::chrono::year(year), std::chrono::month(month), std::chrono::day(number));
}

std::vector<std::string> references_in(const QueuePage& page) {
  std::vector<std::string> references;
  for (const Application& application : page.items) references.push_back(application.reference.text);
  return references;
}

auto refer_until(Date deadline) {
  return [deadline](Application& a) {
    a.status = ApplicationStatus::referred;
    a.legal_deadline = deadline;
  };
}

}  // namespace

TEST_P(StoreContract, GivesAnApplicationBackWhole) {
  const PersonId person = add_person("999990007");
  const Application stored = add_application(person, "REF1", [this](Application& a) {
    a.status = ApplicationStatus::decided;
    a.outcome = Outcome::granted_in_part;
    a.decided_by = DecidedBy::person;
    a.reasons = {{"price-too-high", "De prijs is hoger dan de norm.", "price"}};
    a.open_tasks = {{"objection", "Er is bezwaar.", ""}};
    a.conditions = {{"lives-here", ConditionState::met, "Woont hier."}};
    a.events = {{"received", day(2027, 1, 15), clock().now(), "resident", "een notitie", day(2027, 2, 1)}};
    a.decision = Decision{Outcome::granted_in_part,
                          DecidedBy::person,
                          "c.jansen",
                          clock().now(),
                          "v2",
                          Value::object({{"minutesPerWeek", 125}}),
                          Value::list(),
                          "Omdat."};
    a.legal_deadline = day(2027, 3, 1);
    a.claim = Claim{"c.jansen", clock().now() + 30min};
  });
  reopen();
  EXPECT_EQ(read([](Transaction& t) { return t.application(ApplicationReference("REF1"s)); }), stored);
  EXPECT_FALSE(read([](Transaction& t) { return t.application(ApplicationReference("REF9"s)); }));
}

TEST_P(StoreContract, AnUpdateRaisesTheVersionAndOneOnAnOlderVersionIsStale) {
  const PersonId person = add_person("999990007");
  Application first = add_application(person, "REF1");
  Application second = first;
  first.status = ApplicationStatus::deciding;
  EXPECT_TRUE(store().write([&](Transaction& t) { return t.update_application(first); }));
  second.status = ApplicationStatus::withdrawn;
  const auto late = store().write([&](Transaction& t) { return t.update_application(second); });
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::stale);
  const auto stored = read([](Transaction& t) { return *t.application(ApplicationReference("REF1"s)); });
  EXPECT_EQ(stored.status, ApplicationStatus::deciding);
  EXPECT_EQ(stored.version, 1);
}

TEST_P(StoreContract, UpdatingWhatIsNotThereIsNotFound) {
  const PersonId person = add_person("999990007");
  const auto result =
      store().write([&](Transaction& t) { return t.update_application(example(person, "REF9")); });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::not_found);
}

TEST_P(StoreContract, AFailedUnitLeavesNothingBehind) {
  const PersonId person = add_person("999990007");
  const auto refused = store().write([&](Transaction& t) -> Result<void> {
    t.add_application(example(person, "REF1"));
    t.add_job("complete", "REF1", clock().now());
    return fail(ErrorCode::conflict, "no");
  });
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_THROW(std::ignore = store().write([&](Transaction& t) -> Result<void> {
    t.add_application(example(person, "REF2"));
    throw std::runtime_error("a bug");
  }),
               std::runtime_error);
  EXPECT_TRUE(read([&](Transaction& t) { return t.applications_of(person); }).empty());
  EXPECT_EQ(read([&](Transaction& t) { return t.waiting_jobs(clock().now()); }), 0);
}

TEST_P(StoreContract, AUnitSeesItsOwnWrites) {
  const PersonId person = add_person("999990007");
  write([&](Transaction& t) {
    t.add_application(example(person, "REF1"));
    EXPECT_TRUE(t.application(ApplicationReference("REF1"s)));
  });
}

TEST_P(StoreContract, WritingWhileReadingIsABug) {
  EXPECT_THROW(std::ignore = store().read([](Transaction& t) {
    t.put_setting("x", Value(1));
    return Result<void>();
  }),
               std::logic_error);
  EXPECT_FALSE(read([](Transaction& t) { return t.setting("x"); }));
}

TEST_P(StoreContract, CallingTheStoreFromWithinAUnitIsABug) {
  EXPECT_THROW(std::ignore = store().write(
                   [&](Transaction&) { return store().write([](Transaction&) { return Result<void>(); }); }),
               std::logic_error);
}

TEST_P(StoreContract, TheQueueHoldsWhatNeedsAPersonByDeadlineThenReceipt) {
  const PersonId person = add_person("999990007");
  add_application(person, "NO-DEADLINE", [](Application& a) { a.status = ApplicationStatus::failed; });
  add_application(person, "LATER", refer_until(day(2027, 3, 1)));
  add_application(person, "SOONER", refer_until(day(2027, 2, 1)));
  add_application(person, "SOONER-BUT-EARLIER-IN", [this](Application& a) {
    refer_until(day(2027, 2, 1))(a);
    a.received = clock().now() - 1h;
  });
  add_application(person, "HELD", [](Application& a) {
    a.status = ApplicationStatus::held_for_sample;
    a.legal_deadline = day(2027, 2, 15);
  });
  add_application(person, "DECIDED-WITH-OBJECTION", [](Application& a) {
    a.status = ApplicationStatus::decided;
    a.legal_deadline = day(2027, 2, 20);
    a.open_tasks = {{"objection", "Er is bezwaar.", ""}};
  });
  add_application(person, "DECIDED", [](Application& a) { a.status = ApplicationStatus::decided; });
  add_application(person, "BUSY", [](Application& a) { a.status = ApplicationStatus::deciding; });
  const QueuePage page = read([](Transaction& t) { return t.queue({}); });
  EXPECT_THAT(references_in(page), ElementsAre("SOONER-BUT-EARLIER-IN", "SOONER", "HELD",
                                               "DECIDED-WITH-OBJECTION", "LATER", "NO-DEADLINE"));
  EXPECT_EQ(page.total, 6U);
  EXPECT_EQ(page.next, "");
}

TEST_P(StoreContract, ACaseLeavesTheQueueWhenAPersonHasDealtWithIt) {
  const PersonId person = add_person("999990007");
  Application application = add_application(person, "REF1", refer_until(day(2027, 2, 1)));
  application.status = ApplicationStatus::decided;
  EXPECT_TRUE(store().write([&](Transaction& t) { return t.update_application(application); }));
  EXPECT_EQ(read([](Transaction& t) { return t.queue({}); }).total, 0U);
}

TEST_P(StoreContract, TheQueueFiltersByEveryPropertyItOffers) {
  const PersonId person = add_person("999990007");
  add_application(person, "PLAIN", refer_until(day(2027, 2, 1)));
  add_application(person, "OTHER", [this](Application& a) {
    refer_until(day(2027, 2, 2))(a);
    a.municipality = "olst-wijhe";
    a.type = "household-help";
    a.team = "youth";
    a.status = ApplicationStatus::failed;
    a.reasons = {{"register-unknown", "Onbekend.", ""}, {"price-too-high", "Duur.", ""}};
    a.claim = Claim{"c.jansen", clock().now() + 10min};
  });
  const auto found = [&](const std::function<void(QueueFilter&)>& change) {
    QueueFilter filter;
    change(filter);
    return references_in(read([&](Transaction& t) { return t.queue(filter); }));
  };
  EXPECT_THAT(found([](QueueFilter& f) { f.municipality = "olst-wijhe"; }), ElementsAre("OTHER"));
  EXPECT_THAT(found([](QueueFilter& f) { f.type = "household-help"; }), ElementsAre("OTHER"));
  EXPECT_THAT(found([](QueueFilter& f) { f.team = "youth"; }), ElementsAre("OTHER"));
  EXPECT_THAT(found([](QueueFilter& f) { f.status = "failed"; }), ElementsAre("OTHER"));
  EXPECT_THAT(found([](QueueFilter& f) { f.reason = "price-too-high"; }), ElementsAre("OTHER"));
  EXPECT_THAT(found([](QueueFilter& f) { f.claimed_by = "c.jansen"; }), ElementsAre("OTHER"));
  EXPECT_THAT(found([](QueueFilter& f) { f.municipalities = {"deventer", "raalte"}; }), ElementsAre("PLAIN"));
  EXPECT_THAT(found([](QueueFilter& f) { f.municipalities = {"raalte"}; }), ElementsAre());
  clock().advance(11min);
  EXPECT_THAT(found([](QueueFilter& f) { f.claimed_by = "c.jansen"; }), ElementsAre())
      << "the claim has ended";
}

TEST_P(StoreContract, AChangedReasonIsFoundAndAFormerOneIsNot) {
  const PersonId person = add_person("999990007");
  Application application = add_application(person, "REF1", [](Application& a) {
    a.status = ApplicationStatus::referred;
    a.reasons = {{"old", "Oud.", ""}};
  });
  application.reasons = {{"new", "Nieuw.", ""}};
  EXPECT_TRUE(store().write([&](Transaction& t) { return t.update_application(application); }));
  QueueFilter filter;
  filter.reason = "old";
  EXPECT_EQ(read([&](Transaction& t) { return t.queue(filter); }).total, 0U);
  filter.reason = "new";
  EXPECT_EQ(read([&](Transaction& t) { return t.queue(filter); }).total, 1U);
}

TEST_P(StoreContract, PagesOfTheQueueGoOnWhereTheLastOneEnded) {
  rc::check("every case once, in order, whatever the page size", [this] {
    const PersonId person = add_person();
    const auto cases = *rc::gen::inRange(0, 12);
    const auto limit = static_cast<std::size_t>(*rc::gen::inRange(1, 5));
    const std::string municipality = person.text;
    for (int i = 0; i < cases; ++i) {
      const auto deadline = *rc::gen::inRange(1, 4);
      add_application(person, person.text + "-" + std::to_string(i), [&](Application& a) {
        if (deadline < 3) a.legal_deadline = day(2027, 2, static_cast<unsigned>(deadline));
        a.status = ApplicationStatus::referred;
        a.municipality = municipality;
      });
    }
    QueueFilter filter;
    filter.municipality = municipality;
    filter.limit = 1000;
    const auto whole = references_in(read([&](Transaction& t) { return t.queue(filter); }));
    filter.limit = limit;
    std::vector<std::string> in_pages;
    do {
      const QueuePage page = read([&](Transaction& t) { return t.queue(filter); });
      RC_ASSERT(page.total == static_cast<std::size_t>(cases));
      RC_ASSERT(page.items.size() <= limit);
      for (const auto& reference : references_in(page)) in_pages.push_back(reference);
      filter.after = page.next;
    } while (!filter.after.empty());
    RC_ASSERT(in_pages == whole);
    RC_ASSERT(in_pages.size() == static_cast<std::size_t>(cases));
  });
}

TEST_P(StoreContract, AQueuePlaceThatIsNotOursReadsAsTheBeginning) {
  const PersonId person = add_person("999990007");
  add_application(person, "REF1", refer_until(day(2027, 2, 1)));
  for (const char* place : {"x", "..", "1.x.y", "'; DROP TABLE application; --"}) {
    QueueFilter filter;
    filter.after = place;
    EXPECT_EQ(read([&](Transaction& t) { return t.queue(filter); }).items.size(), 1U) << place;
  }
}

TEST_P(StoreContract, TheCaseloadCountsOpenClaimedCasesPerAccountAndLaw) {
  const PersonId person = add_person("999990007");
  const auto claimed = [this](const std::string& law, ApplicationStatus status) {
    return [this, law, status](Application& a) {
      a.law = law;
      a.status = status;
      a.claim = Claim{"c.jansen", clock().now() + 10min};
    };
  };
  add_application(person, "REF1", claimed("wmo2015", ApplicationStatus::referred));
  add_application(person, "REF2", claimed("wmo2015", ApplicationStatus::failed));
  add_application(person, "REF3", claimed("participatiewet", ApplicationStatus::referred));
  add_application(person, "REF4", claimed("wmo2015", ApplicationStatus::decided));
  add_application(person, "REF5", refer_until(day(2027, 2, 1)));
  const auto figures = read([](Transaction& t) { return t.caseload(); });
  ASSERT_EQ(figures.size(), 2U);
  EXPECT_EQ(figures[0].labels.at("law"), "participatiewet");
  EXPECT_EQ(figures[0].count, 1);
  EXPECT_EQ(figures[1].labels.at("account"), "c.jansen");
  EXPECT_EQ(figures[1].labels.at("municipality"), "deventer");
  EXPECT_EQ(figures[1].count, 2);
  clock().advance(10min);
  EXPECT_TRUE(read([](Transaction& t) { return t.caseload(); }).empty());
}

TEST_P(StoreContract, FiguresCountByTypeAndResultAndByReasonSinceAMoment) {
  const PersonId person = add_person("999990007");
  add_application(person, "OLD", [this](Application& a) { a.received = clock().now() - 24h; });
  for (const char* reference : {"A", "B"}) {
    add_application(person, reference, [](Application& a) {
      a.status = ApplicationStatus::decided;
      a.outcome = Outcome::granted;
      a.decided_by = DecidedBy::bot;
    });
  }
  add_application(person, "C", [](Application& a) {
    a.channel = "paper";
    a.status = ApplicationStatus::referred;
    a.reasons = {{"register-unknown", "Onbekend.", ""}};
  });
  using Labels = std::map<std::string, std::string>;
  std::map<Labels, std::int64_t> counts;
  for (const Figure& figure : read([&](Transaction& t) { return t.figures(clock().now() - 1h); })) {
    counts[figure.labels] = figure.count;
  }
  const std::map<Labels, std::int64_t> expected{
      {Labels{{"municipality", "deventer"},
              {"type", "small-aids"},
              {"channel", "web"},
              {"status", "decided"},
              {"outcome", "granted"},
              {"decidedBy", "bot"}},
       2},
      {Labels{{"municipality", "deventer"},
              {"type", "small-aids"},
              {"channel", "paper"},
              {"status", "referred"}},
       1},
      {Labels{{"municipality", "deventer"}, {"type", "small-aids"}, {"reason", "register-unknown"}}, 1}};
  EXPECT_EQ(counts, expected);
}

}  // namespace softbot::testing
