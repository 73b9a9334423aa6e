#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipeline/services.h"

namespace softbot::pipeline {

/// A file of paper as it arrived: dropped in the scan folder or uploaded.
struct IncomingScan {
  std::string municipality;
  std::string source;  ///< folder, upload
  std::string by;      ///< account, machine key, or "folder"
  std::string file_name;
  std::string bytes;
  std::optional<Date> received_on;  ///< the day of receipt that the mail room gives; absent: today
  /// Why it cannot be read, when that is known before anybody tries: "damaged" (it never became whole) or
  /// "unsupported" (no kind that a scanner makes). It goes to a person with the file.
  std::string refused;
  std::string idempotency_key;  ///< with its scope; "" for none: the content alone tells
};

struct TakenScan {
  ScanRecord scan;
  bool repeated = false;  ///< the same bytes, or the same key with the same bytes, came before
};

/// Takes a file in and returns once it is durable, with the job that reads it. The same bytes twice are one
/// scan. Errors: `invalid_input` for an empty file, an unknown municipality, a day of receipt that cannot be;
/// `unsupported` for no kind that a scanner makes, unless `refused` says so already; `key_reused`.
[[nodiscard]] Result<TakenScan> take_scan(const Services& services, const IncomingScan& incoming);

/// The media type that the bytes begin like: application/pdf, image/tiff, image/jpeg, image/png, or "".
[[nodiscard]] std::string_view scan_media_type(std::string_view bytes);

/// What is known of a scan: the body of GET /api/v1/scans/<id>. {id, state, reason: {code, text} or null,
/// municipality, source, by, received, receivedOn, fileName, mediaType, bytes, readerVersion,
/// looksLikeEarlier, pages: [...], applications: [{reference, type, status}], sheets: [...]}
[[nodiscard]] Result<Value> view_of_scan(const Services& services, const ScanRecord& scan);

/// The scan, when these municipalities (empty: all) may see it; `not_found` else.
[[nodiscard]] Result<ScanRecord> load_scan(const Services& services, std::string_view id);

/// What the log knows something by.
struct LogSubject {
  std::string name;  ///< the number of a scan, the reference of an application, a version of the policy
  std::string municipality;  ///< "" when there is no such scan or application
};
/// `typed`: as somebody types it, with or without dashes.
[[nodiscard]] Result<LogSubject> log_subject(const Services& services, std::string_view typed);

/// Counts scans that came into a state.
void count_scan(const Services& services, const ScanRecord& scan);

}  // namespace softbot::pipeline
