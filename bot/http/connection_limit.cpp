#include "http/connection_limit.h"

namespace softbot::http {

ConnectionLimit::Verdict ConnectionLimit::open(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto known = by_client_.find(key);
  const std::size_t own = key.empty() || known == by_client_.end() ? 0 : known->second;
  if (open_ >= with_margin(in_all_) || own >= with_margin(per_client_)) {
    return Verdict::hopeless;
  }
  const Verdict verdict = open_ >= in_all_ || own >= per_client_ ? Verdict::crowded : Verdict::fits;
  ++open_;
  if (!key.empty()) {
    ++by_client_[key];
  }
  return verdict;
}

bool ConnectionLimit::close(const std::string& key) {
  const std::lock_guard lock(mutex_);
  --open_;
  if (const auto known = by_client_.find(key); known != by_client_.end() && --known->second == 0) {
    by_client_.erase(known);
  }
  return open_ == 0;
}

std::size_t ConnectionLimit::size() const {
  const std::lock_guard lock(mutex_);
  return open_;
}

}  // namespace softbot::http
