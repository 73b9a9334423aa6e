#include "daemon/commands.h"

#include <algorithm>
#include <array>
#include <iostream>

#include "adapters/sqlite/audit.h"
#include "adapters/sqlite/maintenance.h"
#include "daemon/configuration.h"
#include "daemon/tool_store.h"
#include "domain/deadlines.h"
#include "domain/json.h"
#include "domain/zone.h"
#include "pipeline/provisions.h"

namespace softbot::daemon {
namespace {

constexpr std::array<std::string_view, 5> all_roles{"consultant", "clerk", "mail-room", "administrator",
                                                    "auditor"};

Result<void> check_roles(const std::vector<std::string>& roles) {
  if (roles.empty())
    return fail(ErrorCode::invalid_input,
                "Give at least one --role: consultant, clerk, mail-room, administrator or auditor.");
  for (const std::string& role : roles) {
    if (std::find(all_roles.begin(), all_roles.end(), role) == all_roles.end()) {
      return fail(
          ErrorCode::invalid_input,
          "There is no role \"" + role + "\". Roles: consultant, clerk, mail-room, administrator, auditor.");
    }
  }
  return {};
}

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : ",") + part;
  return all;
}

/// A file named on the command line: absent or unreadable is bad input, not a configuration mistake.
Result<std::string> input_file(const std::filesystem::path& file) {
  auto text = read_text_file(file);
  if (!text) return fail(ErrorCode::invalid_input, text.error().message);
  return text;
}

sqlite::OpenDocuments document_opener() {
  return [](const std::filesystem::path& folder) -> Result<std::unique_ptr<DocumentFiles>> {
    auto files = FolderDocumentFiles::open(folder);
    if (!files) return fail(files.error());
    return std::unique_ptr<DocumentFiles>(std::move(*files));
  };
}

AuditRecord operator_row(const ToolStore& tool, const char* action, const std::string& subject) {
  AuditRecord row;
  row.actor = "operator";
  row.action = action;
  row.subject = subject;
  row.at = tool.clock.now();
  return row;
}

Result<void> change_account(ToolStore& tool, const std::string& name,
                            const std::function<void(AccountRecord&)>& change) {
  return tool.store->write([&](Transaction& transaction) -> Result<void> {
    auto account = transaction.account(AccountName(name));
    if (!account) return fail(ErrorCode::not_found, "There is no account \"" + name + "\".");
    change(*account);
    transaction.put_account(*account);
    transaction.append_audit(operator_row(tool, "account-changed", name));
    return {};
  });
}

}  // namespace

ExitCode check_config(const std::filesystem::path& config_file) {
  std::filesystem::path folder = shipped_config_folder();
  if (!config_file.empty()) {
    folder = std::filesystem::is_directory(config_file)
                 ? config_file
                 : std::filesystem::absolute(config_file).parent_path();
  }
  std::vector<std::string> lines = check_configuration(folder);
  if (!config_file.empty() && std::filesystem::is_regular_file(config_file) &&
      config_file.filename() != "softbot.json") {
    if (const auto settings = read_settings(config_file); !settings)
      lines.push_back(settings.error().message);
  }
  for (const std::string& line : lines) std::cout << line << '\n';
  if (lines.empty()) {
    std::cout << "The configuration in " << folder.string() << " is in order.\n";
    return ExitCode::done;
  }
  std::cout << lines.size() << (lines.size() == 1 ? " mistake.\n" : " mistakes.\n");
  return ExitCode::configuration;
}

ExitCode deadlines(const std::filesystem::path& input, const std::string& today, bool as_json) {
  const auto text = input_file(input);
  if (!text) return report(text.error());
  const auto json = parse_json(*text);
  if (!json) return report(json.error());
  Date day = local_date(SystemClock().now());
  if (!today.empty()) {
    const auto given = parse_iso_date(today);
    if (!given) return report(given.error());
    day = *given;
  }
  const auto terms = deadlines_from_input(*json, day);
  if (!terms) return report(terms.error());
  std::cout << (as_json ? to_pretty_json(*terms) : print_deadlines(*terms));
  return ExitCode::done;
}

ExitCode import_provisions(const StorePlace& place, const std::filesystem::path& csv) {
  const auto text = input_file(csv);
  if (!text) return report(text.error());
  const auto rows = pipeline::provisions_from_csv(*text);
  if (!rows) return report(rows.error());
  auto tool = open_tool_store(place);
  if (!tool) return report(tool.error());
  auto municipalities = load_municipalities((*tool)->settings.config_folder);
  if (!municipalities) return report(municipalities.error());
  auto catalogue = load_catalogue((*tool)->settings.config_folder);
  if (!catalogue) return report(catalogue.error());
  const auto stored = pipeline::import_provisions(*(*tool)->store, *(*tool)->vault, (*tool)->clock,
                                                  *catalogue, *municipalities, *rows);
  if (!stored) return report(stored.error());
  std::cout << *stored << " provisions imported.\n";
  return ExitCode::done;
}

ExitCode add_account(const StorePlace& place, const AccountOptions& options) {
  if (auto known = check_roles(options.roles); !known) return report(known.error());
  const std::string password = secret_line("Password (at least 12 characters)");
  if (password.size() < 12)
    return report(Error{ErrorCode::invalid_input, "A password has at least 12 characters.", false, {}});
  auto tool = open_tool_store(place);
  if (!tool) return report(tool.error());
  AccountRecord account;
  account.name = AccountName(options.name);
  account.display_name = options.display_name.empty() ? options.name : options.display_name;
  account.person = options.person.empty() ? options.name : options.person;
  account.roles = options.roles;
  account.municipalities = options.municipalities;
  account.teams = options.teams;
  account.password_hash = (*tool)->vault->hash_password(password);
  const auto stored = (*tool)->store->write([&](Transaction& transaction) -> Result<void> {
    if (transaction.account(account.name))
      return fail(ErrorCode::conflict, "There is an account \"" + options.name + "\" already.");
    transaction.put_account(account);
    transaction.append_audit(operator_row(**tool, "account-added", options.name));
    return {};
  });
  if (!stored) return report(stored.error());
  std::cout << "Account " << options.name << " added (" << joined(options.roles) << ").\n";
  return ExitCode::done;
}

ExitCode list_accounts(const StorePlace& place) {
  auto tool = open_tool_store(place);
  if (!tool) return report(tool.error());
  const auto read = (*tool)->store->read([](Transaction& transaction) -> Result<void> {
    for (const AccountRecord& account : transaction.accounts()) {
      std::cout << account.name.text << '\t' << joined(account.roles) << '\t'
                << (account.active ? "active" : "disabled") << (account.demo ? "\tdemo" : "") << '\n';
    }
    return {};
  });
  return read ? ExitCode::done : report(read.error());
}

ExitCode disable_account(const StorePlace& place, const std::string& name) {
  auto tool = open_tool_store(place);
  if (!tool) return report(tool.error());
  const auto changed = change_account(**tool, name, [](AccountRecord& account) { account.active = false; });
  if (!changed) return report(changed.error());
  std::cout << "Account " << name << " can no longer sign in.\n";
  return ExitCode::done;
}

ExitCode add_key(const StorePlace& place, const KeyOptions& options) {
  if (auto known = check_roles(options.roles); !known) return report(known.error());
  auto tool = open_tool_store(place);
  if (!tool) return report(tool.error());
  const std::string key = "softbot-" + new_id(*(*tool)->vault) + new_id(*(*tool)->vault);
  MachineKeyRecord record;
  record.name = options.name;
  record.key_commitment = (*tool)->vault->commitment("machine-key", key);
  record.roles = options.roles;
  record.municipalities = options.municipalities;
  record.may_assert_identity = options.may_assert_identity;
  const auto stored = (*tool)->store->write([&](Transaction& transaction) -> Result<void> {
    const auto all = transaction.machine_keys();
    if (std::any_of(all.begin(), all.end(),
                    [&](const auto& one) { return one.name == options.name && one.active; })) {
      return fail(ErrorCode::conflict, "There is an active key \"" + options.name + "\" already.");
    }
    transaction.put_machine_key(record);
    transaction.append_audit(operator_row(**tool, "key-added", options.name));
    return {};
  });
  if (!stored) return report(stored.error());
  std::cout << key << '\n';
  return ExitCode::done;
}

ExitCode list_keys(const StorePlace& place) {
  auto tool = open_tool_store(place);
  if (!tool) return report(tool.error());
  const auto read = (*tool)->store->read([](Transaction& transaction) -> Result<void> {
    for (const MachineKeyRecord& key : transaction.machine_keys()) {
      std::cout << key.name << '\t' << joined(key.roles) << '\t' << (key.active ? "active" : "disabled")
                << (key.may_assert_identity ? "\tmay assert identity" : "") << '\n';
    }
    return {};
  });
  return read ? ExitCode::done : report(read.error());
}

ExitCode disable_key(const StorePlace& place, const std::string& name) {
  auto tool = open_tool_store(place);
  if (!tool) return report(tool.error());
  const auto changed = (*tool)->store->write([&](Transaction& transaction) -> Result<void> {
    bool found = false;
    for (MachineKeyRecord key : transaction.machine_keys()) {
      if (key.name != name) continue;
      key.active = false;
      transaction.put_machine_key(key);
      found = true;
    }
    if (!found) return fail(ErrorCode::not_found, "There is no key \"" + name + "\".");
    transaction.append_audit(operator_row(**tool, "key-disabled", name));
    return {};
  });
  if (!changed) return report(changed.error());
  std::cout << "Key " << name << " opens nothing any more.\n";
  return ExitCode::done;
}

ExitCode backup(const StorePlace& place, const std::filesystem::path& target) {
  auto tool = open_tool_store(place);
  if (!tool) return report(tool.error());
  const auto made = sqlite::backup(*(*tool)->store, *(*tool)->files, target, document_opener());
  if (!made) return report(made.error());
  std::cout << "Backup in " << target.string() << ": the database and " << made->documents << " documents.\n"
            << "The master key is NOT in it. Without that key the backup cannot be read: keep a copy of it "
               "elsewhere.\n";
  for (const std::string& id : made->missing)
    std::cerr << "softbot: the file of document " << id << " is missing.\n";
  return made->missing.empty() ? ExitCode::done : ExitCode::store;
}

ExitCode restore(const std::filesystem::path& from, const std::filesystem::path& data) {
  const auto made = sqlite::restore(from, data, document_opener());
  if (!made) {
    const ExitCode code = report(made.error());
    return made.error().code == ErrorCode::not_found ? ExitCode::bad_input : code;
  }
  std::cout << "Restored into " << data.string() << ": the database and " << made->documents
            << " documents.\n"
            << "Put the master key that belongs to it at " << default_key_file(data).string() << ".\n";
  return ExitCode::done;
}

ExitCode verify_audit(const StorePlace& place, const std::filesystem::path& checkpoint) {
  std::optional<Value> exported;
  if (!checkpoint.empty()) {
    const auto text = input_file(checkpoint);
    if (!text) return report(text.error());
    auto json = parse_json(*text);
    if (!json) return report(json.error());
    exported = std::move(*json);
  }
  auto tool = open_tool_store(place);
  if (!tool) return report(tool.error());
  const auto verified = sqlite::verify_audit(*(*tool)->store, exported);
  if (!verified) return report(verified.error());
  if (verified->whole()) {
    std::cout << "The audit chain is whole: " << verified->links << " links, " << verified->checkpoints
              << " checkpoints.\n";
    return ExitCode::done;
  }
  std::cout << "The audit chain is BROKEN";
  if (verified->broken_at) std::cout << " at link " << *verified->broken_at;
  std::cout << ": " << verified->problem << '\n';
  return ExitCode::store;
}

ExitCode export_checkpoint(const StorePlace& place, const std::filesystem::path& target) {
  auto tool = open_tool_store(place);
  if (!tool) return report(tool.error());
  const auto checkpoint = sqlite::export_audit_checkpoint(*(*tool)->store);
  if (!checkpoint) return report(checkpoint.error());
  if (auto written = system_files().write_synced(target, to_pretty_json(*checkpoint)); !written)
    return report(written.error());
  std::cout << "Checkpoint in " << target.string()
            << ". Keep it where nobody who can change the store can reach it.\n";
  return ExitCode::done;
}

ExitCode export_person(const StorePlace& place, const std::filesystem::path& target,
                       const std::string& purpose) {
  auto tool = open_tool_store(place);
  if (!tool) return report(tool.error());
  const std::string bsn = secret_line("BSN");
  const auto exported =
      sqlite::export_person(*(*tool)->store, *(*tool)->files, bsn, target, {"operator", purpose});
  if (!exported) return report(exported.error());
  const auto file = target / "person.json";
  if (auto written = system_files().write_synced(file, to_pretty_json(*exported)); !written)
    return report(written.error());
  std::cout << "Exported to " << file.string() << " with the documents beside it.\n";
  return ExitCode::done;
}

ExitCode destroy_person(const StorePlace& place, const std::string& why) {
  auto tool = open_tool_store(place);
  if (!tool) return report(tool.error());
  const std::string bsn = secret_line("BSN");
  const auto erased = sqlite::destroy_person(*(*tool)->store, *(*tool)->files, bsn, {"operator", why});
  if (!erased) return report(erased.error());
  std::cout << "Erased: the person's key, " << erased->documents << " documents, " << erased->cases_closed
            << " open cases closed. Backups made before still hold the key: let them expire.\n";
  return ExitCode::done;
}

}  // namespace softbot::daemon
