#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "domain/value.h"
#include "ports/store.h"

/// Which share of the applications that the bot judged it passed on to a person, by age band, municipality
/// and channel, so that a policy that burdens one group is seen. Kept as counters, a few per quarter: reading
/// them reads no application, and they hold nothing of a person.
namespace softbot {

enum class Judged { granted, referred };

/// What of a judged application is counted.
struct JudgedApplication {
  std::string municipality;
  std::string type;
  std::string channel;
  std::optional<std::int64_t> age;  ///< by the register, on the day of the judgement
  Date received{};                  ///< says the quarter
};

/// Counts a judgement; each application once, with its last one. `counted_before` is what the call for an
/// earlier judgement gave, null for the first. Gives what to keep with the application.
[[nodiscard]] Value count_judgement(Transaction& transaction, const Value& counted_before,
                                    const JudgedApplication& application, Judged judged);

/// A share with its 95% interval (Wilson 1927), 0 to 1.
struct Share {
  double share = 0;
  double low = 0;
  double high = 0;
};
[[nodiscard]] Share wilson(std::int64_t count, std::int64_t of);

/// Groups smaller than this are not shown, nor what would tell their size by subtraction.
inline constexpr std::int64_t smallest_group_shown = 10;

struct GroupShare {
  std::string group;  ///< "65-74", "unknown"; a municipality's id; "paper"
  bool shown = false;
  std::int64_t granted = 0;  ///< 0 when not shown, as are those below
  std::int64_t referred = 0;
  Share referral = {};      ///< of `referred`
  bool stands_out = false;  ///< referred more often than the other groups together: the intervals do not meet
  [[nodiscard]] std::int64_t judged() const { return granted + referred; }
};

struct GroupShares {
  std::string type;
  std::string dimension;  ///< "age", "municipality", "channel"
  std::vector<GroupShare> groups;
};

/// Quarters over which group_shares() counts: the one of `today` and the four before it.
inline constexpr int quarters_counted = 5;
/// "2025-10-01" for any day of the last quarter of 2026.
[[nodiscard]] Date counted_since(Date today);

/// For each type with judged applications in these municipalities, the three dimensions; groups without
/// applications are left out. Municipalities are a dimension only where there are several.
[[nodiscard]] std::vector<GroupShares> group_shares(Transaction& transaction,
                                                    const std::vector<std::string>& types,
                                                    const std::vector<std::string>& municipalities,
                                                    Date today);

/// Hides what is too small: groups below the smallest, and more of them, the least referred first, while the
/// hidden ones could be told apart from a sum (one alone, or together below the smallest).
void hide_small_groups(std::vector<GroupShare>& groups);

}  // namespace softbot
