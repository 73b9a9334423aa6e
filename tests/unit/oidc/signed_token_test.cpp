#include "adapters/oidc/signed_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/json.h"
#include "test_keys.h"

namespace softbot::oidc {
namespace {

const TestKey& key_one() {
  static const TestKey key = new_rsa_key("one");
  return key;
}

SigningKeys keys_from(const Value& set) {
  auto keys = SigningKeys::from_json(set);
  if (!keys) throw std::runtime_error(keys.error().message);
  return *std::move(keys);
}

std::string token_with(const TestKey& key) {
  return signed_token(key.with_private, Value::object({{"sub", "somebody"}})).value();
}

TEST(SignedToken, WhatOneKeySignedOpensWithIt) {
  const TestKey ec = new_ec_key("two");
  const SigningKeys keys = keys_from(key_set({key_one().open, ec.open}));
  for (const TestKey& key : {key_one(), ec}) {
    const auto claims = keys.claims_of(token_with(key));
    ASSERT_TRUE(claims) << claims.error().message;
    EXPECT_EQ((*claims)["sub"].text_or_empty(), "somebody");
  }
}

TEST(SignedToken, AKeyThatIsNotKnownIsToldApart) {
  const auto claims = keys_from(key_set({key_one().open})).claims_of(token_with(new_rsa_key("new")));
  ASSERT_FALSE(claims);
  EXPECT_EQ(claims.error().code, ErrorCode::not_found);
}

TEST(SignedToken, AnotherKeyOfTheSameNameProvesNothing) {
  const auto claims = keys_from(key_set({key_one().open})).claims_of(token_with(new_rsa_key("one")));
  ASSERT_FALSE(claims);
  EXPECT_EQ(claims.error().code, ErrorCode::unauthenticated);
}

TEST(SignedToken, OneChangedLetterProvesNothing) {
  std::string token = token_with(key_one());
  const auto dot = token.find('.');
  token[dot + 3] = token[dot + 3] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(keys_from(key_set({key_one().open})).claims_of(token));
}

TEST(SignedToken, WithoutASignatureItProvesNothing) {
  const SigningKeys keys = keys_from(key_set({key_one().open}));
  const std::string payload = base64url(R"({"sub":"somebody"})");
  for (const char* header :
       {R"({"alg":"none"})", R"({"alg":"none","kid":"one"})", R"({"alg":"HS256","kid":"one"})",
        R"({"alg":"RS256","kid":"one","crit":["exp"]})", R"({"kid":"one"})"}) {
    for (const char* signature : {"", "AAAA"}) {
      const auto claims = keys.claims_of(base64url(header) + "." + payload + "." + signature);
      ASSERT_FALSE(claims) << header;
      EXPECT_EQ(claims.error().code, ErrorCode::unauthenticated);
    }
  }
}

TEST(SignedToken, ASecretInTheSetOfKeysIsNoKeyToBelieve) {
  const Value secret =
      Value::object({{"kty", "oct"}, {"kid", "one"}, {"k", base64url("a secret of 32 letters and digits")}});
  EXPECT_FALSE(SigningKeys::from_json(key_set({secret})));
}

TEST(SignedToken, AKeyForEncryptingOrTooShortAKeyIsLeftOut) {
  Value encrypting = key_one().open;
  encrypting.set("use", "enc");
  EXPECT_FALSE(SigningKeys::from_json(key_set({encrypting})));
  EXPECT_FALSE(SigningKeys::from_json(key_set({new_rsa_key("short", 1'024).open})));
  EXPECT_FALSE(SigningKeys::from_json(Value()));
  EXPECT_TRUE(SigningKeys::from_json(key_set({encrypting, Value("what"), key_one().open})));
}

TEST(SignedToken, AKeyForOneAlgorithmOpensNoOther) {
  Value only = key_one().open;
  only.set("alg", "PS256");
  EXPECT_FALSE(keys_from(key_set({only})).claims_of(token_with(key_one())));
}

TEST(SignedToken, WhatIsNoTokenIsRefused) {
  const SigningKeys keys = keys_from(key_set({key_one().open}));
  for (const std::string& text : {std::string(), std::string("a.b.c"), std::string("...."),
                                  std::string(70'000, 'A'), std::string("\0\0\0", 3)}) {
    EXPECT_FALSE(keys.claims_of(text));
  }
}

TEST(SignedToken, APublicKeyCannotSign) {
  const auto token = signed_token(to_json(key_one().open), Value::object());
  ASSERT_FALSE(token);
  EXPECT_EQ(token.error().code, ErrorCode::configuration);
  EXPECT_FALSE(signed_token("no key", Value::object()));
}

}  // namespace
}  // namespace softbot::oidc
