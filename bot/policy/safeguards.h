#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/application.h"
#include "domain/result.h"
#include "policy/register_check.h"
#include "policy/sequential_test.h"
#include "ports/store.h"

namespace softbot {

/// What the bot may grant in one municipality and type on one day (in Amsterdam).
struct DailyCap {
  std::int64_t number = 0;        ///< grants
  std::int64_t amount_cents = 0;  ///< their cost in a year, together
  bool operator==(const DailyCap&) const = default;
};

/// How tight the safeguards are. Read from the setting "safeguards", which config/safeguards.json fills once.
/// Keys of the maps: "<municipality>/<type>", "<type>"; the first that is there counts. A type without a cap
/// or a share is never granted by the bot.
struct SafeguardSettings {
  std::map<std::string, DailyCap, std::less<>> caps;
  std::map<std::string, std::int64_t, std::less<>> sample_per_million;  ///< share of grants held for a person
  SampleTestSettings sample_test;  ///< on what persons found of those, for every type
  bool operator==(const SafeguardSettings&) const = default;

  [[nodiscard]] std::optional<DailyCap> cap(std::string_view municipality, std::string_view type) const;
  [[nodiscard]] std::optional<std::int64_t> sample(std::string_view municipality,
                                                   std::string_view type) const;
};

/// Reads {"types":{"small-aids":{"grantsPerDay":40,"centsPerDay":400000,"sampleShare":"0.05"}},
/// "municipalities":{"molendam":{"small-aids":{...}}},"sampleTest":{...}}. Fails with `configuration`, naming
/// the place; a share below 0 or above 1, a negative cap, an unknown member and a type that the bot never
/// decides are refused.
[[nodiscard]] Result<SafeguardSettings> safeguard_settings_from(const Value& value);

/// Checks the text of config/safeguards.json and fills the setting when there is none yet; the store is the
/// truth from then on.
[[nodiscard]] Result<void> fill_safeguards(Transaction& transaction, std::string_view json);

/// What the safeguards look at, once a policy has said that it would grant. Borrowed for the call.
struct SafeguardInput {
  const Application& application;
  const RegisterFindings& findings;
  std::optional<std::int64_t> amount_cents_per_year;  ///< PolicyResult::amount_cents_per_year()
  std::string random_bytes;                           ///< eight or more, fresh, from Vault::random_bytes
  Instant now{};
};

/// What the safeguards say.
struct SafeguardVerdict {
  enum class Kind {
    allow,  ///< decide and send
    hold,   ///< decide, but a person looks before it is sent (sample)
    refer   ///< a person decides
  };
  Kind kind = Kind::refer;
  std::vector<Reason> reasons;        ///< why refer or hold; empty for allow
  std::vector<Condition> conditions;  ///< names begin with "safeguard-"
  Value draw;  ///< {share, number, of, held} as it goes into Application::sample; null when not drawn
};

/// Rules outside DMN that no policy can switch off. Counts the grant against the caps and draws the sample.
///
/// Codes of `reasons`: always-a-person, not-signed, fields-unconfirmed, register-not-confirmed (beside the
/// register's own), field-doubtful, look-at-crop and doubts about the paper (domain/paper.h),
/// personal-budget, urgent, kill-switch, safeguards-missing, amount-unknown, daily-cap-number,
/// daily-cap-amount; for hold: sample.
class Safeguards {
 public:
  /// Call inside the unit that stores the decision, so that a counter and its grant stand or fall together.
  [[nodiscard]] static SafeguardVerdict check(Transaction& transaction, const SafeguardInput& input);
};

/// True for types that the bot never grants: general-notification, living-allowance.
[[nodiscard]] bool is_always_a_person(std::string_view type);

/// True when the law or the municipality leaves this one to a person, whatever a policy says: by its type,
/// for its urgency, or as a personal budget is asked for.
[[nodiscard]] bool is_left_to_a_person(const Application& application);

/// What is used of a day's cap, for the administrator's page.
struct CapUse {
  DailyCap cap;
  DailyCap used;
};
[[nodiscard]] std::optional<CapUse> cap_use(Transaction& transaction, std::string_view municipality,
                                            std::string_view type, Date day);

}  // namespace softbot
