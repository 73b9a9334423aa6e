#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "domain/result.h"
#include "domain/time.h"
#include "domain/value.h"

namespace softbot {

using Date = std::chrono::year_month_day;

/// Where an application is. The names as text are a border (kebab-case).
enum class ApplicationStatus {
  received,
  reading,
  incomplete,
  deciding,
  held_for_sample,
  referred,
  decided,
  withdrawn,
  failed
};

/// `granted` and `asked` may be the bot's; the rest is a person's alone.
enum class Outcome { granted, asked, granted_in_part, refused, untreated };

enum class DecidedBy { bot, person };

/// How sure we are who sent it. `none` has not signed: nothing is granted on it.
enum class IdentityAssurance { none, paper_signed, counter, digid };

enum class ConditionState { met, unmet, unknown };

/// Why an application waits for a person, or what is asked: a stable code, a Dutch sentence, and the field
/// where one is meant.
struct Reason {
  std::string code;
  std::string text;
  std::string field;
  bool operator==(const Reason&) const = default;
};

/// One thing that is missing, invalid, contradictory or unsigned, as the repair letter says it.
struct Asked {
  std::string field;  ///< name in the definition, the attachment's kind, or "signature"
  std::string code;   ///< missing, invalid, contradictory, attachment-missing, signature-missing
  std::string text;   ///< Dutch, B1
  bool operator==(const Asked&) const = default;
};

/// One condition of the policy or of a safeguard, as it came out.
struct Condition {
  std::string name;
  ConditionState state = ConditionState::unknown;
  std::string text;
  bool operator==(const Condition&) const = default;
};

/// Something that happened in the case, with the day on which it counts in law. Kinds: domain/deadlines.h
/// names them all.
struct CaseEvent {
  std::string kind;
  Date date{};                               ///< the day that counts (receipt, posting)
  Instant recorded{};                        ///< when we wrote it down
  std::string by;                            ///< resident, bot, or an account's name
  std::string note;                          ///< personal; sealed like all content
  std::optional<Date> until = std::nullopt;  ///< last day, for a term or a suspension with an end
  bool operator==(const CaseEvent&) const = default;
};

/// What was decided. `grant` says exactly what: minutesPerWeek or aid, from, until, provider, contribution.
struct Decision {
  Outcome outcome = Outcome::granted;
  DecidedBy by = DecidedBy::bot;
  std::string account;  ///< who, for a person's decision
  Instant at{};
  std::string policy_version;  ///< content address of the policy that was evaluated
  Value grant;
  Value trace;  ///< every rule and cell, as the engine explains it
  std::string written_reasons;
  bool operator==(const Decision&) const = default;
};

/// A consultant's hold on a case; it ends by itself.
struct Claim {
  std::string account;
  Instant until{};
  bool operator==(const Claim&) const = default;
};

/// One request for one decision, with everything that is known of it. A plain value; stages turn one into the
/// next.
struct Application {
  ApplicationReference reference;
  SubmissionId submission;
  PersonId person;
  std::string type;  ///< household-help, small-aids, ...
  std::string law;   ///< wmo2015, participatiewet
  std::string municipality;
  std::string channel;  ///< web, api, paper, counter
  std::string language = "nl";
  IdentityAssurance assurance = IdentityAssurance::none;
  std::string signed_by;  ///< digid, sheet, counter, or "" as long as nobody signed
  Instant received{};
  std::string definition_version;
  Value common;       ///< answers to the common part, names as in the definition
  Value fields;       ///< answers to the type's own part
  Value attachments;  ///< {document, kind, fileName, mediaType, bytes, iban, periodFrom, periodTo, reading}
  /// What was read from paper; null for every other channel. Field name in the geometry -> {part, kind,
  /// class, required, value, raw (before it was corrected), probability, state, alternatives, page (1-based,
  /// of the form), boxMm, pageDocument (document id of the page's image), crop (document id; "" when the
  /// page's image does), checked: {by, at} or null, support: "register" or null, look: "pending" or "done"
  /// for ink in a free field}. See domain/paper.h for what it means.
  Value readings;
  /// The paper itself: {set, municipality, types, versions, geometry, scans: [id], missing: [page],
  /// signature: "found"|"doubtful"|"absent", pages: [{page, document, scan, index}], doubts: [{code, text,
  /// checked: {by, at} or null}]}; null for every other channel.
  Value paper;
  std::vector<std::string> unconfirmed;  ///< decisive fields changed by somebody who had not signed in

  ApplicationStatus status = ApplicationStatus::received;
  std::optional<Outcome> outcome;
  std::optional<DecidedBy> decided_by;
  std::vector<Reason> reasons;
  std::vector<Condition> conditions;
  std::vector<Asked> asked;
  std::vector<Reason> advice;  ///< general provisions pointed to; never an outcome
  std::vector<CaseEvent> events;
  std::optional<Decision> decision;
  Value facts;  ///< what the policy was given, register answers included
  std::vector<Reason>
      open_tasks;  ///< waits for a person beside the status: objection, complaint, conversation, late posting
  std::vector<Reason> signals;  ///< a reason for a conversation; never holds up a grant
  Value sample;                 ///< the draw: share, number drawn, held or not
  bool register_blocks =
      false;  ///< waits for a person because of what the register said: outsiders must not notice

  std::optional<Date> legal_deadline;  ///< the first term that binds the municipality now
  std::string team;                    ///< where the queue routes it
  std::optional<Claim> claim;
  std::int64_t version = 0;  ///< optimistic lock; the store raises it by one at each update
  bool operator==(const Application&) const = default;
};

[[nodiscard]] std::string_view name_of(ApplicationStatus status);
[[nodiscard]] std::string_view name_of(Outcome outcome);
[[nodiscard]] std::string_view name_of(DecidedBy by);
[[nodiscard]] std::string_view name_of(IdentityAssurance assurance);
[[nodiscard]] std::string_view name_of(ConditionState state);
[[nodiscard]] std::optional<ApplicationStatus> status_from(std::string_view name);
[[nodiscard]] std::optional<Outcome> outcome_from(std::string_view name);
[[nodiscard]] std::optional<IdentityAssurance> assurance_from(std::string_view name);

/// The whole application as data and back, for the store: lossless. `application_from` fails with `damaged`.
[[nodiscard]] Value to_value(const Application& application);
[[nodiscard]] Result<Application> application_from(const Value& value);

}  // namespace softbot
