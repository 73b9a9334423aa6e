#include "policy/safeguard_versions.h"

#include <map>
#include <tuple>

#include "domain/json.h"

namespace softbot {
namespace {

constexpr const char* file_name = "safeguards.json";
constexpr const char* setting_name = "safeguards";

/// Each limit by its place.
using Limits = std::map<std::tuple<std::string, std::string, std::string>, Value>;

void add_types(const Value& types, const std::string& municipality, Limits& limits) {
  for (const auto& [type, settings] : types.members())
    for (const auto& [what, value] : settings.members()) limits[{municipality, type, what}] = value;
}

Limits limits_in(const Value& settings) {
  Limits limits;
  add_types(settings["types"], "", limits);
  for (const auto& [municipality, types] : settings["municipalities"].members())
    add_types(types, municipality, limits);
  for (const auto& [what, value] : settings["sampleTest"].members()) limits[{"", "", what}] = value;
  return limits;
}

}  // namespace

ConfigurationName safeguards_name() {
  return {"safeguards", "default"};
}

ConfigurationFiles safeguard_files(const Value& settings) {
  return {{file_name, to_pretty_json(settings)}};
}

Result<Value> safeguards_in(const ConfigurationFiles& files) {
  const auto file = files.find(file_name);
  if (file == files.end())
    return fail(ErrorCode::configuration, "safeguards: this version has no safeguards.json.");
  auto value = parse_json(file->second);
  if (!value) return fail(ErrorCode::configuration, "safeguards: the file: " + value.error().message);
  if (const auto settings = safeguard_settings_from(*value); !settings) return fail(settings.error());
  return value;
}

Result<Shipped> offer_safeguards(Transaction& transaction, std::string_view json, Instant now) {
  const auto on_disk = safeguards_in({{file_name, std::string(json)}});
  if (!on_disk) return fail(on_disk.error());
  const auto in_use = transaction.setting(setting_name);
  if (in_use && !active_configuration(transaction, safeguards_name())) {
    const auto first = offer_shipped(transaction, safeguards_name(), safeguard_files(*in_use), now);
    if (!first) return fail(first.error());
  }
  const auto offered = offer_shipped(transaction, safeguards_name(), safeguard_files(*on_disk), now);
  if (!offered) return fail(offered.error());
  if (!in_use) transaction.put_setting(setting_name, *on_disk);
  return *offered;
}

Result<void> use_active_safeguards(Transaction& transaction) {
  const auto active = active_configuration(transaction, safeguards_name());
  if (!active) return fail(ErrorCode::configuration, "There is no active version of the safeguards.");
  const auto files = files_of(active->content);
  if (!files) return fail(files.error());
  const auto settings = safeguards_in(*files);
  if (!settings) return fail(settings.error());
  transaction.put_setting(setting_name, *settings);
  return {};
}

std::vector<SafeguardDifference> differences_of(const Value& before, const Value& after) {
  Limits was = limits_in(before);
  Limits is = limits_in(after);
  std::vector<SafeguardDifference> differences;
  for (const auto& [place, value] : was) is.try_emplace(place);
  for (const auto& [place, value] : is) {
    const auto& [municipality, type, what] = place;
    if (was[place] != value) differences.push_back({municipality, type, what, was[place], value});
  }
  return differences;
}

}  // namespace softbot
