#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/application.h"
#include "domain/date.h"
#include "domain/money.h"
#include "domain/result.h"
#include "domain/value.h"

namespace softbot {

/// What a case event does to the clocks. event_kinds() lists each with its name, Dutch words and meaning.
enum class EventKind {
  notification,  ///< melding: starts the Wmo investigation and the week for a personal plan
  received,  ///< the form came in; signed, unless `application-signed` follows. Wmo: at once the notification
  application_signed,      ///< the signed application came in later than the form
  investigation_finished,  ///< the report of the Wmo investigation is there
  personal_plan,           ///< the personal plan was handed in
  personal_plan_declined,  ///< the resident said that there will be none
  repair_request,          ///< asked to complete the application; `until` is the last day of the repair term
  completed,               ///< the application was completed
  repair_term_ended,       ///< the last day of a repair term, where the request named none
  foreign_request,         ///< information asked from a foreign body, and the applicant told so
  foreign_answer,          ///< that information came in, or waiting longer is unreasonable
  suspension_consent,  ///< written consent with delay until `until`, from the day after `date` or from `from`
  applicant_delay,     ///< delay that is the applicant's: first day; `until` last day, if known
  applicant_delay_ended,  ///< first day on which it is over
  force_majeure,          ///< the municipality cannot decide: first day; `until` last day, if known
  force_majeure_ended,    ///< first day on which it is over
  extension_notice,       ///< the applicant was told of a later day (`until`)
  notice_of_default,      ///< written notice of default received
  decided,                ///< the decision was taken; it is published later
  decision_published,     ///< the decision was sent or handed over
  objection,              ///< objection received; `posted` when it came by post, `committee` when one advises
  objection_extension,    ///< decision on the objection put off by six weeks
  objection_decided,      ///< decision on the objection sent
  advance_paid,           ///< advance on a living allowance paid
  penalty_decided,        ///< decision on the penalty sent
  withdrawn,              ///< the applicant withdrew
};

/// One row of the table of event kinds.
struct EventKindInfo {
  EventKind kind;
  std::string_view name;                  ///< kebab-case, as in JSON and in CaseEvent::kind
  std::vector<std::string_view> aliases;  ///< other names that are taken
  std::string_view dutch;
  std::string_view effect;  ///< English: what it does to the clocks
};

[[nodiscard]] const std::vector<EventKindInfo>& event_kinds();
[[nodiscard]] std::string_view name_of(EventKind kind);
[[nodiscard]] std::optional<EventKind> event_kind_from(std::string_view name);

/// An event that clocks depend on. `date` is the day that counts in law: of receipt for what comes in, of
/// sending for what goes out.
struct TermEvent {
  EventKind kind = EventKind::received;
  Date date{};
  std::optional<Date> until = std::nullopt;  ///< last day, inclusive
  std::optional<Date> from =
      std::nullopt;  ///< first day of a delay with consent, when not the day after `date`
  std::optional<Date> posted = std::nullopt;  ///< day of posting, for an objection by post (Awb 6:9 lid 2)
  bool committee = false;                     ///< an advisory committee on objections was set up (Awb 7:13)
  bool operator==(const TermEvent&) const = default;
};

/// The events of a case that move clocks; other kinds (a complaint, a request for a human) are left out.
[[nodiscard]] std::vector<TermEvent> term_events_from(const std::vector<CaseEvent>& events);

/// Under which law a decision term runs.
enum class TermLaw {
  awb,             ///< no term in another law: eight weeks (Awb 4:13 lid 2)
  wmo2015,         ///< investigation six weeks, decision two weeks
  participatiewet  ///< eight weeks (Awb 4:13 lid 2), advance within four weeks (Pw 52)
};

[[nodiscard]] std::string_view name_of(TermLaw law);
/// From "awb", "wmo2015" (also "wmo"), "participatiewet" (also "pw"), or an application type
/// ("household-help", ...).
[[nodiscard]] std::optional<TermLaw> term_law_from(std::string_view law_or_type);

enum class TermStatus {
  upcoming,   ///< begins later than `today`
  running,    ///< nothing has happened yet and the end is not past
  suspended,  ///< the clock stands still today
  met,        ///< what had to happen happened in time
  passed,     ///< the end is past: it did not happen, or too late
  lapsed,     ///< no longer matters: the application was withdrawn, or was completed after all
};

[[nodiscard]] std::string_view name_of(TermStatus status);
[[nodiscard]] std::string_view dutch_name_of(TermStatus status);

/// Whom a term binds: the municipality answers for the first, the resident may use the second.
enum class TermParty { municipality, resident };

/// One term with how it was computed.
struct Deadline {
  std::string code;   ///< investigation, personal-plan, decision, repair, untreated, announced,
                      ///< advance, notice-of-default, penalty-decision, objection,
                      ///< objection-decision
  std::string label;  ///< Dutch
  TermParty party = TermParty::municipality;
  Date start{};        ///< the day of the event; day one of the term is the day after it
  Date nominal_end{};  ///< last day without suspension and without the Algemene termijnenwet
  Date end{};          ///< last day as it counts
  int suspended_days = 0;
  TermStatus status = TermStatus::running;
  std::optional<Date> met_on = std::nullopt;
  std::vector<std::string> articles;  ///< the first one gives the term: "Wmo 2015 2.3.5 lid 2"
  std::string explanation;            ///< Dutch: how the end follows from the law
  bool operator==(const Deadline&) const = default;
};

/// Part of a penalty with one amount a day.
struct PenaltyTranche {
  Date from{};
  Date until{};  ///< inclusive
  Cents per_day;
  int days = 0;
  Cents total;
  bool operator==(const PenaltyTranche&) const = default;
};

/// The penalty for deciding late (Awb 4:17), as it stands on `today`.
struct Penalty {
  Date notice_received{};
  bool premature = false;    ///< the notice came before the decision term had passed: it has no effect
  Date grace_end{};          ///< last day of the two weeks after the notice
  Date first_day{};          ///< first day that costs money
  Date last_possible_day{};  ///< day 42
  int days = 0;              ///< days owed up to `today` or the day before the decision was published
  Cents total;
  std::vector<PenaltyTranche> tranches;
  std::vector<std::string> articles;
  std::string explanation;  ///< Dutch
  bool operator==(const Penalty&) const = default;
};

struct TermReport {
  std::vector<Deadline> terms;  ///< in order of their start
  std::optional<Penalty> penalty;
};

/// Computes every term that follows from the events of one case, as it stands on `today`. The order of events
/// does not matter. Of an event that should happen once, the earliest counts. Events after `today` are taken
/// as planned: they move ends, and what they start is `upcoming`. Pure.
[[nodiscard]] TermReport compute_terms(TermLaw law, const std::vector<TermEvent>& events, Date today);

/// The term of that code that was computed last, if any.
[[nodiscard]] const Deadline* find_term(const TermReport& report, std::string_view code);

/// The earliest end of a term of the municipality that is running, suspended or passed without what had to
/// happen: what a queue sorts by. Terms that only limit what may be done (`untreated`, `announced`,
/// `notice-of-default`) do not count.
[[nodiscard]] std::optional<Date> first_binding_end(const TermReport& report);

/// Last day to object to a decision published on `published`: 42 days later (Awb 6:7, 6:8), moved to the next
/// working day (Atw 1). What the letter prints.
[[nodiscard]] Date objection_last_day(Date published);

/// The last day of a repair term of so many days after a letter: it never ends on a day that is not a working
/// day.
[[nodiscard]] Date repair_term_end(Date sent, int days);

/// Amount owed after so many days in default: EUR 23 for 14 days, 35 for 14, 45 for 14 (Awb 4:17 lid 1 and
/// 2).
[[nodiscard]] Cents penalty_after(int days);

/// `softbot deadlines`: {"law": "wmo2015" or "type": "household-help", "today": "2026-03-01", "events":
/// [{"kind", "date", "until"?, "days"?, "weeks"?, "from"?, "posted"?, "committee"?}]}. `today` in the input
/// wins over the argument; without it the last event counts as today where it is later. The answer:
/// {"law", "today", "terms": [{"code", "label", "party", "article", "articles", "start", "nominalEnd", "end",
/// "suspendedDays", "status", "metOn", "explanation"}], "penalty": {"noticeReceived", "premature",
/// "graceEnd", "firstDay", "lastPossibleDay", "days", "totalCents", "total", "tranches", "byDay", "article",
/// "articles", "explanation"} or null}. Every mistake in the input is a FieldError with its path
/// ("events[2].kind"); unknown members are mistakes too.
[[nodiscard]] Result<Value> deadlines_from_input(const Value& input, Date today);

/// One report as data, as in the answer of deadlines_from_input().
[[nodiscard]] Value to_value(const Deadline& deadline);
[[nodiscard]] Value to_value(const Penalty& penalty);

/// The answer of deadlines_from_input() as an aligned Dutch table with the explanations below it, for a
/// terminal.
[[nodiscard]] std::string print_deadlines(const Value& output);

/// The table of event kinds as text for `softbot help deadlines`.
[[nodiscard]] std::string describe_event_kinds();

}  // namespace softbot
