#include "adapters/curl/curl_handle.h"

#include <curl/curl.h>

#include <new>
#include <stdexcept>

namespace softbot {

void CurlHandleCloser::operator()(void* handle) const {
  curl_easy_cleanup(handle);
}

void CurlListCloser::operator()(curl_slist* list) const {
  curl_slist_free_all(list);
}

void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) throw std::runtime_error("libcurl cannot be started");
}

CurlHandle open_curl() {
  CurlHandle handle(curl_easy_init());
  if (!handle) throw std::bad_alloc();
  return handle;
}

CurlList curl_list(const std::vector<std::string>& lines) {
  CurlList list;
  for (const std::string& line : lines) {
    if (line.find_first_of("\r\n") != std::string::npos)
      throw std::invalid_argument("a line holds a line break");
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    (void)list.release();
    list.reset(longer);
  }
  return list;
}

bool is_wrong_set_up(int code) {
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_USE_SSL_FAILED:
      return true;
    default:
      return false;
  }
}

}  // namespace softbot
