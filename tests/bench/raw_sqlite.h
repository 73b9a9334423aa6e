#pragma once

#include <cstddef>
#include <filesystem>

namespace softbot::bench {

struct RawResult {
  double submissions_per_second = 0;
  double rows_per_submission = 0;
  double bytes_per_submission = 0;  ///< of texts and blobs
};

/// What SQLite alone does on this disk: takes the rows that intake wrote into `store` (person, submission,
/// application, its content, job, audit), and writes rows of the same tables, indexes and sizes into a new
/// database in `folder`, with the same settings, this many submissions to a commit, for this long. Throws
/// std::runtime_error.
[[nodiscard]] RawResult measure_raw(const std::filesystem::path& store, const std::filesystem::path& folder,
                                    std::size_t per_commit, double seconds);

}  // namespace softbot::bench
