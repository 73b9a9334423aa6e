#include "http/address.h"

#include <gtest/gtest.h>

namespace softbot::http {
namespace {

Address at(std::string_view text) {
  return parse_address(text).value();
}

Network net(std::string_view text) {
  return parse_network(text).value();
}

TEST(AddressTest, IsReadInEveryFormThatProxiesWrite) {
  EXPECT_EQ(text_of(at("192.0.2.1")), "192.0.2.1");
  EXPECT_EQ(text_of(at("192.0.2.1:8080")), "192.0.2.1");
  EXPECT_EQ(text_of(at("[2001:DB8::1]:443")), "2001:db8::1");
  EXPECT_EQ(at("::ffff:192.0.2.1"), at("192.0.2.1"));
  for (const std::string_view wrong : {"", "unknown", "192.0.2", "192.0.2.256", "[::1", "1:2", "_hidden"}) {
    EXPECT_FALSE(parse_address(wrong)) << wrong;
  }
}

TEST(AddressTest, CountsAHouseholdsIpv6AddressesTogether) {
  EXPECT_EQ(rate_key(at("2001:db8:1:2::1")), rate_key(at("2001:db8:1:2:ffff::9")));
  EXPECT_NE(rate_key(at("2001:db8:1:2::1")), rate_key(at("2001:db8:1:3::1")));
  EXPECT_NE(rate_key(at("192.0.2.1")), rate_key(at("192.0.2.2")));
}

TEST(NetworkTest, ContainsItsAddresses) {
  EXPECT_TRUE(net("10.0.0.0/8").contains(at("10.255.1.2")));
  EXPECT_FALSE(net("10.0.0.0/8").contains(at("11.0.0.0")));
  EXPECT_TRUE(net("192.0.2.128/25").contains(at("192.0.2.200")));
  EXPECT_FALSE(net("192.0.2.128/25").contains(at("192.0.2.100")));
  EXPECT_TRUE(net("::1").contains(at("::1")));
  EXPECT_FALSE(net("::1").contains(at("::2")));
  EXPECT_TRUE(net("0.0.0.0/0").contains(at("8.8.8.8")));
  EXPECT_FALSE(net("0.0.0.0/0").contains(at("2001:db8::1"))) << "all of IPv4 is not all of IPv6";
  EXPECT_TRUE(net("::/0").contains(at("8.8.8.8")));
}

TEST(NetworkTest, IsRefusedWhenMalformed) {
  for (const std::string_view wrong :
       {"", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/8x", "10/8", "10.0.0.0/-1"}) {
    ASSERT_FALSE(parse_network(wrong)) << wrong;
    EXPECT_EQ(parse_network(wrong).error().code, ErrorCode::configuration);
  }
}

TEST(ClientTest, IsFollowedThroughTrustedProxiesOnly) {
  const std::vector<Network> trusted{net("10.0.0.0/8")};
  const Client proxy{at("10.0.0.1"), false};
  Headers headers;
  headers.add("X-Forwarded-For", "203.0.113.66, 198.51.100.7");
  headers.add("X-Forwarded-For", "10.0.0.2");
  headers.add("X-Forwarded-Proto", "http, https");
  EXPECT_EQ(client_of(proxy, headers, trusted), (Client{at("198.51.100.7"), true}))
      << "further left anybody may have written";
  EXPECT_EQ(client_of({at("192.0.2.9"), true}, headers, trusted), (Client{at("192.0.2.9"), true}));
  EXPECT_EQ(client_of(proxy, headers, {}), proxy);
}

TEST(ClientTest, StopsAtWhatIsNoAddress) {
  const std::vector<Network> trusted{net("10.0.0.0/8")};
  Headers headers;
  headers.add("X-Forwarded-For", "203.0.113.66, unknown");
  EXPECT_EQ(client_of({at("10.0.0.1"), true}, headers, trusted), (Client{at("10.0.0.1"), true}));
  headers.set("X-Forwarded-For", "203.0.113.66, unknown, 10.0.0.2");
  EXPECT_EQ(client_of({at("10.0.0.1"), true}, headers, trusted), (Client{at("10.0.0.2"), true}));
}

}  // namespace
}  // namespace softbot::http
