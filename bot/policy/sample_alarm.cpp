#include "policy/sample_alarm.h"

#include <algorithm>
#include <utility>

#include "domain/text.h"
#include "policy/safeguards.h"
#include "policy/share.h"

namespace softbot {
namespace {

std::string setting_name(const SampleScope& scope) {
  return "sample-test:" + scope.subject();
}

Value count_value(const SampleCount& count) {
  return Value::object({{"confirmed", count.confirmed}, {"overturned", count.overturned}});
}

SampleCount count_in(const Value& value) {
  return {value["confirmed"].as_integer().value_or(0), value["overturned"].as_integer().value_or(0)};
}

Value settings_value(const SampleTestSettings& settings) {
  return Value::object({{"acceptable", settings.acceptable},
                        {"unacceptable", settings.unacceptable},
                        {"falseAlarm", settings.false_alarm},
                        {"missed", settings.missed}});
}

SampleTestSettings settings_in(const Value& value) {
  return {value["acceptable"].as_integer().value_or(0), value["unacceptable"].as_integer().value_or(0),
          value["falseAlarm"].as_integer().value_or(0), value["missed"].as_integer().value_or(0)};
}

void keep(Transaction& transaction, const SampleTest& test) {
  transaction.put_setting(
      setting_name(test.scope),
      Value::object({{"policyVersion", test.policy_version},
                     {"settings", settings_value(test.settings)},
                     {"since", format_instant(test.since)},
                     {"round", count_value(test.round)},
                     {"all", count_value(test.all)},
                     {"passes", test.passes},
                     {"stoppedAt", test.stopped_at ? Value(format_instant(*test.stopped_at)) : Value()}}));
}

std::optional<Instant> instant_in(const Value& value) {
  const auto instant = parse_instant(value.text_or_empty());
  return instant ? std::optional(*instant) : std::nullopt;
}

std::optional<SampleTest> kept(Transaction& transaction, const SampleScope& scope) {
  const auto row = transaction.setting(setting_name(scope));
  if (!row) return std::nullopt;
  SampleTest test;
  test.scope = scope;
  test.policy_version = (*row)["policyVersion"].text_or_empty();
  test.settings = settings_in((*row)["settings"]);
  test.since = instant_in((*row)["since"]).value_or(Instant{});
  test.round = count_in((*row)["round"]);
  test.all = count_in((*row)["all"]);
  test.passes = (*row)["passes"].as_integer().value_or(0);
  test.stopped_at = instant_in((*row)["stoppedAt"]);
  return test;
}

SampleTestSettings stored_settings(Transaction& transaction) {
  const auto row = transaction.setting("safeguards");
  const auto settings = row ? safeguard_settings_from(*row) : Result<SafeguardSettings>(SafeguardSettings{});
  return settings ? settings->sample_test : SampleTestSettings{};
}

/// When a person released the stop that a test threw; nothing while it stands.
std::optional<Instant> released_at(Transaction& transaction, const std::string& subject, Instant stopped_at) {
  const KillSwitch thrown = kill_switch(transaction, subject);
  const bool stands = thrown.on && thrown.by == thrown_by_system && thrown.at == stopped_at;
  return stands ? std::nullopt : std::optional(thrown.at);
}

std::string why_stopped(const SampleTest& test) {
  const std::int64_t looked_at = test.round.looked_at();
  return "Van de laatste " + std::to_string(looked_at) + " toekenningen in de steekproef hield een mens er " +
         std::to_string(test.round.overturned) + " tegen. Dat past niet meer bij een aandeel van hooguit " +
         percent_words(test.settings.acceptable) + ". De bot staat hier stil tot twee mensen dat opheffen.";
}

/// Adds one to a test. The switch that it throws, if it does.
Result<std::optional<KillSwitch>> add(Transaction& transaction, SampleTest test, const LookedAt& looked_at) {
  if (test.stopped_at || looked_at.prepared_at < test.since) return std::nullopt;
  for (SampleCount* count : {&test.round, &test.all})
    ++(looked_at.found == LookedAt::Found::overturned ? count->overturned : count->confirmed);
  const auto says = SequentialTest(test.settings).says(test.round);
  if (says == SequentialTest::Says::pass) {
    ++test.passes;
    test.round = {};
  }
  std::optional<KillSwitch> thrown;
  if (says == SequentialTest::Says::stop) {
    test.stopped_at = looked_at.now;
    thrown = KillSwitch{test.scope.subject(), true, std::string(thrown_by_system), why_stopped(test),
                        looked_at.now};
    if (auto set = set_kill_switch(transaction, *thrown); !set) return fail(set.error());
  }
  keep(transaction, test);
  return thrown;
}

}  // namespace

std::string SampleScope::subject() const {
  return kill_switch_subject(type, municipality);
}

SampleTest sample_test(Transaction& transaction, const SampleScope& scope, std::string_view active_version) {
  SampleTest fresh;
  fresh.scope = scope;
  fresh.policy_version = active_version;
  fresh.settings = stored_settings(transaction);
  if (!scope.municipality.empty())
    fresh.since = sample_test(transaction, {scope.type, ""}, active_version).since;
  const auto test = kept(transaction, scope);
  if (!test) return fresh;
  if (test->stopped_at) {
    const auto released = released_at(transaction, scope.subject(), *test->stopped_at);
    if (!released) return *test;
    fresh.since = std::max(fresh.since, *released);
    return fresh;
  }
  const bool goes_on = test->policy_version == active_version && test->settings == fresh.settings &&
                       test->since >= fresh.since;
  if (goes_on) return *test;
  fresh.since = std::max(fresh.since, test->since);  // a release before counts on
  return fresh;
}

std::vector<SampleTest> sample_tests(Transaction& transaction, const std::vector<std::string>& types,
                                     const std::vector<std::string>& municipalities,
                                     std::string_view active_version) {
  std::vector<SampleTest> tests;
  for (const std::string& type : types) {
    if (!is_always_a_person(type)) tests.push_back(sample_test(transaction, {type, ""}, active_version));
  }
  for (const std::string& municipality : municipalities) {
    for (const std::string& type : types) {
      const SampleScope scope{type, municipality};
      if (kept(transaction, scope)) tests.push_back(sample_test(transaction, scope, active_version));
    }
  }
  return tests;
}

Result<std::optional<KillSwitch>> count_looked_at(Transaction& transaction, const LookedAt& looked_at,
                                                  std::string_view active_version) {
  if (looked_at.policy_version != active_version) return std::nullopt;
  const SampleTest everywhere = sample_test(transaction, {looked_at.type, ""}, active_version);
  auto thrown = add(transaction, everywhere, looked_at);
  if (!thrown || *thrown || everywhere.stopped_at) return thrown;
  return add(transaction, sample_test(transaction, {looked_at.type, looked_at.municipality}, active_version),
             looked_at);
}

}  // namespace softbot
