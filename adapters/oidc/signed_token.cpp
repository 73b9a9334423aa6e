#include "signed_token.h"

#include <cjose/cjose.h>

#include <array>
#include <cstdlib>
#include <new>
#include <utility>

#include "domain/json.h"

namespace softbot::oidc {
namespace {

struct KeyReleaser {
  void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
};
using KeyHandle = std::unique_ptr<cjose_jwk_t, KeyReleaser>;

struct TokenReleaser {
  void operator()(cjose_jws_t* token) const { cjose_jws_release(token); }
};
using TokenHandle = std::unique_ptr<cjose_jws_t, TokenReleaser>;

struct HeaderReleaser {
  void operator()(cjose_header_t* header) const { cjose_header_release(header); }
};
using HeaderHandle = std::unique_ptr<cjose_header_t, HeaderReleaser>;

struct Freer {
  void operator()(char* text) const { std::free(text); }  // NOLINT: as cjose says
};

/// A shared secret signs for whoever has it, and "none" for everybody: only keys of two halves count.
bool fits(std::string_view algorithm, cjose_jwk_kty_t kind) {
  if (algorithm == "RS256" || algorithm == "PS256") return kind == CJOSE_JWK_KTY_RSA;
  return algorithm == "ES256" && kind == CJOSE_JWK_KTY_EC;
}

constexpr std::size_t least_rsa_bits = 2'048;

bool is_strong(const cjose_jwk_t* key) {
  cjose_err error;
  const auto kind = cjose_jwk_get_kty(key, &error);
  if (kind == CJOSE_JWK_KTY_RSA) return cjose_jwk_get_keysize(key, &error) >= least_rsa_bits;
  return kind == CJOSE_JWK_KTY_EC && cjose_jwk_EC_get_curve(key, &error) == CJOSE_JWK_EC_P_256;
}

std::string header_text(cjose_header_t* header, const char* name) {
  cjose_err error;
  const char* text = cjose_header_get(header, name, &error);
  return text == nullptr ? std::string() : std::string(text);
}

tl::unexpected<Error> worthless(const char* why) {
  return fail(ErrorCode::unauthenticated, std::string("The signed answer proves nothing: ") + why + ".");
}

}  // namespace

struct SigningKeys::Key {
  KeyHandle handle;
  std::string id;
  std::string algorithm;  ///< the only one that it is for; "" for any
};

Result<SigningKeys> SigningKeys::from_json(const Value& set) {
  SigningKeys keys;
  for (const Value& one : set["keys"].items()) {
    const std::string& use = one["use"].text_or_empty();
    if (!use.empty() && use != "sig") continue;
    const std::string json = to_json(one);
    cjose_err error;
    KeyHandle handle(cjose_jwk_import(json.data(), json.size(), &error));
    if (!handle || !is_strong(handle.get())) continue;
    keys.keys_.push_back(std::make_shared<const Key>(
        Key{std::move(handle), one["kid"].text_or_empty(), one["alg"].text_or_empty()}));
  }
  if (keys.keys_.empty())
    return fail(ErrorCode::unavailable,
                "The set of keys holds none that could sign (RSA from 2048 bits, P-256).");
  return keys;
}

Result<Value> SigningKeys::claims_of(std::string_view token) const {
  constexpr std::size_t longest = 64 * 1024;
  if (token.empty() || token.size() > longest) return worthless("it is empty or too long");
  cjose_err error;
  const TokenHandle opened(cjose_jws_import(token.data(), token.size(), &error));
  if (!opened) return worthless("it is no signed token");
  cjose_header_t* header = cjose_jws_get_protected(opened.get());
  const std::string algorithm = header_text(header, CJOSE_HDR_ALG);
  const std::string id = header_text(header, CJOSE_HDR_KID);
  const std::unique_ptr<char, Freer> wanted(cjose_header_get_raw(header, "crit", &error));
  if (wanted) return worthless("it wants something that is not known here");
  bool named = false;
  bool tried = false;
  for (const auto& key : keys_) {
    if (!id.empty() && key->id != id) continue;
    named = true;
    const bool suits = fits(algorithm, cjose_jwk_get_kty(key->handle.get(), &error)) &&
                       (key->algorithm.empty() || key->algorithm == algorithm);
    tried = tried || suits;
    if (!suits || !cjose_jws_verify(opened.get(), key->handle.get(), &error)) continue;
    std::uint8_t* bytes = nullptr;
    std::size_t length = 0;
    if (!cjose_jws_get_plaintext(opened.get(), &bytes, &length, &error)) break;
    auto claims = parse_json({reinterpret_cast<const char*>(bytes), length});  // NOLINT: bytes as text
    if (!claims || !claims->is_object()) return worthless("its claims are not JSON");
    return *std::move(claims);
  }
  if (!named || (id.empty() && tried))
    return fail(ErrorCode::not_found, "The signed answer names a key that is not known.");
  return worthless("its signature does not fit");
}

Result<std::string> signed_token(const std::string& private_key_json, const Value& claims) {
  const auto unusable = [] {
    return fail(
        ErrorCode::configuration,
        "The private key cannot sign. It must be a JWK with its private half: RSA from 2048 bits, or P-256.");
  };
  cjose_err error;
  const KeyHandle key(cjose_jwk_import(private_key_json.data(), private_key_json.size(), &error));
  if (!key || !is_strong(key.get())) return unusable();
  const HeaderHandle header(cjose_header_new(&error));
  if (!header) throw std::bad_alloc();
  const bool rsa = cjose_jwk_get_kty(key.get(), &error) == CJOSE_JWK_KTY_RSA;
  cjose_header_set(header.get(), CJOSE_HDR_ALG, rsa ? "RS256" : "ES256", &error);
  if (const char* id = cjose_jwk_get_kid(key.get(), &error); id != nullptr)
    cjose_header_set(header.get(), CJOSE_HDR_KID, id, &error);
  const std::string text = to_json(claims);
  const TokenHandle token(
      cjose_jws_sign(key.get(), header.get(),
                     reinterpret_cast<const std::uint8_t*>(text.data()),  // NOLINT: text as bytes
                     text.size(), &error));
  const char* compact = nullptr;
  if (!token || !cjose_jws_export(token.get(), &compact, &error)) return unusable();
  return std::string(compact);
}

std::string base64url(std::string_view bytes) {
  char* text = nullptr;
  std::size_t length = 0;
  cjose_err error;
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());  // NOLINT: text as bytes
  if (!cjose_base64url_encode(data, bytes.size(), &text, &length, &error)) throw std::bad_alloc();
  const std::unique_ptr<char, Freer> owned(text);
  return {text, length};
}

}  // namespace softbot::oidc
