#include "http/api/access.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

#include "http/cookie.h"
#include "http/multipart.h"
#include "http/problem.h"
#include "http/rate_limit.h"
#include "pipeline/edit.h"

namespace softbot::http {
namespace {

constexpr std::string_view staff_cookie = "softbot-staff";
constexpr std::string_view resident_cookie = "softbot-resident";
constexpr std::string_view case_cookie = "softbot-case";
constexpr std::chrono::minutes case_session{30};

constexpr std::array<std::pair<std::string_view, std::uint64_t>, 5> role_names{
    {{"consultant", role::consultant},
     {"clerk", role::clerk},
     {"mail-room", role::mail_room},
     {"administrator", role::administrator},
     {"auditor", role::auditor}}};

std::uint64_t roles_from(const std::vector<std::string>& names) {
  std::uint64_t roles = role::anyone;
  for (const auto& [name, bit] : role_names) {
    if (std::find(names.begin(), names.end(), name) != names.end()) roles |= bit;
  }
  return roles;
}

Identity identity_from(const AccountRecord& account) {
  Identity identity;
  identity.kind = Identity::Kind::staff;
  identity.roles = roles_from(account.roles);
  identity.account = account.name.text;
  identity.display_name = account.display_name;
  identity.person = account.person;
  identity.municipalities = account.municipalities;
  identity.teams = account.teams;
  identity.demo = account.demo;
  return identity;
}

Identity identity_from(const MachineKeyRecord& key) {
  Identity identity;
  identity.kind = Identity::Kind::machine;
  identity.roles = roles_from(key.roles);
  identity.account = key.name;
  identity.display_name = key.name;
  identity.person = "machine:" + key.name;
  identity.municipalities = key.municipalities;
  identity.may_assert_identity = key.may_assert_identity;
  return identity;
}

/// The value that {reference} takes in this request; "" when the route has none.
std::string reference_in(const Route& route, const Request& request) {
  std::size_t index = 0;
  std::size_t start = 1;
  while (start <= route.pattern.size()) {
    const std::size_t end = std::min(route.pattern.find('/', start), route.pattern.size());
    if (route.pattern.substr(start, end - start) == "{reference}") {
      return index < request.segments.size() ? normalise_reference(request.segments[index]) : std::string();
    }
    start = end + 1;
    ++index;
  }
  return {};
}

bool is_change(Method method) {
  return method != Method::get && method != Method::head && method != Method::options;
}

/// The token that a posted form or a script sends along.
std::string sent_csrf(const Request& request) {
  const std::string_view header = request.headers.get("X-CSRF-Token");
  if (!header.empty()) return std::string(header);
  const std::string type = request.content_type();
  if (type == "application/x-www-form-urlencoded") {
    const auto form = parse_form(request.body);
    return form ? std::string(form->get("csrf")) : std::string();
  }
  if (type == "multipart/form-data") {
    // How many files there may be, and how large, is for the route to say; so with a text.
    MultipartLimits limits;
    limits.form.value_bytes = request.body.size();
    limits.files = request.body.size();
    limits.file_bytes = request.body.size();
    const auto form = parse_multipart(request.headers.get("Content-Type"), request.body, limits);
    return form ? std::string(form->fields.get("csrf")) : std::string();
  }
  return {};
}

Response denied(ErrorCode code, std::string message) {
  return problem_response(Error{code, std::move(message), false, {}});
}

}  // namespace

const Identity& identity_of(const Request& request) {
  static const Identity nobody;
  const Identity* identity = std::any_cast<Identity>(&request.identity);
  return identity != nullptr ? *identity : nobody;
}

struct Gatekeeper::State {
  const Services& services;
  AccessOptions options;
  RateLimiter per_case{Rate{.per_second = 0.1, .burst = 10}};
  RateLimiter per_address{Rate{.per_second = 1, .burst = 60}};
  RateLimiter per_account{Rate{.per_second = 0.05, .burst = 8}};
  RateLimiter sign_ons{Rate{.per_second = 0.5, .burst = 40}};  // a library has one address for all
  std::mutex hashing;                                          // one argon2 at a time: each takes 64 MiB
  std::string decoy_hash;  // so that an unknown name costs as much time as a known one

  State(const Services& services_in, AccessOptions options_in)
      : services(services_in),
        options(options_in),
        decoy_hash(services.vault.hash_password(new_id(services.vault))) {}

  [[nodiscard]] std::string commitment(std::string_view token) const {
    return services.vault.commitment("session", token);
  }

  std::optional<SessionRecord> session_in(const Request& request, std::string_view cookie) const {
    const auto token = find_cookie(request.headers, cookie);
    if (!token || token->empty() || token->size() > 128) return std::nullopt;
    std::optional<SessionRecord> session;
    const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
      session = transaction.session(commitment(*token));
      return {};
    });
    if (!read || !session || session->expires <= services.clock.now()) return std::nullopt;
    return session;
  }

  std::optional<Identity> staff_in(const Request& request) const {
    const auto session = session_in(request, staff_cookie);
    if (!session || session->kind != "staff") return std::nullopt;
    std::optional<AccountRecord> account;
    const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
      account = transaction.account(AccountName(session->account));
      return {};
    });
    if (!read || !account || !account->active || (account->demo && !options.demo)) return std::nullopt;
    Identity identity = identity_from(*account);
    identity.csrf = session->csrf;
    identity.session_commitment = session->token_commitment;
    return identity;
  }

  std::optional<Identity> resident_in(const Request& request) const {
    const auto session = session_in(request, resident_cookie);
    if (!session || session->kind != "resident") return std::nullopt;
    Identity identity;
    identity.kind = Identity::Kind::resident;
    identity.roles = role::anyone | role::resident;
    identity.bsn = session->bsn;
    identity.account = services.vault.commitment("resident", session->bsn);  // the same in each session
    identity.csrf = session->csrf;
    identity.session_commitment = session->token_commitment;
    identity.demo = options.demo;
    return identity;
  }

  std::optional<Identity> case_in(const Request& request, const std::string& reference) const {
    const auto session = session_in(request, case_cookie);
    if (!session || session->kind != "case") return std::nullopt;
    if (!reference.empty() && session->account != reference) return std::nullopt;
    Identity identity;
    identity.kind = Identity::Kind::code;
    identity.roles = role::anyone | role::application_code;
    identity.account = session->account;
    identity.csrf = session->csrf;
    identity.session_commitment = session->token_commitment;
    return identity;
  }

  Result<Identity> machine(std::string_view key, const Request& request) {
    std::optional<MachineKeyRecord> record;
    const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
      record = transaction.machine_key(services.vault.commitment("machine-key", key));
      return {};
    });
    if (!read) return fail(read.error());
    if (!record || !record->active) {
      const auto wait = per_address.take(request.peer);
      if (wait.count() > 0)
        return fail(ErrorCode::too_many, "Too many wrong keys. Wait before you try again.");
      return fail(ErrorCode::unauthenticated, "This key is not known or no longer active.");
    }
    return identity_from(*record);
  }

  /// Checks a code, slowing down whoever guesses.
  Result<void> check_code(const Request& request, const std::string& reference, std::string_view code) {
    const std::string key = request.peer + "|" + reference;
    if (per_case.take(key).count() > 0 || per_address.take(request.peer).count() > 0) {
      return fail(ErrorCode::too_many,
                  "Te veel pogingen. Wacht een paar minuten en probeer het dan opnieuw.");
    }
    const std::string right = services.vault.application_code(ApplicationReference(reference));
    if (!same_secret(normalise_reference(code), right)) {
      return fail(ErrorCode::forbidden,
                  "Dit kenmerk en deze code horen niet bij elkaar. Kijk op uw ontvangstbevestiging.");
    }
    per_case.forgive(key);
    per_address.forgive(request.peer);
    return {};
  }

  Result<std::string> open_session(const Request& request, SessionRecord session, std::string_view cookie,
                                   std::chrono::minutes length) {
    const std::string token = new_id(services.vault) + new_id(services.vault);
    session.token_commitment = commitment(token);
    session.csrf = new_id(services.vault);
    session.created = services.clock.now();
    session.expires = session.created + length;
    const std::string actor = session.kind == "staff" ? session.account : session.kind;
    const auto stored = services.store.write([&](Transaction& transaction) -> Result<void> {
      transaction.remove_expired_sessions(session.created);
      transaction.add_session(session);
      AuditRecord row = pipeline::audit_row(actor, "signed-in");
      row.subject = session.kind;
      row.at = session.created;
      transaction.append_audit(std::move(row));
      return {};
    });
    if (!stored) return fail(stored.error());
    return set_cookie(Cookie{.name = std::string(cookie),
                             .value = token,
                             .max_age = std::chrono::seconds(length),
                             .same_site = SameSite::lax,
                             .secure = request.secure});
  }

  /// Who asks, or why that cannot be said.
  Result<Identity> identify(const Route& route, const Request& request) {
    const std::string_view authorization = request.headers.get("Authorization");
    if (authorization.starts_with("Bearer ")) return machine(authorization.substr(7), request);
    const std::string reference = reference_in(route, request);
    if (const std::string_view code = request.headers.get("Application-Code");
        !code.empty() && !reference.empty()) {
      if (auto right = check_code(request, reference, code); !right) return fail(right.error());
      Identity identity;
      identity.kind = Identity::Kind::code;
      identity.roles = role::anyone | role::application_code;
      identity.account = reference;
      return identity;
    }
    const bool staff_page = route.pattern.starts_with("/staff");
    const bool for_staff = (route.access.roles & role::staff) != 0;
    const bool for_resident = (route.access.roles & (role::resident | role::application_code)) != 0 ||
                              (route.access.roles & role::anyone) != 0;
    if (for_resident && !staff_page) {
      const auto resident = resident_in(request);
      if (resident && (route.access.roles & (role::resident | role::anyone)) != 0) {
        // Somebody who is signed in may also follow another's application with its code.
        Identity identity = *resident;
        if (!reference.empty() && case_in(request, reference)) identity.roles |= role::application_code;
        return identity;
      }
      const auto opened = case_in(request, reference);
      if (opened && (route.access.roles & role::application_code) != 0) return *opened;
    }
    if (for_staff || staff_page || (route.access.roles & role::anyone) != 0) {
      if (auto staff = staff_in(request)) return *staff;
    }
    return Identity{};
  }
};

Gatekeeper::Gatekeeper(const Services& services, AccessOptions options)
    : state_(std::make_unique<State>(services, options)) {
}

Gatekeeper::~Gatekeeper() = default;

std::optional<Response> Gatekeeper::guard(const Route& route, Request& request) {
  auto identity = state_->identify(route, request);
  if (!identity) {
    if (identity.error().code == ErrorCode::too_many) return too_many_response(std::chrono::seconds(10));
    return problem_response(identity.error());
  }
  const bool allowed = (identity->roles & route.access.roles) != 0;
  if (!allowed && identity->kind == Identity::Kind::nobody) {
    return denied(ErrorCode::unauthenticated, "Log eerst in, of stuur een sleutel of code mee.");
  }
  if (!allowed) return denied(ErrorCode::forbidden, "Uw rol mag dit niet.");
  if (is_change(request.method) && !identity->session_commitment.empty() &&
      !same_secret(sent_csrf(request), identity->csrf)) {
    return denied(ErrorCode::forbidden,
                  "Deze pagina is verlopen. Ga terug, ververs de pagina en verstuur opnieuw.");
  }
  request.identity = std::move(*identity);
  return std::nullopt;
}

Result<std::string> Gatekeeper::sign_in_staff(const Request& request, std::string_view name,
                                              std::string_view password) {
  if (state_->per_account.take(std::string("account|") + std::string(name)).count() > 0 ||
      state_->per_address.take(request.peer).count() > 0) {
    return fail(ErrorCode::too_many, "Te veel pogingen. Wacht een paar minuten en probeer het dan opnieuw.");
  }
  std::optional<AccountRecord> account;
  const auto read = state_->services.store.read([&](Transaction& transaction) -> Result<void> {
    account = transaction.account(AccountName(name));
    return {};
  });
  if (!read) return fail(read.error());
  const bool usable = account && account->active && (!account->demo || state_->options.demo);
  bool matches = false;
  {
    const std::lock_guard one_at_a_time(state_->hashing);
    matches = state_->services.vault.password_matches(usable ? account->password_hash : state_->decoy_hash,
                                                      password);
  }
  if (!usable || !matches) {
    state_->services.log.warn("sign-in-refused");
    return fail(ErrorCode::unauthenticated, "Deze naam en dit wachtwoord horen niet bij elkaar.");
  }
  state_->per_account.forgive(std::string("account|") + std::string(name));
  SessionRecord session;
  session.kind = "staff";
  session.account = account->name.text;
  return state_->open_session(request, std::move(session), staff_cookie, state_->options.staff_session);
}

Result<std::string> Gatekeeper::sign_in_demo_resident(const Request& request, std::string_view bsn) {
  if (!state_->options.demo) {
    return fail(ErrorCode::forbidden, "Inloggen voor inwoners is hier niet aangesloten.");
  }
  const auto number = parse_bsn(bsn);
  if (!number)
    return fail(Error{ErrorCode::invalid_input,
                      "Dit is geen burgerservicenummer.",
                      false,
                      {{"bsn", "invalid", number.error().message}}});
  return sign_in_resident(request, *number);
}

Result<void> Gatekeeper::may_try_to_sign_on(const Request& request) {
  if (state_->sign_ons.take(request.peer).count() == 0) return {};
  return fail(ErrorCode::too_many, "Te veel pogingen. Wacht een paar minuten en probeer het dan opnieuw.");
}

Result<std::string> Gatekeeper::sign_in_resident(const Request& request, const Bsn& number) {
  SessionRecord session;
  session.kind = "resident";
  session.bsn = number.digits();
  return state_->open_session(request, std::move(session), resident_cookie, state_->options.resident_session);
}

Result<std::string> Gatekeeper::sign_out(const Request& request) {
  const Identity& identity = identity_of(request);
  if (!identity.session_commitment.empty()) {
    const auto removed = state_->services.store.write([&](Transaction& transaction) -> Result<void> {
      transaction.remove_session(identity.session_commitment);
      return {};
    });
    if (!removed) return fail(removed.error());
  }
  const std::string_view name = identity.kind == Identity::Kind::staff      ? staff_cookie
                                : identity.kind == Identity::Kind::resident ? resident_cookie
                                                                            : case_cookie;
  return set_cookie(Cookie{.name = std::string(name),
                           .value = "",
                           .max_age = std::chrono::seconds(0),
                           .same_site = SameSite::lax,
                           .secure = request.secure});
}

Result<std::string> Gatekeeper::open_case(const Request& request, std::string_view reference,
                                          std::string_view code) {
  const std::string wanted = normalise_reference(reference);
  if (auto right = state_->check_code(request, wanted, code); !right) return fail(right.error());
  SessionRecord session;
  session.kind = "case";
  session.account = wanted;
  return state_->open_session(request, std::move(session), case_cookie, case_session);
}

}  // namespace softbot::http
