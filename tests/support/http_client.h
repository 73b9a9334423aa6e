#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/value.h"

namespace softbot::tests {

/// What a server answered. Header names are lower case; Set-Cookie may come more than once, the last one
/// counts.
struct Answer {
  int status = 0;  ///< 0: no answer at all
  std::map<std::string, std::string> headers;
  std::string body;

  /// The body as JSON; null when it is none.
  [[nodiscard]] Value json() const;
  [[nodiscard]] std::string header(const std::string& name) const;
};

using HeaderLines = std::vector<std::string>;

/// A small client over libcurl, for tests: one request, one connection, a minute at most.
[[nodiscard]] Answer request(const std::string& method, const std::string& url,
                             const HeaderLines& headers = {}, const std::string& body = {});

}  // namespace softbot::tests
