#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/api/access.h"
#include "http/router.h"
#include "pipeline/services.h"
#include "policy/trials.h"
#include "ports/sign_on.h"

namespace softbot::web {

/// A made-up person that visitors of a demonstration may sign in as.
struct DemoResident {
  std::string bsn;
  std::string name;
  std::string story;  ///< one Dutch sentence: what this person shows
};

/// A made-up colleague of a demonstration.
struct DemoAccount {
  std::string name;
  std::string password;
  std::string role;  ///< in Dutch words
};

/// Where who signs residents in sends them back to, below the public address.
inline constexpr std::string_view sign_on_return_path = "/inloggen/terug";

/// How the pages are set up here.
struct PageOptions {
  bool demo = false;                                ///< a demonstration: every page says so
  std::string default_municipality;                 ///< id; "": the first by name
  std::size_t scan_bytes = std::size_t{100} << 20;  ///< of the scans in one upload
  std::vector<DemoResident> demo_residents;
  std::vector<DemoAccount> demo_accounts;
  SignOn* residents_sign_on = nullptr;  ///< outlives the pages; null: residents cannot sign in
  PolicyTrials* trials = nullptr;       ///< outlives the pages; null only where there are none but for errors
};

/// Adds every page and the styles, scripts and fonts below /assets. Services and gatekeeper must outlive the
/// router.
void add_pages(http::Router& router, const Services& services, http::Gatekeeper& gatekeeper,
               const PageOptions& options);

/// For RouterHooks::error_page: the error in plain words and the look of the other pages. Without a session
/// where one is needed it is the sign-in page. Services must outlive it.
[[nodiscard]] std::function<http::Response(const http::Request&, const Error&, int)> error_page(
    const Services& services, const PageOptions& options);

/// For RouterHooks::guard: the gatekeeper's guard, whose refusals of pages are pages too (the API keeps
/// problem+json). Both must outlive it.
[[nodiscard]] std::function<std::optional<http::Response>(const http::Route&, http::Request&)> page_guard(
    const Services& services, http::Gatekeeper& gatekeeper, const PageOptions& options);

}  // namespace softbot::web
