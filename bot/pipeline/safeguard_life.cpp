#include "pipeline/safeguard_life.h"

#include <algorithm>
#include <utility>

#include "pipeline/edit.h"

namespace softbot::pipeline {
namespace {

ReleaseWord word_of(const PolicyEditor& editor, const ConfigurationChange& change) {
  return {editor.account, editor.person, change.why, change.at};
}

}  // namespace

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

Result<void> may_set_switch(const Configuration& configuration, std::string_view subject,
                            const std::vector<std::string>& municipalities) {
  const auto types = configuration.forms->types();
  std::vector<std::string> ids;
  for (const auto& [id, one] : *configuration.municipalities) ids.push_back(id);
  const auto of_one = municipality_of_switch(subject, types, ids);
  const bool known =
      of_one || subject == kill_switch_for_all || std::ranges::find(types, subject) != types.end();
  if (!known) return fail(ErrorCode::not_found, "Er is geen noodstop voor deze soort aanvraag.");
  const bool reaches = municipalities.empty() ||
                       (of_one && std::ranges::find(municipalities, *of_one) != municipalities.end());
  if (reaches) return {};
  return fail(ErrorCode::forbidden,
              "Deze noodstop geldt ook waar uw account niet werkt. Vraag een beheerder die voor alle "
              "gemeenten werkt.");
}

Result<void> throw_kill_switch(const Services& services, const KillSwitch& wanted) {
  auto done = services.store.write([&](Transaction& transaction) -> Result<void> {
    if (auto set = set_kill_switch(transaction, wanted); !set) return set;
    AuditRecord row = audit_row(wanted.by, switch_action::thrown, wanted.why);
    row.subject = wanted.subject;
    row.at = wanted.at;
    transaction.append_audit(std::move(row));
    return {};
  });
  if (done) services.log.warn("kill-switch", {{"subject", wanted.subject}, {"on", true}});
  return done;
}

Result<void> propose_release(const Services& services, const PolicyEditor& editor, std::string_view subject,
                             const std::string& why) {
  if (auto may = may_sign(editor, why); !may) return may;
  const auto by = signed_change(services, editor, why);
  return services.store.write([&](Transaction& transaction) -> Result<void> {
    auto proposed = softbot::propose_release(transaction, subject, word_of(editor, by));
    if (proposed) append_row(transaction, editor, switch_action::release_proposed, subject, by);
    return proposed;
  });
}

Result<void> end_release(const Services& services, const PolicyEditor& editor, std::string_view subject,
                         const std::string& why) {
  if (auto may = may_sign(editor, why); !may) return may;
  const auto by = signed_change(services, editor, why);
  return services.store.write([&](Transaction& transaction) -> Result<void> {
    const auto ended = softbot::end_release(transaction, subject, word_of(editor, by));
    if (!ended) return fail(ended.error());
    const bool own = ended->person == editor.person;
    append_row(transaction, editor, own ? switch_action::release_taken_back : switch_action::release_declined,
               subject, by);
    return {};
  });
}

Result<void> confirm_release(const Services& services, const PolicyEditor& editor, std::string_view subject,
                             const std::string& why, Instant proposed_at) {
  if (auto may = may_sign(editor, why); !may) return may;
  const auto by = signed_change(services, editor, why);
  auto done = services.store.write([&](Transaction& transaction) -> Result<void> {
    auto confirmed = softbot::confirm_release(transaction, subject, word_of(editor, by), proposed_at);
    if (confirmed) append_row(transaction, editor, switch_action::released, subject, by);
    return confirmed;
  });
  if (done) services.log.warn("kill-switch", {{"subject", subject}, {"on", false}});
  return done;
}

std::vector<AuditRecord> history_of_switch(Transaction& transaction, std::string_view subject) {
  auto rows = transaction.audit_of(subject);
  std::erase_if(rows, [](const AuditRecord& row) { return !row.action.starts_with("kill-switch-"); });
  return rows;
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
