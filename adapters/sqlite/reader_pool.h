#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/sqlite/database.h"
#include "domain/result.h"

namespace softbot::sqlite {

/// A few connections for reading, lent one at a time. Thread-safe.
class ReaderPool {
 public:
  ReaderPool(std::filesystem::path file, std::string vfs, std::size_t count);

  /// Runs the work over one consistent view. `busy` when no connection comes free within five seconds.
  [[nodiscard]] Result<void> read(const std::function<Result<void>(Database&)>& work);

 private:
  std::unique_ptr<Database> borrow();
  void give_back(std::unique_ptr<Database> database);

  const std::filesystem::path file_;
  const std::string vfs_;
  const std::size_t count_;

  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Database>> idle_;  ///< protected by mutex_
  std::size_t made_ = 0;                         ///< protected by mutex_
};

}  // namespace softbot::sqlite
