#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/json.h"
#include "support/crowd.h"
#include "support/daemon.h"
#include "support/sign_in.h"

namespace softbot::tests {
namespace {

using ::testing::HasSubstr;

/// A daemon that holds every grant for a person.
class TheAlarmOnTheSample : public ::testing::Test {
 protected:
  void SetUp() override {
    write_register(folder_.path() / "persons.json", people_);
    Daemon::Options options;
    options.data = folder_.path() / "data";
    options.config = generous_configuration(folder_.path() / "config", "1");
    options.persons = folder_.path() / "persons.json";
    daemon_ = std::make_unique<Daemon>(options);
  }

  /// The next resident applies; how the case stands when the bot is done.
  Value applies() {
    const Resident& resident = people_.at(next_++);
    const Answer accepted =
        daemon_->submit(toilet_raiser_for(resident), "alarm-" + std::to_string(next_), "digid");
    EXPECT_EQ(accepted.status, 202) << accepted.body;
    return daemon_->settled(reference_in(accepted));
  }
  std::string held() {
    const Value view = applies();
    EXPECT_EQ(view["status"].text_or_empty(), "held-for-sample");
    return view["reference"].text_or_empty();
  }
  Answer acts(const std::string& reference, const std::string& action, const Value& body) {
    const std::string path = "/api/v1/queue/" + reference;
    const std::string etag = daemon_->get_as_machine(path).header("etag");
    return daemon_->post_as_machine(path + "/" + action, body, {"If-Match: " + etag});
  }
  void overturns(const std::string& reference) {
    const Answer answer = acts(reference, "decision",
                               Value::object({{"outcome", "refused"},
                                              {"writtenReasons", "Niet nodig."},
                                              {"hearing", Value::object({{"factsDiffer", false}})}}));
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
  void releases(const std::string& reference) {
    const Answer answer =
        acts(reference, "decision", Value::object({{"outcome", "granted"}, {"writtenReasons", "Akkoord."}}));
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
  Answer sets_switch(const std::string& subject, const Value& wanted, HeaderLines who) {
    who.emplace_back("Content-Type: application/json");
    return request("PUT", daemon_->url() + "/api/v1/safeguards/kill-switches/" + subject, who,
                   to_json(wanted));
  }
  Answer acts_on_release(const std::string& subject, const std::string& act, const Value& body,
                         const HeaderLines& who) {
    return daemon_->post("/api/v1/safeguards/kill-switches/" + subject + "/release" + act, body, who);
  }
  /// By two persons, who both may.
  void release_switch(const std::string& subject, const HeaderLines& one, const HeaderLines& other) {
    const Answer proposed = acts_on_release(subject, "", why_, one);
    ASSERT_EQ(proposed.status, 200) << proposed.body;
    Value body = why_;
    body.set("proposedAt", kill_switch(subject)["release"]["proposedAt"]);
    const Answer own = acts_on_release(subject, "/confirmation", body, one);
    EXPECT_EQ(own.status, 403) << own.body;
    const Answer released = acts_on_release(subject, "/confirmation", body, other);
    EXPECT_EQ(released.status, 200) << released.body;
  }
  HeaderLines machine() { return {"Authorization: Bearer " + daemon_->key()}; }
  HeaderLines administrator(const std::string& name = "farid") {
    return sign_in(*daemon_, name, "demo-" + name);
  }
  Value kill_switch(const std::string& subject) {
    const Value safeguards = daemon_->get_as_machine("/api/v1/safeguards").json();
    for (const Value& one : safeguards["killSwitches"].items()) {
      if (one["subject"].text_or_empty() == subject) return one;
    }
    return {};
  }
  Value test_of(const std::string& subject) {
    const Value safeguards = daemon_->get_as_machine("/api/v1/safeguards").json();
    for (const Value& one : safeguards["sampleTests"].items()) {
      if (one["subject"].text_or_empty() == subject) return one;
    }
    return {};
  }
  std::string granting() { return daemon_->get("/health/ready").json()["granting"].text_or_empty(); }

  const Value stopped_ = Value::object({{"on", true}, {"why", "proef"}});
  const Value set_back_ = Value::object({{"on", false}, {"why", "Uitgezocht en hersteld."}});
  const Value why_ = Value::object({{"why", "Uitgezocht en hersteld."}});
  TemporaryFolder folder_;
  std::vector<Resident> people_ = crowd(20);
  std::size_t next_ = 0;
  std::unique_ptr<Daemon> daemon_;
};

TEST_F(TheAlarmOnTheSample, StopsTheBotByItselfAlsoOverACrash) {
  releases(held());
  overturns(held());
  EXPECT_EQ(test_of("small-aids")["sinceBegin"]["overturned"].as_integer(), 1);
  EXPECT_EQ(granting(), "works");
  daemon_->kill();
  daemon_->start();
  const std::string waits = held();
  overturns(held());
  daemon_->kill();
  daemon_->start();

  const Value thrown = kill_switch("small-aids");
  EXPECT_EQ(thrown["on"].as_bool(), true);
  EXPECT_EQ(thrown["by"].text_or_empty(), "system");
  EXPECT_THAT(thrown["why"].text_or_empty(), HasSubstr("Van de laatste 3 toekenningen"));
  EXPECT_FALSE(kill_switch("household-help")["on"].as_bool().value_or(true));
  EXPECT_EQ(granting(), "stopped");
  const std::string metrics = request("GET", daemon_->metrics_url()).body;
  for (const char* line : {R"(softbot_bot_stopped{subject="small-aids",by="system"} 1)",
                           R"(softbot_bot_stopped{subject="small-aids",by="person"} 0)",
                           R"(softbot_sample_overturned{subject="small-aids"} 2)",
                           R"(softbot_sample_overturned{subject="voorbeeld:small-aids"} 1)"})
    EXPECT_NE(metrics.find(line), std::string::npos) << line;

  const Value refused = applies();
  EXPECT_EQ(refused["status"].text_or_empty(), "referred");
  ASSERT_EQ(refused["reasons"].items().size(), 1U);
  EXPECT_EQ(refused["reasons"].items().front()["code"].text_or_empty(), "kill-switch");

  EXPECT_EQ(acts_on_release("small-aids", "", why_, machine()).status, 403);
  EXPECT_EQ(sets_switch("small-aids", set_back_, administrator()).status, 422);
  EXPECT_EQ(granting(), "stopped");
  release_switch("small-aids", administrator(), administrator("hanna"));
  EXPECT_EQ(granting(), "works");
  EXPECT_NE(request("GET", daemon_->metrics_url())
                .body.find(R"(softbot_sample_overturned{subject="voorbeeld:small-aids"} 0)"),
            std::string::npos);
  overturns(waits);  // made ready before the stop: says nothing about the bot of now
  EXPECT_EQ(test_of("small-aids")["sinceBegin"]["overturned"].as_integer(), 0);
  releases(held());
  EXPECT_EQ(test_of("small-aids")["sinceBegin"]["confirmed"].as_integer(), 1);
}

TEST_F(TheAlarmOnTheSample, LeavesEverythingThatHappenedToASwitchInItsHistory) {
  ASSERT_EQ(sets_switch("small-aids", stopped_, machine()).status, 200);
  const HeaderLines farid = administrator();
  const HeaderLines hanna = administrator("hanna");
  ASSERT_EQ(acts_on_release("small-aids", "", why_, farid).status, 200);
  ASSERT_EQ(acts_on_release("small-aids", "/end", why_, farid).status, 200);
  ASSERT_EQ(acts_on_release("small-aids", "", why_, hanna).status, 200);
  ASSERT_EQ(acts_on_release("small-aids", "/end", why_, farid).status, 200);
  EXPECT_EQ(granting(), "stopped");
  release_switch("small-aids", farid, hanna);
  std::vector<std::string> history;
  const Value small_aids = kill_switch("small-aids");
  for (const Value& one : small_aids["history"].items())
    history.push_back(one["by"].text_or_empty() + " " + one["action"].text_or_empty());
  EXPECT_THAT(history, ::testing::ElementsAre(
                           ::testing::EndsWith(" kill-switch-on"), "farid kill-switch-release-proposed",
                           "farid kill-switch-release-taken-back", "hanna kill-switch-release-proposed",
                           "farid kill-switch-release-declined", "farid kill-switch-release-proposed",
                           "hanna kill-switch-off"));
}

TEST_F(TheAlarmOnTheSample, CountsWhatAPersonTypesJustAsTheBotHadItAsConfirmed) {
  const auto typed = [&](const std::string& reference, const std::string& name, const Value& value) {
    const Value ready = daemon_->get_as_machine("/api/v1/queue/" + reference).json()["decision"]["grant"];
    Value grant =
        Value::object({{"aid", ready["aid"]}, {"from", ready["from"]}, {"provider", ready["provider"]}});
    if (!name.empty()) grant.set(name, value);
    const Answer answer =
        acts(reference, "decision",
             Value::object({{"outcome", "granted"}, {"writtenReasons", "Past."}, {"grant", grant}}));
    EXPECT_EQ(answer.status, 200) << answer.body;
  };
  typed(held(), "", {});
  typed(held(), "aid", "Wc-verhoger");
  EXPECT_EQ(test_of("small-aids")["sinceBegin"]["confirmed"].as_integer(), 2);
  EXPECT_EQ(test_of("small-aids")["sinceBegin"]["overturned"].as_integer(), 0);
  typed(held(), "aid", "douchekruk");
  EXPECT_EQ(test_of("small-aids")["sinceBegin"]["overturned"].as_integer(), 1);
}

TEST_F(TheAlarmOnTheSample, CountsAGrantThatACorrectionTookBack) {
  const std::string reference = held();
  const Answer corrected = acts(
      reference, "fields",
      Value::object({{"fields", Value::object({{"provisionForm", "personal-budget"}})}, {"why", "gebeld"}}));
  ASSERT_EQ(corrected.status, 200) << corrected.body;
  const Value view = daemon_->settled(reference);
  EXPECT_EQ(view["status"].text_or_empty(), "referred");
  EXPECT_EQ(test_of("small-aids")["sinceBegin"]["overturned"].as_integer(), 1);
}

TEST_F(TheAlarmOnTheSample, CountsNothingWhenTheBotGrantsTheSameAgain) {
  const std::string reference = held();
  const Answer again = acts(reference, "fields", Value::object({{"fields", Value::object()}}));
  ASSERT_EQ(again.status, 200) << again.body;
  EXPECT_EQ(daemon_->settled(reference)["status"].text_or_empty(), "held-for-sample");
  EXPECT_EQ(test_of("small-aids")["sinceBegin"]["overturned"].as_integer(), 0);
  releases(reference);
  EXPECT_EQ(test_of("small-aids")["sinceBegin"]["confirmed"].as_integer(), 1);
}

TEST_F(TheAlarmOnTheSample, DoesNotLetAGrantGoThatWasCorrectedButNotJudgedAgain) {
  const std::string reference = held();
  const Answer corrected =
      acts(reference, "fields",
           Value::object(
               {{"fields", Value::object({{"provisionForm", "personal-budget"}})}, {"judgeAgain", false}}));
  ASSERT_EQ(corrected.status, 200) << corrected.body;
  EXPECT_EQ(
      acts(reference, "decision", Value::object({{"outcome", "granted"}, {"writtenReasons", "Akkoord."}}))
          .status,
      409);
}

TEST_F(TheAlarmOnTheSample, IsExplainedWithWhatItsBoundsAreWorth) {
  const Value test = daemon_->get_as_machine("/api/v1/safeguards").json()["sampleTest"];
  EXPECT_EQ(test["acceptable"]["perMillion"].as_integer(), 5'000);
  EXPECT_THAT(test["unacceptable"]["stops"].as_number()->text, HasSubstr("0.951"));
  EXPECT_EQ(test["passAfter"].as_integer(), 65);
}

TEST_F(TheAlarmOnTheSample, HasASwitchForOneMunicipality) {
  EXPECT_EQ(sets_switch("voorbeeld:small-aids", stopped_, machine()).status, 200);
  EXPECT_EQ(applies()["status"].text_or_empty(), "referred");
  EXPECT_EQ(sets_switch("elders:small-aids", stopped_, machine()).status, 404);
  for (const char* name : {"manager", "deputy"}) {
    ASSERT_EQ(daemon_
                  ->command({"account", "add", name, "--person", name, "--role", "administrator",
                             "--municipality", "voorbeeld"},
                            "een lang wachtwoord\n")
                  .status,
              0);
  }
  const HeaderLines manager = sign_in(*daemon_, "manager", "een lang wachtwoord");
  EXPECT_EQ(acts_on_release("molendam:small-aids", "", why_, manager).status, 403);
  EXPECT_EQ(acts_on_release("small-aids", "", why_, manager).status, 403);
  release_switch("voorbeeld:small-aids", manager, sign_in(*daemon_, "deputy", "een lang wachtwoord"));
  EXPECT_EQ(kill_switch("voorbeeld:small-aids")["on"].as_bool(), false);
}

}  // namespace
}  // namespace softbot::tests
