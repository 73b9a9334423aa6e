#pragma once

#include <string>
#include <vector>

#include "domain/application.h"
#include "pipeline/paper_files.h"
#include "pipeline/services.h"

namespace softbot::pipeline {

/// Until when a form waits for pages that came in another file: the end of the next working day.
[[nodiscard]] Instant end_of_wait(const ScanRecord& scan);

/// Indices of pages of the scan that nothing has claimed yet and that carry no code of ours: letters, copies,
/// what could not be read.
[[nodiscard]] std::vector<int> loose_pages(const ScanRecord& scan);

/// The set numbers of the forms in this scan, each once.
[[nodiscard]] std::vector<std::string> sets_in(const ScanRecord& scan);

/// True when loose pages of this scan go with its one form: there is nothing else that they could belong to.
[[nodiscard]] bool has_one_form_alone(const ScanRecord& scan);

/// Files loose pages of this scan with a case: one entry among its attachments each, and a task for a person.
void attach(const ScanRecord& scan, const std::vector<int>& indices,
            const std::vector<DocumentRecord>& documents, Application& application);

/// Page images of these pages, in their order.
[[nodiscard]] Result<std::vector<DocumentRecord>> keep_loose(const Services& services,
                                                             const Destination& destination,
                                                             const OpenedScan& scan,
                                                             const std::vector<int>& indices);

/// The last stop of a job about paper: what has no place yet goes to a person, with the file.
[[nodiscard]] Result<void> give_up_paper(const Services& services, const Job& job);

}  // namespace softbot::pipeline
