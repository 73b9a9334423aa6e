#pragma once

#include <vector>

#include "forms/completeness.h"
#include "pipeline/edit.h"

namespace softbot::pipeline {

/// What is read of files that are handed in stands in their entry among the application's attachments, as
/// `reading`: {what: "bank-statement" or "legibility", state, until, reason, partly, version, statements,
/// legible}. state: "waiting" (nobody waits for it after `until`), "read", or "unread" with a `reason`: the
/// codes of ReadFile::refused, "off" (nothing reads here) or "failed". `partly`: not every page was read.
/// statements: BankStatement as values. legible: true or false; nothing else of an identity document is kept.
/// No member: nothing is read of such files.

/// The entry with the mark that it is to be read, when the form says so of files of its kind.
[[nodiscard]] Value marked_for_reading(const Services& services, const Application& application, Value entry);

/// Whether a file is still to be read and completeness waits for it: at most a quarter of an hour, however
/// many scans are read before.
[[nodiscard]] bool waits_for_reading(const Application& application, Instant now);

/// The jobs for files that are to be read: reading them, and completing without them when the wait is over.
/// Empty when there are none.
[[nodiscard]] std::vector<NewJob> jobs_to_read(const Application& application, Instant now);

/// The files of a case as completeness needs to know them. What the sender stated counts; what was read fills
/// in account and period where nothing was stated, as far as it is sure.
[[nodiscard]] std::vector<AttachmentInfo> attachments_of(const Application& application);

/// No more attempts: the case goes on with what the sender stated.
[[nodiscard]] Result<void> give_up_attachments(const Services& services,
                                               const ApplicationReference& reference);

}  // namespace softbot::pipeline
