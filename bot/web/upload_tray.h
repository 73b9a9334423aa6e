#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "domain/time.h"

namespace softbot::web {

/// A file that somebody chose in a form that is not sent yet.
struct TrayFile {
  std::string id;    ///< within its form
  std::string part;  ///< "common" or a type
  std::string kind;  ///< as in the definition
  std::string name;
  std::string media_type;  ///< of the bytes, not of what the browser claims
  std::string bytes;
  std::string row_key;      ///< the account that a statement is of, as typed
  std::string period_from;  ///< ISO dates, or as typed
  std::string period_to;
  std::string look;  ///< what a look at it showed: a word of file_look.h; "" when nothing stood out
};

/// Bounds on what waits. Beyond `total_bytes` the oldest forms lose their files, which the page then says.
struct TrayLimits {
  std::size_t files_per_form = 30;
  std::size_t bytes_per_form = std::size_t{60} << 20;
  std::size_t total_bytes = std::size_t{192} << 20;
  std::chrono::minutes keep{60};
};

/// Keeps the files of half-filled forms in memory, so that nobody chooses them again after a mistake: a
/// browser never sends a file twice by itself. The key of a form is random and known to its own browser
/// alone. Nothing reaches the disk. Thread-safe.
class UploadTray {
 public:
  explicit UploadTray(TrayLimits limits = {}) : limits_(limits) {}

  enum class Added { yes, too_many, too_large };
  /// Adds a file to a form; its id is given here. The very same file once more changes nothing, so that
  /// sending a page again does no harm.
  Added add(const std::string& form, TrayFile file, Instant now) const;
  void remove(const std::string& form, std::string_view id) const;
  /// Drops all files of a form.
  void forget(const std::string& form) const;
  /// The files of a form in the order of arrival.
  [[nodiscard]] std::vector<TrayFile> files(const std::string& form, Instant now) const;

 private:
  struct Form {
    std::vector<TrayFile> files;
    std::size_t bytes = 0;
    Instant touched{};
    int next = 1;
  };
  void drop_old(Instant now) const;

  TrayLimits limits_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, Form> forms_;
  mutable std::size_t total_ = 0;
};

}  // namespace softbot::web
