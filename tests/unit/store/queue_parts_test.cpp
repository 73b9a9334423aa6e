#include <gmock/gmock.h>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/schema.h"
#include "domain/date.h"
#include "unit/store/sqlite_home.h"
#include "unit/store/store_contract.h"

namespace softbot::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

const Date today{std::chrono::year{2027}, std::chrono::January, std::chrono::day{15}};  // of the clock

std::function<void(Application&)> referred_until(int days_from_today) {
  return [=](Application& a) {
    a.status = ApplicationStatus::referred;
    a.legal_deadline = add_days(today, days_from_today);
  };
}

std::function<void(Application&)> urgent_until(int days_from_today) {
  return [=](Application& a) {
    referred_until(days_from_today)(a);
    a.reasons = {{"urgent", "Nu meteen nodig.", ""}};
  };
}

std::vector<std::string> references_in(const QueuePage& page) {
  std::vector<std::string> references;
  for (const Application& application : page.items) references.push_back(application.reference.text);
  return references;
}

std::string place_of(Transaction& transaction, std::string reference) {
  return transaction.queue_place(ApplicationReference(std::move(reference)));
}

std::string text_of(const std::optional<ApplicationReference>& reference) {
  return reference ? reference->text : std::string("none");
}

}  // namespace

/// Cases on each side of every border of the parts.
class QueueParts : public StoreContract {
 protected:
  void SetUp() override {
    person_ = add_person("999990007");
    add_application(person_, "LATE", referred_until(-1));
    add_application(person_, "TODAY", referred_until(0));
    add_application(person_, "DAY-7", referred_until(7));
    add_application(person_, "DAY-8", referred_until(8));
    add_application(person_, "URGENT", urgent_until(30));
    add_application(person_, "NO-TERM", [](Application& a) { a.status = ApplicationStatus::failed; });
  }
  QueuePage queue(const std::function<void(QueueFilter&)>& change = [](QueueFilter&) {}) {
    QueueFilter filter;
    change(filter);
    return read([&](Transaction& t) { return t.queue(filter); });
  }
  PersonId person_;
};

TEST_P(QueueParts, WhatIsUrgentComesFirstAndThenWhatIsLate) {
  EXPECT_THAT(references_in(queue()), ElementsAre("URGENT", "LATE", "TODAY", "DAY-7", "DAY-8", "NO-TERM"));
}

TEST_P(QueueParts, PressingIsWhatIsUrgentOrLate) {
  const QueuePage page = queue([](QueueFilter& f) { f.part = QueuePart::pressing; });
  EXPECT_THAT(references_in(page), ElementsAre("URGENT", "LATE"));
  EXPECT_EQ(page.total, 2U);
}

TEST_P(QueueParts, WithinAWeekIsATermThatEndsFromTodayToTheSeventhDay) {
  const QueuePage page = queue([](QueueFilter& f) { f.part = QueuePart::within_week; });
  EXPECT_THAT(references_in(page), ElementsAre("TODAY", "DAY-7"));
}

TEST_P(QueueParts, AreCountedUnderTheOtherFiltersWhateverPartIsShown) {
  add_application(person_, "MINE-ELSEWHERE", [this](Application& a) {
    referred_until(1)(a);
    a.municipality = "raalte";
    a.claim = Claim{"c.jansen", clock().now() + 10min};
  });
  const auto counts = [&](QueuePart part, const std::vector<std::string>& municipalities) {
    return queue([&](QueueFilter& f) {
             f.part = part;
             f.counted_for = "c.jansen";
             f.municipalities = municipalities;
             f.limit = 1;
           })
        .counts;
  };
  for (const QueuePart part : {QueuePart::all, QueuePart::pressing, QueuePart::within_week}) {
    EXPECT_EQ(counts(part, {}), (QueueCounts{7, 1, 2, 3}));
    EXPECT_EQ(counts(part, {"deventer"}), (QueueCounts{6, 0, 2, 2}));
    EXPECT_EQ(counts(part, {"raalte"}), (QueueCounts{1, 1, 0, 1}));
  }
  EXPECT_EQ(queue([](QueueFilter& f) { f.claimed_by = "c.jansen"; }).counts, (QueueCounts{7, 0, 2, 3}));
  clock().advance(11min);
  EXPECT_EQ(counts(QueuePart::all, {}).own, 0U) << "the claim has ended";
}

TEST_P(QueueParts, AnUrgentCaseIsNotUrgentAnyMoreOnceItIsDecided) {
  add_application(person_, "DECIDED", [](Application& a) {
    urgent_until(20)(a);
    a.status = ApplicationStatus::decided;
    a.open_tasks = {{"complaint", "Er is een klacht.", ""}};
  });
  EXPECT_THAT(references_in(queue([](QueueFilter& f) { f.part = QueuePart::pressing; })),
              ElementsAre("URGENT", "LATE"));
}

TEST_P(QueueParts, FromACaseTheWayLeadsToTheOnesBesideItInTheFilteredList) {
  const auto place = read([](Transaction& t) { return place_of(t, "DAY-7"); });
  QueueFilter filter;
  auto around = read([&](Transaction& t) { return t.queue_around(filter, place); });
  EXPECT_EQ(text_of(around.previous), "TODAY");
  EXPECT_EQ(text_of(around.next), "DAY-8");
  EXPECT_EQ(around.before, 3U);
  EXPECT_EQ(around.behind, 2U);
  filter.part = QueuePart::pressing;
  around = read([&](Transaction& t) { return t.queue_around(filter, place); });
  EXPECT_EQ(text_of(around.previous), "LATE");
  EXPECT_EQ(text_of(around.next), "none");
  EXPECT_EQ(around.before, 2U);
  EXPECT_EQ(around.behind, 0U);
}

TEST_P(QueueParts, TheWayGoesOnFromWhereACaseStoodThatHasLeftTheList) {
  const auto place = read([](Transaction& t) { return place_of(t, "LATE"); });
  write([](Transaction& t) {
    auto application = *t.application(ApplicationReference(std::string("LATE")));
    application.status = ApplicationStatus::decided;
    application.legal_deadline.reset();
    ASSERT_TRUE(t.update_application(application));
  });
  EXPECT_EQ(read([](Transaction& t) { return place_of(t, "LATE"); }), "");
  const auto around = read([&](Transaction& t) { return t.queue_around({}, place); });
  EXPECT_EQ(text_of(around.previous), "URGENT");
  EXPECT_EQ(text_of(around.next), "TODAY");
}

TEST_P(QueueParts, NothingLiesAroundAPlaceThatIsNotOurs) {
  for (const char* place : {"", "x", "1.x.y", "'; DROP TABLE application; --"}) {
    const auto around = read([&](Transaction& t) { return t.queue_around({}, place); });
    EXPECT_EQ(text_of(around.previous) + text_of(around.next), "nonenone") << place;
  }
  EXPECT_EQ(read([](Transaction& t) { return place_of(t, "ABSENT"); }), "");
}

TEST(ASqliteStore, OfBeforePutsUrgentCasesFirstToo) {
  SqliteHome home;
  std::ignore = home.store().write([](Transaction& t) {
    Application application;
    application.person = t.find_or_add_person("").id;
    for (const auto& change : {referred_until(1), urgent_until(30)}) {
      change(application);
      application.reference =
          ApplicationReference(application.reasons.empty() ? std::string("SOON") : "URGENT");
      t.add_application(application);
    }
    return Result<void>();
  });
  home.close();
  {
    sqlite::Database file(sqlite::database_file(home.data()), sqlite::Access::write, "");
    file.script("UPDATE application SET rank = 1");  // as it was kept before
    for (const sqlite::Migration& migration : sqlite::migrations()) {
      if (migration.name == "0009_urgent") file.script(std::string(migration.sql));
    }
  }
  home.open();
  std::ignore = home.store().read([](Transaction& t) {
    EXPECT_THAT(references_in(t.queue({})), ElementsAre("URGENT", "SOON"));
    return Result<void>();
  });
}

INSTANTIATE_TEST_SUITE_P(Stores, QueueParts, ::testing::ValuesIn(store_kinds()),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace softbot::testing
