#include "daemon/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "domain/email.h"
#include "domain/json.h"
#include "domain/text.h"

namespace softbot::daemon {
namespace {

constexpr std::string_view no_program = "none";
constexpr std::array<std::string_view, 3> mail_encryptions{"starttls", "tls", "none"};
constexpr std::uintmax_t largest_file = std::uintmax_t{16} << 20;

/// Takes members out of one object and remembers what is wrong or left over.
class Reader {
 public:
  Reader(const Value& object, std::string path, std::vector<FieldError>& errors)
      : object_(object), path_(std::move(path)), errors_(errors) {}
  ~Reader() {
    for (const Value::Member& member : object_.members()) {
      if (std::find(seen_.begin(), seen_.end(), member.name) == seen_.end()) {
        wrong(member.name, "unknown", "There is no such setting.");
      }
    }
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  const Value& take(const char* name) {
    seen_.emplace_back(name);
    return object_[name];
  }

  void text(const char* name, std::string& target) {
    const Value& value = take(name);
    if (value.is_null()) return;
    if (!value.is_text()) return wrong(name, "wrong-kind", "This must be a text.");
    target = value.text_or_empty();
  }

  void file(const char* name, const std::filesystem::path& base, std::filesystem::path& target) {
    std::string text_value;
    text(name, text_value);
    if (!text_value.empty()) target = base / text_value;  // an absolute path stays as it is
  }

  template <class Number>
  void number(const char* name, std::int64_t least, std::int64_t most, Number& target) {
    const Value& value = take(name);
    if (value.is_null()) return;
    const auto whole = value.as_integer();
    if (!whole || *whole < least || *whole > most) {
      return wrong(
          name, "out-of-range",
          "This must be a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ".");
    }
    target = static_cast<Number>(*whole);
  }

  void wrong(const std::string& name, std::string code, std::string message) {
    errors_.push_back({path_ + "/" + name, std::move(code), std::move(message)});
  }

 private:
  const Value& object_;
  std::string path_;
  std::vector<FieldError>& errors_;
  std::vector<std::string> seen_;
};

void read_register(const Value& value, const std::filesystem::path& base, Settings& settings,
                   std::vector<FieldError>& errors) {
  Reader reader(value, "/register", errors);
  reader.text("url", settings.persons.url);
  reader.text("purpose", settings.persons.purpose);
  reader.text("processing", settings.persons.processing);
  reader.file("keyFile", base, settings.persons.key_file);
  reader.file("caFile", base, settings.persons.ca_file);
  std::int64_t milliseconds = settings.persons.timeout.count();
  reader.number("timeoutMilliseconds", 100, 60'000, milliseconds);
  settings.persons.timeout = std::chrono::milliseconds(milliseconds);
}

std::vector<std::string> texts_in(const Value& list) {
  std::vector<std::string> texts;
  for (const Value& one : list.items()) texts.push_back(one.text_or_empty());
  return texts;
}

void read_sign_on(const Value& value, const std::filesystem::path& base, SignOnSettings& settings,
                  std::vector<FieldError>& errors) {
  if (value.is_null()) return;
  if (!value.is_object())
    return errors.push_back({"/residentSignIn", "wrong-kind", "This must be an object."});
  Reader reader(value, "/residentSignIn", errors);
  reader.text("name", settings.name);
  reader.text("issuer", settings.issuer);
  reader.text("clientId", settings.client);
  reader.file("secretFile", base, settings.secret_file);
  reader.file("keyFile", base, settings.key_file);
  reader.text("scope", settings.scope);
  reader.text("numberClaim", settings.number_claim);
  const Value& levels = reader.take("levels");
  if (!levels.is_null() && !levels.is_list()) reader.wrong("levels", "wrong-kind", "This must be a list.");
  settings.levels = texts_in(levels);
  if (std::find(settings.levels.begin(), settings.levels.end(), "") != settings.levels.end())
    reader.wrong("levels", "wrong-kind", "Each level must be a text, as it stands in acr.");
  reader.file("caFile", base, settings.ca_file);
  std::int64_t milliseconds = settings.timeout.count();
  reader.number("timeoutMilliseconds", 100, 60'000, milliseconds);
  settings.timeout = std::chrono::milliseconds(milliseconds);
  if (settings.issuer.empty()) {
    if (!settings.client.empty()) reader.wrong("issuer", "missing", "Name where residents sign in.");
    return;
  }
  if (settings.levels.empty())
    reader.wrong("levels", "missing", "Name the levels (acr) at which you believe who it is, one at least.");
  const bool own = settings.issuer.starts_with("http://127.0.0.1:") ||
                   settings.issuer.starts_with("http://localhost:") ||
                   settings.issuer.starts_with("http://[::1]:");
  if (!own && !settings.issuer.starts_with("https://"))
    reader.wrong("issuer", "no-tls", "This must begin with https://.");
  if (settings.client.empty())
    reader.wrong("clientId", "missing", "Name the client as it is registered there.");
  if (settings.secret_file.empty() == settings.key_file.empty())
    reader.wrong("secretFile", "missing", "Name a secretFile or a keyFile, one of them.");
}

/// Who signs residents in sends them back to an address that is registered there.
void check_sign_on(const Settings& settings, std::vector<FieldError>& errors) {
  if (!settings.residents_sign_on.issuer.empty() && settings.public_address.empty())
    errors.push_back({"/publicAddress", "missing",
                      "residentSignIn needs the address where residents reach the pages, to come back to."});
}

bool is_this_machine(const std::string& host) {
  return host == "localhost" || host == "::1" || host == "127.0.0.1";
}

void check_mail(const MailSettings& settings, Reader& reader) {
  const auto& known = mail_encryptions;
  if (std::find(known.begin(), known.end(), settings.encryption) == known.end())
    reader.wrong("encryption", "unknown",
                 "This is starttls, tls, or none for a mail server on this machine.");
  if (settings.host.empty()) {
    if (!settings.sender_address.empty()) reader.wrong("host", "missing", "Name the mail server.");
    return;
  }
  if (settings.host.find_first_of("/@? \r\n") != std::string::npos)
    reader.wrong("host", "invalid", "Name the mail server alone: mail.example.nl.");
  if (settings.encryption == "none" && !is_this_machine(settings.host))
    reader.wrong("encryption", "no-tls", "Mail leaves this machine encrypted: starttls or tls.");
  if (!parse_email(settings.sender_address))
    reader.wrong("senderAddress", "invalid", "Name the address that mail comes from: post@example.nl.");
  if (has_control_characters(settings.sender_name) ||
      settings.sender_name.find_first_of("\r\n\t") != std::string::npos)
    reader.wrong("senderName", "invalid", "This is one line of text.");
  if (settings.user.empty() != settings.password_file.empty())
    reader.wrong("passwordFile", "missing", "Name a user and a passwordFile, both or neither.");
}

void read_mail(const Value& value, const std::filesystem::path& base, MailSettings& settings,
               std::vector<FieldError>& errors) {
  if (value.is_null()) return;
  if (!value.is_object()) return errors.push_back({"/mail", "wrong-kind", "This must be an object."});
  Reader reader(value, "/mail", errors);
  reader.text("host", settings.host);
  reader.number("port", 1, 65'535, settings.port);
  reader.text("encryption", settings.encryption);
  reader.text("senderName", settings.sender_name);
  reader.text("senderAddress", settings.sender_address);
  reader.text("user", settings.user);
  reader.file("passwordFile", base, settings.password_file);
  reader.file("caFile", base, settings.ca_file);
  std::int64_t milliseconds = settings.timeout.count();
  reader.number("timeoutMilliseconds", 1'000, 120'000, milliseconds);
  settings.timeout = std::chrono::milliseconds(milliseconds);
  check_mail(settings, reader);
}

/// Mail names the page where the letter lies.
void check_mail_address(const Settings& settings, std::vector<FieldError>& errors) {
  if (!settings.mail.host.empty() && settings.public_address.empty())
    errors.push_back({"/publicAddress", "missing",
                      "mail needs the address where residents reach the pages: it tells where to look."});
}

void read_reading(const Value& value, const std::filesystem::path& base, Settings& settings,
                  std::vector<FieldError>& errors) {
  Reader reader(value, "/reading", errors);
  std::string program;
  reader.text("program", program);
  if (program == no_program) {
    settings.reading.program = program;
  } else if (!program.empty()) {
    settings.reading.program = base / program;
  }
  reader.file("models", base, settings.reading.models);
  reader.number("atOnce", 1, 64, settings.reading.at_once);
}

void read_limits(const Value& value, Settings& settings, std::vector<FieldError>& errors) {
  Reader reader(value, "/limits", errors);
  reader.number("connections", 1, 100'000, settings.connections);
  reader.number("requestsPerSecondPerClient", 0, 1'000'000, settings.requests_per_second);
  reader.number("burstPerClient", 0, 1'000'000, settings.burst);
  reader.number("workerThreads", 1, 256, settings.worker_threads);
  reader.number("submissionMebibytes", 1, 100, settings.submission_mebibytes);
  reader.number("documentMebibytes", 1, 100, settings.document_mebibytes);
  reader.number("scanMebibytes", 1, 200, settings.scan_mebibytes);
}

void read_jobs(const Value& value, Settings& settings, std::vector<FieldError>& errors) {
  Reader reader(value, "/jobs", errors);
  reader.number("threads", 1, 64, settings.job_threads);
  reader.number("attempts", 1, 30, settings.job_attempts);
  reader.number("firstPauseMilliseconds", 1, 60'000, settings.job_backoff_ms);
}

void read_tls(const Value& value, const std::filesystem::path& base, Settings& settings,
              std::vector<FieldError>& errors) {
  if (value.is_null()) return;
  Reader reader(value, "/tls", errors);
  TlsSettings tls;
  reader.file("certificate", base, tls.certificate);
  reader.file("key", base, tls.key);
  if (tls.certificate.empty() || tls.key.empty()) {
    reader.wrong("certificate", "missing", "TLS needs a certificate and a key, both as PEM files.");
  }
  settings.tls = tls;
}

void read_proxies(const Value& value, Settings& settings, std::vector<FieldError>& errors) {
  if (!value.is_null() && !value.is_list())
    errors.push_back({"/trustedProxies", "wrong-kind", "This must be a list."});
  settings.trusted_proxies = texts_in(value);
}

/// Plain HTTP may not leave the machine unless a proxy in front of it does the TLS.
void check_transport(const Settings& settings, std::vector<FieldError>& errors) {
  const auto endpoint = parse_endpoint(settings.listen);
  if (!endpoint) {
    errors.push_back({"/listen", "invalid", endpoint.error().message});
  } else if (!endpoint->is_loopback() && !settings.tls && settings.trusted_proxies.empty()) {
    errors.push_back(
        {"/listen", "no-tls",
         "Listening beyond this machine needs tls, or trustedProxies that name the proxy that does TLS."});
  }
}

std::filesystem::path this_program() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error);
}

/// A folder that came with this program: among the sources that it was built from, where it holds this file,
/// or where it was installed.
std::filesystem::path shipped_folder(const std::filesystem::path& among_sources,
                                     const std::filesystem::path& file, const std::string& installed) {
  std::error_code error;
  const auto shared = std::filesystem::path("share") / "softbot" / installed;
  const auto program = this_program();
  for (auto folder = program.parent_path(); folder.has_relative_path(); folder = folder.parent_path()) {
    if (std::filesystem::exists(folder / among_sources / file, error)) return folder / among_sources;
    if (std::filesystem::exists(folder / shared, error)) return folder / shared;
  }
  return "/usr" / shared;
}

}  // namespace

bool Endpoint::is_loopback() const {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

Result<Endpoint> parse_endpoint(const std::string& text) {
  const auto wrong = [] {
    return fail(ErrorCode::configuration, "An address looks like 127.0.0.1:8080 or [::1]:8080.");
  };
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return wrong();
  Endpoint endpoint;
  endpoint.host = text.substr(0, colon);
  if (endpoint.host.front() == '[' && endpoint.host.back() == ']') {
    endpoint.host = endpoint.host.substr(1, endpoint.host.size() - 2);
  }
  const char* begin = text.data() + colon + 1;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(begin, end, endpoint.port);
  if (begin == end || error != std::errc() || stop != end) return wrong();
  return endpoint;
}

Result<std::string> read_text_file(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (error)
    return fail(ErrorCode::configuration,
                "The file " + file.string() + " cannot be read: " + error.message() + ".");
  if (size > largest_file)
    return fail(ErrorCode::configuration, "The file " + file.string() + " is larger than 16 MiB.");
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) return fail(ErrorCode::configuration, "The file " + file.string() + " cannot be read.");
  return text.str();
}

std::filesystem::path shipped_config_folder() {
  if (const char* named = std::getenv("SOFTBOT_CONFIG"); named != nullptr && *named != '\0') return named;
  return shipped_folder("config", std::filesystem::path("forms") / "common.json", "config");
}

std::optional<ReaderPlace> reader_place(const ReadingSettings& settings) {
  if (settings.program == no_program) return std::nullopt;
  ReaderPlace place{settings.program, settings.models};
  if (place.program.empty()) place.program = this_program().parent_path() / "softbot-reader";
  if (place.models.empty())
    place.models = shipped_folder(std::filesystem::path("ocr") / "models", "models.json", "models");
  return place;
}

Result<Settings> read_settings(const std::filesystem::path& file) {
  const auto text = read_text_file(file);
  if (!text) return fail(text.error());
  const auto json = parse_json(*text);
  if (!json) return fail(ErrorCode::configuration, file.string() + ": " + json.error().message);
  if (!json->is_object()) return fail(ErrorCode::configuration, file.string() + " must hold a JSON object.");

  Settings settings;
  settings.file = file;
  const auto base = std::filesystem::absolute(file).parent_path();
  std::error_code error;
  settings.config_folder =
      std::filesystem::exists(base / "forms" / "common.json", error) ? base : shipped_config_folder();
  std::vector<FieldError> errors;
  {
    Reader reader(*json, "", errors);
    reader.text("listen", settings.listen);
    reader.text("metricsListen", settings.metrics_listen);
    reader.text("publicAddress", settings.public_address);
    reader.text("defaultMunicipality", settings.default_municipality);
    reader.file("masterKeyFile", base, settings.master_key_file);
    reader.file("configFolder", base, settings.config_folder);
    reader.number("repairTermDays", 1, 365, settings.repair_term_days);
    reader.number("repairCallWorkingDays", 0, 30, settings.repair_call_working_days);
    read_tls(reader.take("tls"), base, settings, errors);
    read_proxies(reader.take("trustedProxies"), settings, errors);
    read_register(reader.take("register"), base, settings, errors);
    read_sign_on(reader.take("residentSignIn"), base, settings.residents_sign_on, errors);
    read_mail(reader.take("mail"), base, settings.mail, errors);
    read_reading(reader.take("reading"), base, settings, errors);
    read_limits(reader.take("limits"), settings, errors);
    read_jobs(reader.take("jobs"), settings, errors);
  }
  check_transport(settings, errors);
  check_sign_on(settings, errors);
  check_mail_address(settings, errors);
  if (errors.empty()) return settings;
  std::string message = file.string() + " has mistakes:";
  for (const FieldError& one : errors) message += "\n  " + one.field + ": " + one.message;
  return fail(Error{ErrorCode::configuration, message, false, errors});
}

}  // namespace softbot::daemon
