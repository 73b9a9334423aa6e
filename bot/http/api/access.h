#pragma once

#include <any>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/bsn.h"
#include "http/router.h"
#include "pipeline/services.h"

namespace softbot::http {

/// Roles as bits of Access::roles. `anyone` needs no identity at all. `resident` is a signed-in resident;
/// `application_code` is whoever shows the code that belongs to the reference in the path (header
/// Application-Code).
namespace role {
inline constexpr std::uint64_t anyone = 1U << 0U;
inline constexpr std::uint64_t application_code = 1U << 1U;
inline constexpr std::uint64_t resident = 1U << 2U;
inline constexpr std::uint64_t consultant = 1U << 3U;
inline constexpr std::uint64_t clerk = 1U << 4U;
inline constexpr std::uint64_t mail_room = 1U << 5U;
inline constexpr std::uint64_t administrator = 1U << 6U;
inline constexpr std::uint64_t auditor = 1U << 7U;
inline constexpr std::uint64_t staff = consultant | clerk | mail_room | administrator | auditor;
}  // namespace role

/// Who asks. Staff and machine keys share roles: a key is a colleague that is a program.
struct Identity {
  enum class Kind { nobody, code, resident, staff, machine };
  Kind kind = Kind::nobody;
  std::uint64_t roles = role::anyone;
  std::string account;  ///< staff: account name; machine: the key's name
  std::string display_name;
  std::string person;                       ///< staff: who it is, for four eyes
  std::vector<std::string> municipalities;  ///< empty: all
  std::vector<std::string> teams;           ///< empty: all
  std::string bsn;                          ///< of a signed-in resident
  bool may_assert_identity = false;         ///< machine keys only
  std::string csrf;  ///< of a browser session; posted forms must carry it as "csrf", scripts as X-CSRF-Token
  std::string session_commitment;  ///< "" without a session
  bool demo = false;
};

/// The identity that the guard established for this request.
[[nodiscard]] const Identity& identity_of(const Request& request);

/// Options of the guard. Demo identities exist only under ./run.
struct AccessOptions {
  bool demo = false;
  std::chrono::minutes staff_session{480};
  std::chrono::minutes resident_session{60};
};

/// Finds out who asks (session cookie, `Authorization: Bearer` machine key, Application-Code), checks the
/// route's roles and, for a changing request with a session cookie, the CSRF token. Wrong codes, passwords
/// and keys are rate limited per client address and per reference or account. Thread-safe.
class Gatekeeper {
 public:
  Gatekeeper(const Services& services, AccessOptions options);
  ~Gatekeeper();
  Gatekeeper(const Gatekeeper&) = delete;
  Gatekeeper& operator=(const Gatekeeper&) = delete;

  /// For RouterHooks::guard: the answer that stops the request, or nothing.
  [[nodiscard]] std::optional<Response> guard(const Route& route, Request& request);

  /// A new session, as the cookie to set ("softbot-staff" or "softbot-resident"; HttpOnly, SameSite=Lax,
  /// Secure when the request was). Unknown name, wrong password and inactive account are told apart for
  /// nobody. `too_many` after too many tries.
  [[nodiscard]] Result<std::string> sign_in_staff(const Request& request, std::string_view name,
                                                  std::string_view password);
  /// `too_many` after too many tries to sign in elsewhere from one address.
  [[nodiscard]] Result<void> may_try_to_sign_on(const Request& request);
  /// A session of a resident whom somebody else established (ports/sign_on.h), as the cookie to set.
  [[nodiscard]] Result<std::string> sign_in_resident(const Request& request, const Bsn& number);
  /// Demo only: signs in as the person with this number. `forbidden` when demo is off.
  [[nodiscard]] Result<std::string> sign_in_demo_resident(const Request& request, std::string_view bsn);
  /// Ends the request's session; the cookie that clears it.
  [[nodiscard]] Result<std::string> sign_out(const Request& request);

  /// For pages that take reference and code in a posted form: checks the code with the same rate limit as the
  /// header. The browser then holds a short-lived cookie ("softbot-case") bound to that reference, so that
  /// the code stands in no address.
  [[nodiscard]] Result<std::string> open_case(const Request& request, std::string_view reference,
                                              std::string_view code);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace softbot::http
