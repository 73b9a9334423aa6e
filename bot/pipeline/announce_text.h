#pragma once

#include <string>

#include "forms/municipality.h"
#include "ports/mailer.h"

namespace softbot::pipeline {

/// The mail that says that something lies ready, in the resident's language. It says which municipality, how
/// to get there without a link that signs in, how to stop these mails and what to do when it is not meant for
/// the reader: nothing about who it is for or what it is about. `page`: where residents reach the pages.
[[nodiscard]] MailMessage announcement(const Municipality& municipality, const std::string& page,
                                       const std::string& language, const EmailAddress& to, std::string id);

}  // namespace softbot::pipeline
