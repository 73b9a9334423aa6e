#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/vault/master_key.h"
#include "ports/vault.h"

namespace softbot {

/// Where the master key lies unless the operator says otherwise: beside the data folder, "<DATA>.key".
[[nodiscard]] std::filesystem::path default_key_file(const std::filesystem::path& data_folder);

/// The vault over a master key in a file. Thread-safe: nothing changes after `open`.
///
/// Sealed and wrapped bytes are binary: one version byte, the nonce (24), the cipher text with its tag
/// (XChaCha20-Poly1305). Look-ups and commitments are base64url text. A signature is
/// "ed25519:PUBLIC:SIGNATURE", so that it can be checked with no more than itself and the public key that an
/// auditor noted before.
class FileVault final : public Vault {
 public:
  /// Errors as load_master_key().
  [[nodiscard]] static Result<std::unique_ptr<FileVault>> open(const std::filesystem::path& key_file,
                                                               const std::filesystem::path& data_folder,
                                                               WhenAbsent when_absent);

  [[nodiscard]] std::string new_wrapped_key() const override;
  [[nodiscard]] std::string seal(std::string_view wrapped_key, std::string_view context,
                                 std::string_view plain) const override;
  [[nodiscard]] Result<std::string> open(std::string_view wrapped_key, std::string_view context,
                                         std::string_view sealed) const override;
  [[nodiscard]] std::string bsn_lookup(std::string_view bsn) const override;
  [[nodiscard]] std::string commitment(std::string_view purpose, std::string_view text) const override;
  [[nodiscard]] std::string application_code(const ApplicationReference& reference) const override;
  [[nodiscard]] std::string random_bytes(std::size_t count) const override;
  [[nodiscard]] std::string hash_password(std::string_view password) const override;
  [[nodiscard]] bool password_matches(std::string_view hash, std::string_view password) const override;
  [[nodiscard]] std::string sign(std::string_view text) const override;
  [[nodiscard]] bool signature_fits(std::string_view text, std::string_view signature) const override;

 private:
  explicit FileVault(const unsigned char* master);

  SecretBytes wrapping_;
  SecretBytes lookups_;
  SecretBytes codes_;
  SecretBytes commitments_;
  SecretBytes signing_;
  std::string public_key_;  ///< base64url
};

}  // namespace softbot
