#pragma once

#include <functional>
#include <string>

#include "http/api/access.h"
#include "http/router.h"
#include "pipeline/services.h"

namespace softbot::http {

struct ApiOptions {
  std::size_t submission_bytes = std::size_t{8} << 20;  ///< of a JSON submission with its files
  std::size_t document_bytes = std::size_t{25} << 20;   ///< of one file handed in
  std::size_t scan_bytes = std::size_t{100} << 20;      ///< of the scans in one request
  std::string default_municipality;                     ///< of a scan whose sender names none
  std::string public_address;                           ///< for the OpenAPI document; "" when unknown
  std::function<Result<void>()> ready;                  ///< what GET /health/ready asks
  /// Whether scans are read: works, starting, broken or none. Told by GET /health/ready; a node that reads
  /// none is ready all the same, for its pages and its decisions work.
  std::function<std::string_view()> reading;
  /// Whether the bot grants: works, or stopped when a kill switch stands on anything.
  std::function<std::string_view()> granting;
};

/// Every route of the API (the product's border, see /api/v1/openapi.json) and of health. `services` and
/// `gatekeeper` must outlive the router.
void add_api(Router& router, const Services& services, Gatekeeper& gatekeeper, const ApiOptions& options);

/// Parts of it, one file each.
void add_submission_routes(Router& router, const Services& services, const ApiOptions& options);
void add_application_routes(Router& router, const Services& services, const ApiOptions& options);
void add_queue_routes(Router& router, const Services& services);
void add_mail_room_routes(Router& router, const Services& services);
void add_scan_routes(Router& router, const Services& services, const ApiOptions& options);
void add_administration_routes(Router& router, const Services& services);
void add_safeguard_routes(Router& router, const Services& services);
void add_publication_routes(Router& router, const Services& services, const ApiOptions& options);
void add_policy_routes(Router& router, const Services& services);
void add_session_routes(Router& router, Gatekeeper& gatekeeper);
void add_form_routes(Router& router, const Services& services, const ApiOptions& options);
void add_health_routes(Router& router, const ApiOptions& options);

/// The OpenAPI 3.1 document.
[[nodiscard]] Value openapi_document(const Services& services, const ApiOptions& options);

}  // namespace softbot::http
