#pragma once

#include <string>
#include <string_view>

#include "http/request.h"
#include "http/response.h"

namespace softbot::http {

/// What a page may load; everything else is refused by the browser.
struct PagePolicy {
  /// For inline scripts and styles: fresh per page, from new_nonce(). "" allows none.
  std::string nonce;
  /// Keeps the answer out of every cache: pages with anybody's data. False only for assets.
  bool no_store = true;
};

/// 128 random bits in base64, from the system's random source.
[[nodiscard]] std::string new_nonce();

/// Adds Content-Security-Policy, X-Content-Type-Options, Referrer-Policy, X-Frame-Options,
/// Permissions-Policy, Cross-Origin-Opener-Policy, Cache-Control: no-store, and Strict-Transport-Security
/// when the request was secure. Leaves alone what the handler set itself.
void add_page_headers(const Request& request, Response& response, const PagePolicy& policy = {});

/// The ones that fit every answer, API included: nosniff, no-referrer, no framing, no-store unless
/// Cache-Control was set, HSTS when secure.
void add_common_headers(const Request& request, Response& response);

}  // namespace softbot::http
