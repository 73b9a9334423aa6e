// links: softbot_http softbot_domain
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "domain/json.h"
#include "http/address.h"
#include "http/cookie.h"
#include "http/negotiation.h"
#include "http/request.h"
#include "http/server_parser.h"

namespace {

using namespace softbot::http;

void require(bool held) {
  if (!held) {
    std::abort();
  }
}

void read_headers(const Headers& headers) {
  const std::vector<Network> trusted{parse_network("10.0.0.0/8").value(), parse_network("::1").value()};
  (void)client_of({parse_address("10.0.0.1").value(), false}, headers, trusted);
  (void)find_cookie(headers, "session");
  (void)preferred_language(headers.get("Accept-Language"));
  (void)parse_entity_tags(headers.get("If-Match"), WeakTags::take);
  const auto trace = trace_id_of(headers.get("traceparent"));
  require(!trace || trace->size() == 32);
}

void check_target(std::string_view text) {
  const auto target = parse_target(text);
  if (!target) {
    return;
  }
  for (const std::string& segment : target->segments) {
    require(softbot::is_utf8(segment) && segment != "." && segment != "..");
  }
}

}  // namespace

/// Bytes off the wire, in two pieces as the network may cut them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t body_limit = 1'000;
  const std::string text(data, data + size);
  RequestParser parser(2'000);
  boost::beast::error_code error;
  std::size_t used = 0;
  for (const std::size_t end : {size / 2, size}) {
    while (used < end && !parser.is_done() && (!error || RequestParser::status_of_failure(error) == 0)) {
      const std::size_t taken = parser.put({text.data() + used, end - used}, error);
      used += taken;
      if (parser.is_header_done() && !parser.is_done()) {
        parser.body_limit(body_limit);
        parser.eager(true);
      }
      if (taken == 0) {
        break;
      }
    }
  }
  if (parser.is_header_done()) {
    const Head head = parser.head();
    check_target(head.target);
    read_headers(parser.request().headers);
    require(!parser.is_done() || parser.take_body().size() <= size);
  }
  check_target(text);
  return 0;
}
