#include "adapters/sqlite/reader_pool.h"

#include <chrono>
#include <utility>

#include "adapters/sqlite/schema.h"

namespace softbot::sqlite {
namespace {

constexpr std::chrono::seconds longest_wait{5};

}  // namespace

ReaderPool::ReaderPool(std::filesystem::path file, std::string vfs, std::size_t count)
    : file_(std::move(file)), vfs_(std::move(vfs)), count_(count == 0 ? 1 : count) {
}

Result<void> ReaderPool::read(const std::function<Result<void>(Database&)>& work) {
  std::unique_ptr<Database> database;
  try {
    database = borrow();
    if (!database) return fail(ErrorCode::busy, "All connections to the store are in use; try again soon.");
    database->run("BEGIN");
    Result<void> result = work(*database);
    database->run("COMMIT");
    give_back(std::move(database));
    return result;
  } catch (const StoreFailure& failure) {
    give_back(nullptr);  // the connection may be in any state: a fresh one takes its place
    return fail(failure.error());
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

std::unique_ptr<Database> ReaderPool::borrow() {
  {
    std::unique_lock lock(mutex_);
    if (!freed_.wait_for(lock, longest_wait, [this] { return !idle_.empty() || made_ < count_; }))
      return nullptr;
    if (!idle_.empty()) {
      auto database = std::move(idle_.back());
      idle_.pop_back();
      return database;
    }
    ++made_;
  }
  auto database = std::make_unique<Database>(file_, Access::read, vfs_);
  prepare_connection(*database, Access::read);
  return database;
}

void ReaderPool::give_back(std::unique_ptr<Database> database) {
  {
    const std::lock_guard lock(mutex_);
    if (database) {
      idle_.push_back(std::move(database));
    } else {
      --made_;
    }
  }
  freed_.notify_one();
}

}  // namespace softbot::sqlite
