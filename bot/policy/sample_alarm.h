#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/time.h"
#include "policy/kill_switch.h"
#include "policy/sequential_test.h"
#include "ports/store.h"

/// The alarm on the sample: what persons find of the grants that were held for them is tested case by case,
/// per type and per municipality and type. Passes the count its bound, then the bot is stopped there by a
/// kill switch that is never released by itself.
namespace softbot {

/// What one test is about: a type everywhere, or a type in one municipality.
struct SampleScope {
  std::string type;
  std::string municipality;  ///< "": everywhere

  /// "household-help", "molendam:household-help": the subject of its kill switch.
  [[nodiscard]] std::string subject() const;
  bool operator==(const SampleScope&) const = default;
};

/// How a test stands. A round ends in a pass (then the next one begins) or in a stop. Kept as the setting
/// "sample-test:<subject>".
struct SampleTest {
  SampleScope scope;
  std::string policy_version;         ///< that it is about; another active version begins it anew
  SampleTestSettings settings;        ///< that it began with; others begin it anew
  Instant since{};                    ///< grants that the bot made ready before this do not count
  SampleCount round;                  ///< of the round under way, or of the one that ended in the stop
  SampleCount all;                    ///< since it began
  std::int64_t passes = 0;            ///< rounds that ended well
  std::optional<Instant> stopped_at;  ///< when it threw the kill switch
  bool operator==(const SampleTest&) const = default;
};

/// A held grant that a person has looked at.
struct LookedAt {
  std::string municipality;
  std::string type;
  std::string policy_version;  ///< that the bot made it ready with
  Instant prepared_at{};       ///< when it did
  enum class Found { confirmed, overturned } found = Found::confirmed;
  Instant now{};
};

/// How a test stands for this active version. One that never began, that was about another version or other
/// settings, or whose stop was released since, is at its beginning; with a release for the type everywhere
/// the tests of its municipalities begin anew too.
[[nodiscard]] SampleTest sample_test(Transaction& transaction, const SampleScope& scope,
                                     std::string_view active_version);

/// The tests of these types that the bot may grant, everywhere; behind them those in one of these
/// municipalities that ever counted something, also when they began anew since.
[[nodiscard]] std::vector<SampleTest> sample_tests(Transaction& transaction,
                                                   const std::vector<std::string>& types,
                                                   const std::vector<std::string>& municipalities,
                                                   std::string_view active_version);

/// Counts one, and throws the kill switch when a test passes its bound: all of it is in the caller's unit of
/// work, or nothing. The switch that was thrown now, if one was; the caller writes its audit row. A stop of
/// the type everywhere says all, then the municipality's own test is not asked. A grant of another version
/// than the active one, or made ready before its test began, counts in no test.
[[nodiscard]] Result<std::optional<KillSwitch>> count_looked_at(Transaction& transaction,
                                                                const LookedAt& looked_at,
                                                                std::string_view active_version);

}  // namespace softbot
