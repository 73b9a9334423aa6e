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

/// What became of a delivery that is taken back.
struct TakenBack {
  enum class Kind {
    nothing_there,  ///< it was never brought outside
    taken_back,     ///< it lay there still, and is gone
    gone            ///< somebody took it away before
  };
  Kind kind = Kind::nothing_there;
  std::string where;  ///< what was taken away or changed, as a name without anything personal in it
};

/// Brings one kind of delivery outside. Called at least once per key; must be idempotent. Thread-safe.
class Deliverer {
 public:
  virtual ~Deliverer() = default;
  /// `bytes`: the document in the clear, or "" when there is none.
  [[nodiscard]] virtual Result<void> deliver(const Delivery& delivery, const std::string& bytes) = 0;
  /// Removes what was delivered under this key and still lies here; durable. It does not come again. May be
  /// called for a key that was never delivered, again, and from another process beside the daemon.
  [[nodiscard]] virtual Result<TakenBack> take_back(const std::string& key) = 0;
};

}  // namespace softbot
