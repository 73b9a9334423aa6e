#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace softbot {

/// The closed table of what can go wrong in the world. The code decides how a border answers; the message is
/// for people.
enum class ErrorCode {
  invalid_input,    ///< what came in is wrong; sending it again will not help
  not_found,        ///< no such thing, or not for the one who asks
  unauthenticated,  ///< sign in first
  forbidden,        ///< signed in, but the role does not allow it
  conflict,         ///< somebody else holds it, or it is in another state
  stale,            ///< based on an older version
  precondition,     ///< the request lacks the version that it is based on
  key_reused,       ///< same idempotency key, other content
  too_large,        ///< over a limit on bytes, count or depth
  too_many,         ///< over a limit on rate
  unsupported,      ///< a kind that we do not take
  unavailable,      ///< something outside does not answer; try again later
  busy,             ///< full; try again soon
  storage,          ///< the disk or the database failed
  incompatible,     ///< made by a newer or older program
  configuration,    ///< a file of ours is wrong
  damaged,          ///< stored data does not match its seal or its checksum
  internal,         ///< a bug
};

/// The kebab-case name of a code, stable for machines ("invalid-input").
[[nodiscard]] std::string_view name_of(ErrorCode code);

/// One thing that is wrong with one field. `field` is the name in the form definition or a JSON path; never a
/// value.
struct FieldError {
  std::string field;
  std::string code;
  std::string message;
  bool operator==(const FieldError&) const = default;
};

/// What went wrong, in words that say what, where and what to do. Never holds personal data or secrets.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;
  bool retryable = false;
  std::vector<FieldError> fields = {};
  bool operator==(const Error&) const = default;
};

template <class T = void>
using Result = tl::expected<T, Error>;

/// Shorthand: `return fail(ErrorCode::not_found, "No such application.");`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
  const bool retryable = code == ErrorCode::unavailable || code == ErrorCode::busy;
  return tl::unexpected<Error>(Error{code, std::move(message), retryable, {}});
}

[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace softbot
