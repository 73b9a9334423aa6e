#include "forms/schema.h"
#include "http/api/api.h"
#include "http/api/api_support.h"
#include "http/problem.h"

namespace softbot::http {
namespace {

Response get_types(const Services& services, const Request& request) {
  const auto configuration = services.configuration();
  const std::string municipality(request.query.get("municipality"));
  Value types = Value::list();
  for (const std::string& type : configuration->forms->types(municipality)) {
    const FormDefinition* definition = configuration->forms->find(type, municipality);
    types.push(
        Value::object({{"type", type},
                       {"version", definition->version},
                       {"law", definition->law},
                       {"title", Value::object({{"nl", definition->title.nl}, {"en", definition->title.en}})},
                       {"schema", "/api/v1/form-types/" + type + "/schema"}}));
  }
  return json_response(200, Value::object({{"types", types}}));
}

Response get_schema(const Services& services, const Request& request, const PathParameters& path) {
  const auto configuration = services.configuration();
  const FormDefinition* definition =
      configuration->forms->find(path["type"], request.query.get("municipality"));
  if (definition == nullptr) {
    return problem_response(Error{ErrorCode::not_found, "There is no such application type.", false, {}});
  }
  Response response = json_response(200, submission_schema(configuration->forms->common(), *definition));
  response.content_type = "application/schema+json";
  return response;
}

}  // namespace

void add_form_routes(Router& router, const Services& services, const ApiOptions& options) {
  router.add({.pattern = "/api/v1/form-types",
              .access = {role::anyone},
              .handler = [&services](const Request& request, const PathParameters&) {
                return get_types(services, request);
              }});
  router.add({.pattern = "/api/v1/form-types/{type}/schema",
              .access = {role::anyone},
              .handler = [&services](const Request& request, const PathParameters& path) {
                return get_schema(services, request, path);
              }});
  router.add({.pattern = "/api/v1/openapi.json",
              .access = {role::anyone},
              .handler = [&services, options](const Request&, const PathParameters&) {
                return json_response(200, openapi_document(services, options));
              }});
}

}  // namespace softbot::http
