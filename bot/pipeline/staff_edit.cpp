#include "pipeline/staff_edit.h"

#include <algorithm>

#include "pipeline/asking.h"
#include "pipeline/letters.h"
#include "queue/claims.h"

namespace softbot::pipeline {

Result<void> must_see(const Staff& staff, const Application& application) {
  const bool may_see =
      staff.municipalities.empty() || std::find(staff.municipalities.begin(), staff.municipalities.end(),
                                                application.municipality) != staff.municipalities.end();
  if (may_see) return {};
  return fail(ErrorCode::not_found, "Er is geen aanvraag met dit kenmerk.");
}

Result<void> must_be_undecided(const Application& application) {
  if (application.status == ApplicationStatus::decided ||
      application.status == ApplicationStatus::withdrawn) {
    return fail(ErrorCode::conflict, "Over deze aanvraag is al beslist, of hij is ingetrokken.");
  }
  return {};
}

Result<Application> edit_claimed(const Services& services, const Staff& staff,
                                 const ApplicationReference& reference, std::int64_t version,
                                 const Edit& edit) {
  return edit_application(
      services, reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        if (auto seen = must_see(staff, application); !seen) return seen;
        const Instant now = services.clock.now();
        if (auto may = queue::may_change(application, staff.account, now, version); !may) return may;
        queue::hold(application, staff.account, now);
        return edit(transaction, application, effects);
      });
}

Value register_person_for(const Services& services, const ApplicationReference& reference) {
  auto loaded = load_application(services, reference);
  if (!loaded) return {};
  if (register_person_of(*loaded)) return loaded->facts["registerPerson"];
  const auto person = ask_register(services, *loaded);
  return person ? loaded->facts["registerPerson"] : Value();
}

bool is_blank(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
}

void cancel_bot(Effects& effects) {
  for (const std::string_view kind :
       {job::complete, job::decide, job::plan_week, job::repair_term, job::repair_call}) {
    effects.cancelled_jobs.emplace_back(kind);
  }
}

}  // namespace softbot::pipeline
