#include "unit/paper_pages/desk.h"

#include <stdexcept>

#include "http/multipart.h"

namespace softbot::testing {
namespace {

std::string encoded(const Desk::Fields& fields) {
  std::string body;
  for (const auto& [name, value] : fields) {
    body += (body.empty() ? "" : "&") + http::percent_encoded(name) + "=" + http::percent_encoded(value);
  }
  return body;
}

}  // namespace

Desk::Desk(PaperWorld& world, std::string account, std::uint64_t roles)
    : account_(std::move(account)), roles_(roles), gatekeeper_(*world.services, {}) {
  http::RouterHooks hooks;
  hooks.guard = [this](const http::Route& route, http::Request& request) -> std::optional<http::Response> {
    http::Identity identity;
    identity.kind = http::Identity::Kind::staff;
    identity.roles = roles_ | http::role::anyone;
    identity.account = account_;
    identity.municipalities = municipalities;
    request.identity = identity;
    if ((route.access.roles & identity.roles) != 0) return std::nullopt;
    return http::text_response(403, "forbidden");
  };
  router_ = std::make_unique<http::Router>(std::move(hooks));
  web::add_pages(*router_, *world.services, gatekeeper_, {});
}

http::Response Desk::send(http::Method method, const std::string& target, std::string type,
                          std::string body) {
  const auto taken_apart = http::parse_target(target);
  if (!taken_apart) throw std::runtime_error("no target: " + target);
  http::Request request;
  request.method = method;
  request.path = taken_apart->path;
  request.segments = taken_apart->segments;
  request.query = taken_apart->query;
  if (!type.empty()) request.headers.set("Content-Type", type);
  request.body = std::move(body);
  return router_->handle(request);
}

http::Response Desk::get(const std::string& target) {
  return send(http::Method::get, target, "", "");
}

http::Response Desk::post(const std::string& target, const Fields& fields) {
  return send(http::Method::post, target, "application/x-www-form-urlencoded", encoded(fields));
}

http::Response Desk::upload(const std::string& target, const Fields& fields, const std::vector<File>& files) {
  const std::string boundary = "----desk";
  std::string body;
  for (const auto& [name, value] : fields)
    body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value +
            "\r\n";
  for (const File& file : files)
    body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file.name +
            "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + file.bytes + "\r\n";
  return send(http::Method::post, target, "multipart/form-data; boundary=" + boundary,
              body + "--" + boundary + "--\r\n");
}

std::vector<std::string> looks_at(PaperWorld& world, const Application& application) {
  std::vector<std::string> looks;
  const auto read = world.home.store().read([&](Transaction& transaction) -> Result<void> {
    for (const AuditRecord& row : transaction.audit_of(application.reference.text)) {
      if (row.action == "looked") looks.push_back(row.actor + ": " + row.purpose);
    }
    return {};
  });
  if (!read) throw std::runtime_error(read.error().message);
  return looks;
}

std::string input_value(const http::Response& page, const std::string& name) {
  const auto at = page.body.find("name=\"" + name + "\"");
  const auto value = at == std::string::npos ? at : page.body.find("value=\"", at);
  if (value == std::string::npos) return {};
  const auto start = value + std::string("value=\"").size();
  return page.body.substr(start, page.body.find('"', start) - start);
}

}  // namespace softbot::testing
