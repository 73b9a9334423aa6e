#include "pipeline/rights_life.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "domain/json.h"

namespace softbot::pipeline {
namespace {

constexpr const char* kind = "rights";
constexpr const char* file_name = "rights.json";
constexpr std::string_view administrator = "administrator";

bool has(const std::vector<std::string>& all, std::string_view one) {
  return std::ranges::find(all, one) != all.end();
}

bool is_part_of(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  return std::ranges::all_of(part, [&](const std::string& one) { return has(whole, one); });
}

Value list_of(const std::vector<std::string>& texts) {
  Value list = Value::list();
  for (const auto& text : texts) list.push(text);
  return list;
}

std::vector<std::string> texts_of(const Value& list) {
  std::vector<std::string> texts;
  for (const auto& item : list.items()) texts.push_back(item.text_or_empty());
  return texts;
}

/// The moment is part of it, so that the same rights can be given again after they were taken away.
ConfigurationFiles files_with(const Rights& rights, Instant proposed) {
  return {{file_name, to_pretty_json(Value::object({{"roles", list_of(rights.roles)},
                                                    {"municipalities", list_of(rights.municipalities)},
                                                    {"active", rights.active},
                                                    {"proposed", format_instant(proposed)}}))}};
}

Result<Rights> rights_in(const ConfigurationRecord& record) {
  const auto files = files_of(record.content);
  if (!files) return fail(files.error());
  const auto file = files->find(file_name);
  const auto value = file == files->end() ? Result<Value>(fail(ErrorCode::damaged, "No rights.json."))
                                          : parse_json(file->second);
  if (!value) return fail(value.error());
  return Rights{texts_of((*value)["roles"]), texts_of((*value)["municipalities"]),
                (*value)["active"].as_bool() == true};
}

Result<void> check(const Services& services, const Rights& rights) {
  std::vector<FieldError> flaws;
  for (const auto& role : rights.roles)
    if (!has(account_roles(), role)) flaws.push_back({"roles", "unknown", "Deze rol is er niet: " + role});
  if (rights.active && rights.roles.empty())
    flaws.push_back({"roles", "missing", "Kies minstens één rol, of zet het account uit."});
  const auto municipalities = services.configuration()->municipalities;
  for (const auto& id : rights.municipalities)
    if (!municipalities->contains(id))
      flaws.push_back({"municipalities", "unknown", "Deze gemeente is er niet."});
  if (flaws.empty()) return {};
  return fail(Error{ErrorCode::invalid_input, "De rechten kloppen niet.", false, std::move(flaws)});
}

bool may_change_everything(const AccountRecord& account) {
  return account.active && account.municipalities.empty() && has(account.roles, administrator);
}

/// Gives an account these rights, unless nobody would be left who can change anything.
Result<void> give(Transaction& transaction, AccountRecord account, const Rights& rights) {
  account.roles = rights.roles;
  account.municipalities = rights.municipalities;
  account.active = rights.active;
  const bool somebody_left = std::ranges::any_of(transaction.accounts(), [&](const AccountRecord& other) {
    return may_change_everything(other.name == account.name ? account : other);
  });
  if (!somebody_left)
    return fail(ErrorCode::conflict,
                "Dan blijft er niemand over die iets kan veranderen. Maak eerst iemand anders beheerder voor "
                "alle gemeenten.");
  transaction.put_account(account);
  return {};
}

std::string account_of_draft(Transaction& transaction, std::string_view version) {
  for (const auto& record : transaction.configurations(kind))
    if (record.version == version) return record.name;
  return {};
}

}  // namespace

const std::vector<std::string>& account_roles() {
  static const std::vector<std::string> roles{"consultant", "clerk", "mail-room", "administrator", "auditor"};
  return roles;
}

Rights rights_of(const AccountRecord& account) {
  return {account.roles, account.municipalities, account.active};
}

bool is_only_less(const Rights& before, const Rights& after) {
  const bool as_many_places =
      before.municipalities.empty()
          ? true
          : !after.municipalities.empty() && is_part_of(after.municipalities, before.municipalities);
  return is_part_of(after.roles, before.roles) && as_many_places && (before.active || !after.active);
}

Result<RightsOutcome> change_rights(const Services& services, const PolicyEditor& editor,
                                    const RightsChange& change) {
  if (auto may = may_change(editor, change.why); !may) return fail(may.error());
  if (auto checked = check(services, change.rights); !checked) return fail(checked.error());
  const auto by = signed_change(services, editor, change.why);
  auto outcome = RightsOutcome::proposed;
  const auto done = services.store.write([&](Transaction& transaction) -> Result<void> {
    const auto account = transaction.account(AccountName(change.account));
    if (!account) return fail(ErrorCode::not_found, "Dit account is er niet.");
    const Rights before = rights_of(*account);
    if (before == change.rights) return fail(ErrorCode::conflict, "Er is niets veranderd.");
    if (is_only_less(before, change.rights)) {
      outcome = RightsOutcome::changed;
      if (auto given = give(transaction, *account, change.rights); !given) return given;
      append_row(transaction, editor, "rights-taken-away", change.account, by);
      return {};
    }
    const auto version = propose(transaction, {kind, change.account}, files_with(change.rights, by.at), by);
    if (!version) return fail(version.error());
    append_row(transaction, editor, "rights-proposed", change.account, by);
    return {};
  });
  if (!done) return fail(done.error());
  if (outcome == RightsOutcome::changed) services.log.warn("rights-taken-away", {});
  return outcome;
}

Result<void> throw_away_rights(const Services& services, const PolicyEditor& editor, std::string_view version,
                               const std::string& why) {
  if (auto may = may_change(editor, why); !may) return may;
  const auto by = signed_change(services, editor, why);
  return services.store.write([&](Transaction& transaction) -> Result<void> {
    const auto account = account_of_draft(transaction, version);
    if (account.empty()) return fail(ErrorCode::not_found, "Dit voorstel is er niet.");
    auto thrown = throw_away(transaction, {kind, account}, version, by);
    if (thrown) append_row(transaction, editor, "rights-thrown-away", account, by);
    return thrown;
  });
}

Result<void> use_rights(Transaction& transaction, const PolicyEditor& editor,
                        const ConfigurationRecord& record) {
  const auto rights = rights_in(record);
  if (!rights) return fail(rights.error());
  const auto account = transaction.account(AccountName(record.name));
  if (!account) return fail(ErrorCode::not_found, "Dit account is er niet meer.");
  if (account->person == editor.person)
    return fail(ErrorCode::forbidden, "Niemand keurt eigen rechten goed. Vraag een collega.");
  return give(transaction, *account, *rights);
}

Result<RightsLife> rights_life(const Services& services) {
  RightsLife life;
  std::vector<ConfigurationRecord> records;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    life.accounts = transaction.accounts();
    records = transaction.configurations(kind);
    return {};
  });
  if (!read) return fail(read.error());
  for (auto& account : life.accounts) account.password_hash.clear();
  std::ranges::sort(life.accounts, {}, [](const AccountRecord& account) { return account.name.text; });
  for (auto& record : records) {
    if (record.state != "draft") continue;
    auto rights = rights_in(record);
    if (!rights) return fail(rights.error());
    record.content.clear();
    life.drafts.push_back({std::move(record), *std::move(rights)});
  }
  std::ranges::reverse(life.drafts);
  return life;
}

}  // namespace softbot::pipeline
