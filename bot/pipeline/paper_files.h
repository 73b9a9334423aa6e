#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/edit.h"
#include "pipeline/form_answers.h"
#include "pipeline/services.h"

/// What the stages for paper share: opening a scan, keeping its pages with a case, and closing the scan.
namespace softbot::pipeline {

/// A scan with what was read of it.
struct OpenedScan {
  ScanRecord record;
  ReadFile read;  ///< empty for a file that was refused
};

/// The scan and what the reader made of it. `not_found`, `damaged`.
[[nodiscard]] Result<OpenedScan> open_scan(const Services& services, const ScanRecord& record);

/// The untouched file.
[[nodiscard]] Result<std::string> scan_bytes(const Services& services, const ScanRecord& record);

/// The page of this index in what was read; null when there is none.
[[nodiscard]] const ReadPage* page_at(const ReadFile& file, int index);

/// Where pages go: a case, and whose key seals it.
struct Destination {
  ApplicationReference reference;
  PersonRecord person;
};

/// Seals the image of a page for a case. Its row, or nothing when the reader made no image of it.
/// `alone`: the untouched file does not go to this case, so the page itself is the applicant's own document.
enum class WholeFile { goes_along, stays_behind };
[[nodiscard]] Result<std::optional<DocumentRecord>> keep_page(const Services& services,
                                                              const Destination& destination,
                                                              const ReadPage& page, const std::string& title,
                                                              WholeFile whole);

/// Seals one image among a page's crops for a case.
[[nodiscard]] Result<std::optional<DocumentRecord>> keep_crop(const Services& services,
                                                              const Destination& destination,
                                                              const ReadPage& page, int image,
                                                              const std::string& title);

/// Seals the untouched file for a case.
[[nodiscard]] Result<DocumentRecord> keep_whole_file(const Services& services, const Destination& destination,
                                                     const ScanRecord& scan);

/// True when every page with something on it is among these: then the whole file belongs to one case.
[[nodiscard]] bool is_whole(const ScanRecord& scan, const std::vector<int>& indices);

/// Writes down where pages went: "case" or "post", and to which.
void place(ScanRecord& scan, const std::vector<int>& indices, std::string_view where,
           const ApplicationReference& reference);

/// Stores the scan. Once no page waits, what was read is not needed any more; and when all of it went to one
/// case, which has the file itself, the scan's own key is destroyed. The files to remove afterwards.
[[nodiscard]] std::vector<DocumentId> store_scan(Transaction& transaction, ScanRecord& scan);

/// Removes files whose rows no longer count; what fails is left sealed under a key that is gone.
void remove_files(const Services& services, const std::vector<DocumentId>& files);

/// The instant that the day of receipt stands for: now when it is today, else the beginning of that day.
[[nodiscard]] Instant receipt_of(const Services& services, Date received_on);

/// The mark of a set number.
[[nodiscard]] std::string set_mark(std::string_view set);

}  // namespace softbot::pipeline
