#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/address.h"
#include "http/connection_limit.h"
#include "http/rate_limit.h"
#include "http/router.h"
#include "http/server.h"

namespace softbot::http {

/// Memory that one body holds, of a budget that all connections share; given back when it goes. Small bodies
/// are free, so that large ones cannot keep them out.
class BodyShare {
 public:
  static constexpr std::size_t free_bytes = std::size_t{64} << 10;

  BodyShare(std::atomic<std::size_t>& total, std::size_t budget) : total_(&total), budget_(budget) {}
  ~BodyShare() { total_->fetch_sub(held_, std::memory_order_relaxed); }
  BodyShare(const BodyShare&) = delete;
  BodyShare& operator=(const BodyShare&) = delete;

  /// Grows to so many bytes; false when the budget does not allow it now.
  [[nodiscard]] bool cover(std::size_t bytes);

 private:
  std::atomic<std::size_t>* total_;
  std::size_t budget_;
  std::size_t held_ = 0;
};

/// What the head of a request says about how to go on; the parser fills it in.
struct Head {
  Method method = Method::get;
  std::string target;
  unsigned version = 11;  ///< 10 or 11
  bool keep_alive = true;
  bool chunked = false;
  std::optional<std::uint64_t> content_length;
  [[nodiscard]] bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

/// One request and its answer on their way through the server.
struct Exchange {
  Head head;
  Request request;
  Match match;
  Response response;
  bool answered = false;  ///< the response is there, nothing further runs
  bool keep_alive = true;
  bool expects_continue = false;
  std::size_t body_limit = 0;
  std::optional<BodyShare> body_share;  ///< once the body may come
  std::chrono::steady_clock::time_point started;
};

/// Everything about a request that is not moving bytes: admission, the handler, the head of the answer,
/// figures and the access log. Shared by all connections of a server. Thread-safe.
class Front {
 public:
  Front(const ServerOptions& options, std::vector<Network> trusted, Router router, Log& log,
        Metrics& metrics);

  /// Looks at a head that just arrived, before any of its body is read: form, proxy, rate, route, size.
  /// Either answers, or leaves the exchange ready for its body. `verdict`: on the connection.
  void admit(Exchange& exchange, const Client& connection, ConnectionLimit::Verdict verdict);
  /// Answers with an error of the transport (400, 408, 413, 431, 503, ...) instead of a handler.
  void refuse(Exchange& exchange, int status);
  /// Guard and handler; what they throw becomes 500 and a log line.
  void perform(Exchange& exchange) noexcept;
  /// Appends status line and headers of the answer to `out`.
  void write_head(const Exchange& exchange, std::string_view date, std::string& out) const;
  /// The answer has been written, or could not be.
  void record(const Exchange& exchange);

  void connection_opened() { connections_.add(1); }
  void connection_closed() { connections_.add(-1); }
  void connection_refused() { refused_.add(); }

  /// What a connection from there is counted on; "" for a trusted proxy.
  [[nodiscard]] std::string connection_key(const Address& address) const {
    return is_within(address, trusted_) ? std::string() : rate_key(address);
  }

  [[nodiscard]] const Router& router() const { return router_; }
  [[nodiscard]] RateLimiter& limiter() { return limiter_; }

 private:
  struct RouteFigures {
    std::array<Counter*, 6> by_class{};  ///< index: first digit of the status
    Histogram* seconds = nullptr;
  };
  [[nodiscard]] RouteFigures figures_for(std::string_view method, std::string_view pattern);
  void admit_body(Exchange& exchange);
  void stop_with(Exchange& exchange, Response response);

  const ServerOptions options_;
  const std::vector<Network> trusted_;
  const Router router_;
  Log& log_;
  Metrics& metrics_;
  RateLimiter limiter_;
  std::atomic<std::size_t> body_bytes_{0};
  std::vector<RouteFigures> figures_;  ///< by route index; the last one for what has no route
  Counter& refused_;
  Gauge& connections_;
};

}  // namespace softbot::http
