#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace softbot::http {

/// How many connections may be open, in all and per client. Thread-safe.
class ConnectionLimit {
 public:
  enum class Verdict {
    fits,
    crowded,   ///< over a limit: tell the client so
    hopeless,  ///< so far over it that telling costs too much: hang up
  };

  ConnectionLimit(std::size_t in_all, std::size_t per_client) : in_all_(in_all), per_client_(per_client) {}

  /// Counts a connection unless it is hopeless; every other one must be closed with the same key. An empty
  /// key (a trusted proxy, who speaks for many) only counts in all.
  [[nodiscard]] Verdict open(const std::string& key);
  /// True when that was the last one.
  bool close(const std::string& key);
  [[nodiscard]] std::size_t size() const;

 private:
  /// Room beyond a limit for connections that get a refusal in words.
  [[nodiscard]] static std::size_t with_margin(std::size_t limit) { return limit + limit / 8 + 16; }

  const std::size_t in_all_;
  const std::size_t per_client_;
  mutable std::mutex mutex_;
  // protected by mutex_
  std::size_t open_ = 0;
  std::unordered_map<std::string, std::size_t> by_client_;
};

}  // namespace softbot::http
