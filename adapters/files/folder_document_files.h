#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "adapters/files/file_system.h"
#include "ports/document_files.h"

namespace softbot {

/// Documents as files in a folder (see README.md for how they lie). Ids of other characters than letters,
/// digits, - and _ are refused with `invalid_input`. Thread-safe, also for several processes.
class FolderDocumentFiles final : public DocumentFiles {
 public:
  /// Makes the folder. `files` must outlive it. Fails with `storage`.
  [[nodiscard]] static Result<std::unique_ptr<FolderDocumentFiles>> open(const std::filesystem::path& folder,
                                                                         FileSystem& files = system_files());

  [[nodiscard]] Result<void> put(const DocumentId& id, std::string_view sealed) override;
  [[nodiscard]] Result<std::string> get(const DocumentId& id) const override;
  [[nodiscard]] Result<void> remove(const DocumentId& id) override;

  /// Removes what a crash left half written. Only for a node that has the folder alone.
  void remove_leftovers();

 private:
  FolderDocumentFiles(std::filesystem::path folder, FileSystem& files);
  [[nodiscard]] std::filesystem::path incoming() const;
  [[nodiscard]] std::filesystem::path place_of(const DocumentId& id) const;
  [[nodiscard]] Result<void> need_folder(const std::filesystem::path& folder);

  const std::filesystem::path folder_;
  FileSystem& files_;
  std::mutex mutex_;
  std::set<std::filesystem::path> known_;  ///< folders whose names are durable; protected by mutex_
};

}  // namespace softbot
