#include "brp_register.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/http_client/http_client.h"
#include "brp_person.h"
#include "domain/json.h"

namespace softbot {
namespace {

tl::unexpected<Error> unanswered(const NoHttpAnswer& no_answer) {
  if (no_answer.wrong_set_up) {
    return fail(ErrorCode::configuration, "The register of persons cannot be asked: " + no_answer.why +
                                              ". Check its address and certificates in the configuration.");
  }
  return fail(ErrorCode::unavailable, "The register of persons does not answer: " + no_answer.why + ".");
}

tl::unexpected<Error> refused(long status) {
  const auto number = std::to_string(status);
  if (status == 401 || status == 403) {
    return fail(ErrorCode::configuration,
                "The register of persons refuses us (HTTP " + number +
                    "). Check the key, the purpose (x-doelbinding) and the authorisation.");
  }
  if (status == 429 || status >= 500) {
    return fail(ErrorCode::unavailable, "The register of persons cannot answer now (HTTP " + number + ").");
  }
  return fail(ErrorCode::configuration, "The register of persons does not take our question (HTTP " + number +
                                            "). Check its address and the version of the standard.");
}

bool is_nine_digits(std::string_view text) {
  return text.size() == 9 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

HttpClientOptions client_options(const BrpOptions& options) {
  HttpClientOptions client;
  client.ca_file = options.ca_file;
  client.client_certificate = options.client_certificate;
  client.client_key = options.client_key;
  client.proxy = options.proxy;
  client.connect_timeout = options.connect_timeout;
  client.timeout = options.timeout;
  client.max_answer_bytes = options.max_answer_bytes;
  client.idle_connections = options.idle_connections;
  return client;
}

}  // namespace

struct BrpRegister::State {
  explicit State(BrpOptions given) : options(std::move(given)), client(client_options(options)) {
    while (options.base_url.ends_with('/')) options.base_url.pop_back();
    headers = {"Content-Type: application/json; charset=utf-8", "Accept: application/json; charset=utf-8",
               "Expect:"};
    add_header("x-doelbinding", options.purpose);
    add_header("x-verwerking", options.processing);
    add_header("x-gebruiker", options.application);
    add_header(options.key_header, options.key);
  }

  void add_header(const std::string& name, const std::string& value) {
    if (value.empty()) return;
    if (name.empty() || (name + value).find_first_of("\r\n") != std::string::npos) {
      throw std::invalid_argument("a header for the register of persons holds a line break or has no name");
    }
    headers.push_back(name + ": " + value);
  }

  BrpOptions options;
  std::vector<std::string> headers;
  HttpClient client;
};

BrpRegister::BrpRegister(BrpOptions options) : state_(std::make_unique<State>(std::move(options))) {
}

BrpRegister::~BrpRegister() = default;

Result<std::optional<RegisterPerson>> BrpRegister::find(const std::string& bsn) {
  if (!is_nine_digits(bsn)) {
    return fail(ErrorCode::invalid_input, "A citizen number has nine digits; the register was not asked.");
  }
  const auto answer = state_->client.ask(
      {state_->options.base_url + "/personen", state_->headers, to_json(brp_question(bsn))});
  if (!answer) return unanswered(answer.error());
  if (answer->status != 200) return refused(answer->status);
  const auto value = parse_json(answer->bytes, {.bytes = state_->options.max_answer_bytes});
  if (!value)
    return fail(ErrorCode::unavailable, "The register of persons answered with something that is not JSON.");
  return brp_answer(*value, bsn);
}

}  // namespace softbot
