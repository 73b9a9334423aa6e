#include "http/problem.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "domain/json.h"

namespace softbot::http {
namespace {

struct Meaning {
  int status;
  std::string_view title;
  /// Said instead of the message, which may tell about our own insides.
  std::optional<std::string_view> detail = std::nullopt;
};

constexpr std::string_view our_side =
    "Something went wrong on our side. It has been logged; please try again later, or name the trace id to "
    "the operator.";

Meaning meaning_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input:
      return {422, "The content is not valid"};
    case ErrorCode::not_found:
      return {404, "Not found"};
    case ErrorCode::unauthenticated:
      return {401, "Sign in first"};
    case ErrorCode::forbidden:
      return {403, "Not allowed"};
    case ErrorCode::conflict:
      return {409, "In use or in another state"};
    case ErrorCode::stale:
      return {412, "Changed in the meantime"};
    case ErrorCode::precondition:
      return {428, "If-Match is required"};
    case ErrorCode::key_reused:
      return {422, "Idempotency key used before for other content"};
    case ErrorCode::too_large:
      return {413, "Too large"};
    case ErrorCode::too_many:
      return {429, "Too many requests"};
    case ErrorCode::unsupported:
      return {415, "Kind not supported"};
    case ErrorCode::unavailable:
      return {503, "Temporarily unavailable"};
    case ErrorCode::busy:
      return {503, "Busy"};
    case ErrorCode::storage:
      return {507, "Storage failed", our_side};
    case ErrorCode::incompatible:
      return {500, "Internal error", our_side};
    case ErrorCode::configuration:
      return {500, "Internal error", our_side};
    case ErrorCode::damaged:
      return {500, "Internal error", our_side};
    case ErrorCode::internal:
      return {500, "Internal error", our_side};
  }
  return {500, "Internal error", our_side};
}

struct Problem {
  std::string type;
  std::string_view title;
  int status = 500;
};

Response write_problem(const Problem& problem, const Error& error) {
  const Meaning meaning = meaning_of(error.code);
  Value body = Value::object({{"type", problem.type},
                              {"title", problem.title},
                              {"status", problem.status},
                              {"detail", meaning.detail ? Value(*meaning.detail) : Value(error.message)}});
  if (!error.fields.empty()) {
    Value errors = Value::list();
    for (const FieldError& field : error.fields) {
      errors.push(Value::object({{"field", field.field}, {"code", field.code}, {"message", field.message}}));
    }
    body.set("errors", std::move(errors));
  }
  Response response;
  response.status = problem.status;
  response.content_type = "application/problem+json";
  response.body = to_json(body);
  response.headers.add("Cache-Control", "no-store");
  if (problem.status == 503) {
    response.headers.add("Retry-After", "1");
  }
  return response;
}

}  // namespace

int status_of(ErrorCode code) {
  return meaning_of(code).status;
}

std::string problem_type(ErrorCode code) {
  return "/problems/" + std::string(name_of(code));
}

Response problem_response(const Error& error) {
  return problem_response(error, status_of(error.code));
}

Response problem_response(const Error& error, int status) {
  const std::string_view title =
      status == status_of(error.code) ? meaning_of(error.code).title : reason_phrase(status);
  return write_problem({problem_type(error.code), title, status}, error);
}

Response malformed_response(const Error& error) {
  return write_problem({"/problems/malformed", "The request is malformed", 400}, error);
}

std::string seconds_text(std::chrono::milliseconds wait) {
  return std::to_string(std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(wait).count()));
}

Response too_many_response(std::chrono::milliseconds retry_after) {
  const Error error{
      ErrorCode::too_many, "Too many requests from here. Wait as long as Retry-After says.", true, {}};
  return problem_response(error).with("Retry-After", seconds_text(retry_after));
}

}  // namespace softbot::http
