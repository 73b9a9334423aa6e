#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/services.h"

namespace softbot::pipeline {

/// Who of the municipality acts, and on which version they looked. `municipalities` empty: all.
struct Staff {
  std::string account;       ///< account name or machine key's name
  std::string display_name;  ///< as letters name them
  std::vector<std::string> municipalities;
};

/// Every action checks, in this order: the case exists and is within the staff's municipalities (`not_found`
/// else), it is not claimed by another (`conflict`), `version` is the stored one (`stale`). An action on an
/// unclaimed case claims it.

/// Holds the case for 30 minutes; again by the same account prolongs.
[[nodiscard]] Result<Application> claim(const Services& services, const Staff& staff,
                                        const ApplicationReference& reference, std::int64_t version);
[[nodiscard]] Result<Application> release(const Services& services, const Staff& staff,
                                          const ApplicationReference& reference, std::int64_t version);

/// Corrects answers ("common.postcode" or a type's own name -> value; null removes) and, when `judge_again`,
/// lets the bot judge anew. The old value, who and why are kept in the case events.
/// What is corrected or `confirmed` is checked by a person: from then on it may carry a decision. `confirmed`
/// names fields as they were read ("bsn", "common.bsn", "tasks"), doubts about the paper ("page-twice"), or
/// "signature": it stands on the form after all.
struct Correction {
  Value fields = {};
  std::vector<std::string> confirmed = {};
  std::string why = {};
  bool judge_again = true;
};
[[nodiscard]] Result<Application> correct(const Services& services, const Staff& staff,
                                          const ApplicationReference& reference, std::int64_t version,
                                          const Correction& correction);

/// Asks the resident for something in one letter with a repair term (Awb 4:5, 4:15).
struct Question {
  std::vector<Asked> items;
  std::optional<Date> until;  ///< absent: the municipality's repair term
};
[[nodiscard]] Result<Application> ask(const Services& services, const Staff& staff,
                                      const ApplicationReference& reference, std::int64_t version,
                                      const Question& question);

/// Whether a refusal rests on facts about the applicant that differ from what they gave themselves, and what
/// was done then (Awb 4:7): they were heard, or one of the exceptions applies.
struct Hearing {
  bool facts_differ = false;
  std::optional<Date> heard_on = std::nullopt;
  std::string said = {};       ///< what the applicant said then
  std::string exception = {};  ///< code of hearing_exceptions(); "" where they were heard
};

/// Why nobody needs to be heard although the facts differ.
struct HearingException {
  std::string_view code;
  std::string_view article;
  std::string_view text;  ///< Dutch
};
[[nodiscard]] const std::vector<HearingException>& hearing_exceptions();

/// The reverse test, each in the consultant's own words or left open.
struct ReverseTest {
  std::string effect;   ///< what should be better for this household
  std::string values;   ///< what the law wants
  std::string effects;  ///< what each possible decision does to these people
  std::string test;     ///< which article allows it
};

/// A person's decision with written reasons and a letter. `untreated` needs a repair term that has ended (Awb
/// 4:5); `grant` says what is granted and is required for granted and granted-in-part; `hearing` is required
/// for granted-in-part and refused. On a case held for the sample, `granted` releases what the bot prepared
/// when `grant` is absent. Hearing and test are kept with the decision (Decision::trace).
struct PersonDecision {
  Outcome outcome = Outcome::granted;
  std::string written_reasons = {};
  Value grant = {};
  std::optional<Hearing> hearing = std::nullopt;
  /// The system that sends the decision asked about the hearing, and keeps the answer.
  bool hearing_kept_elsewhere = false;
  ReverseTest test = {};
};
[[nodiscard]] Result<Application> decide(const Services& services, const Staff& staff,
                                         const ApplicationReference& reference, std::int64_t version,
                                         const PersonDecision& decision);

/// The letter that decide() would send now, with what it says; nothing is stored or sent. The same errors as
/// decide().
struct LetterToSend {
  std::string letter;  ///< as LetterPrinter names it
  Value context;
};
[[nodiscard]] Result<LetterToSend> letter_of_decision(const Services& services, const Staff& staff,
                                                      const ApplicationReference& reference,
                                                      std::int64_t version, const PersonDecision& decision);

/// Closes an open task ("objection", "signal-conversation", "look-at-crop", ...) with a note on what was
/// done. When nothing is left that holds up a grant, the bot goes on.
struct TaskEnd {
  std::string note = {};
  std::string field = {};  ///< of a task about one field; "": all tasks with this code
  /// Of look-at-crop: there is reason for a conversation, which becomes a task that holds up nothing.
  bool conversation = false;
  std::string text = {};  ///< of look-at-crop: what is written there, typed over; needs `field`
};
[[nodiscard]] Result<Application> finish_task(const Services& services, const Staff& staff,
                                              const ApplicationReference& reference, std::int64_t version,
                                              const std::string& code, const TaskEnd& end);

/// Something that came in about a case: signed-sheet, objection, notice-of-default, complaint, withdrawal,
/// human-request, change-of-circumstances, personal-plan, documents, ... (the kinds of domain/deadlines.h
/// that come from outside). Routed at once; starts its clock. No version needed: the mail room records what
/// lies on the table. `received` not in the future and not before the application.
struct IncomingEvent {
  std::string kind;
  Date received{};
  std::string note;
  std::optional<Date> until = std::nullopt;          ///< last day of a suspension that the resident agreed to
  std::optional<std::int64_t> sheet = std::nullopt;  ///< number on a signed sheet, behind the reference
};
[[nodiscard]] Result<Application> record_event(const Services& services, const Staff& staff,
                                               const ApplicationReference& reference,
                                               const IncomingEvent& event);

/// The kinds that record_event takes.
[[nodiscard]] std::vector<std::string> incoming_event_kinds();

/// A letter or order that could not be brought outside: tries again, to the address that the register gives
/// now. `conflict` when it is not stuck.
[[nodiscard]] Result<void> deliver_again(const Services& services, const Staff& staff,
                                         const std::string& outbox_key);

/// The mail room confirms on which day a letter was posted: for a decision that is the day of publication.
/// Late posting (after the planned day) adds a reason for a person, because the printed last day of objection
/// is then wrong.
[[nodiscard]] Result<void> confirm_posted(const Services& services, const Staff& staff,
                                          const std::string& outbox_key, Date posted);

/// Writes down that somebody looked at a case, with the purpose that they gave.
[[nodiscard]] Result<void> record_look(const Services& services, std::string_view actor,
                                       const ApplicationReference& reference, std::string_view purpose);

}  // namespace softbot::pipeline
