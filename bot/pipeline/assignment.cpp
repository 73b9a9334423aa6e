#include "pipeline/assignment.h"

#include <algorithm>

#include "pipeline/edit.h"
#include "queue/claims.h"

namespace softbot::pipeline {
namespace {

/// An empty list means all.
bool covers(const std::vector<std::string>& list, const std::string& one) {
  return list.empty() || std::find(list.begin(), list.end(), one) != list.end();
}

bool share_one(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  return left.empty() ||
         std::any_of(left.begin(), left.end(), [&](const std::string& one) { return covers(right, one); });
}

bool is_consultant(const AccountRecord& account) {
  return account.active &&
         std::find(account.roles.begin(), account.roles.end(), "consultant") != account.roles.end();
}

Result<void> may_have(const std::optional<AccountRecord>& account, const Application& application) {
  if (account && is_consultant(*account) && covers(account->municipalities, application.municipality) &&
      covers(account->teams, application.team))
    return {};
  return fail(Error{ErrorCode::invalid_input,
                    "Deze collega behandelt geen zaken van deze gemeente en dit team. Kies iemand anders.",
                    false,
                    {{"colleague", "other-team", "Kies een collega van deze gemeente en dit team."}}});
}

}  // namespace

Result<std::vector<AccountRecord>> colleagues_of(const Services& services, const Staff& staff) {
  std::vector<AccountRecord> colleagues;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    for (AccountRecord& account : transaction.accounts()) {
      if (is_consultant(account) && share_one(staff.municipalities, account.municipalities))
        colleagues.push_back(std::move(account));
    }
    return {};
  });
  if (!read) return fail(read.error());
  std::ranges::sort(colleagues, {}, &AccountRecord::display_name);
  return colleagues;
}

Result<Application> assign(const Services& services, const Staff& staff, const AccountName& colleague,
                           const ApplicationReference& reference, std::int64_t version) {
  return edit_application(
      services, reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        if (!covers(staff.municipalities, application.municipality))
          return fail(ErrorCode::not_found, "Er is geen aanvraag met dit kenmerk.");
        const Instant now = services.clock.now();
        if (auto may = queue::may_change(application, staff.account, now, version); !may) return may;
        if (auto may = may_have(transaction.account(colleague), application); !may) return may;
        queue::assign(application, colleague.text, now);
        effects.audit.push_back(audit_row(staff.account, "assigned", "aan " + colleague.text));
        return {};
      });
}

}  // namespace softbot::pipeline
