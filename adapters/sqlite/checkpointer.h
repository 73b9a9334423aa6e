#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "adapters/sqlite/database.h"

namespace softbot::sqlite {

/// Copies the WAL into the database on a thread and a connection of its own, so that commits need not wait
/// for it. What was written meanwhile is left; the writer copies that little rest, after which SQLite begins
/// the WAL anew. Thread-safe.
class Checkpointer {
 public:
  explicit Checkpointer(std::unique_ptr<Database> database);
  ~Checkpointer();
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  /// Asks for a pass unless one is under way.
  void ask();
  /// True once after each pass: the rest is the caller's.
  [[nodiscard]] bool take_finished();

 private:
  void loop();

  std::unique_ptr<Database> database_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool asked_ = false;     ///< protected by mutex_; until the pass has ended
  bool finished_ = false;  ///< protected by mutex_
  bool ending_ = false;    ///< protected by mutex_
  std::thread thread_;
};

}  // namespace softbot::sqlite
