#pragma once

#include <string>

#include "pipeline/services.h"

namespace softbot::pipeline {

/// The stages. Each takes an application from one stored state to the next in one transaction, may be run
/// again after a crash at any moment, and does nothing when the application is not in a state that it works
/// on. An Error that is `retryable` means: later again.

/// received, incomplete -> incomplete (asked), deciding, or referred.
[[nodiscard]] Result<void> complete(const Services& services, const ApplicationReference& reference);

/// deciding -> decided (granted by the bot), held-for-sample, or referred with every reason.
[[nodiscard]] Result<void> decide_by_bot(const Services& services, const ApplicationReference& reference);

/// Makes the receipt and the copy of what was sent, once.
[[nodiscard]] Result<void> write_receipt(const Services& services, const ApplicationReference& reference);

/// Prints the letter of an outbox entry if it was not printed yet, and brings the entry outside.
[[nodiscard]] Result<void> deliver(const Services& services, const std::string& outbox_key);

/// Timers: the repair term is over; the week for a personal plan is over; a letter should have been posted by
/// now.
[[nodiscard]] Result<void> end_repair_term(const Services& services, const ApplicationReference& reference);
[[nodiscard]] Result<void> end_plan_week(const Services& services, const ApplicationReference& reference);
[[nodiscard]] Result<void> check_posting(const Services& services, const std::string& outbox_key);

/// Paper. waiting -> read or refused: what the reader makes of a scan, its pages sorted. Forms are gathered
/// by set number, the rest is placed.
[[nodiscard]] Result<void> read_scan(const Services& services, const std::string& scan);
/// The pages of one printed form, whatever files they came in, become a submission once all are there, or
/// when the wait for the rest is over.
[[nodiscard]] Result<void> gather_set(const Services& services, const std::string& set);
/// Sheets go to their case; other pages to the one case of their file, or to a person.
[[nodiscard]] Result<void> place_pages(const Services& services, const std::string& scan);

/// Files that were handed in: what their form says is read of them, then the case goes on to complete.
[[nodiscard]] Result<void> read_attachments(const Services& services, const ApplicationReference& reference);

/// The last stop of a job that failed again and again: the case goes to the consultants, with what went
/// wrong.
[[nodiscard]] Result<void> give_up(const Services& services, const Job& job);

/// Runs the stage of one job.
[[nodiscard]] Result<void> run_job(const Services& services, const Job& job);

}  // namespace softbot::pipeline
