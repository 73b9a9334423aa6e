#pragma once

#include <memory>
#include <string>
#include <vector>

struct curl_slist;

namespace softbot {

struct CurlHandleCloser {
  void operator()(void* handle) const;
};
/// One conversation of libcurl: a CURL*.
using CurlHandle = std::unique_ptr<void, CurlHandleCloser>;

struct CurlListCloser {
  void operator()(curl_slist* list) const;
};
using CurlList = std::unique_ptr<curl_slist, CurlListCloser>;

/// libcurl's own set-up, once for the whole process. Throws std::runtime_error when it cannot be started.
/// Thread-safe.
void start_curl();

/// Throws std::bad_alloc.
[[nodiscard]] CurlHandle open_curl();

/// Header lines, addresses. Throws std::invalid_argument for a line break within one, which would begin
/// another, and std::bad_alloc.
[[nodiscard]] CurlList curl_list(const std::vector<std::string>& lines);

/// A CURLcode for what trying again does not mend: an address, a certificate, encryption that the other side
/// does not offer.
[[nodiscard]] bool is_wrong_set_up(int code);

}  // namespace softbot
