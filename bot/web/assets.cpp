#include "web/assets.h"

#include <map>
#include <memory>

#include "http/page_headers.h"
#include "http/router.h"
#include "web/embedded.h"
#include "web/site.h"

namespace softbot::web {
namespace {

std::string media_type_of(std::string_view name) {
  const auto ends = [&](std::string_view ending) { return name.ends_with(ending); };
  if (ends(".css")) return "text/css; charset=utf-8";
  if (ends(".js")) return "text/javascript; charset=utf-8";
  if (ends(".woff2")) return "font/woff2";
  if (ends(".svg")) return "image/svg+xml";
  if (ends(".txt")) return "text/plain; charset=utf-8";
  return "application/octet-stream";
}

using Files = std::map<std::string, std::shared_ptr<const std::string>, std::less<>>;

const Files& files() {
  static const Files all = [] {
    Files map;
    for (const EmbeddedAsset& asset : embedded_assets()) {
      if (asset.name != "manifest.json") {
        map.emplace(std::string(asset.name), std::make_shared<const std::string>(asset.bytes));
      }
    }
    return map;
  }();
  return all;
}

bool accepts(const http::Request& request, std::string_view coding) {
  return request.headers.get("Accept-Encoding").find(coding) != std::string_view::npos;
}

http::Response asset(const http::Request& request, const std::string& name) {
  http::Response response;
  auto found = files().find(name);
  if (found == files().end()) {
    http::Response missing = http::text_response(404, "Not found\n");
    http::add_common_headers(request, missing);
    return missing;
  }
  for (const auto& [coding, ending] : {std::pair{"br", ".br"}, std::pair{"gzip", ".gz"}}) {
    const auto packed = files().find(name + ending);
    if (packed != files().end() && accepts(request, coding)) {
      found = packed;
      response.headers.add("Content-Encoding", coding);
      break;
    }
  }
  response.content_type = media_type_of(name);
  response.shared_body = found->second;
  response.headers.add("Vary", "Accept-Encoding");
  response.headers.add("Cache-Control", "public, max-age=31536000, immutable");
  http::add_common_headers(request, response);
  return response;
}

}  // namespace

std::string asset_address(std::string_view entry, std::string_view ending) {
  for (const auto& [name, bytes] : files()) {
    if (name.starts_with(std::string(entry) + "-") && name.ends_with(ending)) {
      return "/assets/" + name;
    }
  }
  return {};
}

void add_assets(http::Router& router) {
  http::Route route;
  route.pattern = "/assets/{name}";
  route.access.roles = http::role::anyone;
  route.handler = [](const http::Request& request, const http::PathParameters& parameters) {
    return asset(request, parameters["name"]);
  };
  router.add(std::move(route));
}

}  // namespace softbot::web
