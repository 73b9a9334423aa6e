#include "http/router.h"

#include <algorithm>
#include <stdexcept>

#include "http/problem.h"

namespace softbot::http {
namespace {

constexpr std::string_view parameter_mark = "{";

bool method_serves(Method offered, Method wanted) {
  return offered == wanted || (offered == Method::get && wanted == Method::head);
}

/// What people see outside /api when the web pages give no page of their own.
Response plain_error_page(const Error& error, int status) {
  const std::string title = std::to_string(status) + " " + std::string(reason_phrase(status));
  const std::string_view text = status >= 500 ? "Er ging bij ons iets mis. Probeer het later opnieuw."
                                : error.code == ErrorCode::not_found
                                    ? "Deze pagina bestaat niet. Ga terug naar het begin."
                                    : "Dit verzoek kunnen wij niet verwerken. Ga terug naar het begin.";
  return html_response(status, "<!doctype html><html lang=\"nl\"><head><meta charset=\"utf-8\"><title>" +
                                   title + "</title></head><body><h1>" + title + "</h1><p>" +
                                   std::string(text) +
                                   "</p><p><a href=\"/\">Naar het begin</a></p></body></html>\n");
}

bool under_api(const Request& request) {
  return request.segments.empty() ? request.path.empty() : request.segments.front() == "api";
}

}  // namespace

const std::string& PathParameters::operator[](std::string_view name) const {
  for (const auto& [known, value] : values_) {
    if (known == name) {
      return value;
    }
  }
  throw std::out_of_range("the route's pattern has no {" + std::string(name) + "}");
}

Router::Shape Router::shape_of(std::string_view pattern) {
  if (!pattern.starts_with('/')) {
    throw std::invalid_argument("route pattern must start with a slash: " + std::string(pattern));
  }
  Shape shape;
  std::string_view rest = pattern.substr(1);
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    std::string_view segment = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    const bool parameter = segment.starts_with('{') && segment.ends_with('}') && segment.size() > 2;
    if (shape.open_ended || segment.empty() ||
        (!parameter && segment.find_first_of("{}") != std::string_view::npos)) {
      throw std::invalid_argument("malformed route pattern: " + std::string(pattern));
    }
    if (!parameter) {
      shape.segments.emplace_back(segment);
      continue;
    }
    segment = segment.substr(1, segment.size() - 2);
    if (segment.ends_with("...")) {
      shape.open_ended = true;
      segment.remove_suffix(3);
    }
    shape.segments.emplace_back(parameter_mark);
    shape.names.emplace_back(segment);
  }
  return shape;
}

void Router::add(Route route) {
  Shape shape = shape_of(route.pattern);
  if (!route.handler) {
    throw std::invalid_argument("route without a handler: " + route.pattern);
  }
  for (std::size_t index = 0; index < routes_.size(); ++index) {
    if (routes_[index].method == route.method && shapes_[index].segments == shape.segments &&
        shapes_[index].open_ended == shape.open_ended) {
      throw std::invalid_argument("two routes for one method and path: " + route.pattern);
    }
  }
  routes_.push_back(std::move(route));
  shapes_.push_back(std::move(shape));
}

bool Router::fits(const Shape& shape, const std::vector<std::string>& segments) {
  const bool counted =
      shape.open_ended ? segments.size() >= shape.segments.size() : segments.size() == shape.segments.size();
  if (!counted) {
    return false;
  }
  for (std::size_t index = 0; index < shape.segments.size(); ++index) {
    const bool parameter = shape.segments[index] == parameter_mark;
    if (parameter ? segments[index].empty() : shape.segments[index] != segments[index]) {
      return false;
    }
  }
  return true;
}

bool Router::more_literal(const Shape& left, const Shape& right) {
  const std::size_t common = std::min(left.segments.size(), right.segments.size());
  for (std::size_t index = 0; index < common; ++index) {
    const bool left_literal = left.segments[index] != parameter_mark;
    const bool right_literal = right.segments[index] != parameter_mark;
    if (left_literal != right_literal) {
      return left_literal;
    }
  }
  return left.open_ended != right.open_ended ? right.open_ended
                                             : left.segments.size() > right.segments.size();
}

PathParameters Router::parameters_of(const Shape& shape, const std::vector<std::string>& segments) {
  PathParameters parameters;
  std::size_t name = 0;
  for (std::size_t index = 0; index < shape.segments.size(); ++index) {
    if (shape.segments[index] != parameter_mark) {
      continue;
    }
    std::string value = segments[index];
    if (shape.open_ended && index + 1 == shape.segments.size()) {
      for (std::size_t more = index + 1; more < segments.size(); ++more) {
        value.append("/").append(segments[more]);
      }
    }
    parameters.add(shape.names[name++], std::move(value));
  }
  return parameters;
}

Match Router::match(Method method, const std::vector<std::string>& segments) const {
  const Shape* best = nullptr;
  Match match;
  std::vector<Method> offered;
  for (std::size_t index = 0; index < routes_.size(); ++index) {
    const Shape& shape = shapes_[index];
    if (!fits(shape, segments)) {
      continue;
    }
    if (!method_serves(routes_[index].method, method)) {
      offered.push_back(routes_[index].method);
    } else if (best == nullptr || more_literal(shape, *best)) {
      best = &shape;
      match.route = &routes_[index];
      match.index = index;
    }
  }
  if (best != nullptr) {
    match.parameters = parameters_of(*best, segments);
    return match;
  }
  for (const Method other :
       {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::remove}) {
    const bool there = std::any_of(offered.begin(), offered.end(),
                                   [other](Method known) { return method_serves(known, other); });
    if (there) {
      match.allow.append(name_of(other)).append(", ");
    }
  }
  if (!match.allow.empty()) {
    match.allow += "OPTIONS";
  }
  return match;
}

Response Router::handle(Request& request) const {
  return answer(match(request.method, request.segments), request);
}

Response Router::answer(const Match& match, Request& request) const {
  if (match.route == nullptr) {
    if (match.allow.empty()) {
      return refuse(request, {ErrorCode::not_found, "There is nothing at this address.", false, {}}, 404);
    }
    if (request.method == Method::options) {
      return empty_response().with("Allow", match.allow);
    }
    const Error error{
        ErrorCode::unsupported, "This address does not take this method; see the header Allow.", false, {}};
    return refuse(request, error, 405).with("Allow", match.allow);
  }
  Response response;
  std::optional<Response> stopped = hooks_.guard ? hooks_.guard(*match.route, request) : std::nullopt;
  response = stopped ? std::move(*stopped) : match.route->handler(request, match.parameters);
  if (hooks_.finish) {
    hooks_.finish(request, response);
  }
  return response;
}

Response Router::refuse(const Request& request, const Error& error, int status) const {
  Response response;
  if (under_api(request)) {
    response = problem_response(error, status);
  } else if (hooks_.error_page) {
    response = hooks_.error_page(request, error, status);
  } else {
    response = plain_error_page(error, status);
  }
  if (status == 503 && !response.headers.contains("Retry-After")) {
    response.headers.add("Retry-After", "1");
  }
  if (hooks_.finish) {
    hooks_.finish(request, response);
  }
  return response;
}

}  // namespace softbot::http
