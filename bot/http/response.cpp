#include "http/response.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "domain/json.h"
#include "http/multipart.h"

namespace softbot::http {
namespace {

struct Phrase {
  int status;
  std::string_view text;
};

constexpr std::array phrases = std::to_array<Phrase>({
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
});

}  // namespace

Response Response::with(std::string_view name, std::string_view value) && {
  headers.set(name, value);
  return std::move(*this);
}

Response json_response(int status, const Value& value) {
  Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = to_json(value);
  return response;
}

Response text_response(int status, std::string text) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  return response;
}

Response html_response(int status, std::string html) {
  Response response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.body = std::move(html);
  return response;
}

Response bytes_response(std::string content_type, std::string bytes) {
  Response response;
  response.content_type = std::move(content_type);
  response.body = std::move(bytes);
  return response;
}

Response empty_response() {
  Response response;
  response.status = 204;
  return response;
}

Response see_other(std::string_view location) {
  const bool local = location.starts_with('/') && !location.starts_with("//") && !location.starts_with("/\\");
  const bool clean = std::all_of(location.begin(), location.end(), [](char character) {
    return static_cast<unsigned char>(character) > 0x20 && static_cast<unsigned char>(character) < 0x7f;
  });
  if (!local || !clean) {
    throw std::invalid_argument("see_other: the location must be a path on this server");
  }
  Response response;
  response.status = 303;
  response.headers.add("Location", location);
  return response;
}

std::string attachment_disposition(std::string_view file_name) {
  std::string plain;
  for (const char character : file_name) {
    const auto byte = static_cast<unsigned char>(character);
    plain += byte < 0x20 || byte >= 0x7f || character == '"' || character == '\\' ? '_' : character;
  }
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encoded(file_name);
}

std::string_view reason_phrase(int status) {
  for (const Phrase& phrase : phrases) {
    if (phrase.status == status) {
      return phrase.text;
    }
  }
  return "";
}

}  // namespace softbot::http
