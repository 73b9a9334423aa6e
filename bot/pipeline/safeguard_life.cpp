#include "pipeline/safeguard_life.h"

#include <algorithm>
#include <utility>

#include "pipeline/edit.h"

namespace softbot::pipeline {

Result<std::string> propose_safeguards(const Services& services, const PolicyEditor& editor,
                                       const Value& settings, const std::string& why) {
  if (auto may = may_change(editor, why); !may) return fail(may.error());
  if (const auto checked = safeguard_settings_from(settings); !checked)
    return fail(Error{ErrorCode::invalid_input, checked.error().message, false, {}});
  const auto by = signed_change(services, editor, why);
  std::string version;
  const auto done = services.store.write([&](Transaction& transaction) -> Result<void> {
    auto proposed = propose(transaction, safeguards_name(), safeguard_files(settings), by);
    if (!proposed) return fail(proposed.error());
    append_row(transaction, editor, "safeguards-proposed", *proposed, by);
    version = *std::move(proposed);
    return {};
  });
  if (!done) return fail(done.error());
  return version;
}

Result<void> throw_away_safeguards(const Services& services, const PolicyEditor& editor,
                                   std::string_view version, const std::string& why) {
  if (auto may = may_change(editor, why); !may) return may;
  const auto by = signed_change(services, editor, why);
  return services.store.write([&](Transaction& transaction) -> Result<void> {
    auto thrown = throw_away(transaction, safeguards_name(), version, by);
    if (thrown) append_row(transaction, editor, "safeguards-thrown-away", version, by);
    return thrown;
  });
}

Result<void> throw_kill_switch(const Services& services, const KillSwitch& wanted) {
  auto done = services.store.write([&](Transaction& transaction) -> Result<void> {
    if (auto set = set_kill_switch(transaction, wanted); !set) return set;
    AuditRecord row = audit_row(wanted.by, wanted.on ? "kill-switch-on" : "kill-switch-off", wanted.why);
    row.subject = wanted.subject;
    row.at = wanted.at;
    transaction.append_audit(std::move(row));
    return {};
  });
  if (done) services.log.warn("kill-switch", {{"subject", wanted.subject}, {"on", wanted.on}});
  return done;
}

Result<SafeguardLife> safeguard_life(const Services& services) {
  SafeguardLife life;
  std::vector<ConfigurationRecord> records;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    life.settings = transaction.setting("safeguards").value_or(Value::object());
    records = transaction.configurations(safeguards_name().kind);
    for (const auto& account : transaction.accounts())
      life.persons.emplace(account.person, account.display_name);
    return {};
  });
  if (!read) return fail(read.error());
  for (auto& record : records) {
    const auto files = files_of(record.content);
    if (!files) return fail(files.error());
    const auto settings = safeguards_in(*files);
    if (!settings) return fail(settings.error());
    record.content.clear();
    if (record.state == "active") life.active = record.version;
    life.versions.push_back({std::move(record), differences_of(life.settings, *settings)});
  }
  std::ranges::reverse(life.versions);
  return life;
}

}  // namespace softbot::pipeline
