#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "adapters/mail/message.h"
#include "ports/clock.h"
#include "ports/mailer.h"

namespace softbot {

enum class MailEncryption {
  starttls,  ///< the connection must become encrypted before anything is said
  tls,       ///< it is from the start
  none,      ///< for a mail server on this machine alone
};

struct SmtpOptions {
  std::string host;
  std::uint16_t port = 587;
  MailEncryption encryption = MailEncryption::starttls;
  std::string user;  ///< "": without signing in
  std::string password;
  std::string ca_file;  ///< certificates to trust; "": those of the system
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{30'000};  ///< of one message in all
};

/// Hands mail to the municipality's mail server (RFC 5321), one message per connection. The server's
/// certificate is checked; without encryption nothing is said unless `none` is set. Thread-safe.
class SmtpMailer final : public Mailer {
 public:
  /// `clock` outlives it. Throws std::runtime_error when libcurl cannot be started.
  SmtpMailer(SmtpOptions options, mail::Sender sender, const Clock& clock);

  [[nodiscard]] tl::expected<void, MailFailure> send(const MailMessage& message) override;

 private:
  const SmtpOptions options_;
  const mail::Sender sender_;
  const Clock& clock_;
};

}  // namespace softbot
