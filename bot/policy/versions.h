#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "domain/result.h"
#include "policy/content_address.h"
#include "policy/policy_set.h"
#include "ports/store.h"

/// Versions of what is configured - policies, forms, letters - in the store (DESIGN.md, Policies,
/// definitions, letters as data). A version is content-addressed and never changes; at most one of a kind and
/// name is active, at most one `planned` (approved, and active from a later day on). The others are `draft`,
/// `replaced` (was active) or `thrown-away` (never was).
namespace softbot {

/// What it is a version of.
struct ConfigurationName {
  std::string kind;  ///< policy, form, letter
  std::string name;  ///< policy set, form type, letter name
  bool operator==(const ConfigurationName&) const = default;
};

/// Who does it and why. `person` is AccountRecord::person, so that two accounts of one person are one.
struct ConfigurationChange {
  std::string person;
  std::string why;
  Instant at{};
  bool operator==(const ConfigurationChange&) const = default;
};

enum class Shipped {
  activated,  ///< the store had none: it is active now
  known,      ///< the store has this very version already
  drafted,    ///< it differs: a draft waits for approval by a second person
};

/// Offers what lies on disk. Fills an empty store once; a later difference becomes a draft, never active by
/// itself. Fails, with an empty store, for a policy whose examples fail (all_as_expected() of examples.h).
[[nodiscard]] Result<Shipped> offer_shipped(Transaction& transaction, const ConfigurationName& what,
                                            const ConfigurationFiles& files, Instant now);

/// Stores a draft that somebody proposes and gives its version. `conflict` when this very version is active.
[[nodiscard]] Result<std::string> propose(Transaction& transaction, const ConfigurationName& what,
                                          const ConfigurationFiles& files, const ConfigurationChange& change);

/// Something that happened to a version.
struct ConfigurationEvent {
  std::string version;
  std::string kind;    ///< proposed, approved, began, withdrawn, went-back, thrown-away
  std::string before;  ///< approved, began, went-back: the version that was active until then; "" for none
  ConfigurationChange change;
  std::optional<Date> from = {};  ///< approved, began: the day on which a planned version begins
  bool operator==(const ConfigurationEvent&) const = default;
};

/// What people did with the versions of something, oldest first. What was shipped is not among it.
[[nodiscard]] std::vector<ConfigurationEvent> events_of(Transaction& transaction,
                                                        const ConfigurationName& what);

/// Makes a draft active, and what was active replaced; with a later day than the change's own, plans it for
/// that day instead. `not_found` without such a version, `conflict` when it is no draft, a policy whose
/// examples fail (all_as_expected() of examples.h), or when another version is planned already,
/// `invalid_input` for a day that has passed, `forbidden` when the person proposed it. A version that becomes
/// active at once makes what was planned a draft again, here and in go_back(): it was meant to replace
/// another one. The caller validates the content and writes the audit row.
[[nodiscard]] Result<void> approve(Transaction& transaction, const ConfigurationName& what,
                                   std::string_view version, const ConfigurationChange& change,
                                   std::optional<Date> from = std::nullopt);

/// What waits for its day.
struct PlannedVersion {
  std::string version;
  Date from{};
};
[[nodiscard]] std::optional<PlannedVersion> planned_version(Transaction& transaction,
                                                            const ConfigurationName& what);

/// Makes the planned version active when its day has come, and gives it; nothing when there is none to begin.
/// The caller writes the audit row.
[[nodiscard]] std::optional<std::string> begin_planned(Transaction& transaction,
                                                       const ConfigurationName& what, Instant now);

/// Makes the planned version a draft again: one person, at once. `not_found` without such a version,
/// `conflict` when it is not planned.
[[nodiscard]] Result<void> withdraw(Transaction& transaction, const ConfigurationName& what,
                                    std::string_view version, const ConfigurationChange& change);

/// Makes the version active again that was active before the one that is, and gives it: one person, at once.
/// `leaving` is the version that the person saw as active. `conflict` when another one is active by now, or
/// when there is no earlier one. The caller validates the content and writes the audit row.
[[nodiscard]] Result<std::string> go_back(Transaction& transaction, const ConfigurationName& what,
                                          std::string_view leaving, const ConfigurationChange& change);

/// The version to which go_back would go; nothing when there is none.
[[nodiscard]] std::optional<std::string> earlier_version(Transaction& transaction,
                                                         const ConfigurationName& what);

/// Ends a draft that nobody wants to approve: it stays as "thrown-away", or "replaced" when it was active
/// once. Any one person. `not_found` without such a version, `conflict` when it is no draft.
[[nodiscard]] Result<void> throw_away(Transaction& transaction, const ConfigurationName& what,
                                      std::string_view version, const ConfigurationChange& change);

/// The active version; nothing when there is none.
[[nodiscard]] std::optional<ConfigurationRecord> active_configuration(Transaction& transaction,
                                                                      const ConfigurationName& what);

/// Who approved a version, when and why; nothing for shipped ones and drafts.
[[nodiscard]] std::optional<ConfigurationChange> approval_of(Transaction& transaction,
                                                             const ConfigurationName& what,
                                                             std::string_view version);

/// The files of one folder (not below it) with these extensions (".dmn"), as names and texts. Fails with
/// `configuration`, naming the file: unreadable, larger than 4 MiB, not UTF-8.
[[nodiscard]] Result<ConfigurationFiles> read_configuration_folder(
    const std::filesystem::path& folder, const std::vector<std::string>& extensions);

/// The name of the policy that decides.
[[nodiscard]] ConfigurationName policy_name();

/// The active policy, compiled. Compiles again only when another version has become active. Thread-safe.
class ActivePolicy {
 public:
  /// `configuration` when there is none or when it does not compile (then nothing may be granted).
  [[nodiscard]] Result<std::shared_ptr<const PolicySet>> get(Store& store);
  /// The same inside a unit.
  [[nodiscard]] Result<std::shared_ptr<const PolicySet>> get(Transaction& transaction);

 private:
  std::mutex mutex_;  ///< guards `compiled_`
  std::shared_ptr<const PolicySet> compiled_;
};

}  // namespace softbot
