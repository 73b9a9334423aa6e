#include "adapters/sqlite/checkpointer.h"

#include <utility>

namespace softbot::sqlite {

Checkpointer::Checkpointer(std::unique_ptr<Database> database)
    : database_(std::move(database)), thread_([this] { loop(); }) {
}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Checkpointer::ask() {
  {
    const std::lock_guard lock(mutex_);
    if (asked_ || finished_) return;
    asked_ = true;
  }
  wake_.notify_one();
}

bool Checkpointer::take_finished() {
  const std::lock_guard lock(mutex_);
  return std::exchange(finished_, false);
}

void Checkpointer::loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return ending_ || asked_; });
    if (ending_) return;
    lock.unlock();
    database_->checkpoint(Database::Checkpoint::passive);
    lock.lock();
    asked_ = false;
    finished_ = true;
  }
}

}  // namespace softbot::sqlite
