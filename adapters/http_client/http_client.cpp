#include "http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include "adapters/curl/curl_handle.h"

namespace softbot {
namespace {

struct Taken {
  std::string bytes;
  std::size_t limit = 0;
};

/// Called by libcurl for every piece; less than given makes it stop.
std::size_t take(char* bytes, std::size_t size, std::size_t count, void* target) noexcept {
  auto& taken = *static_cast<Taken*>(target);
  const auto length = size * count;
  if (length > taken.limit - std::min(taken.limit, taken.bytes.size())) return 0;
  try {
    taken.bytes.append(bytes, length);
  } catch (...) {
    return 0;
  }
  return length;
}

}  // namespace

struct HttpClient::State {
  explicit State(HttpClientOptions given) : options(std::move(given)) {}

  /// A handle with an open connection where one is idle, else a new one.
  CurlHandle borrow() {
    {
      const std::scoped_lock lock(mutex);
      if (!idle.empty()) {
        auto handle = std::move(idle.back());
        idle.pop_back();
        return handle;
      }
    }
    return open_curl();
  }

  void give_back(CurlHandle handle) {
    curl_easy_reset(handle.get());  // keeps its connection
    const std::scoped_lock lock(mutex);
    if (idle.size() < options.idle_connections) idle.push_back(std::move(handle));
  }

  void set_up(CURL* handle) const {
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "softbot");
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

  HttpClientOptions options;
  std::mutex mutex;              ///< guards `idle`
  std::vector<CurlHandle> idle;  ///< each with at most one connection
};

HttpClient::HttpClient(HttpClientOptions options) {
  start_curl();
  state_ = std::make_unique<State>(std::move(options));
}

HttpClient::~HttpClient() = default;

tl::expected<HttpAnswer, NoHttpAnswer> HttpClient::ask(const HttpQuestion& question) {
  const CurlList headers = curl_list(question.headers);
  Taken taken{{}, state_->options.max_answer_bytes};
  auto handle = state_->borrow();
  state_->set_up(handle.get());
  curl_easy_setopt(handle.get(), CURLOPT_URL, question.url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &taken);
  if (question.body) {
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, question.body->c_str());
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(question.body->size()));
  }
  const auto code = curl_easy_perform(handle.get());
  if (code != CURLE_OK)  // the handle and its connection are dropped
    return tl::unexpected(NoHttpAnswer{is_wrong_set_up(code), curl_easy_strerror(code)});
  HttpAnswer answer;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &answer.status);
  answer.bytes = std::move(taken.bytes);
  state_->give_back(std::move(handle));
  return answer;
}

}  // namespace softbot
