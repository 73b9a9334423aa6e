#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/result.h"
#include "http/rate_limit.h"
#include "http/router.h"
#include "http/tls.h"
#include "ports/log.h"
#include "ports/metrics.h"

namespace softbot::http {

/// How long each part of a conversation may take in all. After `header` and `body` the client gets 408; the
/// others close.
struct Timeouts {
  std::chrono::milliseconds header{
      10'000};  ///< from the first byte of a request (or the connection) to its last header
  std::chrono::milliseconds body{30'000};  ///< plus what `minimum_body_rate` allows for what has arrived
  std::chrono::milliseconds write{30'000};
  std::chrono::milliseconds idle{60'000};   ///< between requests
  std::chrono::milliseconds linger{5'000};  ///< after a last answer: to let a client that still sends see it
  std::chrono::milliseconds drain{10'000};  ///< at stop(): to finish what is under way
};

struct ServerOptions {
  std::string name = "http";       ///< tells listeners apart in log and metrics
  std::string host = "127.0.0.1";  ///< an address, or a name that resolves to one
  std::uint16_t port = 8080;       ///< 0: any free one
  std::optional<TlsFiles> tls;
  /// Networks ("10.0.0.0/8", "::1") whose X-Forwarded-For and X-Forwarded-Proto we believe.
  std::vector<std::string> trusted_proxies;
  std::size_t network_threads = 1;
  std::size_t worker_threads = 32;               ///< handlers run here, one at a time each
  std::size_t worker_queue = 1'024;              ///< requests that may wait for a worker; more get 503
  std::size_t max_connections = 2'048;           ///< more get 503
  std::size_t max_connections_per_client = 512;  ///< by address; more get 503; a trusted proxy may have all
  std::size_t max_header_bytes = std::size_t{16} << 10;
  std::size_t max_body_bytes_in_memory = std::size_t{256}
                                         << 20;           ///< of all large bodies together; more get 503
  std::size_t minimum_body_rate = std::size_t{32} << 10;  ///< bytes a second
  Timeouts timeouts;
  Rate rate{.per_second = 0, .burst = 0};  ///< requests per client; more get 429. Zero: no limit
  bool access_log = true;
};

struct ServerState;  // in server.cpp

/// One listener: reads HTTP/1.1, hands whole requests to the router's handlers on a bounded pool, writes the
/// answers. Counts softbot_http_requests_total, softbot_http_request_seconds, softbot_http_refused_total and
/// softbot_http_connections, by route pattern. start() and stop() from one thread; the rest is thread-safe.
class Server {
 public:
  /// Log and metrics must outlive the server.
  Server(ServerOptions options, Router router, Log& log, Metrics& metrics);
  /// Stops if that was not done yet.
  ~Server();  // NOLINT(bugprone-exception-escape): ends the program
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds and starts the threads. Fails with configuration (address, certificate, proxies) or conflict (port
  /// in use), in words that say what to change; then nothing runs. May be called once.
  [[nodiscard]] Result<> start();
  /// The bound port, once started.
  [[nodiscard]] std::uint16_t port() const;
  /// Stops accepting, closes idle connections, lets requests under way finish for `timeouts.drain`, cuts off
  /// the rest, waits for running handlers and joins all threads. Idempotent.
  void stop();

  /// For SIGHUP: reads the certificate again and takes a new rate, for connections and requests from now on.
  /// On failure nothing changes.
  [[nodiscard]] Result<> reload(Rate rate);

  [[nodiscard]] const Router& router() const;

 private:
  std::unique_ptr<ServerState> state_;
};

}  // namespace softbot::http
