#include "daemon/outside.h"

#include <filesystem>
#include <string>
#include <utility>

#include "adapters/brp/brp_register.h"
#include "adapters/mail/smtp_mailer.h"
#include "adapters/oidc/oidc_sign_on.h"
#include "web/pages.h"

namespace softbot::daemon {
namespace {

/// Where no register is connected every question goes unanswered, for good: the cases go to people.
class NoRegister final : public Register {
 public:
  Result<std::optional<RegisterPerson>> find(const std::string&) override {
    return fail(ErrorCode::configuration,
                "No register of persons is connected: set register.url in softbot.json.");
  }
};

/// A secret alone in a file, without the line's end.
Result<std::string> read_secret(const std::filesystem::path& file) {
  auto secret = read_text_file(file);
  if (!secret) return secret;
  while (!secret->empty() && (secret->back() == '\n' || secret->back() == '\r')) secret->pop_back();
  return secret;
}

MailEncryption encryption_of(const std::string& name) {
  if (name == "none") return MailEncryption::none;
  return name == "tls" ? MailEncryption::tls : MailEncryption::starttls;
}

}  // namespace

Result<std::unique_ptr<Register>> open_register(const RegisterSettings& settings) {
  if (settings.url.empty()) return std::make_unique<NoRegister>();
  BrpOptions options;
  options.base_url = settings.url;
  options.purpose = settings.purpose;
  options.processing = settings.processing;
  options.ca_file = settings.ca_file.string();
  options.timeout = settings.timeout;
  if (!settings.key_file.empty()) {
    auto key = read_secret(settings.key_file);
    if (!key) return fail(key.error());
    options.key = std::move(*key);
  }
  return std::make_unique<BrpRegister>(std::move(options));
}

Result<std::unique_ptr<SignOn>> open_sign_on(const Settings& settings, const Clock& clock) {
  const SignOnSettings& given = settings.residents_sign_on;
  if (given.issuer.empty()) return nullptr;
  OidcOptions options;
  options.name = given.name;
  options.issuer = given.issuer;
  options.client = given.client;
  options.scope = given.scope;
  options.number_claim = given.number_claim;
  options.levels = given.levels;
  options.http.ca_file = given.ca_file.string();
  options.http.timeout = given.timeout;
  options.return_address = settings.public_address;
  while (options.return_address.ends_with('/')) options.return_address.pop_back();
  options.return_address += web::sign_on_return_path;
  auto secret = read_secret(given.secret_file.empty() ? given.key_file : given.secret_file);
  if (!secret) return fail(secret.error());
  (given.secret_file.empty() ? options.private_key : options.secret) = std::move(*secret);
  return std::make_unique<OidcSignOn>(std::move(options), clock);
}

Result<std::unique_ptr<Mailer>> open_mailer(const MailSettings& given, bool may_sign_in, const Clock& clock) {
  if (given.host.empty()) return nullptr;
  if (!may_sign_in) {
    return fail(
        ErrorCode::configuration,
        "mail announces letters on the page where residents sign in: set residentSignIn too, or leave "
        "mail.host empty.");
  }
  SmtpOptions options;
  options.host = given.host;
  options.port = given.port;
  options.encryption = encryption_of(given.encryption);
  options.user = given.user;
  options.ca_file = given.ca_file.string();
  options.timeout = given.timeout;
  if (!given.password_file.empty()) {
    auto password = read_secret(given.password_file);
    if (!password) return fail(password.error());
    options.password = std::move(*password);
  }
  auto address = parse_email(given.sender_address);
  if (!address) return fail(address.error());
  return std::make_unique<SmtpMailer>(std::move(options),
                                      mail::Sender{given.sender_name, std::move(*address)}, clock);
}

}  // namespace softbot::daemon
