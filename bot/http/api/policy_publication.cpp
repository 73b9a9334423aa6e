#include "http/api/api.h"
#include "http/api/api_support.h"
#include "http/problem.h"
#include "pipeline/register_entry.h"

namespace softbot::http {
namespace {

using Publication = Result<Value> (*)(Transaction&, const Configuration&, std::string_view, Date);

/// Of the municipality that the query names, or of the node's own.
Response published(const Services& services, const Request& request, const std::string& otherwise,
                   Publication publication, std::string_view member) {
  const auto configuration = services.configuration();
  std::string municipality(request.query.get("municipality"));
  if (municipality.empty()) municipality = otherwise;
  if (municipality.empty() && !configuration->municipalities->empty())
    municipality = configuration->municipalities->begin()->first;
  Value value;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    auto made = publication(transaction, *configuration, municipality, pipeline::today(services));
    if (!made) return fail(made.error());
    value = *std::move(made);
    return {};
  });
  if (!read) return problem_response(read.error());
  return json_response(200, member.empty() ? value : Value::object({{member, value}}));
}

}  // namespace

void add_publication_routes(Router& router, const Services& services, const ApiOptions& options) {
  router.add({.pattern = "/api/v1/policy/register-entries",
              .access = {role::anyone},
              .handler = [&services, otherwise = options.default_municipality](const Request& request,
                                                                               const PathParameters&) {
                return published(services, request, otherwise, pipeline::register_entries, "entries");
              }});
  router.add({.pattern = "/api/v1/policy/explanation",
              .access = {role::anyone},
              .handler = [&services, otherwise = options.default_municipality](const Request& request,
                                                                               const PathParameters&) {
                return published(services, request, otherwise, pipeline::policy_explanation, "");
              }});
}

}  // namespace softbot::http
