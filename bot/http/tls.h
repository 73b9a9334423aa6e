#pragma once

#include <memory>
#include <string>

#include "domain/result.h"

struct ssl_ctx_st;  // SSL_CTX of OpenSSL

namespace softbot::http {

/// Certificate chain and key in PEM.
struct TlsFiles {
  std::string certificate;
  std::string key;
  bool operator==(const TlsFiles&) const = default;
};

struct TlsContextDeleter {
  void operator()(ssl_ctx_st* context) const noexcept;
};
using TlsContext = std::unique_ptr<ssl_ctx_st, TlsContextDeleter>;

/// A server's context: TLS 1.2 and up, forward secrecy, HTTP/1.1. Fails with configuration, naming the file.
[[nodiscard]] Result<TlsContext> load_tls(const TlsFiles& files);

}  // namespace softbot::http
