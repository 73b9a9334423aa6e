#include "brp_register.h"

#include <curl/curl.h>

#include <algorithm>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "brp_person.h"
#include "domain/json.h"

namespace softbot {
namespace {

struct HandleCloser {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, HandleCloser>;

struct ListCloser {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListCloser>;

/// libcurl's own set-up, once for the whole process.
void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) throw std::runtime_error("libcurl cannot be started");
}

HeaderList append(HeaderList list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  (void)list.release();
  return HeaderList(longer);
}

struct Answer {
  std::string bytes;
  std::size_t limit = 0;
};

/// Called by libcurl for every piece; less than given makes it stop.
std::size_t take(char* bytes, std::size_t size, std::size_t count, void* target) noexcept {
  auto& answer = *static_cast<Answer*>(target);
  const auto length = size * count;
  if (length > answer.limit - std::min(answer.limit, answer.bytes.size())) return 0;
  try {
    answer.bytes.append(bytes, length);
  } catch (...) {
    return 0;
  }
  return length;
}

bool is_wrong_set_up(CURLcode code) {
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
      return true;
    default:
      return false;
  }
}

tl::unexpected<Error> failed_transfer(CURLcode code) {
  const std::string why = curl_easy_strerror(code);
  if (is_wrong_set_up(code)) {
    return fail(ErrorCode::configuration, "The register of persons cannot be asked: " + why +
                                              ". Check its address and certificates in the configuration.");
  }
  return fail(ErrorCode::unavailable, "The register of persons does not answer: " + why + ".");
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

}  // namespace

struct BrpRegister::State {
  explicit State(BrpOptions given) : options(std::move(given)) {
    while (options.base_url.ends_with('/')) options.base_url.pop_back();
    headers = append(std::move(headers), "Content-Type: application/json; charset=utf-8");
    headers = append(std::move(headers), "Accept: application/json; charset=utf-8");
    headers = append(std::move(headers), "Expect:");
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
    headers = append(std::move(headers), name + ": " + value);
  }

  /// A handle with an open connection where one is idle, else a new one.
  Handle borrow() {
    {
      const std::scoped_lock lock(mutex);
      if (!idle.empty()) {
        auto handle = std::move(idle.back());
        idle.pop_back();
        return handle;
      }
    }
    Handle handle(curl_easy_init());
    if (!handle) throw std::bad_alloc();
    set_up(handle.get());
    return handle;
  }

  void give_back(Handle handle) {
    const std::scoped_lock lock(mutex);
    if (idle.size() < options.idle_connections) idle.push_back(std::move(handle));
  }

  void set_up(CURL* handle) const {
    const auto url = options.base_url + "/personen";
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "softbot");
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_PROXY, options.proxy.c_str());
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
    curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, nullptr);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &take);
    if (!options.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, options.ca_file.c_str());
    if (!options.client_certificate.empty()) {
      curl_easy_setopt(handle, CURLOPT_SSLCERT, options.client_certificate.c_str());
      curl_easy_setopt(handle, CURLOPT_SSLKEY, options.client_key.c_str());
    }
  }

  BrpOptions options;
  HeaderList headers;
  std::mutex mutex;          ///< guards `idle`
  std::vector<Handle> idle;  ///< each with at most one connection
};

BrpRegister::BrpRegister(BrpOptions options) {
  start_curl();
  state_ = std::make_unique<State>(std::move(options));
}

BrpRegister::~BrpRegister() = default;

Result<std::optional<RegisterPerson>> BrpRegister::find(const std::string& bsn) {
  if (!is_nine_digits(bsn)) {
    return fail(ErrorCode::invalid_input, "A citizen number has nine digits; the register was not asked.");
  }
  const auto question = to_json(brp_question(bsn));
  Answer answer{{}, state_->options.max_answer_bytes};
  auto handle = state_->borrow();
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, question.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(question.size()));
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &answer);

  const auto code = curl_easy_perform(handle.get());
  if (code != CURLE_OK) return failed_transfer(code);  // the handle and its connection are dropped
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, nullptr);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, nullptr);
  state_->give_back(std::move(handle));

  if (status != 200) return refused(status);
  const auto value = parse_json(answer.bytes, {.bytes = state_->options.max_answer_bytes});
  if (!value)
    return fail(ErrorCode::unavailable, "The register of persons answered with something that is not JSON.");
  return brp_answer(*value, bsn);
}

}  // namespace softbot
