#include "policy/kill_switch.h"

#include <utility>

#include "domain/text.h"

namespace softbot {
namespace {

std::string setting_name(std::string_view subject) {
  return "kill-switch:" + std::string(subject);
}

Value release_value(const ReleaseWord& release) {
  return Value::object({{"by", release.by},
                        {"person", release.person},
                        {"why", release.why},
                        {"at", format_instant(release.at)}});
}

std::optional<ReleaseWord> release_in(const Value& value) {
  if (!value.is_object()) return std::nullopt;
  ReleaseWord release{
      value["by"].text_or_empty(), value["person"].text_or_empty(), value["why"].text_or_empty(), {}};
  if (const auto at = parse_instant(value["at"].text_or_empty())) release.at = *at;
  return release;
}

void keep(Transaction& transaction, const KillSwitch& one) {
  transaction.put_setting(setting_name(one.subject),
                          Value::object({{"on", one.on},
                                         {"by", one.by},
                                         {"why", one.why},
                                         {"at", format_instant(one.at)},
                                         {"release", one.release ? release_value(*one.release) : Value()}}));
}

Result<void> is_signed(const ReleaseWord& word) {
  if (word.by.empty() || word.person.empty())
    return fail(ErrorCode::invalid_input, "Log in met uw eigen account: twee mensen heffen de noodstop op.");
  if (trim(word.why).empty())
    return fail(Error{ErrorCode::invalid_input,
                      "Schrijf op waarom u dit doet.",
                      false,
                      {{"why", "missing", "Schrijf op waarom u dit doet."}}});
  return {};
}

}  // namespace

std::string kill_switch_subject(std::string_view type, std::string_view municipality) {
  return municipality.empty() ? std::string(type) : std::string(municipality) + ":" + std::string(type);
}

std::optional<std::string> municipality_of_switch(std::string_view subject,
                                                  const std::vector<std::string>& types,
                                                  const std::vector<std::string>& municipalities) {
  for (const std::string& municipality : municipalities) {
    for (const std::string& type : types) {
      if (subject == kill_switch_subject(type, municipality)) return municipality;
    }
  }
  return std::nullopt;
}

KillSwitch kill_switch(Transaction& transaction, std::string_view subject) {
  KillSwitch result{std::string(subject), false, "", "", {}};
  const auto row = transaction.setting(setting_name(subject));
  if (!row) return result;
  result.on = (*row)["on"].as_bool().value_or(true);
  result.by = (*row)["by"].text_or_empty();
  result.why = (*row)["why"].text_or_empty();
  if (const auto at = parse_instant((*row)["at"].text_or_empty())) result.at = *at;
  result.release = release_in((*row)["release"]);
  return result;
}

std::vector<KillSwitch> kill_switches(Transaction& transaction, const std::vector<std::string>& types,
                                      const std::vector<std::string>& municipalities) {
  std::vector<KillSwitch> result{kill_switch(transaction, kill_switch_for_all)};
  for (const auto& type : types) result.push_back(kill_switch(transaction, type));
  for (const auto& municipality : municipalities) {
    for (const auto& type : types) {
      KillSwitch one = kill_switch(transaction, kill_switch_subject(type, municipality));
      if (one.on || !one.by.empty()) result.push_back(std::move(one));
    }
  }
  return result;
}

Result<void> set_kill_switch(Transaction& transaction, const KillSwitch& wanted) {
  if (wanted.subject.empty() || wanted.by.empty()) {
    return fail(ErrorCode::invalid_input, "Say which type the switch is for and who sets it.");
  }
  if (!wanted.on) {
    return fail(ErrorCode::invalid_input,
                "Opheffen doet niemand alleen: stel het voor, en laat een andere beheerder het bevestigen.");
  }
  if (trim(wanted.why).empty()) {
    return fail(Error{ErrorCode::invalid_input,
                      "Schrijf op waarom u de bot stilzet.",
                      false,
                      {{"why", "missing", "Schrijf op waarom u de bot stilzet."}}});
  }
  KillSwitch thrown = wanted;
  thrown.release.reset();
  keep(transaction, thrown);
  return {};
}

Result<void> propose_release(Transaction& transaction, std::string_view subject,
                             const ReleaseWord& proposal) {
  if (auto complete = is_signed(proposal); !complete) return complete;
  KillSwitch one = kill_switch(transaction, subject);
  if (!one.on) return fail(ErrorCode::conflict, "De noodstop staat niet aan. Er is niets op te heffen.");
  if (one.release) {
    return fail(ErrorCode::conflict, one.release->person == proposal.person
                                         ? "U hebt dit al voorgesteld. Een andere beheerder moet het nog "
                                           "bevestigen."
                                         : "Een andere beheerder heeft dit al voorgesteld. Bevestig dat "
                                           "voorstel, of wijs het af.");
  }
  one.release = proposal;
  keep(transaction, one);
  return {};
}

Result<ReleaseWord> end_release(Transaction& transaction, std::string_view subject,
                                const ReleaseWord& ending) {
  if (auto complete = is_signed(ending); !complete) return fail(complete.error());
  KillSwitch one = kill_switch(transaction, subject);
  if (!one.on || !one.release)
    return fail(ErrorCode::conflict, "Er wacht geen voorstel om deze noodstop op te heffen.");
  const ReleaseWord ended = *std::exchange(one.release, std::nullopt);
  keep(transaction, one);
  return ended;
}

Result<void> confirm_release(Transaction& transaction, std::string_view subject,
                             const ReleaseWord& confirmation, Instant proposed_at) {
  if (auto complete = is_signed(confirmation); !complete) return complete;
  KillSwitch one = kill_switch(transaction, subject);
  if (!one.on || !one.release)
    return fail(ErrorCode::conflict, "Er wacht geen voorstel om deze noodstop op te heffen.");
  if (one.release->person == confirmation.person) {
    return fail(ErrorCode::forbidden,
                "U hebt dit zelf voorgesteld, dus u kunt het niet bevestigen. Vraag een andere beheerder.");
  }
  if (one.release->at != proposed_at) {
    return fail(ErrorCode::conflict,
                "Intussen ligt er een ander voorstel. Lees het en bevestig het als u het ermee eens bent.");
  }
  one.on = false;
  one.by = confirmation.by;
  one.why = confirmation.why;
  one.at = confirmation.at;
  keep(transaction, one);
  return {};
}

}  // namespace softbot
