#include "forgetful_files.h"

namespace softbot::test {

namespace fs = std::filesystem;

Result<void> ForgetfulFiles::count_call() {
  const int call = calls_++;
  if (fails_from_ && call >= *fails_from_) {
    return fail(Error{ErrorCode::storage, "The disk is gone.", true, {}});
  }
  return {};
}

void ForgetfulFiles::lose_power() {
  seen_ = durable_;
  fails_from_.reset();
  calls_ = 0;
}

void ForgetfulFiles::take_away(const fs::path& file) {
  seen_.erase(file);
  durable_.erase(file);
}

std::set<std::string> ForgetfulFiles::names(const fs::path& folder) const {
  std::set<std::string> names;
  for (const auto& [file, bytes] : seen_) {
    if (file.parent_path() == folder) {
      names.insert(file.filename().string());
    }
  }
  return names;
}

Result<void> ForgetfulFiles::make_folder(const fs::path&) {
  return count_call();
}

Result<void> ForgetfulFiles::write_synced(const fs::path& file, std::string_view bytes) {
  return count_call().map([&] { seen_[file] = bytes; });
}

Result<void> ForgetfulFiles::rename(const fs::path& from, const fs::path& to) {
  return count_call().map([&] {
    seen_[to] = seen_.at(from);
    seen_.erase(from);
  });
}

Result<void> ForgetfulFiles::sync_folder(const fs::path& folder) {
  return count_call().map([&] {
    std::erase_if(durable_, [&](const auto& entry) { return entry.first.parent_path() == folder; });
    for (const auto& [file, bytes] : seen_) {
      if (file.parent_path() == folder) {
        durable_[file] = bytes;
      }
    }
  });
}

Result<std::string> ForgetfulFiles::read(const fs::path& file) {
  const auto counted = count_call();
  if (!counted) {
    return fail(counted.error());
  }
  const auto found = seen_.find(file);
  return found == seen_.end() ? Result<std::string>(fail(ErrorCode::not_found, "There is no such file."))
                              : Result<std::string>(found->second);
}

Result<void> ForgetfulFiles::remove(const fs::path& file) {
  return count_call().map([&] { seen_.erase(file); });
}

}  // namespace softbot::test
