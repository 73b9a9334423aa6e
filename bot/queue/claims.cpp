#include "queue/claims.h"

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
  application.claim = Claim{account, now + claim_length};
}

void let_go(Application& application) {
  application.claim.reset();
}

}  // namespace softbot::queue
