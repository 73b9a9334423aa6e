#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/files/file_system.h"
#include "domain/result.h"
#include "domain/time.h"
#include "ports/clock.h"
#include "ports/log.h"
#include "ports/metrics.h"

namespace softbot {

/// A file that is whole, out of the scan folder.
struct DroppedScan {
  std::string municipality;  ///< of the folder that it lay in
  std::string file_name;
  std::string bytes;
  std::string refused;  ///< "" or damaged (it never became whole), unsupported (no kind that a scanner
                        ///< makes), empty, too-large
};

/// Takes a scan in: durable when it returns. The same bytes twice are one scan.
using TakeScan = std::function<Result<void>(const DroppedScan&)>;

struct ScanFolderOptions {
  std::filesystem::path folder;             ///< DATA/scans; holds in/, spool/ (private) and done/
  std::string default_municipality;         ///< of files that lie in in/ itself
  std::vector<std::string> municipalities;  ///< each has in/<municipality>/
  std::size_t largest_bytes = std::size_t{64} << 20;
  std::chrono::milliseconds poll{2'000};
  std::chrono::milliseconds still{2'000};  ///< size and time stand still for so long before a file is taken
  std::chrono::milliseconds give_up{600'000};  ///< unchanged for so long without its end: damaged
};

/// Watches DATA/scans/in for what the mail room drops. A file is left alone until it is whole: its size and
/// time stand still, and its own end is there (%%EOF, IEND, the end-of-image marker, a TIFF directory that
/// can be followed); or until nothing changed for ten minutes, then it goes on as damaged. It is moved into a
/// private spool first, so that nobody writes to it any more, then taken in, then moved to done/<day>/. A
/// crash at any point leaves it in one of the three, and taking it again is taking it once. What cannot be
/// read or moved is tried again, with a log line and a figure; nothing is ever removed. Hidden and temporary
/// names, links, pipes and folders are left where they are.
class ScanFolder {
 public:
  /// Makes the folders. `files`, `clock`, `log` and `metrics` outlive it. Fails with `storage`.
  [[nodiscard]] static Result<std::unique_ptr<ScanFolder>> open(ScanFolderOptions options, TakeScan take,
                                                                const Clock& clock, Log& log,
                                                                Metrics& metrics,
                                                                FileSystem& files = system_files());
  ~ScanFolder();
  ScanFolder(const ScanFolder&) = delete;
  ScanFolder& operator=(const ScanFolder&) = delete;

  /// One look at the folders; what start() does again and again. Not while it runs.
  void look();

  /// Looks on a thread of its own until stop().
  void start();
  void stop();

 private:
  struct State;
  explicit ScanFolder(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace softbot
