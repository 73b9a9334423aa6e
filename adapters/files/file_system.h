#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace softbot {

/// The calls that durability hangs on. Abstract so that a test can lose what was not synced. Thread-safe. All
/// fail with `storage` (retryable) except where it says otherwise.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  /// Makes the folder if it is absent; its parent is there. The name is durable after sync_folder(parent).
  [[nodiscard]] virtual Result<void> make_folder(const std::filesystem::path& folder) = 0;
  /// Makes or replaces a file with these bytes and syncs its content (not its name).
  [[nodiscard]] virtual Result<void> write_synced(const std::filesystem::path& file,
                                                  std::string_view bytes) = 0;
  /// Moves a file over another within one file system, at once for who looks.
  [[nodiscard]] virtual Result<void> rename(const std::filesystem::path& from,
                                            const std::filesystem::path& to) = 0;
  /// Makes the names in a folder durable. Fails with `not_found` when there is no such folder.
  [[nodiscard]] virtual Result<void> sync_folder(const std::filesystem::path& folder) = 0;
  /// Fails with `not_found` when there is no such file.
  [[nodiscard]] virtual Result<std::string> read(const std::filesystem::path& file) = 0;
  /// Succeeds when there is no such file.
  [[nodiscard]] virtual Result<void> remove(const std::filesystem::path& file) = 0;
};

/// The system's own.
class SystemFileSystem final : public FileSystem {
 public:
  [[nodiscard]] Result<void> make_folder(const std::filesystem::path& folder) override;
  [[nodiscard]] Result<void> write_synced(const std::filesystem::path& file, std::string_view bytes) override;
  [[nodiscard]] Result<void> rename(const std::filesystem::path& from,
                                    const std::filesystem::path& to) override;
  [[nodiscard]] Result<void> sync_folder(const std::filesystem::path& folder) override;
  [[nodiscard]] Result<std::string> read(const std::filesystem::path& file) override;
  [[nodiscard]] Result<void> remove(const std::filesystem::path& file) override;
};

/// One for all who need no other.
[[nodiscard]] FileSystem& system_files();

}  // namespace softbot
