#pragma once

// Part of server.cpp: the one place, with it, that knows Beast.

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

#include "http/exchange.h"
#include "http/request.h"

namespace softbot::http {

/// Reads HTTP/1 off the wire straight into our own values, without Beast's containers in between.
class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  explicit RequestParser(std::size_t header_bytes) {
    header_limit(static_cast<std::uint32_t>(header_bytes));
    body_limit(std::numeric_limits<std::uint64_t>::max());  // the route decides, once the head is there
  }

  [[nodiscard]] const Request& request() const { return request_; }
  [[nodiscard]] Request take_request() { return std::move(request_); }
  [[nodiscard]] std::string take_body() { return std::move(body_); }

  /// Memory that the body takes so far.
  [[nodiscard]] std::size_t body_memory() const { return body_.capacity(); }

  /// Once the head is there.
  [[nodiscard]] Head head() {
    Head head;
    head.method = method_;
    head.target = std::move(target_);
    head.version = version_;
    head.keep_alive = keep_alive();
    head.chunked = chunked();
    if (const auto length = content_length()) {
      head.content_length = *length;
    }
    return head;
  }

  /// Status to refuse with when put() failed; 0 when it only wants more.
  [[nodiscard]] static int status_of_failure(const boost::beast::error_code& failure) {
    using Reason = boost::beast::http::error;
    return failure == Reason::need_more      ? 0
           : failure == Reason::header_limit ? 431
           : failure == Reason::body_limit   ? 413
           : failure == Reason::bad_version  ? 505
                                             : 400;
  }

 private:
  using error_code = boost::beast::error_code;
  using text = boost::beast::string_view;
  static std::string_view plain(text view) { return {view.data(), view.size()}; }

  void on_request_impl(boost::beast::http::verb, text method, text target, int version,
                       error_code&) override {
    method_ = method_from(plain(method));
    target_ = plain(target);
    version_ = static_cast<unsigned>(version);
  }
  void on_field_impl(boost::beast::http::field, text name, text value, error_code&) override {
    if (!head_done_) {  // trailers are not headers
      request_.headers.add(plain(name), plain(value));
    }
  }
  void on_header_impl(error_code&) override { head_done_ = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    // What is declared is not yet sent: memory follows what arrives.
    constexpr std::uint64_t most_at_once = BodyShare::free_bytes;
    body_.reserve(static_cast<std::size_t>(std::min(length.value_or(0), most_at_once)));
  }
  std::size_t on_body_impl(text part, error_code&) override {
    body_.append(part.data(), part.size());
    return part.size();
  }
  void on_chunk_header_impl(std::uint64_t, text, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, text part, error_code& error) override {
    return on_body_impl(part, error);
  }
  void on_response_impl(int, text, int, error_code&) override {}
  void on_finish_impl(error_code&) override {}

  Request request_;
  Method method_ = Method::other;
  std::string target_;
  unsigned version_ = 11;
  bool head_done_ = false;
  std::string body_;
};

}  // namespace softbot::http
