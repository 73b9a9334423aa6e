#include "policy/safeguards.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <iterator>

#include "domain/date.h"
#include "domain/json.h"
#include "memory_transaction.h"
#include "policy/kill_switch.h"
#include "support/checkout.h"

namespace softbot {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = SafeguardVerdict::Kind;

const Instant noon = *parse_instant("2026-11-21T11:00:00Z");
const std::string never_drawn(8, '\x7f');  ///< 0x7f7f.. % 1000000 = 737471: far above the share
const std::string always_drawn(8, '\0');

Application granted_application() {
  Application application;
  application.type = "small-aids";
  application.municipality = "voorbeeld";
  application.assurance = IdentityAssurance::digid;
  application.signed_by = "digid";
  application.common = Value::object({{"urgent", false}});
  application.fields = Value::object({{"provisionForm", "in-kind"}});
  return application;
}

RegisterFindings clear_findings() {
  RegisterFindings findings;
  findings.matched = true;
  findings.bsn_supported = true;
  return findings;
}

MemoryTransaction with_settings(const std::string& share = "0.05") {
  MemoryTransaction transaction;
  const auto done = fill_safeguards(
      transaction,
      R"({"types":{"small-aids":{"grantsPerDay":3,"centsPerDay":20000,"sampleShare":")" + share + R"("}}})");
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  return transaction;
}

SafeguardVerdict check(Transaction& transaction, const Application& application,
                       const RegisterFindings& findings = clear_findings(), std::string random = never_drawn,
                       std::optional<std::int64_t> amount = 6500, Instant now = noon) {
  return Safeguards::check(transaction, {application, findings, amount, std::move(random), now});
}

std::vector<std::string> codes(const SafeguardVerdict& verdict) {
  std::vector<std::string> result;
  for (const auto& reason : verdict.reasons) result.push_back(reason.code);
  return result;
}

TEST(Safeguards, allow_a_certain_ordinary_grant_and_keep_the_draw) {
  auto transaction = with_settings();
  const auto verdict = check(transaction, granted_application());
  EXPECT_EQ(verdict.kind, Kind::allow);
  EXPECT_THAT(codes(verdict), IsEmpty());
  EXPECT_EQ(verdict.draw["held"].as_bool(), false);
  EXPECT_EQ(verdict.draw["share"].as_integer(), 50'000);
  EXPECT_EQ(verdict.draw["of"].as_integer(), 1'000'000);
  for (const auto& condition : verdict.conditions)
    EXPECT_EQ(condition.state, ConditionState::met) << condition.name;
}

TEST(Safeguards, hold_a_drawn_grant_for_a_person) {
  auto transaction = with_settings();
  const auto verdict = check(transaction, granted_application(), clear_findings(), always_drawn);
  EXPECT_EQ(verdict.kind, Kind::hold);
  EXPECT_THAT(codes(verdict), ElementsAre("sample"));
  EXPECT_EQ(verdict.draw["held"].as_bool(), true);
  EXPECT_EQ(verdict.draw["number"].as_integer(), 0);
}

TEST(Safeguards, draw_the_configured_share) {
  const auto held = [](const std::string& share, std::uint64_t number) {
    auto transaction = with_settings(share);
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(number >> shift));
    return check(transaction, granted_application(), clear_findings(), bytes).kind == Kind::hold;
  };
  EXPECT_TRUE(held("0.05", 49'999));
  EXPECT_FALSE(held("0.05", 50'000));
  EXPECT_FALSE(held("0", 0));
  EXPECT_TRUE(held("1", 999'999));
  EXPECT_TRUE(held("0.000001", 0));
}

struct Doubt {
  std::string code;
  std::function<void(Application&, RegisterFindings&, std::optional<std::int64_t>&)> make;
};

class EveryDoubt : public ::testing::TestWithParam<Doubt> {};

TEST_P(EveryDoubt, refers_and_counts_nothing) {
  auto transaction = with_settings();
  auto application = granted_application();
  auto findings = clear_findings();
  std::optional<std::int64_t> amount = 6500;
  GetParam().make(application, findings, amount);
  const auto verdict = check(transaction, application, findings, never_drawn, amount);
  EXPECT_EQ(verdict.kind, Kind::refer);
  EXPECT_THAT(codes(verdict), ElementsAre(GetParam().code));
  EXPECT_TRUE(verdict.draw.is_null());
  for (const auto& [name, value] : transaction.counters) EXPECT_EQ(value, 0) << name;
}

INSTANTIATE_TEST_SUITE_P(
    each, EveryDoubt,
    ::testing::Values(
        Doubt{"not-signed", [](auto& a, auto&, auto&) { a.assurance = IdentityAssurance::none; }},
        Doubt{"not-signed", [](auto& a, auto&, auto&) { a.signed_by = ""; }},
        Doubt{"fields-unconfirmed", [](auto& a, auto&, auto&) { a.unconfirmed = {"aid"}; }},
        Doubt{"register-not-confirmed", [](auto&, auto& f, auto&) { f.bsn_supported = false; }},
        Doubt{"register-not-confirmed", [](auto&, auto& f, auto&) { f.matched = false; }},
        Doubt{"register-not-confirmed",
              [](auto&, auto& f, auto&) {
                f.blocking = {{"register-deceased", "", ""}};
              }},
        Doubt{"register-not-confirmed", [](auto&, auto& f, auto&) { f = register_unavailable(); }},
        Doubt{"personal-budget",
              [](auto& a, auto&, auto&) { a.fields.set("provisionForm", "personal-budget"); }},
        Doubt{"urgent", [](auto& a, auto&, auto&) { a.common.set("urgent", true); }},
        Doubt{"safeguards-missing", [](auto& a, auto&, auto&) { a.type = "household-help"; }},
        Doubt{"amount-unknown", [](auto&, auto&, auto& amount) { amount.reset(); }},
        Doubt{"amount-unknown", [](auto&, auto&, auto& amount) { amount = -1; }}));

TEST(Safeguards, never_let_the_bot_decide_a_notification_or_a_living_allowance) {
  for (const char* type : {"general-notification", "living-allowance"}) {
    auto transaction = with_settings();
    auto application = granted_application();
    application.type = type;
    EXPECT_THAT(codes(check(transaction, application)), ElementsAre("always-a-person", "safeguards-missing"));
  }
}

TEST(Safeguards, refuse_without_settings_and_with_damaged_ones) {
  MemoryTransaction transaction;
  EXPECT_THAT(codes(check(transaction, granted_application())), ElementsAre("safeguards-missing"));
  transaction.put_setting("safeguards", Value::object({{"types", "broken"}}));
  EXPECT_THAT(codes(check(transaction, granted_application())), ElementsAre("safeguards-missing"));
}

TEST(Safeguards, stop_at_the_number_of_the_day_and_go_on_the_next_day) {
  auto transaction = with_settings();
  for (int grant = 0; grant < 3; ++grant) {
    EXPECT_EQ(check(transaction, granted_application(), clear_findings(), never_drawn, 100).kind,
              Kind::allow);
  }
  EXPECT_THAT(codes(check(transaction, granted_application(), clear_findings(), never_drawn, 100)),
              ElementsAre("daily-cap-number"));
  // 23:30 UTC is half past midnight in Amsterdam: the next day.
  const auto next_day = *parse_instant("2026-11-21T23:30:00Z");
  EXPECT_EQ(check(transaction, granted_application(), clear_findings(), never_drawn, 100, next_day).kind,
            Kind::allow);
}

TEST(Safeguards, stop_at_the_amount_of_the_day_without_using_up_the_number) {
  auto transaction = with_settings();
  EXPECT_EQ(check(transaction, granted_application(), clear_findings(), never_drawn, 20'000).kind,
            Kind::allow);
  EXPECT_THAT(codes(check(transaction, granted_application(), clear_findings(), never_drawn, 1)),
              ElementsAre("daily-cap-amount"));
  const auto use = cap_use(transaction, "voorbeeld", "small-aids", *parse_iso_date("2026-11-21"));
  ASSERT_TRUE(use);
  EXPECT_EQ(use->used, (DailyCap{1, 20'000}));
  EXPECT_EQ(use->cap, (DailyCap{3, 20'000}));
}

TEST(Safeguards, count_each_municipality_apart) {
  auto transaction = with_settings();
  auto elsewhere = granted_application();
  elsewhere.municipality = "molendam";
  for (int grant = 0; grant < 3; ++grant) {
    EXPECT_EQ(check(transaction, granted_application(), clear_findings(), never_drawn, 1).kind, Kind::allow);
  }
  EXPECT_EQ(check(transaction, elsewhere, clear_findings(), never_drawn, 1).kind, Kind::allow);
}

TEST(KillSwitch, stops_one_type_or_all_until_two_persons_release_it) {
  for (const char* subject : {"small-aids", "all"}) {
    auto transaction = with_settings();
    ASSERT_TRUE(set_kill_switch(transaction, {subject, true, "carla", "Te veel fouten", noon}));
    EXPECT_THAT(codes(check(transaction, granted_application())), ElementsAre("kill-switch"));
    const auto set = kill_switch(transaction, subject);
    EXPECT_EQ(set, (KillSwitch{subject, true, "carla", "Te veel fouten", noon}));
    ASSERT_TRUE(propose_release(transaction, subject, {"carla", "person-carla", "Opgelost", noon}));
    EXPECT_THAT(codes(check(transaction, granted_application())), ElementsAre("kill-switch"));
    ASSERT_TRUE(confirm_release(transaction, subject, {"dirk", "person-dirk", "Gezien", noon}, noon));
    EXPECT_EQ(check(transaction, granted_application()).kind, Kind::allow);
  }
}

TEST(KillSwitch, of_another_type_does_not_stop_this_one) {
  auto transaction = with_settings();
  ASSERT_TRUE(set_kill_switch(transaction, {"extension", true, "carla", "Te veel fouten", noon}));
  EXPECT_EQ(check(transaction, granted_application()).kind, Kind::allow);
}

TEST(KillSwitch, of_one_municipality_stops_it_there_alone) {
  auto transaction = with_settings();
  ASSERT_TRUE(set_kill_switch(transaction, {"voorbeeld:small-aids", true, "system", "Alarm", noon}));
  auto elsewhere = granted_application();
  elsewhere.municipality = "molendam";
  EXPECT_THAT(codes(check(transaction, granted_application())), ElementsAre("kill-switch"));
  EXPECT_EQ(check(transaction, elsewhere).kind, Kind::allow);
  EXPECT_THAT(kill_switches(transaction, {"small-aids"}, {"molendam", "voorbeeld"}),
              ElementsAre(::testing::Field(&KillSwitch::subject, "all"),
                          ::testing::Field(&KillSwitch::subject, "small-aids"),
                          ::testing::Field(&KillSwitch::subject, "voorbeeld:small-aids")));
}

TEST(KillSwitch, needs_a_person_and_a_reason) {
  MemoryTransaction transaction;
  EXPECT_EQ(set_kill_switch(transaction, {"all", true, "", "waarom", noon}).error().code,
            ErrorCode::invalid_input);
  EXPECT_EQ(set_kill_switch(transaction, {"all", true, "carla", "  ", noon}).error().code,
            ErrorCode::invalid_input);
  EXPECT_FALSE(kill_switch(transaction, "all").on);
}

TEST(KillSwitch, that_cannot_be_read_counts_as_on) {
  MemoryTransaction transaction;
  transaction.put_setting("kill-switch:all", Value("?"));
  EXPECT_TRUE(kill_switches(transaction, {"extension"}, {}).front().on);
}

TEST(SafeguardSettings, fill_the_store_once) {
  auto transaction = with_settings();
  ASSERT_TRUE(fill_safeguards(transaction, R"({"types":{}})"));
  EXPECT_EQ(check(transaction, granted_application()).kind, Kind::allow);
}

TEST(SafeguardSettings, of_a_municipality_go_before_the_general_ones) {
  const auto settings = safeguard_settings_from(*parse_json(
      R"({"types":{"extension":{"grantsPerDay":5,"centsPerDay":500,"sampleShare":"0.1"}},
          "municipalities":{"molendam":{"extension":{"grantsPerDay":1,"centsPerDay":50,"sampleShare":1}}}})"));
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->cap("voorbeeld", "extension"), (DailyCap{5, 500}));
  EXPECT_EQ(settings->cap("molendam", "extension"), (DailyCap{1, 50}));
  EXPECT_EQ(settings->sample("molendam", "extension"), 1'000'000);
  EXPECT_EQ(settings->sample("voorbeeld", "extension"), 100'000);
  EXPECT_FALSE(settings->cap("voorbeeld", "small-aids"));
}

TEST(SafeguardSettings, refuse_what_they_do_not_understand) {
  for (const char* wrong : {
           R"([])",
           R"({"type":{}})",
           R"({"types":[]})",
           R"({"types":{"extension":{}}})",
           R"({"types":{"extension":{"grantsPerDay":-1,"centsPerDay":1,"sampleShare":"0"}}})",
           R"({"types":{"extension":{"grantsPerDay":1,"centsPerDay":1.5,"sampleShare":"0"}}})",
           R"({"types":{"extension":{"grantsPerDay":1,"centsPerDay":1,"sampleShare":"1.1"}}})",
           R"({"types":{"extension":{"grantsPerDay":1,"centsPerDay":1,"sampleShare":"-0.1"}}})",
           R"({"types":{"extension":{"grantsPerDay":1,"centsPerDay":1,"sampleShare":"0.0000001"}}})",
           R"({"types":{"extension":{"grantsPerDay":1,"centsPerDay":1,"sampleShare":"0.","other":1}}})",
           R"({"types":{"living-allowance":{"grantsPerDay":1,"centsPerDay":1,"sampleShare":"0"}}})",
       }) {
    const auto settings = safeguard_settings_from(*parse_json(wrong));
    ASSERT_FALSE(settings) << wrong;
    EXPECT_EQ(settings.error().code, ErrorCode::configuration);
  }
}

TEST(SafeguardSettings, as_shipped_let_the_bot_work) {
  std::ifstream file(checkout() / "config/safeguards.json");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const auto settings = safeguard_settings_from(*parse_json(text));
  ASSERT_TRUE(settings) << settings.error().message;
  for (const char* type : {"household-help", "small-aids", "extension"}) {
    EXPECT_GT(settings->cap("voorbeeld", type).value_or(DailyCap{}).number, 0) << type;
    EXPECT_GT(settings->sample("voorbeeld", type).value_or(0), 0) << type;
    EXPECT_LT(settings->sample("voorbeeld", type).value_or(0), 500'000) << type;
  }
}

RC_GTEST_PROP(Safeguards, never_grant_more_than_the_caps_whatever_comes, ()) {
  auto transaction = with_settings();
  std::int64_t number = 0;
  std::int64_t amount = 0;
  for (const auto cents :
       *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 30'000))) {
    if (check(transaction, granted_application(), clear_findings(), never_drawn, cents).kind != Kind::allow)
      continue;
    ++number;
    amount += cents;
  }
  RC_ASSERT(number <= 3);
  RC_ASSERT(amount <= 20'000);
  const auto use = cap_use(transaction, "voorbeeld", "small-aids", *parse_iso_date("2026-11-21"));
  RC_ASSERT(use->used.number == number);
  RC_ASSERT(use->used.amount_cents == amount);
}

}  // namespace
}  // namespace softbot
