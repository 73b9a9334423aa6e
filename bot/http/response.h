#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "domain/value.h"
#include "http/request.h"

namespace softbot::http {

/// An answer as handlers give it. Content-Length, Date and Connection are the server's business.
struct Response {
  int status = 200;
  std::string content_type;  ///< sent as Content-Type when there is a body
  Headers headers;
  std::string body;
  /// Instead of `body`: bytes that many answers share (built-in assets); never changed once given.
  std::shared_ptr<const std::string> shared_body;

  [[nodiscard]] std::string_view bytes() const { return shared_body ? *shared_body : body; }

  /// For building in one expression: `return json_response(201, value).with("ETag", tag);`
  [[nodiscard]] Response with(std::string_view name, std::string_view value) &&;
};

[[nodiscard]] Response json_response(int status, const Value& value);
[[nodiscard]] Response text_response(int status, std::string text);
/// HTML in UTF-8, with the security headers of pages still to be added (page_headers.h).
[[nodiscard]] Response html_response(int status, std::string html);
[[nodiscard]] Response bytes_response(std::string content_type, std::string bytes);
/// 204.
[[nodiscard]] Response empty_response();
/// 303 to a place on this server; throws std::invalid_argument unless `location` starts with one slash and
/// has no control characters, so that no input can send people elsewhere.
[[nodiscard]] Response see_other(std::string_view location);
/// Content-Disposition value for a download with any UTF-8 file name (RFC 6266, RFC 8187).
[[nodiscard]] std::string attachment_disposition(std::string_view file_name);

/// "Unprocessable Content" for 422, ...; "" for a number without a name here.
[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace softbot::http
