#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace softbot::tests {

/// A child process with its output in a file. Killed and reaped when it goes out of scope.
class Process {
 public:
  /// Starts the program; standard output and error go to `log`.
  Process(const std::vector<std::string>& command, const std::filesystem::path& log);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void signal(int number) const;
  /// Waits for the end; the exit status, 128 + number after a signal. Nothing when it still runs after
  /// `limit`.
  std::optional<int> wait(std::chrono::milliseconds limit);
  [[nodiscard]] std::string output() const;
  /// Waits until a line with this text is in the output; the line, or "".
  [[nodiscard]] std::string wait_for_line(const std::string& text, std::chrono::milliseconds limit);
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
  std::filesystem::path log_;
};

/// Runs a program to its end with this standard input: exit status and both outputs together.
struct Ended {
  int status = -1;
  std::string output;
};
[[nodiscard]] Ended run(const std::vector<std::string>& command, const std::string& input = {});

/// A fresh folder that is removed with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace softbot::tests
