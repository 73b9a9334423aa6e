#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "http/request.h"

namespace softbot::http {

/// An IP address; IPv4 is kept in its IPv6 form (::ffff:a.b.c.d), so that both compare alike.
struct Address {
  std::array<std::uint8_t, 16> bytes{};
  bool operator==(const Address&) const = default;
};

/// "192.0.2.1", "2001:db8::1"; in brackets and with a port as proxies write it, too.
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);
/// IPv4 in dots, IPv6 compressed.
[[nodiscard]] std::string text_of(const Address& address);
/// What a rate is counted on: the IPv4 address, or the /64 of an IPv6 address, which one household has to
/// itself.
[[nodiscard]] std::string rate_key(const Address& address);

/// A range of addresses.
struct Network {
  Address address;
  unsigned prefix = 128;  ///< bits that count, of 128
  [[nodiscard]] bool contains(const Address& candidate) const;
  bool operator==(const Network&) const = default;
};

/// "10.0.0.0/8", "::1". Fails with configuration.
[[nodiscard]] Result<Network> parse_network(std::string_view text);

/// True when one of the networks contains the address.
[[nodiscard]] bool is_within(const Address& address, const std::vector<Network>& networks);

/// Who really asks, and whether over TLS.
struct Client {
  Address address;
  bool secure = false;
  bool operator==(const Client&) const = default;
};

/// Follows X-Forwarded-For from right to left while the one who reports is a trusted proxy; believes the last
/// X-Forwarded-Proto of a trusted proxy. From anyone else both are ignored.
[[nodiscard]] Client client_of(const Client& connection, const Headers& headers,
                               const std::vector<Network>& trusted);

}  // namespace softbot::http
