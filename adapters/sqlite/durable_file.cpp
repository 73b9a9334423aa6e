#include "adapters/sqlite/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace softbot::sqlite {
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

tl::unexpected<Error> failed(const fs::path& file, const std::string& why) {
  return fail(
      Error{ErrorCode::storage, "The file " + file.string() + " cannot be written: " + why + ".", true, {}});
}

Result<void> into_place(const fs::path& aside, const fs::path& file) {
  const Descriptor written(::open(aside.c_str(), O_RDONLY | O_CLOEXEC));
  if (!written.ok() || ::fsync(written.get()) != 0 || ::rename(aside.c_str(), file.c_str()) != 0) {
    return failed(file, std::strerror(errno));
  }
  sync_folder(file.parent_path());
  return {};
}

}  // namespace

Result<void> need_empty_folder(const fs::path& folder) {
  std::error_code problem;
  const bool made = fs::create_directories(folder, problem);
  if (problem) return failed(folder, problem.message());
  if (made) fs::permissions(folder, fs::perms::owner_all, problem);
  const bool empty = fs::is_empty(folder, problem);
  if (problem) return failed(folder, problem.message());
  if (!empty)
    return fail(ErrorCode::conflict, "The folder " + folder.string() + " is not empty; choose another.");
  return {};
}

Result<void> write_durable(const fs::path& file, std::string_view bytes) {
  const fs::path aside = file.string() + ".new";
  {
    const Descriptor out(::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!out.ok()) return failed(file, std::strerror(errno));
    while (!bytes.empty()) {
      const ssize_t count = ::write(out.get(), bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return failed(file, std::strerror(errno));
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  return into_place(aside, file);
}

Result<void> copy_durable(const fs::path& from, const fs::path& to) {
  const fs::path aside = to.string() + ".new";
  std::error_code problem;
  fs::copy_file(from, aside, fs::copy_options::overwrite_existing, problem);
  if (problem) return failed(to, problem.message());
  return into_place(aside, to);
}

void sync_folder(const fs::path& folder) {
  const Descriptor opened(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.ok()) ::fsync(opened.get());
}

}  // namespace softbot::sqlite
