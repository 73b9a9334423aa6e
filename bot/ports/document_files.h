#pragma once

#include <string>
#include <string_view>

#include "domain/ids.h"
#include "domain/result.h"

namespace softbot {

/// Sealed bytes of documents, apart from their rows. Durable before `put` returns, so that a row never points
/// to nothing. Thread-safe.
class DocumentFiles {
 public:
  virtual ~DocumentFiles() = default;
  /// Stores bytes that the caller has sealed.
  [[nodiscard]] virtual Result<void> put(const DocumentId& id, std::string_view sealed) = 0;
  [[nodiscard]] virtual Result<std::string> get(const DocumentId& id) const = 0;
  [[nodiscard]] virtual Result<void> remove(const DocumentId& id) = 0;
};

/// What a document's bytes are sealed with beside the person's key: binds them to their id.
[[nodiscard]] inline std::string document_context(const DocumentId& id) {
  return "document:" + id.text;
}

}  // namespace softbot
