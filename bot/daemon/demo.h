#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ports/store.h"
#include "ports/vault.h"
#include "web/pages.h"

namespace softbot::daemon {

/// Made-up colleagues and residents of a demonstration, from a file such as samples/demo.json.
struct Demo {
  std::vector<AccountRecord> accounts;  ///< without password hashes, marked as demo
  std::vector<web::DemoAccount> sign_ins;
  std::vector<web::DemoResident> residents;
};
[[nodiscard]] Result<Demo> read_demo(const std::filesystem::path& file);

/// Puts the demo accounts into the store where they are not yet. Nobody signs in with them on a node that is
/// no demonstration.
[[nodiscard]] Result<void> add_demo_accounts(Store& store, const Vault& vault, const Demo& demo);

}  // namespace softbot::daemon
