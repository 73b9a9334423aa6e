#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>

#include "adapters/files/file_system.h"

namespace softbot::testing {

/// A file system in memory that tells names from durable names. At a power cut everything fails; when power
/// comes back, names whose folder was not synced are there or not, at random, and a file whose writing was
/// cut has part of its bytes. Thread-safe.
class LosingFileSystem final : public FileSystem {
 public:
  explicit LosingFileSystem(const std::filesystem::path& root) : folders_{root}, durable_folders_{root} {}

  /// Cuts the power after so many more operations; `random` tears what is cut.
  void cut_after(std::int64_t operations);
  void power_back(std::mt19937& random);
  void set_full(bool full);

  [[nodiscard]] Result<void> make_folder(const std::filesystem::path& folder) override;
  [[nodiscard]] Result<void> write_synced(const std::filesystem::path& file, std::string_view bytes) override;
  [[nodiscard]] Result<void> rename(const std::filesystem::path& from,
                                    const std::filesystem::path& to) override;
  [[nodiscard]] Result<void> sync_folder(const std::filesystem::path& folder) override;
  [[nodiscard]] Result<std::string> read(const std::filesystem::path& file) override;
  [[nodiscard]] Result<void> remove(const std::filesystem::path& file) override;

 private:
  using Names = std::map<std::filesystem::path, std::string>;

  [[nodiscard]] bool works();  ///< counts an operation

  std::mutex mutex_;  ///< protects all below
  std::set<std::filesystem::path> folders_;
  std::set<std::filesystem::path> durable_folders_;
  Names files_;
  Names durable_files_;
  std::int64_t left_ = std::numeric_limits<std::int64_t>::max();
  bool full_ = false;
};

}  // namespace softbot::testing
