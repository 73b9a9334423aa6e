#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/request.h"
#include "http/response.h"

namespace softbot::http {

/// Who may call a route. The bits get their meaning from the API's list of roles; the transport only carries
/// them to the guard and to the test that walks all routes x roles.
struct Access {
  std::uint64_t roles = 0;
  bool operator==(const Access&) const = default;
};

/// Where a handler runs. `network` is only for handlers that never wait and do next to nothing (liveness):
/// they answer even when every worker is taken.
enum class Runs { worker, network };

/// The values that a path pattern's {names} took in one request.
class PathParameters {
 public:
  /// The decoded value. Throws std::out_of_range for a name that the pattern does not have: that is a bug.
  [[nodiscard]] const std::string& operator[](std::string_view name) const;
  void add(std::string name, std::string value) { values_.emplace_back(std::move(name), std::move(value)); }

 private:
  std::vector<std::pair<std::string, std::string>> values_;
};

using Handler = std::function<Response(const Request&, const PathParameters&)>;

constexpr std::size_t default_body_limit = std::size_t{1} << 20;

/// One line of the route table.
struct Route {
  Method method = Method::get;
  /// "/api/v1/applications/{reference}"; a last segment "{path...}" takes all that remains, at least one
  /// segment.
  std::string pattern;
  Access access = {};
  std::size_t body_limit =
      default_body_limit;  ///< bytes; more is answered with 413 while it is still arriving
  Runs runs = Runs::worker;
  Handler handler = {};
};

/// What happens around every handler. `guard` runs where the handler runs; the other two may run on a network
/// thread and must not wait for anything.
struct RouterHooks {
  /// Decides whether the request may pass, before the handler; an answer stops it. May set
  /// `request.identity`.
  std::function<std::optional<Response>(const Route&, Request&)> guard;
  /// The page for an error outside /api, in the words and look of the web pages. Without it: a plain page.
  std::function<Response(const Request&, const Error&, int status)> error_page;
  /// Last touch on every answer that comes from a route or an error page (security headers).
  std::function<void(const Request&, Response&)> finish;
};

/// What the table says about one request.
struct Match {
  const Route* route =
      nullptr;            ///< null: no such path (404), or `allow` is filled: no such method there (405)
  std::size_t index = 0;  ///< of the route in routes()
  PathParameters parameters;
  std::string allow;  ///< value of the Allow header when the path exists
};

/// The route table. Filled once at the start, then shared between threads unchanged. A GET route answers HEAD
/// too, and OPTIONS is answered for every known path. Literal segments win from {names}.
class Router {
 public:
  explicit Router(RouterHooks hooks = {}) : hooks_(std::move(hooks)) {}

  /// Throws std::invalid_argument for a malformed pattern or a second route with the same method and shape.
  void add(Route route);
  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

  [[nodiscard]] Match match(Method method, const std::vector<std::string>& segments) const;
  /// match() and answer() in one; for tests without a socket. Exceptions of the handler pass through.
  [[nodiscard]] Response handle(Request& request) const;
  /// Guard, handler, finish; or 404, 405, or the answer to OPTIONS.
  [[nodiscard]] Response answer(const Match& match, Request& request) const;
  /// An error as this path's readers expect it: problem+json under /api, a page elsewhere. `request` may be
  /// incomplete.
  [[nodiscard]] Response refuse(const Request& request, const Error& error, int status) const;

 private:
  struct Shape {
    std::vector<std::string> segments;  ///< "{" marks a parameter; its name is in `names`
    std::vector<std::string> names;
    bool open_ended = false;
  };
  [[nodiscard]] static Shape shape_of(std::string_view pattern);
  [[nodiscard]] static bool fits(const Shape& shape, const std::vector<std::string>& segments);
  [[nodiscard]] static bool more_literal(const Shape& left, const Shape& right);
  [[nodiscard]] static PathParameters parameters_of(const Shape& shape,
                                                    const std::vector<std::string>& segments);

  RouterHooks hooks_;
  std::vector<Route> routes_;
  std::vector<Shape> shapes_;
};

}  // namespace softbot::http
