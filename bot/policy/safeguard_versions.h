#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/safeguards.h"
#include "policy/versions.h"

/// Safeguards have versions like a policy: proposed by one person, approved by another. The setting
/// "safeguards", which the bot reads, is a copy of the active one.
namespace softbot {

[[nodiscard]] ConfigurationName safeguards_name();

/// The one file of a version, written in one way, so that the same safeguards have the same version.
[[nodiscard]] ConfigurationFiles safeguard_files(const Value& settings);
/// The settings of a version, checked. Fails as safeguard_settings_from().
[[nodiscard]] Result<Value> safeguards_in(const ConfigurationFiles& files);

/// Checks the text of config/safeguards.json and offers it as offer_shipped() does. In a store that has
/// safeguards and no version of them yet, what it has becomes the first one.
[[nodiscard]] Result<Shipped> offer_safeguards(Transaction& transaction, std::string_view json, Instant now);

/// Puts the active version to work. The caller has approved it in the same unit.
[[nodiscard]] Result<void> use_active_safeguards(Transaction& transaction);

/// One limit or number that is not the same in two versions.
struct SafeguardDifference {
  std::string municipality;  ///< "": all without their own
  std::string type;          ///< "" for the test on the sample
  std::string what;          ///< grantsPerDay, centsPerDay, sampleShare, acceptable, ...
  Value before;              ///< number or text as it is written; null where there is none
  Value after;
  bool operator==(const SafeguardDifference&) const = default;
};
[[nodiscard]] std::vector<SafeguardDifference> differences_of(const Value& before, const Value& after);

}  // namespace softbot
