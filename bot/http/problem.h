#pragma once

#include <chrono>
#include <string>

#include "domain/result.h"
#include "http/response.h"

namespace softbot::http {

/// HTTP status of each code; the only place where codes become numbers.
[[nodiscard]] int status_of(ErrorCode code);

/// The stable relative URI of a code ("/problems/invalid-input"), documented in the OpenAPI description.
[[nodiscard]] std::string problem_type(ErrorCode code);

/// RFC 9457 problem+json: type, title, status, detail and errors[] ({field, code, message}). For errors of
/// our own side (internal, storage, damaged, configuration, incompatible) the detail is a fixed sentence: the
/// message belongs in the log. Busy and unavailable carry Retry-After: 1. Never cached.
[[nodiscard]] Response problem_response(const Error& error);
/// The same with another status than the code's own, for instance 400 for text that cannot be parsed at all.
[[nodiscard]] Response problem_response(const Error& error, int status);
/// 400 with type "/problems/malformed": the body or the address is not of its own format (no JSON, broken
/// multipart).
[[nodiscard]] Response malformed_response(const Error& error);
/// A wait as Retry-After has it: whole seconds, at least one.
[[nodiscard]] std::string seconds_text(std::chrono::milliseconds wait);
/// 429 with Retry-After in whole seconds, at least one.
[[nodiscard]] Response too_many_response(std::chrono::milliseconds retry_after);

}  // namespace softbot::http
