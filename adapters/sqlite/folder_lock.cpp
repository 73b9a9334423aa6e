#include "adapters/sqlite/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

namespace softbot::sqlite {
namespace {

std::string holder_of(int descriptor) {
  std::array<char, 24> text{};
  const ssize_t count = ::pread(descriptor, text.data(), text.size() - 1, 0);
  const std::string process(text.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
  return process.empty() ? std::string("another process")
                         : "process " + process.substr(0, process.find('\n'));
}

}  // namespace

Result<std::unique_ptr<FolderLock>> FolderLock::take(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "softbot.lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return fail(ErrorCode::storage,
                "The data folder " + folder.string() + " cannot be written: " + std::strerror(errno) + ".");
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const std::string holder = holder_of(descriptor);
    ::close(descriptor);
    return fail(ErrorCode::conflict,
                "The data folder " + folder.string() + " is in use by " + holder +
                    ". One node works on one SQLite store: stop the other, choose another folder, or "
                    "use PostgreSQL for many nodes.");
  }
  const std::string process = std::to_string(::getpid()) + "\n";
  if (::ftruncate(descriptor, 0) == 0) {
    [[maybe_unused]] const ssize_t written = ::pwrite(descriptor, process.data(), process.size(), 0);
  }
  return std::unique_ptr<FolderLock>(new FolderLock(descriptor));  // NOLINT(cppcoreguidelines-owning-memory)
}

FolderLock::~FolderLock() {
  ::close(descriptor_);
}

}  // namespace softbot::sqlite
