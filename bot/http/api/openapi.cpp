#include <string_view>

#include "domain/json.h"
#include "http/api/api.h"

namespace softbot::http {

extern const std::string_view openapi_text;

Value openapi_document(const Services& services, const ApiOptions& options) {
  // The text is compiled in from openapi.json, and a test parses it: failing here is a bug.
  Value document = parse_json(openapi_text).value();
  Value types = Value::list();
  for (const std::string& type : services.configuration()->forms->types()) types.push(type);
  Value schemas = document["components"]["schemas"];
  Value type = schemas["ApplicationType"];
  type.set("examples", std::move(types));
  schemas.set("ApplicationType", std::move(type));
  Value components = document["components"];
  components.set("schemas", std::move(schemas));
  document.set("components", std::move(components));
  if (!options.public_address.empty()) {
    Value servers = Value::list();
    servers.push(Value::object({{"url", options.public_address}}));
    document.set("servers", std::move(servers));
  }
  return document;
}

}  // namespace softbot::http
