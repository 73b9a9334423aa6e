#include "domain/result.h"

namespace softbot {

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input:
      return "invalid-input";
    case ErrorCode::not_found:
      return "not-found";
    case ErrorCode::unauthenticated:
      return "unauthenticated";
    case ErrorCode::forbidden:
      return "forbidden";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::stale:
      return "stale";
    case ErrorCode::precondition:
      return "precondition-required";
    case ErrorCode::key_reused:
      return "idempotency-key-reused";
    case ErrorCode::too_large:
      return "too-large";
    case ErrorCode::too_many:
      return "too-many-requests";
    case ErrorCode::unsupported:
      return "unsupported";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::busy:
      return "busy";
    case ErrorCode::storage:
      return "storage";
    case ErrorCode::incompatible:
      return "incompatible";
    case ErrorCode::configuration:
      return "configuration";
    case ErrorCode::damaged:
      return "damaged";
    case ErrorCode::internal:
      return "internal";
  }
  return "internal";
}

}  // namespace softbot
