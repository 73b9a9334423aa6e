#include "adapters/sqlite/group_writer.h"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>

namespace softbot::sqlite {

/// One caller and its work. Shared by both threads, so that neither can outlive it.
struct GroupWriter::Waiting {
  explicit Waiting(const Work* what) : work(what) {}

  void finish() {
    const std::lock_guard lock(mutex);
    done = true;
    released.notify_one();
  }

  void wait() {
    std::unique_lock lock(mutex);
    released.wait(lock, [this] { return done; });
  }

  const Work* work;
  Result<void> result;        ///< the writer's until `done`
  std::exception_ptr thrown;  ///< the writer's until `done`
  std::mutex mutex;
  std::condition_variable released;
  bool done = false;  ///< protected by mutex
};

GroupWriter::GroupWriter(std::unique_ptr<Database> database, std::unique_ptr<Database> for_checkpoints,
                         const GroupLimits& limits)
    : database_(std::move(database)),
      checkpointer_(std::move(for_checkpoints)),
      limits_(limits),
      thread_([this] { loop(); }) {
}

GroupWriter::~GroupWriter() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

Result<void> GroupWriter::write(const Work& work) {
  if (std::this_thread::get_id() == thread_.get_id()) {
    throw std::logic_error("a unit of work called the store again");
  }
  const auto waiting = std::make_shared<Waiting>(&work);
  {
    const std::lock_guard lock(mutex_);
    if (ending_) return fail(ErrorCode::unavailable, "The store is closing.");
    if (queue_.size() >= limits_.waiting) {
      return fail(ErrorCode::busy, "The store has as much work waiting as it takes; try again soon.");
    }
    queue_.push_back(waiting);
  }
  wake_.notify_one();
  waiting->wait();
  if (waiting->thrown) std::rethrow_exception(waiting->thrown);
  return waiting->result;
}

void GroupWriter::empty_wal() {
  {
    const std::lock_guard lock(mutex_);
    wal_unwanted_ = true;
  }
  // The checkpoint follows the commit that releases this call's own unit, so a second one waits for it.
  const Work nothing = [](Database&) { return Result<void>(); };
  for (int turn = 0; turn < 2; ++turn) {
    if (const auto done = write(nothing); !done) return;
  }
}

void GroupWriter::loop() {
  while (true) {
    const auto units = take();
    if (units.empty()) return;
    commit(units);
    for (const auto& unit : units) unit->finish();
    checkpoint_when_due();
  }
}

std::vector<std::shared_ptr<GroupWriter::Waiting>> GroupWriter::take() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return ending_ || !queue_.empty(); });
  const std::size_t count = std::min(queue_.size(), limits_.per_commit);
  std::vector<std::shared_ptr<Waiting>> units(queue_.begin(),
                                              queue_.begin() + static_cast<std::ptrdiff_t>(count));
  queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(count));
  return units;
}

void GroupWriter::commit(const std::vector<std::shared_ptr<Waiting>>& units) {
  std::size_t ran = 0;
  try {
    database_->run("BEGIN IMMEDIATE");
    for (; ran < units.size(); ++ran) run_unit(*units[ran]);
    database_->run("COMMIT");
    last_commit_worked_ = true;
    commits_ += 1;
    units_ += units.size();
  } catch (const StoreFailure& failure) {
    undo();
    last_commit_worked_ = false;
    for (const auto& unit : units) {
      if (unit->result && !unit->thrown) unit->result = fail(failure.error());
    }
  } catch (...) {
    undo();
    last_commit_worked_ = false;
    for (const auto& unit : units) unit->thrown = std::current_exception();
  }
}

/// Throws StoreFailure only when the whole transaction is lost.
void GroupWriter::run_unit(Waiting& unit) {
  database_->run("SAVEPOINT unit");
  try {
    unit.result = (*unit.work)(*database_);
  } catch (const StoreFailure& failure) {
    unit.result = fail(failure.error());
    if (!database_->in_transaction()) throw;  // SQLite took everything back: disk full, I/O error
  } catch (...) {
    unit.thrown = std::current_exception();
  }
  if (!unit.result || unit.thrown) database_->run("ROLLBACK TO unit");
  database_->run("RELEASE unit");
}

void GroupWriter::undo() noexcept {
  try {
    if (database_->in_transaction()) database_->run("ROLLBACK");
  } catch (...) {
    last_commit_worked_ = false;  // nothing more to do: the next BEGIN will say what is wrong
  }
}

void GroupWriter::checkpoint_when_due() {
  bool whole = false;
  {
    const std::lock_guard lock(mutex_);
    whole = std::exchange(wal_unwanted_, false);
  }
  if (whole) {
    database_->checkpoint(Database::Checkpoint::whole);
  } else if (checkpointer_.take_finished()) {
    database_->checkpoint(Database::Checkpoint::passive);
  } else if (database_->wal_pages() >= limits_.checkpoint_pages) {
    checkpointer_.ask();
  }
}

}  // namespace softbot::sqlite
