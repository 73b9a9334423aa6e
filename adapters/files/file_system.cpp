#include "adapters/files/file_system.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace softbot {
namespace {

namespace fs = std::filesystem;

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return number_; }
  [[nodiscard]] bool ok() const { return number_ >= 0; }

 private:
  int number_;
};

/// Names the call and the cause, never the file: its name is a document's id.
tl::unexpected<Error> failed(const std::string& call) {
  if (errno == ENOSPC || errno == EDQUOT) {
    return fail(Error{
        ErrorCode::storage, "The disk with the documents is full: make room, then try again.", true, {}});
  }
  return fail(Error{ErrorCode::storage,
                    "The document folder failed at " + call + ": " + std::strerror(errno) + ".",
                    true,
                    {}});
}

}  // namespace

Result<void> SystemFileSystem::make_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return failed("mkdir");
  return {};
}

Result<void> SystemFileSystem::write_synced(const fs::path& file, std::string_view bytes) {
  const Descriptor out(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!out.ok()) return failed("open");
  while (!bytes.empty()) {
    const ssize_t count = ::write(out.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed("write");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  if (::fsync(out.get()) != 0) return failed("fsync");
  return {};
}

Result<void> SystemFileSystem::rename(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return failed("rename");
  return {};
}

Result<void> SystemFileSystem::sync_folder(const fs::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.ok() && errno == ENOENT)
    return fail(ErrorCode::not_found, "The folder of this document is not there.");
  if (!opened.ok()) return failed("open");
  if (::fsync(opened.get()) != 0) return failed("fsync");
  return {};
}

Result<std::string> SystemFileSystem::read(const fs::path& file) {
  const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!in.ok() && errno == ENOENT)
    return fail(ErrorCode::not_found, "The file of this document is not there.");
  if (!in.ok()) return failed("open");
  std::string bytes;
  std::array<char, 1U << 16U> buffer{};
  while (true) {
    const ssize_t count = ::read(in.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed("read");
    if (count == 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

Result<void> SystemFileSystem::remove(const fs::path& file) {
  if (::unlink(file.c_str()) != 0 && errno != ENOENT) return failed("unlink");
  return {};
}

FileSystem& system_files() {
  static SystemFileSystem files;
  return files;
}

}  // namespace softbot
