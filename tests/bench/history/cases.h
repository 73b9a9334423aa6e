#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "domain/date.h"
#include "domain/value.h"

namespace softbot::bench {

/// An application as the policy is told about it.
struct MadeCase {
  std::string type;
  std::string municipality;
  std::string channel;
  Date received{};
  Value facts;
  bool same_person = false;  ///< as the case before
};

/// Made-up cases: the same seed gives the same cases.
class Cases {
 public:
  explicit Cases(std::uint64_t seed) : random_(seed) {}
  [[nodiscard]] MadeCase next();

 private:
  using Shares = std::vector<std::pair<const char*, int>>;

  bool chance(int of_a_thousand);
  std::int64_t between(std::int64_t low, std::int64_t high);
  std::int64_t around(double mean, double spread, std::int64_t low, std::int64_t high);
  std::string one_of(const Shares& shares);
  /// Sets an answer, but for those that somebody leaves open.
  void answer(Value& answers, const char* name, Value value);

  Value general_answers();
  void add_household_help(Value& answers);
  void add_housemates(Value& answers);
  void add_small_aids(Value& answers);
  void add_extension(Value& answers, const MadeCase& made, Value& provisions);

  std::mt19937_64 random_;
};

}  // namespace softbot::bench
