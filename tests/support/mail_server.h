#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "domain/value.h"
#include "support/process.h"

namespace softbot::tests {

/// A certificate authority of its own with a certificate for 127.0.0.1, as PEM files in a folder.
struct TestCertificate {
  explicit TestCertificate(const std::filesystem::path& folder);
  std::filesystem::path authority;
  std::filesystem::path certificate;
  std::filesystem::path key;
};

/// tests/support/mail_server.py, a real mail server on 127.0.0.1: says which mailboxes refuse.
class MailServer {
 public:
  struct Options {
    const TestCertificate* certificate = nullptr;  ///< null: never encrypted
    bool tls_from_the_start = false;
    std::string user = {};
    std::string password = {};
  };
  /// Starts and waits until it listens. Throws std::runtime_error when it does not get there.
  explicit MailServer(Options options);
  MailServer() : MailServer(Options{}) {}

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// What it took since it started last, oldest first, as mail_server.py prints it.
  [[nodiscard]] std::vector<Value> messages() const;
  /// The same once there are so many, ten seconds at most.
  [[nodiscard]] std::vector<Value> wait_for(std::size_t count) const;
  void stop();
  /// Listens on the same port again.
  void start();

 private:
  Options options_;
  TemporaryFolder folder_;
  std::uint16_t port_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace softbot::tests
