#include "policy/trials.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <condition_variable>
#include <thread>

#include "judged_application.h"

namespace softbot {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

PolicyOutcomes from_age(const std::string& age) {
  auto files = shipped_files();
  auto& text = files.at("parameters.json");
  const std::string before = R"("value": 65)";
  text.replace(text.find(before), before.size(), R"("value": )" + age);
  auto outcomes = PolicyOutcomes::load(files);
  if (!outcomes) throw std::runtime_error(outcomes.error().message);
  return *std::move(outcomes);
}

/// The shipped policy beside one that grants from ninety years.
const ComparedPolicies& older_people_only() {
  static const ComparedPolicies policies{from_age("65"), from_age("90"), a_saturday};
  return policies;
}

/// What is kept of somebody of each age from 60 to 99.
const std::vector<KeptJudgement>& people() {
  static const std::vector<KeptJudgement> all = [] {
    std::vector<KeptJudgement> kept;
    for (int age = 60; age < 100; ++age) {
      auto facts = ordinary_facts(help_answers());
      facts.set("register", Value::object({{"matched", true}, {"age", age}, {"municipalityMatches", true}}));
      const auto one = judged("A", facts);
      kept.push_back({0, one.reference, one.type, one.municipality, facts, one.facts[judged_fact]});
    }
    return kept;
  }();
  return all;
}

/// So many people, aged 60 to 99 in turn. When it is closed it lets nobody read on until it is opened.
class MadeHistory final : public JudgementHistory {
 public:
  explicit MadeHistory(std::int64_t rows) : rows_(rows) {}

  Result<std::int64_t> last_row() override { return rows_; }

  Result<std::vector<KeptJudgement>> judgements(std::int64_t after, std::int64_t last,
                                                const JudgementFilter& filter) override {
    std::unique_lock lock(mutex_);
    asked_.notify_all();
    ++calls_;
    opened_.wait(lock, [this] { return open_; });
    if (breaks_) return fail(ErrorCode::storage, "the disk is gone");
    std::vector<KeptJudgement> kept;
    for (std::int64_t row = after + 1; row <= last; ++row) {
      if (!filter.type.empty() && filter.type != "household-help") continue;
      kept.push_back(people()[static_cast<std::size_t>(row % 40)]);
      kept.back().row = row;
    }
    return kept;
  }

  void close() {
    const std::scoped_lock lock(mutex_);
    open_ = false;
  }
  void open() {
    const std::scoped_lock lock(mutex_);
    open_ = true;
    opened_.notify_all();
  }
  void break_it() {
    const std::scoped_lock lock(mutex_);
    breaks_ = true;
  }
  void wait_until_asked() {
    std::unique_lock lock(mutex_);
    asked_.wait(lock, [this] { return calls_ > 0; });
  }

 private:
  const std::int64_t rows_;
  std::mutex mutex_;
  std::condition_variable opened_;
  std::condition_variable asked_;
  bool open_ = true;
  bool breaks_ = false;
  int calls_ = 0;
};

TrialOptions on_two_threads() {
  return {{}, 2, 0, {}, {}};
}

/// Waits for the end of what runs.
TrialView settled(PolicyTrials& trials) {
  for (;;) {
    const auto view = trials.latest();
    if (view->state != TrialState::running) return *view;
    std::this_thread::yield();
  }
}

TEST(ATry, GoesThroughTheWholeHistoryInOrderAndTellsHowFarItIs) {
  MadeHistory history(1'300);
  auto options = on_two_threads();
  std::vector<std::int64_t> done;
  options.on_progress = [&](const TrialProgress& progress) {
    EXPECT_EQ(progress.all, 1'300);
    done.push_back(progress.done);
  };
  const auto simulation = try_on_history(history, older_people_only(), options);
  ASSERT_TRUE(simulation);
  EXPECT_EQ(simulation->applications, 1'300);
  EXPECT_FALSE(simulation->cancelled);
  EXPECT_EQ(simulation->before.grants, 1'300 / 40 * 35 + 16) << "of 40 ages 35, and of the last 20 ages 16";
  EXPECT_EQ(simulation->changes.at("granted -> referred"),
            simulation->before.grants - simulation->after.grants);
  EXPECT_TRUE(std::ranges::is_sorted(simulation->changed, {}, &SimulatedCase::row));
  EXPECT_GT(done.size(), 2U);
  EXPECT_TRUE(std::ranges::is_sorted(done));
  EXPECT_EQ(done.back(), 1'300);
}

TEST(ATry, CountsOnlyWhatTheFilterLetsThrough) {
  MadeHistory history(100);
  auto options = on_two_threads();
  options.filter.type = "small-aids";
  const auto simulation = try_on_history(history, older_people_only(), options);
  ASSERT_TRUE(simulation);
  EXPECT_EQ(simulation->applications, 0);
}

TEST(ATry, ThatIsToldToStopSaysSo) {
  MadeHistory history(10'000);
  std::stop_source stop;
  auto options = on_two_threads();
  options.threads = 1;
  options.stop = stop.get_token();
  std::vector<std::int64_t> done;
  options.on_progress = [&](const TrialProgress& progress) {
    done.push_back(progress.done);
    stop.request_stop();
  };
  const auto simulation = try_on_history(history, older_people_only(), options);
  ASSERT_TRUE(simulation);
  EXPECT_TRUE(simulation->cancelled);
  ASSERT_EQ(done.size(), 1U);
  EXPECT_EQ(simulation->applications, done.front());
  EXPECT_LT(done.front(), 10'000);
}

TEST(ATry, FailsWithItsHistory) {
  MadeHistory history(10'000);
  history.break_it();
  const auto simulation = try_on_history(history, older_people_only(), on_two_threads());
  ASSERT_FALSE(simulation);
  EXPECT_EQ(simulation.error().code, ErrorCode::storage);
}

TEST(TriesInTheBackground, RunOneAtATimeAndKeepTheLastResult) {
  MadeHistory history(40);
  history.close();
  PolicyTrials trials(history, 1);
  EXPECT_FALSE(trials.latest());
  ASSERT_TRUE(trials.start({"first", "anna", {}, {}}, older_people_only()));
  history.wait_until_asked();
  EXPECT_EQ(trials.latest()->state, TrialState::running);
  const auto second = trials.start({"second", "bert", {}, {}}, older_people_only());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  history.open();
  const auto done = settled(trials);
  EXPECT_EQ(done.request.id, "first");
  EXPECT_EQ(done.state, TrialState::done);
  EXPECT_EQ(done.progress.done, 40);
  EXPECT_THAT(done.result->changes, ElementsAre(Pair("granted -> referred", 25), Pair("same", 15)));
  const auto json = to_value(done, 5);
  EXPECT_EQ(json["state"], "done");
  EXPECT_EQ(json["result"]["changed"].items().size(), 5U);
  ASSERT_TRUE(trials.start({"second", "bert", {}, {}}, older_people_only()));
  EXPECT_EQ(settled(trials).request.id, "second");
}

TEST(TriesInTheBackground, AreCancelledByTheirNumber) {
  MadeHistory history(5'000);
  history.close();
  PolicyTrials trials(history, 1);
  ASSERT_TRUE(trials.start({"first", "anna", {}, {}}, older_people_only()));
  history.wait_until_asked();
  EXPECT_EQ(trials.cancel("another").error().code, ErrorCode::not_found);
  ASSERT_TRUE(trials.cancel("first"));
  history.open();
  const auto cancelled = settled(trials);
  EXPECT_EQ(cancelled.state, TrialState::cancelled);
  EXPECT_EQ(cancelled.result, nullptr);
}

TEST(TriesInTheBackground, SayWhyTheyFailed) {
  MadeHistory history(10);
  history.break_it();
  PolicyTrials trials(history, 2);
  ASSERT_TRUE(trials.start({"first", "anna", {}, {}}, older_people_only()));
  const auto failed = settled(trials);
  EXPECT_EQ(failed.state, TrialState::failed);
  EXPECT_EQ(failed.failure, "the disk is gone");
}

}  // namespace
}  // namespace softbot
