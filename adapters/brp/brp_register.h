#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "ports/register.h"

namespace softbot {

/// How to reach the register and what to say to its gateway.
struct BrpOptions {
  std::string base_url;    ///< up to and without "/personen": "https://register.example/haalcentraal/api/brp"
  std::string purpose;     ///< x-doelbinding; "" leaves the header out
  std::string processing;  ///< x-verwerking; "" leaves the header out
  std::string application;  ///< x-gebruiker, who asks on behalf of the organisation; "" leaves the header out
  std::string key_header = "X-API-KEY";
  std::string key;                 ///< secret; "" leaves the header out
  std::string ca_file;             ///< certificates to trust; "": those of the system
  std::string client_certificate;  ///< PEM file for gateways with mutual TLS; "" for none
  std::string client_key;
  std::string proxy;  ///< "" for a direct connection, whatever the environment says
  std::chrono::milliseconds connect_timeout{3'000};
  std::chrono::milliseconds timeout{10'000};            ///< of one question in all
  std::size_t max_answer_bytes = std::size_t{1} << 20;  ///< more counts as no answer
  std::size_t idle_connections = 8;                     ///< kept open for the next question
};

/// The register of persons by "BRP Personen bevragen" version 2 (POST {base}/personen). The citizen number
/// travels in the body alone: never in an address, an error or a log. Thread-safe; threads ask in parallel.
class BrpRegister final : public Register {
 public:
  explicit BrpRegister(BrpOptions options);
  ~BrpRegister() override;
  BrpRegister(const BrpRegister&) = delete;
  BrpRegister& operator=(const BrpRegister&) = delete;

  /// `unavailable`: no answer, too slow, too large, a server error (5xx, 429) or an answer that is not what
  /// the standard says. `configuration`: our address, certificate, key, purpose or authorisation is wrong.
  /// `invalid_input`: not nine digits; nothing was asked.
  [[nodiscard]] Result<std::optional<RegisterPerson>> find(const std::string& bsn) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace softbot
