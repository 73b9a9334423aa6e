#include "daemon/demo.h"

#include <utility>

#include "daemon/settings.h"
#include "domain/json.h"

namespace softbot::daemon {

Result<Demo> read_demo(const std::filesystem::path& file) {
  const auto text = read_text_file(file);
  if (!text) return fail(text.error());
  const auto json = parse_json(*text);
  if (!json) return fail(ErrorCode::configuration, file.string() + ": " + json.error().message);
  Demo demo;
  for (const Value& one : (*json)["accounts"].items()) {
    AccountRecord account;
    account.name = AccountName(one["name"].text_or_empty());
    account.display_name = one["displayName"].text_or_empty();
    account.person = "demo:" + account.name.text;
    account.demo = true;
    for (const Value& role : one["roles"].items()) account.roles.push_back(role.text_or_empty());
    demo.accounts.push_back(std::move(account));
    demo.sign_ins.push_back(
        {one["name"].text_or_empty(), one["password"].text_or_empty(), one["inWords"].text_or_empty()});
  }
  for (const Value& one : (*json)["residents"].items()) {
    demo.residents.push_back(
        {one["bsn"].text_or_empty(), one["name"].text_or_empty(), one["story"].text_or_empty()});
  }
  return demo;
}

Result<void> add_demo_accounts(Store& store, const Vault& vault, const Demo& demo) {
  std::vector<AccountRecord> absent;
  const auto read = store.read([&](Transaction& transaction) -> Result<void> {
    for (std::size_t i = 0; i < demo.accounts.size(); ++i) {
      if (transaction.account(demo.accounts[i].name)) continue;
      absent.push_back(demo.accounts[i]);
      absent.back().password_hash = demo.sign_ins[i].password;  // hashed below, outside the reading
    }
    return {};
  });
  if (!read || absent.empty()) return read;
  for (AccountRecord& account : absent) account.password_hash = vault.hash_password(account.password_hash);
  return store.write([&](Transaction& transaction) -> Result<void> {
    for (const AccountRecord& account : absent) transaction.put_account(account);
    return {};
  });
}

}  // namespace softbot::daemon
