#include "adapters/vault/master_key.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <new>
#include <string>
#include <string_view>

namespace softbot {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view head = "softbot-master-key-1 ";
constexpr std::size_t hex_size = crypto_kdf_KEYBYTES * 2;

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

tl::unexpected<Error> refuse(const fs::path& key_file, const std::string& what) {
  return fail(ErrorCode::configuration, "Master key file " + key_file.string() + ": " + what);
}

bool lies_inside(const fs::path& file, const fs::path& folder) {
  std::error_code ignored;
  const fs::path inner = fs::weakly_canonical(fs::absolute(file), ignored);
  const fs::path outer = fs::weakly_canonical(fs::absolute(folder) / "", ignored);
  const fs::path relative = inner.lexically_relative(outer.has_filename() ? outer : outer.parent_path());
  return !relative.empty() && *relative.begin() != "..";
}

Result<SecretBytes> read_key(const fs::path& key_file, const Descriptor& file) {
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) return refuse(key_file, std::strerror(errno));
  if ((about.st_mode & 0027U) != 0) {
    return refuse(key_file, "others may read or change it; run: chmod 600 " + key_file.string());
  }
  std::array<char, head.size() + hex_size + 2> text{};
  const ssize_t count = ::read(file.get(), text.data(), text.size());
  const std::string_view line(text.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
  SecretBytes key = allocate_secret(crypto_kdf_KEYBYTES);
  std::size_t size = 0;
  const bool fits = line.size() == head.size() + hex_size + 1 && line.starts_with(head) &&
                    line.back() == '\n' &&
                    sodium_hex2bin(key.get(), crypto_kdf_KEYBYTES, line.data() + head.size(), hex_size,
                                   nullptr, &size, nullptr) == 0 &&
                    size == crypto_kdf_KEYBYTES;
  sodium_memzero(text.data(), text.size());
  if (!fits)
    return refuse(key_file, "this is no master key; put the right file back from where you keep its copy");
  return key;
}

bool write_all(const Descriptor& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return ::fsync(file.get()) == 0;
}

void sync_folder(const fs::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.ok()) ::fsync(opened.get());
}

/// Written aside, then linked into place, so that a crash leaves a whole key or none, and another start's key
/// is never replaced.
Result<void> create_key(const fs::path& key_file) {
  std::error_code problem;
  const fs::path folder = fs::absolute(key_file).parent_path();
  fs::create_directories(folder, problem);
  const fs::path aside = key_file.string() + ".new" + std::to_string(::getpid());
  ::unlink(aside.c_str());
  const Descriptor file(::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.ok()) return refuse(key_file, std::string("cannot be made: ") + std::strerror(errno));
  std::array<unsigned char, crypto_kdf_KEYBYTES> key{};
  crypto_kdf_keygen(key.data());
  std::array<char, hex_size + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), key.data(), key.size());
  std::string line = std::string(head) + hex.data() + "\n";
  const bool written = write_all(file, line);
  sodium_memzero(key.data(), key.size());
  sodium_memzero(hex.data(), hex.size());
  sodium_memzero(line.data(), line.size());
  const bool linked = written && (::link(aside.c_str(), key_file.c_str()) == 0 || errno == EEXIST);
  const std::string why = std::strerror(errno);
  ::unlink(aside.c_str());
  if (!linked) return refuse(key_file, "cannot be written: " + why);
  sync_folder(folder);
  return {};
}

}  // namespace

void FreeSecret::operator()(unsigned char* bytes) const noexcept {
  sodium_free(bytes);
}

SecretBytes allocate_secret(std::size_t count) {
  SecretBytes bytes(static_cast<unsigned char*>(sodium_malloc(count)));
  if (!bytes) throw std::bad_alloc();
  return bytes;
}

Result<SecretBytes> load_master_key(const fs::path& key_file, const fs::path& data_folder,
                                    WhenAbsent when_absent) {
  if (lies_inside(key_file, data_folder)) {
    return refuse(key_file,
                  "it must not lie inside the data folder, or a copy of the data would hold its own key; "
                  "choose another place");
  }
  for (int attempt = 0; attempt < 2; ++attempt) {
    const Descriptor file(::open(key_file.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.ok()) return read_key(key_file, file);
    if (errno != ENOENT) return refuse(key_file, std::string("cannot be read: ") + std::strerror(errno));
    if (when_absent == WhenAbsent::refuse) {
      return refuse(
          key_file,
          "it is not there, and the data was sealed with it; put it back from where you keep its copy");
    }
    if (auto made = create_key(key_file); !made) return fail(made.error());
  }
  return refuse(key_file, "it went away while it was being made");
}

}  // namespace softbot
