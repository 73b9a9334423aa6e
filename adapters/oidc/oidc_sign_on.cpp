#include "oidc_sign_on.h"

#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "domain/json.h"
#include "id_token.h"
#include "signed_token.h"

namespace softbot {
namespace {

using oidc::base64url;
using oidc::SigningKeys;

constexpr std::chrono::hours kept{1};
constexpr std::chrono::minutes between_looks_for_new_keys{1};
constexpr std::chrono::seconds pause_after_failure{15};
constexpr std::chrono::milliseconds longest_wait_for_another{500};
constexpr int most_questions = 8;

/// What the provider says of itself (OpenID Connect Discovery).
struct Provider {
  std::string authorization;
  std::string token;
  std::string keys;
};

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += digits[byte >> 4U];
    encoded += digits[byte & 15U];
  }
  return encoded;
}

using Fields = std::vector<std::pair<std::string_view, std::string>>;

std::string form_encoded(const Fields& fields) {
  std::string encoded;
  for (const auto& [name, value] : fields) {
    if (value.empty()) continue;
    if (!encoded.empty()) encoded += '&';
    encoded += std::string(name) + "=" + percent_encoded(value);
  }
  return encoded;
}

/// RFC 7636 section 4.2.
std::string challenge_of(const std::string& verifier) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
  SHA256(reinterpret_cast<const unsigned char*>(verifier.data()), verifier.size(), hash.data());  // NOLINT
  return base64url({reinterpret_cast<const char*>(hash.data()), hash.size()});                    // NOLINT
}

std::string random_id() {
  std::array<unsigned char, 24> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw std::runtime_error("no random bytes");
  return base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});  // NOLINT
}

std::string standard_base64(std::string_view bytes) {
  std::string text = base64url(bytes);
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  while (text.size() % 4 != 0) text += '=';
  return text;
}

std::string joined(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

bool is_safe_address(std::string_view address) {
  const bool clean =
      std::all_of(address.begin(), address.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (!clean) return false;
  if (address.starts_with("https://")) return true;
  for (const std::string_view own : {"http://127.0.0.1:", "http://localhost:", "http://[::1]:"}) {
    if (address.starts_with(own)) return true;
  }
  return false;
}

tl::unexpected<Error> misconfigured(const std::string& why) {
  return fail(ErrorCode::configuration, "Signing in of residents is not set up well: " + why +
                                            " Check residentSignIn in softbot.json.");
}

tl::unexpected<Error> silent(const std::string& why) {
  return fail(ErrorCode::unavailable, "Who signs residents in does not answer: " + why + ".");
}

/// What the token endpoint says when it gives no token (RFC 6749 section 5.2).
tl::unexpected<Error> refused(const HttpAnswer& answer) {
  if (answer.status == 429 || answer.status >= 500) return silent("HTTP " + std::to_string(answer.status));
  const auto body = parse_json(answer.bytes);
  if (body && (*body)["error"].text_or_empty() == "invalid_grant")
    return fail(ErrorCode::unauthenticated, "The code of this try is not accepted, or not any more.");
  return misconfigured("our question for a token is refused (HTTP " + std::to_string(answer.status) + ").");
}

/// Something that is asked when it is needed and kept for an hour. One asks at a time; the others go on with
/// what is at hand, or wait a moment for it. What cannot be asked anew stays as it was. Thread-safe.
template <class T>
class Kept {
 public:
  template <class LookUp>
  Result<T> get(const Clock& clock, const LookUp& look_up) {
    {
      std::unique_lock lock(mutex_);
      if (!value_) over_.wait_for(lock, longest_wait_for_another, [&] { return !asking_ || value_; });
      const Instant now = clock.now();
      if (value_ && (asking_ || now < until_)) return *value_;
      if (!value_ && asking_) return silent("it is still being asked");
      if (now < silent_until_) return value_ ? Result<T>(*value_) : fail(*failure_);
      asking_ = true;
    }
    Result<T> found = look_up();
    const std::scoped_lock lock(mutex_);
    asking_ = false;
    over_.notify_all();
    const Instant now = clock.now();
    if (found) {
      value_ = *found;
      asked_ = now;
      until_ = now + kept;
      return found;
    }
    failure_ = found.error();
    silent_until_ = now + pause_after_failure;
    return value_ ? Result<T>(*value_) : found;
  }

  /// Is asked anew at the next need, if it was asked before this moment.
  void grow_old(Instant asked_before) {
    const std::scoped_lock lock(mutex_);
    if (asked_ <= asked_before) until_ = asked_;
  }

 private:
  std::mutex mutex_;  ///< guards what follows
  std::condition_variable over_;
  std::optional<T> value_;
  std::optional<Error> failure_;
  bool asking_ = false;
  Instant asked_{};
  Instant until_{};
  Instant silent_until_{};
};

}  // namespace

struct OidcSignOn::State {
  State(OidcOptions given, const Clock& wall)
      : options(std::move(given)), clock(wall), client(options.http) {}

  Result<Value> json_at(const std::string& address) {
    if (!is_safe_address(address)) return misconfigured("an address there is not https.");
    const auto answer = client.ask({address, {"Accept: application/json"}, std::nullopt});
    if (!answer && answer.error().wrong_set_up) return misconfigured(answer.error().why + ".");
    if (!answer) return silent(answer.error().why);
    if (answer->status != 200) return silent("HTTP " + std::to_string(answer->status));
    auto value = parse_json(answer->bytes);
    if (!value) return silent("its answer is no JSON");
    return value;
  }

  Result<Provider> look_up_provider() {
    std::string base = options.issuer;
    while (base.ends_with('/')) base.pop_back();
    const auto document = json_at(base + "/.well-known/openid-configuration");
    if (!document) return fail(document.error());
    if ((*document)["issuer"].text_or_empty() != options.issuer)
      return misconfigured("the issuer there has another name.");
    Provider found{(*document)["authorization_endpoint"].text_or_empty(),
                   (*document)["token_endpoint"].text_or_empty(), (*document)["jwks_uri"].text_or_empty()};
    if (!is_safe_address(found.authorization) || !is_safe_address(found.token))
      return misconfigured("an address there is not https.");
    return found;
  }

  Result<Provider> known_provider() {
    return provider.get(clock, [this] { return look_up_provider(); });
  }

  Result<SigningKeys> look_up_keys(const Provider& from) {
    const auto set = json_at(from.keys);
    if (!set) return fail(set.error());
    return SigningKeys::from_json(*set);
  }

  Result<Value> claims_of(const std::string& token, const Provider& from) {
    const auto look_up = [&] { return look_up_keys(from); };
    auto at_hand = keys.get(clock, look_up);
    if (!at_hand) return fail(at_hand.error());
    auto claims = at_hand->claims_of(token);
    if (!claims && claims.error().code == ErrorCode::not_found) {
      keys.grow_old(clock.now() - between_looks_for_new_keys);
      at_hand = keys.get(clock, look_up);
      if (!at_hand) return fail(at_hand.error());
      claims = at_hand->claims_of(token);
    }
    if (!claims) return fail(ErrorCode::unauthenticated, claims.error().message);
    return claims;
  }

  /// One question for a token; so many at once that a slow provider does not take every thread.
  Result<HttpAnswer> ask(const HttpQuestion& question) {
    struct Counted {
      std::atomic<int>& count;
      explicit Counted(std::atomic<int>& counter) : count(counter) { ++count; }
      ~Counted() { --count; }
      Counted(const Counted&) = delete;
      Counted& operator=(const Counted&) = delete;
    };
    const Counted counted(questions);
    if (questions > most_questions) return silent("it has too many questions to answer");
    auto answer = client.ask(question);
    if (answer) return *std::move(answer);
    if (answer.error().wrong_set_up) return misconfigured(answer.error().why + ".");
    return silent(answer.error().why);
  }

  /// RFC 7523 section 3.
  Result<std::string> assertion(const std::string& audience) const {
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
    constexpr std::int64_t seconds = 60;
    return oidc::signed_token(options.private_key, Value::object({{"iss", options.client},
                                                                  {"sub", options.client},
                                                                  {"aud", audience},
                                                                  {"jti", random_id()},
                                                                  {"iat", std::int64_t{now}},
                                                                  {"exp", std::int64_t{now + seconds}}}));
  }

  Result<HttpQuestion> question_for_token(const std::string& endpoint, const std::string& code,
                                          const SignOnTry& one) const {
    Fields fields{{"grant_type", "authorization_code"},
                  {"code", code},
                  {"redirect_uri", options.return_address},
                  {"code_verifier", one.verifier}};
    HttpQuestion question{endpoint,
                          {"Content-Type: application/x-www-form-urlencoded", "Accept: application/json"},
                          std::nullopt};
    if (options.private_key.empty()) {
      const std::string pair = percent_encoded(options.client) + ":" + percent_encoded(options.secret);
      question.headers.push_back("Authorization: Basic " + standard_base64(pair));
    } else {
      const auto signed_claims = assertion(endpoint);
      if (!signed_claims) return fail(signed_claims.error());
      fields.emplace_back("client_id", options.client);
      fields.emplace_back("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
      fields.emplace_back("client_assertion", *signed_claims);
    }
    question.body = form_encoded(fields);
    return question;
  }

  const OidcOptions options;
  const Clock& clock;
  HttpClient client;
  Kept<Provider> provider;
  Kept<SigningKeys> keys;
  std::atomic<int> questions{0};  ///< for a token, under way
};

OidcSignOn::OidcSignOn(OidcOptions options, const Clock& clock)
    : state_(std::make_unique<State>(std::move(options), clock)) {
}

OidcSignOn::~OidcSignOn() = default;

const std::string& OidcSignOn::name() const {
  return state_->options.name;
}

Result<std::string> OidcSignOn::address_for(const SignOnTry& one) {
  const auto provider = state_->known_provider();
  if (!provider) return fail(provider.error());
  const OidcOptions& options = state_->options;
  const char separator = provider->authorization.find('?') == std::string::npos ? '?' : '&';
  return provider->authorization + separator +
         form_encoded({{"response_type", "code"},
                       {"client_id", options.client},
                       {"redirect_uri", options.return_address},
                       {"scope", options.scope},
                       {"state", one.state},
                       {"nonce", one.nonce},
                       {"code_challenge", challenge_of(one.verifier)},
                       {"code_challenge_method", "S256"},
                       {"acr_values", joined(options.levels)},
                       {"prompt", "login"}});
}

Result<std::string> OidcSignOn::citizen_number_for(const std::string& code, const SignOnTry& one) {
  if (code.empty()) return fail(ErrorCode::unauthenticated, "There is no code to ask a token for.");
  const auto provider = state_->known_provider();
  if (!provider) return fail(provider.error());
  const auto question = state_->question_for_token(provider->token, code, one);
  if (!question) return fail(question.error());
  const auto answer = state_->ask(*question);
  if (!answer) return fail(answer.error());
  if (answer->status != 200) return refused(*answer);
  const auto body = parse_json(answer->bytes);
  if (!body) return silent("its answer is no JSON");
  const auto claims = state_->claims_of((*body)["id_token"].text_or_empty(), *provider);
  if (!claims) return fail(claims.error());
  const OidcOptions& options = state_->options;
  return oidc::citizen_number_in(*claims, {options.issuer, options.client, one.nonce, options.number_claim,
                                           options.levels, state_->clock.now()});
}

}  // namespace softbot
