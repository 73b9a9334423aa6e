#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/deadlines.h"
#include "domain/law_terms.h"
#include "domain/term_clock.h"

/// The parts that compute_terms() is made of; for the files beside it only.
namespace softbot::terms {

/// The events of one case in order, with what is asked of them again and again.
struct Case {
  TermLaw law = TermLaw::awb;
  std::vector<TermEvent> events;  ///< by date
  Date today{};
  std::optional<Date> published;  ///< first publication of the decision, not after today
  std::optional<Date> withdrawn;  ///< not after today
  std::vector<Suspension> suspensions;
};

[[nodiscard]] Case case_from(TermLaw law, const std::vector<TermEvent>& events, Date today);

/// The day of the first event of a kind; all events of a kind.
[[nodiscard]] std::optional<Date> first(const Case& facts, EventKind kind);
[[nodiscard]] std::vector<TermEvent> all(const Case& facts, EventKind kind);

/// The earlier of two days, either of which may be absent.
[[nodiscard]] std::optional<Date> earliest(std::optional<Date> left, std::optional<Date> right);

/// The day if it has come: planned days do not meet a term yet.
[[nodiscard]] std::optional<Date> happened(const Case& facts, std::optional<Date> day);

/// What can befall a term apart from being met.
enum class Fate {
  stands,      ///< nothing
  lapses,      ///< ends with a withdrawal of the application
  can_suspend  ///< ends with a withdrawal, and stands still while the case is suspended
};

/// The term with met_on and status as they are today.
[[nodiscard]] Deadline settled(Deadline term, const Case& facts, std::optional<Date> met_on, Fate fate);

/// A term by a rule of law, as it ran. `basis` says after what, in Dutch.
[[nodiscard]] Deadline term_of(const law::TermRule& rule, Date start, std::string_view basis,
                               const TermRun& run, const std::vector<Suspension>& suspensions);

/// The same, when nothing suspends it.
[[nodiscard]] Deadline plain_term(const law::TermRule& rule, Date start, std::string_view basis);

/// A notice of default: the two weeks, the penalty, the decision on it (Awb 4:17, 4:18).
struct DefaultTerms {
  std::vector<Deadline> terms;
  std::optional<Penalty> penalty;
};
/// `decision` is the decision term as settled, if it exists.
[[nodiscard]] DefaultTerms default_terms(const Case& facts, const std::optional<Deadline>& decision);

/// For each publication: the objection term, and the term for the decision on an objection (Awb 6:7, 7:10).
[[nodiscard]] std::vector<Deadline> objection_terms(const Case& facts);

}  // namespace softbot::terms
