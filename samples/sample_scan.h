#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "domain/result.h"
#include "domain/value.h"
#include "sample_file.h"

namespace softbot::samples {

/// One application, or item of post, that comes out of a scan.
struct ExpectedOfScan {
  std::string type;  ///< of the application, or incoming-post
  Expected expected;
};

/// One scan of samples/scans (see its README.md).
struct SampleScan {
  std::string name;
  std::string title;
  std::filesystem::path file;
  std::string media_type;
  Value provisions;  ///< granted before; null without
  /// In any order. None: nothing comes of it before more pages do.
  std::vector<ExpectedOfScan> expected;
};

/// Reads what `scans.json` in the folder says of the files beside it. Error `invalid_input`: the sample and
/// what is wrong with it, a file that is not there too.
[[nodiscard]] Result<std::vector<SampleScan>> read_sample_scans(const std::filesystem::path& folder,
                                                                Date today);

}  // namespace softbot::samples
