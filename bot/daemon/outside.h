#pragma once

#include <memory>

#include "daemon/settings.h"
#include "domain/result.h"
#include "ports/clock.h"
#include "ports/mailer.h"
#include "ports/register.h"
#include "ports/sign_on.h"

namespace softbot::daemon {

/// The programs elsewhere that a node asks, as the settings say. Error: `configuration` or a secret that
/// cannot be read. `clock` outlives what is opened.

/// Where none is set, one that says so: every application that needs it goes to a person.
[[nodiscard]] Result<std::unique_ptr<Register>> open_register(const RegisterSettings& settings);

/// Null where residents cannot sign in.
[[nodiscard]] Result<std::unique_ptr<SignOn>> open_sign_on(const Settings& settings, const Clock& clock);

/// Null where nobody is mailed. `may_sign_in`: residents can reach what is announced.
[[nodiscard]] Result<std::unique_ptr<Mailer>> open_mailer(const MailSettings& given, bool may_sign_in,
                                                          const Clock& clock);

}  // namespace softbot::daemon
