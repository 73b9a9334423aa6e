#pragma once

#include <string>

#include "domain/time.h"
#include "ports/mailer.h"

namespace softbot::mail {

struct Sender {
  std::string name;  ///< as mailboxes show it; "" for the address alone
  EmailAddress address;
};

/// The message as it goes over the line (RFC 5322, lines end with CR LF). `invalid_input` when the sender's
/// name, the subject or the id would not stay within its own header line, or a text is no UTF-8.
[[nodiscard]] Result<std::string> write_message(const MailMessage& message, const Sender& sender,
                                                Instant now);

/// What comes after the @.
[[nodiscard]] std::string domain_of(const EmailAddress& address);

}  // namespace softbot::mail
