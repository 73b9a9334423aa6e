#include "http/page_headers.h"

#include <openssl/rand.h>

#include <array>
#include <stdexcept>

namespace softbot::http {
namespace {

void set_if_absent(Response& response, std::string_view name, std::string_view value) {
  if (!response.headers.contains(name)) {
    response.headers.add(name, value);
  }
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t bits = 0;
    for (std::size_t index = 0; index < 3; ++index) {
      bits = bits << 8U | (index < count ? static_cast<unsigned char>(bytes[at + index]) : 0U);
    }
    for (std::size_t index = 0; index < 4; ++index) {
      text += index <= count ? letters[bits >> (18U - 6U * static_cast<unsigned>(index)) & 63U] : '=';
    }
  }
  return text;
}

}  // namespace

std::string new_nonce() {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw std::runtime_error("the system's random source does not answer");
  }
  return base64(std::string(bytes.begin(), bytes.end()));
}

void add_common_headers(const Request& request, Response& response) {
  set_if_absent(response, "X-Content-Type-Options", "nosniff");
  set_if_absent(response, "Referrer-Policy", "no-referrer");
  set_if_absent(response, "X-Frame-Options", "DENY");
  set_if_absent(response, "Cache-Control", "no-store");
  if (request.secure) {
    set_if_absent(response, "Strict-Transport-Security", "max-age=31536000");
  }
}

void add_page_headers(const Request& request, Response& response, const PagePolicy& policy) {
  const std::string nonce = policy.nonce.empty() ? std::string() : " 'nonce-" + policy.nonce + "'";
  set_if_absent(response, "Content-Security-Policy",
                "default-src 'none'; script-src 'self'" + nonce + "; style-src 'self'" + nonce +
                    "; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
                    "base-uri 'none'; frame-ancestors 'none'; object-src 'none'");
  set_if_absent(response, "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
  set_if_absent(response, "Cross-Origin-Opener-Policy", "same-origin");
  set_if_absent(response, "Referrer-Policy", "same-origin");
  if (!policy.no_store) {
    set_if_absent(response, "Cache-Control", "public, max-age=3600");
  }
  add_common_headers(request, response);
}

}  // namespace softbot::http
