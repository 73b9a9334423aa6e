#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace softbot::testing {

/// A file layer for SQLite over the system's own that remembers what was not synced. At a power cut
/// everything fails; when power comes back, each file holds what was synced, and of the rest a random part,
/// torn at sectors. Register once, use by name(). Thread-safe.
class LosingDisk {
 public:
  LosingDisk();
  ~LosingDisk();
  LosingDisk(const LosingDisk&) = delete;
  LosingDisk& operator=(const LosingDisk&) = delete;

  [[nodiscard]] static const char* name() { return "losing-disk"; }

  /// Cuts the power after so many more writes, truncations and syncs.
  void cut_after(std::int64_t operations);
  void cut_now() { cut_after(0); }
  [[nodiscard]] bool is_dead() const;

  /// Loses what was not synced and works again. All connections must be closed.
  void power_back(std::mt19937& random);

  /// From now on files cannot grow (or can again).
  void set_full(bool full);

  // For the file layer itself.
  struct Pending {
    bool truncates = false;
    std::int64_t offset = 0;  ///< or the new size
    std::string bytes;
  };
  void opened(const std::string& path);
  void deleted(const std::string& path);
  [[nodiscard]] bool may_change();  ///< counts an operation; false once the power is off
  [[nodiscard]] bool may_grow(const std::string& path, std::int64_t to);
  void changed(const std::string& path, Pending change);
  void synced(const std::string& path);

 private:
  struct File {
    std::string durable;
    std::vector<Pending> pending;
    std::int64_t size = 0;
  };
  static void apply(std::string& content, const Pending& change);

  mutable std::mutex mutex_;
  std::map<std::string, File> files_;                             ///< protected by mutex_
  std::int64_t left_ = std::numeric_limits<std::int64_t>::max();  ///< protected by mutex_
  bool full_ = false;                                             ///< protected by mutex_
};

}  // namespace softbot::testing
