#include "policy/kill_switch.h"

#include <utility>

#include "domain/text.h"

namespace softbot {
namespace {

std::string setting_name(std::string_view subject) {
  return "kill-switch:" + std::string(subject);
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
  if (trim(wanted.why).empty()) {
    return fail(ErrorCode::invalid_input, "Schrijf op waarom de bot wordt stilgezet of weer aangezet.");
  }
  transaction.put_setting(
      setting_name(wanted.subject),
      Value::object(
          {{"on", wanted.on}, {"by", wanted.by}, {"why", wanted.why}, {"at", format_instant(wanted.at)}}));
  return {};
}

}  // namespace softbot
