#include "test_keys.h"

#include <cjose/cjose.h>

#include <array>
#include <cstdlib>
#include <stdexcept>

#include "domain/json.h"

namespace softbot::oidc {
namespace {

std::string json_of(cjose_jwk_t* key, bool with_private) {
  cjose_err error;
  char* json = cjose_jwk_to_json(key, with_private, &error);
  if (json == nullptr) throw std::runtime_error("no JSON of the key");
  const std::string text = json;
  std::free(json);
  return text;
}

TestKey taken(cjose_jwk_t* key, const std::string& id) {
  if (key == nullptr) throw std::runtime_error("no key could be made");
  cjose_err error;
  cjose_jwk_set_kid(key, id.data(), id.size(), &error);
  TestKey made{json_of(key, true), parse_json(json_of(key, false)).value()};
  cjose_jwk_release(key);
  return made;
}

}  // namespace

TestKey new_rsa_key(const std::string& id, std::size_t bits) {
  const std::array<std::uint8_t, 3> exponent{1, 0, 1};
  cjose_err error;
  return taken(cjose_jwk_create_RSA_random(bits, exponent.data(), exponent.size(), &error), id);
}

TestKey new_ec_key(const std::string& id) {
  cjose_err error;
  return taken(cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error), id);
}

Value key_set(std::initializer_list<Value> keys) {
  Value list = Value::list();
  for (const Value& key : keys) list.push(key);
  return Value::object({{"keys", std::move(list)}});
}

}  // namespace softbot::oidc
