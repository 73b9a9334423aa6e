#include "queue/claims.h"

#include "domain/date.h"
#include "domain/working_days.h"
#include "domain/zone.h"

namespace softbot::queue {

bool is_claimed(const Application& application, Instant now) {
  return application.claim && now < application.claim->until;
}

Result<void> may_change(const Application& application, const std::string& account, Instant now,
                        std::int64_t version) {
  if (is_claimed(application, now) && application.claim->account != account) {
    return fail(ErrorCode::conflict,
                "Een collega heeft deze aanvraag in behandeling. Overleg, of wacht tot de claim afloopt.");
  }
  if (application.version != version) {
    return fail(ErrorCode::stale,
                "Deze aanvraag is intussen veranderd. Haal hem opnieuw op en bekijk wat er anders is.");
  }
  return {};
}

void hold(Application& application, const std::string& account, Instant now) {
  const Instant until = now + claim_length;
  const bool longer =
      application.claim && application.claim->account == account && application.claim->until > until;
  if (!longer) application.claim = Claim{account, until};
}

void assign(Application& application, const std::string& account, Instant now) {
  const Date last_day = add_working_days(local_date(now), 1);
  application.claim = Claim{account, start_of_day(add_days(last_day, 1))};
}

void let_go(Application& application) {
  application.claim.reset();
}

}  // namespace softbot::queue
