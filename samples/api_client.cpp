#include "api_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "adapters/curl/curl_handle.h"
#include "domain/json.h"

namespace softbot::samples {
namespace {

constexpr long timeout_ms = 30'000;
constexpr std::size_t longest_answer = std::size_t{8} << 20;

CurlHandle new_handle() {
  start_curl();
  return open_curl();
}

/// Called by libcurl for every piece; less than given makes it stop.
std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* target) {
  auto& body = *static_cast<std::string*>(target);
  if (body.size() + count > longest_answer) return 0;
  body.append(bytes, count);
  return count;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t count, void* target) {
  constexpr std::string_view name = "etag:";
  const std::string_view line(bytes, count);
  const bool is_etag =
      line.size() > name.size() && std::equal(name.begin(), name.end(), line.begin(), [](char a, char b) {
        return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
      });
  if (is_etag) {
    const auto begin = line.find_first_not_of(' ', name.size());
    const auto end = line.find_last_not_of("\r\n ");
    if (begin != std::string_view::npos && end >= begin) {
      *static_cast<std::string*>(target) = line.substr(begin, end - begin + 1);
    }
  }
  return count;
}

}  // namespace

struct ApiClient::State {
  std::string base_url;
  std::string key;
  std::string csrf;
  CurlHandle handle = new_handle();

  Result<ApiAnswer> exchange(const std::string& path, const std::string* body, const Headers& headers,
                             const std::string& media_type = "application/json") {
    Headers lines{"Accept: application/json", "Expect:"};
    if (!key.empty()) lines.push_back("Authorization: Bearer " + key);
    if (!csrf.empty()) lines.push_back("X-CSRF-Token: " + csrf);
    if (body != nullptr) lines.push_back("Content-Type: " + media_type);
    lines.insert(lines.end(), headers.begin(), headers.end());
    const CurlList list = curl_list(lines);

    ApiAnswer answer;
    std::string bytes;
    CURL* curl = handle.get();
    curl_easy_reset(curl);  // keeps connections and cookies
    curl_easy_setopt(curl, CURLOPT_URL, (base_url + path).c_str());
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout_ms);
    curl_easy_setopt(curl, CURLOPT_COOKIEFILE, "");  // cookies in memory
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list.get());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &bytes);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer.etag);
    if (body != nullptr) {
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->c_str());
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
    }
    const CURLcode code = curl_easy_perform(curl);
    if (code != CURLE_OK) {
      return fail(ErrorCode::unavailable, base_url + " does not answer: " + curl_easy_strerror(code) + ".");
    }
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    if (bytes.empty()) return answer;
    auto json = parse_json(bytes, {.bytes = longest_answer});
    if (!json) return fail(ErrorCode::unavailable, base_url + " answered with something that is not JSON.");
    answer.body = std::move(*json);
    return answer;
  }
};

ApiClient::ApiClient(std::string base_url, std::string key) : state_(std::make_unique<State>()) {
  while (base_url.ends_with('/')) base_url.pop_back();
  state_->base_url = std::move(base_url);
  state_->key = std::move(key);
}

ApiClient::~ApiClient() = default;
ApiClient::ApiClient(ApiClient&&) noexcept = default;
ApiClient& ApiClient::operator=(ApiClient&&) noexcept = default;

Result<void> ApiClient::sign_in(const std::string& account, const std::string& password) {
  state_->csrf.clear();
  const auto opened = post("/api/v1/session", Value::object({{"account", account}, {"password", password}}));
  if (!opened) return fail(opened.error());
  if (opened->status >= 300)
    return fail(ErrorCode::unauthenticated, "Signing in failed: " + problem_in(*opened));
  const auto session = get("/api/v1/session");
  if (!session) return fail(session.error());
  state_->csrf = session->body["csrf"].text_or_empty();
  return {};
}

Result<ApiAnswer> ApiClient::get(const std::string& path, const Headers& headers) {
  return state_->exchange(path, nullptr, headers);
}

Result<ApiAnswer> ApiClient::upload(const std::string& path, const std::string& bytes,
                                    const std::string& media_type, const Headers& headers) {
  return state_->exchange(path, &bytes, headers, media_type);
}

Result<ApiAnswer> ApiClient::post(const std::string& path, const Value& body, const Headers& headers) {
  const std::string text = to_json(body);
  return state_->exchange(path, &text, headers);
}

std::string problem_in(const ApiAnswer& answer) {
  std::string text = "HTTP " + std::to_string(answer.status);
  for (const char* name : {"title", "detail"}) {
    if (const std::string& part = answer.body[name].text_or_empty(); !part.empty()) text += ", " + part;
  }
  for (const Value& error : answer.body["errors"].items()) {
    text += "\n    " + error["field"].text_or_empty() + ": " + error["message"].text_or_empty();
  }
  return text;
}

}  // namespace softbot::samples
