#include <gtest/gtest.h>
#include <time.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <mutex>
#include <set>
#include <thread>

#include "unit/store/sqlite_home.h"

namespace softbot::testing {
namespace {

std::int64_t counter_in(Store& store, std::string_view name) {
  std::int64_t value = 0;
  std::ignore = store.read([&](Transaction& t) {
    value = t.counter(name);
    return Result<void>();
  });
  return value;
}

/// What this thread has worked, whatever else the machine does.
std::int64_t own_nanoseconds() {
  timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return std::int64_t{spent.tv_sec} * 1'000'000'000 + spent.tv_nsec;
}

}  // namespace

TEST(Concurrency, UnitsOfManyThreadsHappenExactlyOnceAndFailedOnesNever) {
  constexpr int threads = 8;
  constexpr int units = 40;
  SqliteHome home;
  std::atomic<std::int64_t> acknowledged{0};
  std::vector<std::thread> writers;
  for (int thread = 0; thread < threads; ++thread) {
    writers.emplace_back([&, thread] {
      for (int i = 0; i < units; ++i) {
        const bool refuse = i % 5 == 4;
        const auto done = home.store().write([&](Transaction& t) -> Result<void> {
          if (!t.add_within("all", 1, 1'000'000)) return fail(ErrorCode::internal, "bound");
          t.put_setting("unit:" + std::to_string(thread) + ":" + std::to_string(i), Value(i));
          t.append_audit({0, home.clock.now(), "bot", "tested", "unit", "", "", "", "", ""});
          if (refuse) return fail(ErrorCode::conflict, "refused");
          return {};
        });
        EXPECT_EQ(done.has_value(), !refuse);
        if (done) ++acknowledged;
      }
    });
  }
  std::thread reader([&] {
    for (int i = 0; i < 50; ++i) {
      std::ignore = home.store().read([&](Transaction& t) {
        const std::int64_t counted = t.counter("all");
        EXPECT_EQ(static_cast<std::int64_t>(t.audit_of("unit").size()), counted) << "one consistent view";
        return Result<void>();
      });
    }
  });
  for (std::thread& writer : writers) writer.join();
  reader.join();
  EXPECT_EQ(acknowledged.load(), threads * units * 4 / 5);
  EXPECT_EQ(counter_in(home.store(), "all"), acknowledged.load());
  home.reopen();
  EXPECT_EQ(counter_in(home.store(), "all"), acknowledged.load());
}

TEST(Concurrency, AJobIsGivenToOneOfManyWorkers) {
  constexpr int jobs = 60;
  SqliteHome home;
  std::ignore = home.store().write([&](Transaction& t) {
    for (int i = 0; i < jobs; ++i) t.add_job("decide", std::to_string(i), home.clock.now());
    return Result<void>();
  });
  std::mutex mutex;
  std::vector<std::string> taken;
  std::vector<std::thread> workers;
  for (int worker = 0; worker < 4; ++worker) {
    workers.emplace_back([&] {
      while (true) {
        std::vector<Job> mine;
        std::ignore = home.store().write([&](Transaction& t) {
          mine = t.claim_jobs(4, home.clock.now(), std::chrono::minutes(1));
          return Result<void>();
        });
        if (mine.empty()) return;
        const std::lock_guard lock(mutex);
        for (const Job& job : mine) taken.push_back(job.subject);
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(taken.size(), static_cast<std::size_t>(jobs));
  EXPECT_EQ(std::set<std::string>(taken.begin(), taken.end()).size(), static_cast<std::size_t>(jobs));
}

TEST(Concurrency, AFullQueueSaysBusyAndTakesWorkAgainWhenThereIsRoom) {
  SqliteOptions options;
  options.writing.waiting = 1;
  SqliteHome home(options);
  std::latch inside(1);
  std::latch go_on(1);
  std::latch two_were_refused(2);
  std::atomic<int> accepted{0};
  std::thread slow([&] {
    EXPECT_TRUE(home.store().write([&](Transaction&) {
      inside.count_down();
      go_on.wait();
      return Result<void>();
    }));
  });
  inside.wait();
  std::vector<std::thread> callers;  // one finds room in the queue, the two others do not
  for (int caller = 0; caller < 3; ++caller) {
    callers.emplace_back([&] {
      const auto done = home.store().write([](Transaction&) { return Result<void>(); });
      if (done) {
        ++accepted;
      } else {
        EXPECT_EQ(done.error().code, ErrorCode::busy);
        EXPECT_TRUE(done.error().retryable);
        two_were_refused.count_down();
      }
    });
  }
  two_were_refused.wait();
  go_on.count_down();
  slow.join();
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(accepted.load(), 1);
  EXPECT_TRUE(home.store().write([](Transaction&) { return Result<void>(); }));
}

TEST(Concurrency, ClosingWaitsForTheUnitUnderWay) {
  SqliteHome home;
  std::latch inside(1);
  std::latch go_on(1);
  std::thread first([&] {
    std::ignore = home.store().write([&](Transaction& t) {
      inside.count_down();
      go_on.wait();
      t.put_setting("first", Value(1));
      return Result<void>();
    });
  });
  inside.wait();
  std::thread closing([&] { home.close(); });
  go_on.count_down();
  first.join();
  closing.join();
  home.open();
  std::ignore = home.store().read([](Transaction& t) {
    EXPECT_TRUE(t.setting("first"));
    return Result<void>();
  });
}

TEST(Concurrency, APageOutOfTenThousandOpenCasesCostsAPage) {
  SqliteHome home;
  constexpr int cases = 10'000;
  std::ignore = home.store().write([&](Transaction& t) {
    const PersonId person = t.find_or_add_person("999990007").id;
    for (int i = 0; i < cases; ++i) {
      Application a;
      a.reference = ApplicationReference("REF" + std::to_string(i));
      a.person = person;
      a.municipality = i % 4 == 0 ? "deventer" : "raalte";
      a.status = ApplicationStatus::referred;
      a.legal_deadline = Date(std::chrono::sys_days(std::chrono::days(20'000 + i % 40)));
      a.common = Value::object({{"text", std::string(3000, 'x')}});
      a.reasons = {{i % 10 == 0 ? "rare" : "common", "", ""}};
      t.add_application(a);
    }
    return Result<void>();
  });
  const auto cost_of = [&](const QueueFilter& filter, std::size_t total, std::size_t items) {
    const std::int64_t before = own_nanoseconds();
    std::ignore = home.store().read([&](Transaction& t) {
      const QueuePage page = t.queue(filter);
      EXPECT_EQ(page.total, total);
      EXPECT_EQ(page.items.size(), items);
      return Result<void>();
    });
    return own_nanoseconds() - before;
  };
  QueueFilter all;
  all.limit = cases;
  QueueFilter page;
  page.municipalities = {"deventer"};
  page.reason = "rare";
  page.limit = 50;
  EXPECT_LT(cost_of(page, cases / 20, 50) * 10, cost_of(all, cases, cases)) << "only the page is unsealed";
}

}  // namespace softbot::testing
