#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "domain/result.h"
#include "ocr/protocol/control.h"

namespace softbot {

/// Which program reads, and with what.
struct ProgramPlace {
  std::filesystem::path program;
  std::filesystem::path models;
};

/// Waits until one of these can be read or has ended, at most until `until`; never when that is in the past.
enum class Ready { first, second, stop, nothing };
struct Wait {
  enum class For { bytes, room };
  int first = -1;   ///< -1: none
  int second = -1;  ///< -1: none
  int stop = -1;    ///< comes before the others
  std::chrono::steady_clock::time_point until;
  For first_for = For::bytes;  ///< room: until `first` can be written
};
[[nodiscard]] Ready wait_for(const Wait& wait);

/// One running softbot-reader. Killed, with the document that it has, and reaped when it goes out of scope.
/// Not thread-safe.
class Program {
 public:
  /// Starts it without a shell, with no descriptor of this process and an empty environment, in a process
  /// group of its own, and waits until it is ready. Error `configuration`: what is wrong with it; it would be
  /// wrong again. `unavailable`: it did not get ready in time, or `stop` could be read.
  [[nodiscard]] static Result<std::unique_ptr<Program>> start(const ProgramPlace& place,
                                                              std::chrono::milliseconds limit, int stop);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  [[nodiscard]] int control() const { return control_.number(); }
  /// What it says that it is.
  [[nodiscard]] const std::string& version() const { return version_; }

 private:
  Program(pid_t id, ocr::Descriptor control) : id_(id), control_(std::move(control)) {}
  pid_t id_;
  ocr::Descriptor control_;
  std::string version_;
};

}  // namespace softbot
