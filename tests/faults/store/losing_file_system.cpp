#include "faults/store/losing_file_system.h"

namespace softbot::testing {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> no_power() {
  return fail(Error{ErrorCode::storage, "no power", true, {}});
}

}  // namespace

bool LosingFileSystem::works() {
  if (left_ <= 0) return false;
  --left_;
  return left_ > 0;
}

void LosingFileSystem::cut_after(std::int64_t operations) {
  const std::lock_guard lock(mutex_);
  left_ = operations;
}

void LosingFileSystem::set_full(bool full) {
  const std::lock_guard lock(mutex_);
  full_ = full;
}

Result<void> LosingFileSystem::make_folder(const fs::path& folder) {
  const std::lock_guard lock(mutex_);
  if (!works()) return no_power();
  if (!folders_.contains(folder.parent_path())) return fail(ErrorCode::storage, "no parent");
  folders_.insert(folder);
  return {};
}

Result<void> LosingFileSystem::write_synced(const fs::path& file, std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  if (!works()) {
    if (left_ == 0) files_[file] = bytes.substr(0, bytes.size() / 2);
    return no_power();
  }
  if (full_) return fail(Error{ErrorCode::storage, "full", true, {}});
  if (!folders_.contains(file.parent_path())) return fail(ErrorCode::storage, "no folder");
  files_[file] = bytes;
  return {};
}

Result<void> LosingFileSystem::rename(const fs::path& from, const fs::path& to) {
  const std::lock_guard lock(mutex_);
  if (!works()) return no_power();
  const auto found = files_.find(from);
  if (found == files_.end() || !folders_.contains(to.parent_path()))
    return fail(ErrorCode::storage, "no such name");
  files_[to] = found->second;
  files_.erase(from);
  return {};
}

Result<void> LosingFileSystem::sync_folder(const fs::path& folder) {
  const std::lock_guard lock(mutex_);
  if (!works()) return no_power();
  if (!folders_.contains(folder)) return fail(ErrorCode::not_found, "no such folder");
  std::erase_if(durable_files_, [&](const auto& name) { return name.first.parent_path() == folder; });
  for (const auto& [name, bytes] : files_) {
    if (name.parent_path() == folder) durable_files_[name] = bytes;
  }
  for (const fs::path& name : folders_) {
    if (name.parent_path() == folder) durable_folders_.insert(name);
  }
  return {};
}

Result<std::string> LosingFileSystem::read(const fs::path& file) {
  const std::lock_guard lock(mutex_);
  if (left_ <= 0) return no_power();
  const auto found = files_.find(file);
  if (found == files_.end()) return fail(ErrorCode::not_found, "no such file");
  return found->second;
}

Result<void> LosingFileSystem::remove(const fs::path& file) {
  const std::lock_guard lock(mutex_);
  if (!works()) return no_power();
  files_.erase(file);
  return {};
}

void LosingFileSystem::power_back(std::mt19937& random) {
  std::bernoulli_distribution survives(0.5);
  const std::lock_guard lock(mutex_);
  for (const fs::path& folder : folders_) {
    if (survives(random)) durable_folders_.insert(folder);
  }
  for (const auto& [name, bytes] : files_) {
    if (survives(random)) durable_files_[name] = bytes;
  }
  // Without its folder a name leads nowhere. A parent sorts before its child.
  std::set<fs::path> reachable;
  for (const fs::path& folder : durable_folders_) {
    if (folder == *durable_folders_.begin() || reachable.contains(folder.parent_path()))
      reachable.insert(folder);
  }
  std::erase_if(durable_files_,
                [&](const auto& name) { return !reachable.contains(name.first.parent_path()); });
  folders_ = durable_folders_ = reachable;
  files_ = durable_files_;
  left_ = std::numeric_limits<std::int64_t>::max();
  full_ = false;
}

}  // namespace softbot::testing
