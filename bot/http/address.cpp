#include "http/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace softbot::http {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_ipv4(const Address& address) {
  return std::equal(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
}

std::optional<Address> parse_bare(std::string_view text) {
  const std::string zero_ended(text);
  Address address;
  std::array<std::uint8_t, 4> four{};
  if (inet_pton(AF_INET, zero_ended.c_str(), four.data()) == 1) {
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
    std::copy(four.begin(), four.end(), address.bytes.begin() + 12);
    return address;
  }
  if (inet_pton(AF_INET6, zero_ended.c_str(), address.bytes.data()) == 1) {
    return address;
  }
  return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  if (text.size() > 64 || text.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    return end == std::string_view::npos ? std::nullopt : parse_bare(text.substr(1, end - 1));
  }
  if (text.find('.') != std::string_view::npos && std::count(text.begin(), text.end(), ':') == 1) {
    return parse_bare(text.substr(0, text.find(':')));
  }
  return parse_bare(text);
}

std::string text_of(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  const bool four = is_ipv4(address);
  const void* bytes = four ? address.bytes.data() + 12 : address.bytes.data();
  return inet_ntop(four ? AF_INET : AF_INET6, bytes, buffer.data(), buffer.size()) == nullptr ? ""
                                                                                              : buffer.data();
}

std::string rate_key(const Address& address) {
  const std::size_t count = is_ipv4(address) ? 16 : 8;
  return {address.bytes.begin(), address.bytes.begin() + static_cast<std::ptrdiff_t>(count)};
}

bool Network::contains(const Address& candidate) const {
  const std::size_t whole = prefix / 8;
  if (!std::equal(address.bytes.begin(), address.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                  candidate.bytes.begin())) {
    return false;
  }
  const unsigned rest = prefix % 8;
  return rest == 0 || (address.bytes[whole] ^ candidate.bytes[whole]) >> (8 - rest) == 0;
}

Result<Network> parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::optional<Address> address = parse_bare(text.substr(0, slash));
  const std::string wrong = std::string(text) + " is no network; write it like 10.0.0.0/8 or ::1.";
  if (!address) {
    return fail(ErrorCode::configuration, wrong);
  }
  const unsigned most = is_ipv4(*address) ? 32 : 128;
  unsigned prefix = most;
  if (slash != std::string_view::npos) {
    const std::string_view digits = text.substr(slash + 1);
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    if (problem != std::errc() || end != digits.data() + digits.size() || prefix > most) {
      return fail(ErrorCode::configuration, wrong);
    }
  }
  return Network{*address, prefix + 128 - most};
}

bool is_within(const Address& address, const std::vector<Network>& networks) {
  return std::any_of(networks.begin(), networks.end(),
                     [&](const Network& network) { return network.contains(address); });
}

Client client_of(const Client& connection, const Headers& headers, const std::vector<Network>& trusted) {
  Client client = connection;
  if (trusted.empty() || !is_within(connection.address, trusted)) {
    return client;
  }
  if (const auto schemes = headers.all("X-Forwarded-Proto"); !schemes.empty()) {
    const std::string_view last = schemes.back().substr(schemes.back().rfind(',') + 1);
    client.secure = equal_ignoring_case(trimmed(last), "https");
  }
  std::vector<std::string_view> chains = headers.all("X-Forwarded-For");
  while (!chains.empty() && is_within(client.address, trusted)) {
    std::string_view& chain = chains.back();
    const std::size_t comma = chain.rfind(',');
    const std::string_view entry = comma == std::string_view::npos ? chain : chain.substr(comma + 1);
    const std::optional<Address> address = parse_address(trimmed(entry));
    if (!address) {
      break;
    }
    client.address = *address;
    if (comma == std::string_view::npos) {
      chains.pop_back();
    } else {
      chain = chain.substr(0, comma);
    }
  }
  return client;
}

}  // namespace softbot::http
