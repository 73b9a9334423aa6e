#pragma once

#include <string>

#include "domain/value.h"

namespace softbot::oidc {

/// A key pair as two JWKs, made anew.
struct TestKey {
  std::string with_private;
  Value open;
};
[[nodiscard]] TestKey new_rsa_key(const std::string& id, std::size_t bits = 2'048);
[[nodiscard]] TestKey new_ec_key(const std::string& id);

/// {"keys": [...]}
[[nodiscard]] Value key_set(std::initializer_list<Value> keys);

}  // namespace softbot::oidc
