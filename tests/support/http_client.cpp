#include "support/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

#include "domain/json.h"

namespace softbot::tests {
namespace {

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* target) {
  static_cast<std::string*>(target)->append(data, size * count);
  return size * count;
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* target) {
  std::string line(data, size * count);
  const auto colon = line.find(':');
  if (colon != std::string::npos) {
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return static_cast<char>(std::tolower(c)); });
    const auto begin = line.find_first_not_of(' ', colon + 1);
    const auto end = line.find_last_not_of("\r\n ");
    const bool empty = begin == std::string::npos || end == std::string::npos || end < begin;
    (*static_cast<std::map<std::string, std::string>*>(target))[name] =
        empty ? std::string() : line.substr(begin, end - begin + 1);
  }
  return size * count;
}

}  // namespace

Value Answer::json() const {
  return parse_json(body).value_or(Value());
}

std::string Answer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

Answer request(const std::string& method, const std::string& url, const HeaderLines& headers,
               const std::string& body) {
  static const bool initialised = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  Answer answer;
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
  if (!initialised || !curl) return answer;
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  for (const std::string& line : headers) list = curl_slist_append(list, line.c_str());
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> lines(list, curl_slist_free_all);
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, method.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, lines.get());
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, 60'000L);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.body);
  curl_easy_setopt(curl.get(), CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(curl.get(), CURLOPT_HEADERDATA, &answer.headers);
  if (method == "HEAD") curl_easy_setopt(curl.get(), CURLOPT_NOBODY, 1L);
  if (!body.empty() || method == "POST" || method == "PUT") {
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
  }
  if (curl_easy_perform(curl.get()) != CURLE_OK) return Answer{};
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  return answer;
}

}  // namespace softbot::tests
