#pragma once

#include <string>

#include "domain/result.h"
#include "domain/value.h"

namespace softbot {

/// One thing to bring outside. `key` is the idempotency key: the same key twice is one delivery.
struct Delivery {
  std::string key;
  std::string reference;
  std::string channel;   ///< post, provider-order
  std::string document;  ///< document id, or "" for data alone
  Value content;         ///< the address for post, the order line for a provider
};

/// Brings one kind of delivery outside. Called at least once per key; must be idempotent. Thread-safe.
class Deliverer {
 public:
  virtual ~Deliverer() = default;
  /// `bytes`: the document in the clear, or "" when there is none.
  [[nodiscard]] virtual Result<void> deliver(const Delivery& delivery, const std::string& bytes) = 0;
};

}  // namespace softbot
