#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace softbot::http {

/// An answer as it came over the wire; header names in lower case.
struct WireResponse {
  int status = 0;
  std::map<std::string, std::string> headers;
  std::string body;
};

/// A client that sends exactly the bytes it is given, over a real socket. Every wait ends after five seconds.
class WireClient {
 public:
  explicit WireClient(std::uint16_t port, std::string_view from = "127.0.0.1");
  virtual ~WireClient();
  WireClient(const WireClient&) = delete;
  WireClient& operator=(const WireClient&) = delete;

  /// False when the other side does not take it.
  bool send(std::string_view bytes);
  /// The next whole answer, or nothing when the connection ended first. `head_only`: for answers to HEAD.
  enum class Expect { body, head_only };
  [[nodiscard]] std::optional<WireResponse> receive(Expect expect = Expect::body);
  /// True when the other side closed (end of stream, nothing left over).
  [[nodiscard]] bool closed_by_server();
  /// Whether something came that was not received yet.
  [[nodiscard]] bool has_something() const;
  /// Sends our end of stream.
  void finish_sending();

 protected:
  virtual long write_some(const char* data, std::size_t size);
  virtual long read_some(char* data, std::size_t size);
  int socket_ = -1;

 private:
  bool fill();
  std::string buffer_;
};

/// The same over TLS, trusting anybody.
class TlsWireClient final : public WireClient {
 public:
  explicit TlsWireClient(std::uint16_t port);
  ~TlsWireClient() override;
  [[nodiscard]] bool connected() const;
  /// What was agreed by ALPN.
  [[nodiscard]] std::string protocol() const;
  /// Common name in the server's certificate.
  [[nodiscard]] std::string subject() const;

 protected:
  long write_some(const char* data, std::size_t size) override;
  long read_some(char* data, std::size_t size) override;

 private:
  struct Session;
  std::unique_ptr<Session> session_;
};

/// "GET /path HTTP/1.1" with a Host and what else is given.
[[nodiscard]] std::string get(std::string_view target, std::string_view more_headers = "");
[[nodiscard]] std::string post(std::string_view target, std::string_view body,
                               std::string_view more_headers = "");

}  // namespace softbot::http
