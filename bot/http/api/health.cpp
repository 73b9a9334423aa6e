#include "http/api/accounts.h"
#include "http/api/api.h"
#include "http/problem.h"

namespace softbot::http {

void add_health_routes(Router& router, const ApiOptions& options) {
  router.add({.pattern = "/health/live",
              .access = {role::anyone},
              .runs = Runs::network,
              .handler = [](const Request&, const PathParameters&) {
                return json_response(200, Value::object({{"status", "alive"}}));
              }});
  router.add({.pattern = "/health/ready",
              .access = {role::anyone},
              .handler = [ready = options.ready, reading = options.reading, granting = options.granting](
                             const Request&, const PathParameters&) {
                const auto state = ready ? ready() : Result<void>();
                if (!state) return problem_response(state.error(), 503);
                return json_response(200, Value::object({{"status", "ready"},
                                                         {"reading", reading ? reading() : "none"},
                                                         {"granting", granting ? granting() : "works"}}));
              }});
}

void add_api(Router& router, const Services& services, Gatekeeper& gatekeeper, const ApiOptions& options) {
  add_health_routes(router, options);
  add_form_routes(router, services, options);
  add_session_routes(router, gatekeeper);
  add_submission_routes(router, services, options);
  add_application_routes(router, services, options);
  add_queue_routes(router, services);
  add_mail_room_routes(router, services);
  add_scan_routes(router, services, options);
  add_administration_routes(router, services);
  add_safeguard_routes(router, services);
  add_account_routes(router, services);
  add_publication_routes(router, services, options);
  add_policy_routes(router, services);
}

}  // namespace softbot::http
