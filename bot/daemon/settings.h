#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "domain/result.h"

namespace softbot::daemon {

/// The register of persons; an empty url means that none is connected, and every application that needs it
/// goes to a person.
struct RegisterSettings {
  std::string url;
  std::string purpose;
  std::string processing;
  std::filesystem::path key_file;
  std::filesystem::path ca_file;
  std::chrono::milliseconds timeout{5'000};
};

/// Where residents sign in; an empty issuer means nowhere.
struct SignOnSettings {
  std::string name = "DigiD";
  std::string issuer;
  std::string client;
  std::filesystem::path secret_file;
  std::filesystem::path key_file;  ///< instead of a secret: a private key as JWK
  std::string scope = "openid";
  std::string number_claim = "bsn";
  std::vector<std::string> levels;
  std::filesystem::path ca_file;
  std::chrono::milliseconds timeout{10'000};
};

/// The mail server that announces letters; an empty host means that all letters go by post.
struct MailSettings {
  std::string host;
  std::uint16_t port = 587;
  std::string encryption = "starttls";  ///< or tls; none for this machine alone
  std::string sender_name;
  std::string sender_address;
  std::string user;
  std::filesystem::path password_file;
  std::filesystem::path ca_file;
  std::chrono::milliseconds timeout{30'000};
};

/// The program that reads scans.
struct ReadingSettings {
  std::filesystem::path program;  ///< empty: softbot-reader beside this program; "none": no scan is read
  std::filesystem::path models;   ///< its nets; empty: those that came with this program
  std::size_t at_once = 1;        ///< scans read at the same time, each on one processor
};

struct TlsSettings {
  std::filesystem::path certificate;
  std::filesystem::path key;
};

/// What an operator sets in softbot.json (docs: config/README.md). Policies, forms, letters and safeguards
/// are no settings: they live in the store.
struct Settings {
  std::string listen = "127.0.0.1:8080";
  std::string metrics_listen = "127.0.0.1:9464";  ///< "" for none
  std::string public_address;
  std::string default_municipality;
  std::optional<TlsSettings> tls;
  std::vector<std::string> trusted_proxies;
  std::filesystem::path master_key_file;  ///< empty: "<DATA>.key"
  RegisterSettings persons;
  SignOnSettings residents_sign_on;
  MailSettings mail;
  ReadingSettings reading;
  std::size_t connections = 2'048;
  double requests_per_second = 0;  ///< per client; 0: no limit
  double burst = 0;
  std::size_t worker_threads = 32;
  std::size_t submission_mebibytes = 8;
  std::size_t document_mebibytes = 25;
  std::size_t scan_mebibytes = 64;  ///< scans in one request, and one file of the scan folder
  std::size_t job_threads = 2;
  int job_attempts = 10;
  std::int64_t job_backoff_ms = 500;
  int repair_term_days = 14;
  int repair_call_working_days = 3;

  std::filesystem::path config_folder;  ///< holds forms/, letters/, municipalities/, policy/, safeguards.json
  std::filesystem::path file;           ///< that this was read from
};

/// An address to listen on, "HOST:PORT" or "[::1]:PORT".
struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
  [[nodiscard]] bool is_loopback() const;
};
[[nodiscard]] Result<Endpoint> parse_endpoint(const std::string& text);

/// Reads the file. Every mistake is named with its path; unknown members are mistakes.
[[nodiscard]] Result<Settings> read_settings(const std::filesystem::path& file);

/// The configuration folder that belongs to this program: beside the sources it was built from, or
/// /usr/share/softbot/config, or $SOFTBOT_CONFIG.
[[nodiscard]] std::filesystem::path shipped_config_folder();

/// Where the program that reads scans and its nets lie; nothing when the settings say that none is to be
/// used.
struct ReaderPlace {
  std::filesystem::path program;
  std::filesystem::path models;
};
[[nodiscard]] std::optional<ReaderPlace> reader_place(const ReadingSettings& settings);

/// A whole small file as text. `configuration` when it cannot be read.
[[nodiscard]] Result<std::string> read_text_file(const std::filesystem::path& file);

}  // namespace softbot::daemon
