#include "domain/application.h"
#include "http/api/api.h"
#include "http/api/api_support.h"
#include "http/problem.h"
#include "pipeline/intake.h"

namespace softbot::http {
namespace {

constexpr std::size_t longest_key = 200;

Error one_field(std::string field, std::string code, std::string message) {
  return {ErrorCode::invalid_input,
          "The submission is not accepted; `errors` names every field that is wrong.",
          false,
          {{std::move(field), std::move(code), std::move(message)}}};
}

/// Identity comes from the sender; only an entitled machine key may say more.
Result<void> assert_identity(const Identity& identity, const Value& body, pipeline::Sender& sender) {
  const Value& asserted = body["identityAssurance"];
  if (asserted.is_null()) return {};
  if (!identity.may_assert_identity) {
    return fail(Error{ErrorCode::forbidden,
                      "Only a machine key that is entitled to it may add identityAssurance.",
                      false,
                      {{"identityAssurance", "not-entitled", "Leave it out."}}});
  }
  const auto assurance = assurance_from(asserted.text_or_empty());
  if (!assurance) {
    return fail(
        one_field("identityAssurance", "unknown-value", "It is none, paper-signed, counter or digid."));
  }
  sender.assurance = *assurance;
  return {};
}

Response accepted_response(const pipeline::Accepted& accepted) {
  Value applications = Value::list();
  for (const auto& one : accepted.applications) {
    applications.push(
        Value::object({{"reference", one.reference.text}, {"type", one.type}, {"code", one.code}}));
  }
  return json_response(
             202, Value::object({{"submission", accepted.submission.text}, {"applications", applications}}))
      .with("Cache-Control", "no-store");
}

Response post_submission(const Services& services, const Request& request) {
  const std::string_view key = request.headers.get("Idempotency-Key");
  if (key.empty() || key.size() > longest_key) {
    return problem_response(
        Error{ErrorCode::invalid_input,
              "Send an Idempotency-Key header of 1 to 200 characters, a new one for each submission.",
              false,
              {{"Idempotency-Key", "missing", "Add the header."}}},
        400);
  }
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  auto incoming = pipeline::submission_from_json(*body);
  if (!incoming) return problem_response(incoming.error());
  const Identity& identity = identity_of(request);
  pipeline::Sender sender = sender_of(identity);
  if (auto may = assert_identity(identity, *body, sender); !may) return problem_response(may.error());
  if (!works_for(identity, incoming->municipality)) {
    return problem_response(
        one_field("municipality", "not-yours", "You may not send for this municipality."));
  }
  incoming->idempotency_key = key;
  incoming->body = request.body;
  const auto accepted = pipeline::take_in(services, sender, *incoming);
  if (!accepted) return problem_response(accepted.error());
  return accepted_response(*accepted);
}

}  // namespace

void add_submission_routes(Router& router, const Services& services, const ApiOptions& options) {
  router.add({.method = Method::post,
              .pattern = "/api/v1/submissions",
              .access = {role::anyone},
              .body_limit = options.submission_bytes,
              .handler = [&services](const Request& request, const PathParameters&) {
                return post_submission(services, request);
              }});
}

}  // namespace softbot::http
