#pragma once

#include <filesystem>
#include <memory>

#include "domain/result.h"

namespace softbot::sqlite {

/// Holds a data folder for one node, by a lock on its file `softbot.lock` that ends with the process, however
/// it ends.
class FolderLock {
 public:
  /// Fails with `conflict`, naming the process, when another holds it; with `storage` when the file cannot be
  /// made.
  [[nodiscard]] static Result<std::unique_ptr<FolderLock>> take(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace softbot::sqlite
