#pragma once

#include <string>
#include <tl/expected.hpp>

#include "domain/email.h"

namespace softbot {

/// A short message in plain text to one person.
struct MailMessage {
  EmailAddress to;
  std::string id;  ///< letters, digits and '-': the same id is the same message, also when it goes twice
  std::string language;  ///< nl, en
  std::string subject;   ///< one line
  std::string text;      ///< lines end with '\n'
};

/// Why a message did not go out.
struct MailFailure {
  enum class Kind {
    later,    ///< no answer, or "not now": try again
    refused,  ///< the mail server says that this mailbox is not there or takes nothing, now or later
    set_up,   ///< any other "never": ours to put right (settings, certificate, sender); then it may go
  };
  Kind kind = Kind::later;
  int reply = 0;    ///< what the mail server answered (RFC 5321 section 4.2.3); 0 when it did not
  std::string why;  ///< for the log: what we were doing; no address, no words of the server
};

/// Brings mail outside. Thread-safe.
class Mailer {
 public:
  virtual ~Mailer() = default;
  /// Returns when the mail server has taken the message upon itself (RFC 5321 section 6.1), or has not.
  [[nodiscard]] virtual tl::expected<void, MailFailure> send(const MailMessage& message) = 0;
};

}  // namespace softbot
