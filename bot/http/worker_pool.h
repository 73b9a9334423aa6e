#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace softbot::http {

/// A fixed number of threads that take tasks in the order of arrival from a bounded queue. Thread-safe.
class WorkerPool {
 public:
  class Task {
   public:
    virtual ~Task() = default;
    /// Must not throw: there is nobody to catch it.
    virtual void run() = 0;

   protected:
    Task() = default;
    Task(const Task&) = default;
    Task& operator=(const Task&) = default;
  };

  /// `queue_limit`: tasks that may wait beyond those that idle threads take at once.
  WorkerPool(std::size_t threads, std::size_t queue_limit);
  /// Runs what is queued, then joins.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Takes the task, or gives it back when the queue is full.
  [[nodiscard]] std::unique_ptr<Task> submit(std::unique_ptr<Task> task);
  /// Tasks that wait now.
  [[nodiscard]] std::size_t waiting() const;

 private:
  void work();

  const std::size_t queue_limit_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  // protected by mutex_
  std::deque<std::unique_ptr<Task>> queue_;
  std::size_t idle_ = 0;
  bool stopping_ = false;

  std::vector<std::thread> threads_;
};

}  // namespace softbot::http
