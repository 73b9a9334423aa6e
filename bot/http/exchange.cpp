#include "http/exchange.h"

#include <algorithm>
#include <charconv>
#include <exception>
#include <stdexcept>
#include <typeinfo>
#include <utility>

#include "http/problem.h"

namespace softbot::http {
namespace {

/// Code and words for what the transport itself refuses.
Error refusal(int status) {
  switch (status) {
    case 408:
      return {ErrorCode::invalid_input, "The request arrived too slowly.", true, {}};
    case 413:
      return {ErrorCode::too_large, "The body is larger than this address takes.", false, {}};
    case 417:
      return {ErrorCode::unsupported, "Only Expect: 100-continue is understood.", false, {}};
    case 431:
      return {ErrorCode::too_large, "The request line and headers together are too large.", false, {}};
    case 500:
      return {ErrorCode::internal, "A handler failed.", false, {}};
    case 501:
      return {ErrorCode::unsupported, "Of the transfer codings only chunked is understood.", false, {}};
    case 503:
      return {ErrorCode::busy, "Too much at once; try again as Retry-After says.", true, {}};
    case 505:
      return {ErrorCode::unsupported, "Only HTTP/1.0 and HTTP/1.1 are understood.", false, {}};
    default:
      return {ErrorCode::invalid_input, "The request is not well-formed HTTP.", false, {}};
  }
}

/// Header fields that the server writes itself.
bool is_ours(std::string_view name) {
  return equal_ignoring_case(name, "Content-Length") || equal_ignoring_case(name, "Connection") ||
         equal_ignoring_case(name, "Transfer-Encoding") || equal_ignoring_case(name, "Date") ||
         equal_ignoring_case(name, "Content-Type");
}

void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 24> digits{};
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

/// A field without anything that could end its line.
void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ");
  for (const char character : value) {
    const auto byte = static_cast<unsigned char>(character);
    out += (byte < 0x20 && byte != '\t') || byte == 0x7f ? ' ' : character;
  }
  out.append("\r\n");
}

}  // namespace

bool BodyShare::cover(std::size_t bytes) {
  if (bytes <= std::max(free_bytes, held_)) {
    return true;
  }
  const std::size_t more = bytes - held_;
  const std::size_t before = total_->fetch_add(more, std::memory_order_relaxed);
  if (before + more > budget_) {
    total_->fetch_sub(more, std::memory_order_relaxed);
    return false;
  }
  held_ = bytes;
  return true;
}

Front::Front(const ServerOptions& options, std::vector<Network> trusted, Router router, Log& log,
             Metrics& metrics)
    : options_(options),
      trusted_(std::move(trusted)),
      router_(std::move(router)),
      log_(log),
      metrics_(metrics),
      limiter_(options.rate),
      refused_(metrics.counter("softbot_http_refused_total",
                               "Connections closed unheard because there are too many.",
                               {{"listener", options.name}})),
      connections_(
          metrics.gauge("softbot_http_connections", "Open connections.", {{"listener", options.name}})) {
  for (const Route& route : router_.routes()) {
    figures_.push_back(figures_for(name_of(route.method), route.pattern));
  }
  figures_.push_back(figures_for("", ""));
}

Front::RouteFigures Front::figures_for(std::string_view method, std::string_view pattern) {
  RouteFigures figures;
  const MetricLabels route{
      {"listener", options_.name}, {"method", std::string(method)}, {"route", std::string(pattern)}};
  for (std::size_t digit = 1; digit < figures.by_class.size(); ++digit) {
    MetricLabels labels = route;
    labels.emplace_back("status", std::to_string(digit) + "xx");
    figures.by_class[digit] = &metrics_.counter("softbot_http_requests_total",
                                                "Answered requests by route and class of status.", labels);
  }
  figures.seconds = &metrics_.histogram("softbot_http_request_seconds",
                                        "From the end of the head to the end of the answer.", route);
  return figures;
}

void Front::stop_with(Exchange& exchange, Response response) {
  exchange.response = std::move(response);
  exchange.answered = true;
}

void Front::refuse(Exchange& exchange, int status) {
  // What is still on its way of a refused request cannot be told from the next request.
  exchange.keep_alive = false;
  const Error error = refusal(status);
  stop_with(exchange, router_.refuse(exchange.request, error, status));
}

void Front::admit(Exchange& exchange, const Client& connection, ConnectionLimit::Verdict verdict) {
  Request& request = exchange.request;
  request.method = exchange.head.method;
  const Client client = client_of(connection, request.headers, trusted_);
  request.peer = text_of(client.address);
  request.secure = client.secure;
  std::optional<std::string> trace = trace_id_of(request.headers.get("traceparent"));
  request.trace_id = trace ? std::move(*trace) : new_trace_id();
  Result<Target> target = parse_target(exchange.head.target);
  if (target) {
    request.path = std::move(target->path);
    request.segments = std::move(target->segments);
    request.query = std::move(target->query);
  }
  const std::size_t hosts = request.headers.all("Host").size();
  if (!target || hosts > 1 || (hosts == 0 && exchange.head.version >= 11)) {
    return refuse(exchange, 400);
  }
  if (verdict != ConnectionLimit::Verdict::fits) {
    return refuse(exchange, 503);
  }
  if (const auto wait = limiter_.take(rate_key(client.address)); wait.count() > 0) {
    exchange.keep_alive = exchange.keep_alive && !exchange.head.has_body();
    const Error error{
        ErrorCode::too_many, "Too many requests from here. Wait as long as Retry-After says.", true, {}};
    return stop_with(exchange, router_.refuse(request, error, 429).with("Retry-After", seconds_text(wait)));
  }
  exchange.match = router_.match(request.method, request.segments);
  if (exchange.match.route == nullptr) {
    exchange.keep_alive = exchange.keep_alive && !exchange.head.has_body();
    return stop_with(exchange, router_.answer(exchange.match, request));
  }
  if (exchange.head.has_body() || request.headers.contains("Transfer-Encoding")) {
    admit_body(exchange);
  }
}

void Front::admit_body(Exchange& exchange) {
  const Headers& headers = exchange.request.headers;
  if (headers.contains("Transfer-Encoding") && !exchange.head.chunked) {
    return refuse(exchange, 501);
  }
  exchange.body_limit = exchange.match.route->body_limit;
  const std::uint64_t size = exchange.head.content_length.value_or(exchange.body_limit);
  if (size > exchange.body_limit) {
    return refuse(exchange, 413);
  }
  exchange.body_share.emplace(body_bytes_, options_.max_body_bytes_in_memory);
  if (const auto expect = headers.find("Expect"); expect && exchange.head.version >= 11) {
    if (!equal_ignoring_case(*expect, "100-continue")) {
      return refuse(exchange, 417);
    }
    exchange.expects_continue = true;
  }
}

void Front::perform(Exchange& exchange) noexcept {
  const TraceScope trace(exchange.request.trace_id);
  const std::string_view pattern = exchange.match.route->pattern;
  try {
    stop_with(exchange, router_.answer(exchange.match, exchange.request));
    return;
  } catch (const std::logic_error& error) {  // our own words about our own bug
    log_.error("handler-failed", {{"route", pattern}, {"what", error.what()}});
  } catch (const std::exception& error) {  // may quote what it worked on, so only its kind
    log_.error("handler-failed", {{"route", pattern}, {"kind", typeid(error).name()}});
  } catch (...) {
    log_.error("handler-failed", {{"route", pattern}});
  }
  try {
    const bool keep_alive = exchange.keep_alive;
    refuse(exchange, 500);
    exchange.keep_alive = keep_alive;
  } catch (...) {  // even the error page failed: an answer without words
    exchange.response = Response{};
    exchange.response.status = 500;
    exchange.answered = true;
  }
}

void Front::write_head(const Exchange& exchange, std::string_view date, std::string& out) const {
  const Response& response = exchange.response;
  out.append("HTTP/1.1 ");
  append_number(out, static_cast<std::uint64_t>(response.status));
  out.append(" ").append(reason_phrase(response.status)).append("\r\nDate: ").append(date).append("\r\n");
  const bool bodiless = response.status == 204 || response.status == 304;
  if (!bodiless) {
    out.append("Content-Length: ");
    append_number(out, response.bytes().size());
    out.append("\r\n");
    if (!response.content_type.empty()) {
      append_field(out, "Content-Type", response.content_type);
    }
  }
  for (std::size_t index = 0; index < response.headers.size(); ++index) {
    const Headers::Field field = response.headers.at(index);
    if (!is_ours(field.name)) {
      append_field(out, field.name, field.value);
    }
  }
  if (!exchange.request.trace_id.empty()) {
    append_field(out, "Trace-Id", exchange.request.trace_id);
  }
  if (!exchange.keep_alive) {
    out.append("Connection: close\r\n");
  } else if (exchange.head.version < 11) {
    out.append("Connection: keep-alive\r\n");
  }
  out.append("\r\n");
}

void Front::record(const Exchange& exchange) {
  const bool routed = exchange.match.route != nullptr;
  const RouteFigures& figures = routed ? figures_[exchange.match.index] : figures_.back();
  const int digit = std::clamp(exchange.response.status / 100, 1, 5);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - exchange.started;
  figures.by_class[static_cast<std::size_t>(digit)]->add();
  figures.seconds->observe(taken.count());
  if (options_.access_log) {
    const TraceScope trace(exchange.request.trace_id);
    log_.info("request",
              {{"listener", options_.name},
               {"method", name_of(exchange.request.method)},
               {"route", routed ? std::string_view(exchange.match.route->pattern) : std::string_view()},
               {"status", exchange.response.status},
               {"ms", taken.count() * 1'000},
               {"bytes", exchange.response.bytes().size()}});
  }
}

}  // namespace softbot::http
