#include "pipeline/case_move.h"

#include <algorithm>
#include <chrono>

#include "pipeline/asking.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

/// Until when sealed files may wait for the transaction that uses them.
constexpr std::chrono::hours unused_after{1};
/// How long files stay after the move: a backup that began before it still copies them.
constexpr std::chrono::hours old_files_stay{24};

bool same_documents(const std::vector<DocumentRecord>& left, const std::vector<DocumentRecord>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const DocumentRecord& one, const DocumentRecord& other) {
                      return one.id == other.id && one.file == other.file && one.person == other.person;
                    });
}

/// What the applicant handed in or typed goes along always; what we wrote only when it names nobody else.
bool goes_along(const PreparedMove& move, const DocumentRecord& document) {
  return document.person == move.from && (document.own || !move.from_known);
}

/// False when the file is not there: a document that was lost before does not hold up the rest.
Result<bool> seal_anew(const Services& services, const PersonRecord& from, const PersonRecord& to,
                       const DocumentRecord& document, const DocumentId& file) {
  const auto sealed = services.files.get(document.file);
  if (!sealed && sealed.error().code == ErrorCode::not_found) return false;
  if (!sealed) return fail(sealed.error());
  const auto bytes = services.vault.open(from.wrapped_key, document_context(document.file), *sealed);
  if (!bytes) return fail(bytes.error());
  const auto put =
      services.files.put(file, services.vault.seal(to.wrapped_key, document_context(file), *bytes));
  if (!put) return fail(put.error());
  return true;
}

/// Letters to the person whose case it was thought to be: what waits may not go out; what lies in the mail
/// room is taken back, and somebody looks at what has gone.
void hold_back_letters(const Services& services, Transaction& transaction, Application& application,
                       Effects& effects) {
  for (OutboxRecord& entry : transaction.outbox_of(application.reference)) {
    if (entry.channel == "page" || entry.state == "cancelled") continue;
    const bool is_outside = entry.state == "delivered" || entry.state == "confirmed";
    if (is_outside) queue::add_reason(application.open_tasks, queue::reason("letters-to-another"));
    if (entry.state == "confirmed") continue;
    for (const std::string_view kind : {job::deliver, job::posting}) transaction.cancel_jobs(kind, entry.key);
    effects.jobs.push_back({std::string(take_back_job), entry.key, services.clock.now()});
    entry.state = "cancelled";
    transaction.update_outbox(entry);
  }
}

/// What the register and the past said of the earlier person is nothing for this one's file.
void take_out_earlier_person(const Services& services, Application& application, Effects& effects) {
  for (const char* name : {"registerPerson", "policyInput", "trace", "policyVersion", "repairLetterSent"}) {
    application.facts.erase(name);
  }
  if (application.status == ApplicationStatus::decided) return;
  application.conditions.clear();
  application.advice.clear();
  application.decision.reset();
  if (application.status == ApplicationStatus::held_for_sample) {
    refer(services, application, effects, {queue::reason("moved-to-other-person")}, "bot");
  }
}

}  // namespace

std::optional<Bsn> number_of_another(Transaction& transaction, const Application& application) {
  const auto bsn = parse_bsn(application.common["bsn"].text_or_empty());
  if (!bsn) return std::nullopt;
  const auto& unconfirmed = application.unconfirmed;
  if (std::find(unconfirmed.begin(), unconfirmed.end(), "common.bsn") != unconfirmed.end())
    return std::nullopt;
  const auto owner = transaction.person_by_bsn(bsn->digits());
  if (owner && owner->id == application.person) return std::nullopt;
  return *bsn;
}

Result<PreparedMove> prepare_move(const Services& services, const ApplicationReference& reference,
                                  const Bsn& bsn) {
  PreparedMove move;
  std::optional<PersonRecord> from;
  PersonRecord to;
  const auto begun = services.store.write([&](Transaction& transaction) -> Result<void> {
    const auto application = transaction.application(reference);
    if (application) from = transaction.person(application->person);
    if (!from) return fail(ErrorCode::not_found, "Er is geen aanvraag met dit kenmerk.");
    to = transaction.find_or_add_person(bsn.digits());
    move.from = from->id;
    move.to = to.id;
    move.from_known = !from->bsn_lookup.empty();
    move.documents = transaction.documents_of(reference);
    for (const DocumentRecord& document : move.documents) {
      if (!goes_along(move, document)) continue;
      const DocumentId file(new_id(services.vault));
      move.files[document.id] = file;
      transaction.add_job(discard_file_job, file.text, services.clock.now() + unused_after);
    }
    return {};
  });
  if (!begun) return fail(begun.error());
  for (const DocumentRecord& document : move.documents) {
    const auto file = move.files.find(document.id);
    if (file == move.files.end()) continue;
    const auto sealed = seal_anew(services, *from, to, document, file->second);
    if (!sealed) return fail(sealed.error());
    if (!*sealed) move.files.erase(file);
  }
  return move;
}

bool still_fits(Transaction& transaction, const PreparedMove& move, const Application& application,
                const Bsn& bsn) {
  const auto to = transaction.person_by_bsn(bsn.digits());
  return to && to->id == move.to && application.person == move.from &&
         same_documents(transaction.documents_of(application.reference), move.documents);
}

Result<void> move_to_other_person(const Services& services, Transaction& transaction,
                                  const PreparedMove& move, Application& application, Effects& effects) {
  for (const auto& [document, file] : move.files) {
    if (transaction.cancel_jobs(discard_file_job, file.text) == 0)
      return fail(Error{ErrorCode::stale, "A file that was made ready is being removed.", true, {}});
  }
  if (move.from_known) {
    hold_back_letters(services, transaction, application, effects);
    take_out_earlier_person(services, application, effects);
  }
  CaseMove rows;
  rows.reference = application.reference;
  rows.to = move.to;
  rows.files = move.files;
  rows.letters = move.from_known ? CaseMove::Letters::stay : CaseMove::Letters::go_along;
  for (const DocumentId& file : transaction.move_case(rows)) {
    transaction.add_job(discard_file_job, file.text, services.clock.now() + old_files_stay);
  }
  // DigiD named somebody: from before that was noted, it is the person whose case it was.
  if (application.signed_by == "digid" && application.signer.empty()) application.signer = move.from;
  application.person = move.to;
  for (OutboxRecord& entry : effects.outbox) entry.person = move.to;
  for (ProvisionRecord& provision : effects.provisions) provision.person = move.to;
  effects.audit.push_back(audit_row("bot", "moved-to-other-person"));
  return {};
}

}  // namespace softbot::pipeline
