#include "unit/http/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace softbot::http {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& character : result) {
    character = character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32) : character;
  }
  return result;
}

WireResponse head_of(std::string_view head) {
  WireResponse response;
  response.status = std::stoi(std::string(head.substr(9, 3)));
  std::size_t at = head.find("\r\n");
  while (at != std::string_view::npos && at + 2 < head.size()) {
    const std::size_t end = head.find("\r\n", at + 2);
    const std::string_view line = head.substr(at + 2, end == std::string_view::npos ? end : end - at - 2);
    const std::size_t colon = line.find(": ");
    response.headers[lower(line.substr(0, colon))] = line.substr(colon + 2);
    at = end;
  }
  return response;
}

}  // namespace

WireClient::WireClient(std::uint16_t port, std::string_view from)
    : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval patience{.tv_sec = 60, .tv_usec = 0};  // a slow machine is no mistake
  const int yes = 1;
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  sockaddr_in own{};
  own.sin_family = AF_INET;
  inet_pton(AF_INET, std::string(from).c_str(), &own.sin_addr);
  sockaddr_in there{};
  there.sin_family = AF_INET;
  there.sin_port = htons(port);
  inet_pton(AF_INET, "127.0.0.1", &there.sin_addr);
  if (bind(socket_, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0 ||
      connect(socket_, reinterpret_cast<const sockaddr*>(&there), sizeof there) != 0) {
    close(socket_);
    throw std::runtime_error("cannot connect to the server under test");
  }
}

WireClient::~WireClient() {
  close(socket_);
}

long WireClient::write_some(const char* data, std::size_t size) {
  return ::send(socket_, data, size, MSG_NOSIGNAL);
}

long WireClient::read_some(char* data, std::size_t size) {
  return ::recv(socket_, data, size, 0);
}

bool WireClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const long sent = write_some(bytes.data(), bytes.size());
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool WireClient::fill() {
  std::array<char, 65'536> part{};
  const long got = read_some(part.data(), part.size());
  if (got > 0) {
    buffer_.append(part.data(), static_cast<std::size_t>(got));
  }
  return got > 0;
}

std::optional<WireResponse> WireClient::receive(Expect expect) {
  std::size_t head_end = buffer_.find("\r\n\r\n");
  while (head_end == std::string::npos) {
    if (!fill()) {
      return std::nullopt;
    }
    head_end = buffer_.find("\r\n\r\n");
  }
  WireResponse response = head_of(std::string_view(buffer_).substr(0, head_end));
  buffer_.erase(0, head_end + 4);
  const auto length = response.headers.find("content-length");
  if (expect == Expect::body && length != response.headers.end()) {
    const std::size_t size = std::stoul(length->second);
    while (buffer_.size() < size) {
      if (!fill()) {
        return std::nullopt;
      }
    }
    response.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
  }
  return response;
}

bool WireClient::closed_by_server() {
  std::array<char, 1> byte{};
  return buffer_.empty() && read_some(byte.data(), 1) == 0;
}

bool WireClient::has_something() const {
  char byte = 0;
  return !buffer_.empty() || ::recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

void WireClient::finish_sending() {
  shutdown(socket_, SHUT_WR);
}

struct TlsWireClient::Session {
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{SSL_CTX_new(TLS_client_method()), SSL_CTX_free};
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl{SSL_new(context.get()), SSL_free};
  bool connected = false;
};

TlsWireClient::TlsWireClient(std::uint16_t port) : WireClient(port), session_(std::make_unique<Session>()) {
  constexpr std::array<unsigned char, 12> offered{2, 'h', '2', 8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  SSL_set_alpn_protos(session_->ssl.get(), offered.data(), offered.size());
  SSL_set_fd(session_->ssl.get(), socket_);
  session_->connected = SSL_connect(session_->ssl.get()) == 1;
}

TlsWireClient::~TlsWireClient() {
  SSL_shutdown(session_->ssl.get());
}

bool TlsWireClient::connected() const {
  return session_->connected;
}

std::string TlsWireClient::protocol() const {
  const unsigned char* text = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(session_->ssl.get(), &text, &size);
  return {text, text + size};
}

std::string TlsWireClient::subject() const {
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(
      SSL_get1_peer_certificate(session_->ssl.get()), X509_free);
  std::array<char, 100> text{};
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, text.data(),
                            static_cast<int>(text.size()));
  return text.data();
}

long TlsWireClient::write_some(const char* data, std::size_t size) {
  return SSL_write(session_->ssl.get(), data, static_cast<int>(size));
}

long TlsWireClient::read_some(char* data, std::size_t size) {
  return SSL_read(session_->ssl.get(), data, static_cast<int>(size));
}

std::string get(std::string_view target, std::string_view more_headers) {
  std::string text("GET ");
  return text.append(target).append(" HTTP/1.1\r\nHost: here\r\n").append(more_headers).append("\r\n");
}

std::string post(std::string_view target, std::string_view body, std::string_view more_headers) {
  std::string text("POST ");
  text.append(target)
      .append(" HTTP/1.1\r\nHost: here\r\nContent-Length: ")
      .append(std::to_string(body.size()));
  return text.append("\r\n").append(more_headers).append("\r\n").append(body);
}

}  // namespace softbot::http
