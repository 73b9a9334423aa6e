#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/result.h"

namespace softbot {

struct HttpClientOptions {
  std::string ca_file;             ///< certificates to trust; "": those of the system
  std::string client_certificate;  ///< PEM file for gateways with mutual TLS; "" for none
  std::string client_key;
  std::string proxy;  ///< "" for a direct connection, whatever the environment says
  std::chrono::milliseconds connect_timeout{3'000};
  std::chrono::milliseconds timeout{10'000};            ///< of one question in all
  std::size_t max_answer_bytes = std::size_t{1} << 20;  ///< more counts as no answer
  std::size_t idle_connections = 8;                     ///< kept open for the next question
};

struct HttpQuestion {
  std::string url;                   ///< http or https
  std::vector<std::string> headers;  ///< "Accept: application/json"
  std::optional<std::string> body;   ///< with one it is a POST
};

struct HttpAnswer {
  long status = 0;
  std::string bytes;
};

/// There was no answer.
struct NoHttpAnswer {
  bool wrong_set_up = false;  ///< the address or a certificate is wrong, so that trying again is no use
  std::string why;            ///< in libcurl's words, without the address
};

/// Asks over HTTP, with connections that stay open. Thread-safe; threads ask in parallel.
class HttpClient {
 public:
  /// Throws std::runtime_error when libcurl cannot be started.
  explicit HttpClient(HttpClientOptions options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Throws std::invalid_argument for a header with a line break.
  [[nodiscard]] tl::expected<HttpAnswer, NoHttpAnswer> ask(const HttpQuestion& question);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace softbot
