#include "bench/history/fill_store.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "adapters/sqlite/store.h"
#include "adapters/vault/file_vault.h"
#include "bench/history/cases.h"
#include "domain/bsn.h"
#include "domain/zone.h"
#include "policy/outcomes.h"
#include "policy/versions.h"
#include "ports/judgement_history.h"

namespace softbot::bench {
namespace {

constexpr std::int64_t cases_at_once = 200;

template <class T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// Numbers that pass the eleven test, one after the other.
class Numbers {
 public:
  std::string next() {
    for (;;) {
      std::string digits = std::to_string(++last_);
      if (passes_eleven_test(digits)) return digits;
    }
  }

 private:
  std::int64_t last_ = 100'000'000;
};

Value judged_value(const PolicyOutcome& outcome, const std::string& version, const MadeCase& made) {
  Value reasons = Value::list();
  for (const auto& code : outcome.reasons) reasons.push(code);
  return Value::object({{"version", version},
                        {"type", made.type},
                        {"municipality", made.municipality},
                        {"today", format_iso(made.received)},
                        {"grants", outcome.grants},
                        {"grant", outcome.grant},
                        {"reasons", std::move(reasons)}});
}

/// Writes cases, each with the state in which the bot leaves it.
class Filling {
 public:
  Filling(const Vault& vault, PolicyOutcomes outcomes, std::uint64_t seed)
      : vault_(vault), outcomes_(std::move(outcomes)), cases_(seed) {}

  void add(Transaction& transaction, std::int64_t count) {
    for (std::int64_t index = 0; index < count; ++index) add_one(transaction, cases_.next());
  }

 private:
  void add_one(Transaction& transaction, const MadeCase& made) {
    if (!made.same_person || !person_) person_ = transaction.find_or_add_person(numbers_.next()).id;
    const auto outcome =
        outcomes_.of(made.type, made.municipality, {made.received, made.received}, made.facts);
    Application application;
    application.reference = new_reference(vault_);
    application.person = *person_;
    application.type = made.type;
    application.law = "wmo2015";
    application.municipality = made.municipality;
    application.channel = made.channel;
    application.received = start_of_day(made.received);
    application.facts = Value::object(
        {{policy_input_fact, made.facts}, {judged_fact, judged_value(outcome, outcomes_.version(), made)}});
    application.status = outcome.grants ? ApplicationStatus::decided : ApplicationStatus::referred;
    if (outcome.grants) {
      application.outcome = Outcome::granted;
      application.decided_by = DecidedBy::bot;
    }
    for (const auto& code : outcome.reasons) application.reasons.push_back({code, "", ""});
    transaction.add_application(application);
  }

  const Vault& vault_;
  PolicyOutcomes outcomes_;
  Cases cases_;
  Numbers numbers_;
  std::optional<PersonId> person_;
};

}  // namespace

void fill_store(const std::filesystem::path& data, const ConfigurationFiles& policy, std::int64_t cases,
                std::uint64_t seed) {
  const SystemClock clock;
  const auto vault = value_of(FileVault::open(default_key_file(data), data, WhenAbsent::create));
  const auto store = value_of(SqliteStore::open(data, *vault, clock));
  auto outcomes = value_of(PolicyOutcomes::load(policy));
  value_of(store->write([&](Transaction& transaction) -> Result<void> {
    const auto offered = offer_shipped(transaction, policy_name(), policy, clock.now());
    if (!offered) return fail(offered.error());
    return {};
  }));
  Filling filling(*vault, std::move(outcomes), seed);
  for (std::int64_t done = 0; done < cases; done += cases_at_once) {
    value_of(store->write([&](Transaction& transaction) -> Result<void> {
      filling.add(transaction, std::min(cases_at_once, cases - done));
      return {};
    }));
  }
}

}  // namespace softbot::bench
