#include "http/worker_pool.h"

#include <algorithm>
#include <utility>

namespace softbot::http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue_limit) : queue_limit_(queue_limit) {
  const std::size_t count = std::max<std::size_t>(1, threads);
  idle_ = count;  // a thread that is still starting counts as idle
  threads_.reserve(count);
  for (std::size_t index = 0; index < count; ++index) {
    threads_.emplace_back(&WorkerPool::work, this);
  }
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) {
    thread.join();
  }
}

std::unique_ptr<WorkerPool::Task> WorkerPool::submit(std::unique_ptr<Task> task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= queue_limit_ + idle_) {
      return task;
    }
    queue_.push_back(std::move(task));
  }
  wake_.notify_one();
  return nullptr;
}

std::size_t WorkerPool::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) {
      return;
    }
    std::unique_ptr<Task> task = std::move(queue_.front());
    queue_.pop_front();
    --idle_;
    lock.unlock();
    task->run();
    task.reset();
    lock.lock();
    ++idle_;
  }
}

}  // namespace softbot::http
