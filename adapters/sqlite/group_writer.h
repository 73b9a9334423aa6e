#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "adapters/sqlite/checkpointer.h"
#include "adapters/sqlite/database.h"
#include "domain/result.h"

namespace softbot::sqlite {

struct GroupLimits {
  std::size_t waiting = 4096;           ///< units in the queue; beyond it a caller is told `busy`
  std::size_t per_commit = 512;         ///< units that share one commit
  std::size_t checkpoint_pages = 4000;  ///< WAL pages after which they are copied into the database
};

/// The one thread that writes. Units queue up; each is a savepoint; one commit, one fsync, then all that
/// waited are released. A unit that fails takes only its own savepoint back; a commit that fails fails all of
/// its units. Thread-safe.
class GroupWriter {
 public:
  using Work = std::function<Result<void>(Database&)>;

  /// `database` is written to; `for_checkpoints` is a second connection to the same file.
  GroupWriter(std::unique_ptr<Database> database, std::unique_ptr<Database> for_checkpoints,
              const GroupLimits& limits);
  /// Finishes what waits, then ends the thread and closes the connection.
  ~GroupWriter();
  GroupWriter(const GroupWriter&) = delete;
  GroupWriter& operator=(const GroupWriter&) = delete;

  /// Returns once the work is on disk, or with why it is not. What the work throws comes out here. Throws
  /// std::logic_error from within a unit.
  [[nodiscard]] Result<void> write(const Work& work);

  [[nodiscard]] bool last_commit_worked() const { return last_commit_worked_.load(); }
  /// Commits since the start, and the units in them: together they tell how many share a commit.
  [[nodiscard]] std::uint64_t commits() const { return commits_.load(); }
  [[nodiscard]] std::uint64_t units() const { return units_.load(); }

  /// Copies everything in the WAL into the database and empties it, so that nothing overwritten stays behind.
  void empty_wal();

 private:
  struct Waiting;

  void loop();
  std::vector<std::shared_ptr<Waiting>> take();
  void commit(const std::vector<std::shared_ptr<Waiting>>& units);
  void run_unit(Waiting& unit);
  void undo() noexcept;
  void checkpoint_when_due();

  std::unique_ptr<Database> database_;
  Checkpointer checkpointer_;
  const GroupLimits limits_;
  std::atomic<bool> last_commit_worked_{true};
  std::atomic<std::uint64_t> commits_{0};
  std::atomic<std::uint64_t> units_{0};

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::shared_ptr<Waiting>> queue_;  ///< protected by mutex_
  bool ending_ = false;                         ///< protected by mutex_
  bool wal_unwanted_ = false;                   ///< protected by mutex_

  std::thread thread_;
};

}  // namespace softbot::sqlite
