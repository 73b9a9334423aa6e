#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/edit.h"
#include "pipeline/staff_actions.h"

namespace softbot::pipeline {

/// Letters that go by post although a mail was agreed.

/// The letter as if it was made on this day: its terms count from the day on which it reaches the resident.
void date_letter(OutboxRecord& row, Date day);

[[nodiscard]] bool is_decision(const OutboxRecord& row);

/// Turns a letter that was meant for mail into one for the post because of `why`, dated anew, with the jobs
/// that bring it outside; storing the row is the caller's. A letter that asks for something gives as many
/// days as it would have by mail. Without an address it stays on the page, but for a decision: that waits for
/// a person.
void turn_to_post(const Services& services, Application& application, OutboxRecord& row, std::string_view why,
                  Effects& effects);

/// Why this letter went by post instead: the kind of its case event, or "".
[[nodiscard]] std::string why_posted_instead(const OutboxRecord& row);

/// A colleague sets a case to post, also after the decision and without holding the case: nothing is mailed
/// any more until the resident asks for it again, what waits for a mail goes by post, and what was announced
/// by mail and lies on the page goes by post as well, once, dated anew. Of a decision the first publication
/// stays what it is; when the mail room confirms the posting, that is a second one with a later last day.
/// `not_found` for a case of a municipality that they do not work for.
[[nodiscard]] Result<Application> send_by_post(const Services& services, const Staff& staff,
                                               const ApplicationReference& reference);

/// Whether that would change anything: `rows` is the outbox of the case.
[[nodiscard]] bool may_send_by_post(const Services& services, const Application& application,
                                    const std::vector<OutboxRecord>& rows);

/// The case with the newest letter that was announced to this address, or waits for it, and that
/// send_by_post() would still change: somebody calls who got a mail that was not for them. Looks through the
/// thousand newest. Nothing when there is none within the colleague's municipalities.
[[nodiscard]] Result<std::optional<ApplicationReference>> case_mailed_to(const Services& services,
                                                                         const Staff& staff,
                                                                         const EmailAddress& address);

}  // namespace softbot::pipeline
