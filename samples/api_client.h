#pragma once

#include <memory>
#include <string>
#include <vector>

#include "domain/result.h"
#include "domain/value.h"

namespace softbot::samples {

struct ApiAnswer {
  long status = 0;
  std::string etag;
  Value body;  ///< null when there was none
};

/// Speaks JSON with a softbot node, as one caller: a machine key, or a colleague who signs in. One request at
/// a time; not thread-safe. An answer of any status is an answer; `unavailable` is for no answer at all.
class ApiClient {
 public:
  /// `key` may be empty: nobody in particular.
  ApiClient(std::string base_url, std::string key);
  ~ApiClient();
  ApiClient(ApiClient&&) noexcept;
  ApiClient& operator=(ApiClient&&) noexcept;

  [[nodiscard]] Result<void> sign_in(const std::string& account, const std::string& password);

  using Headers = std::vector<std::string>;  ///< "Name: value"
  [[nodiscard]] Result<ApiAnswer> get(const std::string& path, const Headers& headers = {});
  [[nodiscard]] Result<ApiAnswer> post(const std::string& path, const Value& body,
                                       const Headers& headers = {});
  /// Bytes as they are, of this media type.
  [[nodiscard]] Result<ApiAnswer> upload(const std::string& path, const std::string& bytes,
                                         const std::string& media_type, const Headers& headers = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What a refusal says: title, detail and every field that it names.
[[nodiscard]] std::string problem_in(const ApiAnswer& answer);

}  // namespace softbot::samples
