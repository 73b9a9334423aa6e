#pragma once

#include <string>
#include <string_view>

#include "domain/ids.h"
#include "domain/result.h"

namespace softbot {

/// Keys, seals and random ids. The master key lies outside the data folder. Thread-safe.
///
/// Each person has a key of their own, wrapped by the master key; what is personal is sealed with it, so that
/// destroying the wrapped key is erasure (DESIGN.md, Personal data).
class Vault {
 public:
  virtual ~Vault() = default;

  /// A fresh key for a person, already wrapped. The store keeps it; nobody sees it bare.
  [[nodiscard]] virtual std::string new_wrapped_key() const = 0;

  /// Authenticated encryption under the key inside `wrapped_key`. `context` binds the seal to its place (such
  /// as "application:REFERENCE"): a sealed text moved elsewhere does not open.
  [[nodiscard]] virtual std::string seal(std::string_view wrapped_key, std::string_view context,
                                         std::string_view plain) const = 0;
  /// Fails with `damaged` when the key, the context or the bytes do not fit.
  [[nodiscard]] virtual Result<std::string> open(std::string_view wrapped_key, std::string_view context,
                                                 std::string_view sealed) const = 0;

  /// Keyed look-up value for a BSN (HMAC with a key of its own): equal for equal numbers, useless without the
  /// key.
  [[nodiscard]] virtual std::string bsn_lookup(std::string_view bsn) const = 0;

  /// Keyed commitment over any text, for the audit chain and for hashes of secrets with enough randomness.
  [[nodiscard]] virtual std::string commitment(std::string_view purpose, std::string_view text) const = 0;

  /// The code that belongs to a reference: 12 characters, derived, never stored. Compare with `same_secret`.
  [[nodiscard]] virtual std::string application_code(const ApplicationReference& reference) const = 0;

  /// Random bytes from the operating system.
  [[nodiscard]] virtual std::string random_bytes(std::size_t count) const = 0;

  /// argon2id (libsodium interactive limits), and its check. Slow by design: never on a path without a rate
  /// limit.
  [[nodiscard]] virtual std::string hash_password(std::string_view password) const = 0;
  [[nodiscard]] virtual bool password_matches(std::string_view hash, std::string_view password) const = 0;

  /// Ed25519 signature of the node's own signing key, and its public half, for audit checkpoints.
  [[nodiscard]] virtual std::string sign(std::string_view text) const = 0;
  [[nodiscard]] virtual bool signature_fits(std::string_view text, std::string_view signature) const = 0;
};

/// Compares in time that does not depend on where the texts differ.
[[nodiscard]] bool same_secret(std::string_view left, std::string_view right);

/// New random ids in the house's forms.
[[nodiscard]] ApplicationReference new_reference(const Vault& vault);  ///< 12 characters, "7KQM-4T9X-HR2D"
[[nodiscard]] std::string new_id(
    const Vault& vault);  ///< 26 characters, for submissions, documents, persons, sessions

}  // namespace softbot
