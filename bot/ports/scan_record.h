#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/application.h"
#include "domain/ids.h"
#include "domain/time.h"
#include "domain/value.h"

namespace softbot {

/// One file of paper: dropped in the scan folder or uploaded, as it came in and what became of it. Until its
/// pages belong to somebody, all that is personal in it is sealed under a person of its own; once everything
/// went to one resident's cases that key is destroyed and only the plain members are left.
struct ScanRecord {
  std::string id;
  PersonId person;                 ///< whose key seals the file, its name and what was read
  std::string municipality;        ///< of the uploader or the folder; each form names its own
  std::string source;              ///< folder, upload
  std::string by;                  ///< account, machine key, or "folder"
  Instant received{};              ///< when it was durable here
  Date received_on{};              ///< the day of receipt that counts in law; the mail room may give it
  std::string content_commitment;  ///< keyed hash of the bytes; unique: the same bytes twice are one scan
  std::string state = "waiting";   ///< waiting, reading, read, refused, failed
  std::string reason;  ///< why refused or failed: damaged, encrypted, unsupported, too-large, empty, ...
  std::string media_type;
  std::int64_t bytes = 0;
  DocumentId document;  ///< the untouched file
  DocumentId parts;     ///< what the reader made of it, as long as pages wait; see pipeline/read_parts.h
  std::string reader_version;
  bool looks_like_earlier = false;  ///< a set, or a resident's request of that day, that came before
  std::string file_name;            ///< sealed by the store
  /// One per page: {index, sort: form|sheet|other|blank, problem, set, template (version), page, pages,
  /// reference, kind, sheetNumber, where: ""|case|post}. Random ids and codes only.
  Value pages;
  std::vector<ApplicationReference> applications;  ///< made from it, incoming-post items included
  Value sheets;  ///< return and sign sheets: {reference, kind, sheetNumber, outcome}
};

/// What the mail room can ask for. Empty means all.
struct ScanFilter {
  std::string state;
  std::string municipality;
  std::vector<std::string> municipalities;  ///< what the asker may see; empty: all
  std::size_t limit = 100;
  std::string after;  ///< id of the scan to go on after
};

}  // namespace softbot
