#pragma once

#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "adapters/vault/file_vault.h"
#include "ports/clock.h"
#include "ports/store.h"

namespace softbot::testing {

/// A clock that goes where a test wants it.
class MovableClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override {
    return Instant(std::chrono::milliseconds(milliseconds_.load()));
  }
  void set(Instant instant) { milliseconds_ = instant.time_since_epoch().count(); }
  void advance(std::chrono::milliseconds by) { milliseconds_ += by.count(); }

 private:
  std::atomic<std::int64_t> milliseconds_{1'800'000'000'000};
};

/// A folder that goes when the test ends.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "softbot-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The vault over a key of this folder.
inline std::unique_ptr<FileVault> vault_in(const std::filesystem::path& folder) {
  auto vault = FileVault::open(folder / "master.key", folder / "data", WhenAbsent::create);
  if (!vault) throw std::runtime_error(vault.error().message);
  return std::move(*vault);
}

/// Where a store under test lives: what every kind of store must be able to do in the contract tests.
class StoreHome {
 public:
  virtual ~StoreHome() = default;
  [[nodiscard]] virtual Store& store() = 0;
  /// Closes and opens again, as a restart does.
  virtual void reopen() = 0;

  MovableClock clock;
};

}  // namespace softbot::testing
