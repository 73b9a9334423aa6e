#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "ports/store.h"

/// How residents say that it went: three questions after a decision, voluntary, so that what changes is
/// measured. Kept as counts per week, municipality, type and channel: no reference, no person, no moment, and
/// not which answers came together.
namespace softbot {

/// Was it clear what to do; did it go fast enough; is the decision understood.
inline constexpr std::array<std::string_view, 3> experience_questions{"clear", "fast", "understood"};
inline constexpr std::array<std::string_view, 3> experience_answers{"yes", "partly", "no"};

/// What one resident answered.
struct Experience {
  std::string municipality;
  std::string type;
  std::string channel;
  Date day{};                                  ///< only its week is kept
  std::map<std::string, std::string> answers;  ///< by question; those without an answer are absent
};

/// Counts it. `invalid_input` without any answer, or with a question or an answer that there is not.
[[nodiscard]] Result<void> count_experience(Transaction& transaction, const Experience& experience);

/// The answers to one question, in the order of experience_answers.
using AnswerCounts = std::array<std::int64_t, experience_answers.size()>;

struct Experiences {
  std::int64_t residents = 0;  ///< who answered at least one question
  std::array<AnswerCounts, experience_questions.size()> answers{};
};

/// What was answered in these weeks (their Mondays) in these municipalities, by type. Types about which fewer
/// than smallest_group_shown (group_shares.h) residents answered are left out.
[[nodiscard]] std::map<std::string, Experiences> experiences(Transaction& transaction,
                                                             const std::vector<Date>& weeks,
                                                             const std::vector<std::string>& municipalities);

}  // namespace softbot
