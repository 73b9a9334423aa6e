#include <algorithm>
#include <utility>

#include "domain/json.h"
#include "domain/text.h"
#include "policy/safeguards.h"
#include "policy/share.h"

namespace softbot {
namespace {

tl::unexpected<Error> wrong(const std::string& place, std::string_view what) {
  return fail(ErrorCode::configuration, "safeguards: " + place + ": " + std::string(what));
}

Result<void> read_type(const Value& source, const std::string& key, const std::string& place,
                       SafeguardSettings& settings) {
  for (const auto& member : source.members()) {
    if (member.name != "grantsPerDay" && member.name != "centsPerDay" && member.name != "sampleShare") {
      return wrong(
          place, "does not know \"" + member.name + "\". Known are grantsPerDay, centsPerDay, sampleShare.");
    }
  }
  const auto number = source["grantsPerDay"].as_integer();
  const auto amount = source["centsPerDay"].as_integer();
  const auto share = share_from(source["sampleShare"]);
  if (!number || *number < 0) return wrong(place, "needs grantsPerDay, a whole number of 0 or more.");
  if (!amount || *amount < 0) return wrong(place, "needs centsPerDay, a whole number of 0 or more.");
  if (!share) return wrong(place, "needs sampleShare, from \"0\" to \"1\" with at most six decimals.");
  settings.caps[key] = {*number, *amount};
  settings.sample_per_million[key] = *share;
  return {};
}

Result<void> read_types(const Value& source, const std::string& prefix, const std::string& place,
                        SafeguardSettings& settings) {
  if (!source.is_object()) return wrong(place, "must be an object of types.");
  for (const auto& [type, limits] : source.members()) {
    auto here = place;
    here.append(".").append(type);
    if (is_always_a_person(type)) return wrong(here, "this type is always decided by a person. Take it out.");
    if (!limits.is_object()) return wrong(here, "must be an object.");
    if (auto read = read_type(limits, prefix + type, here, settings); !read) return read;
  }
  return {};
}

template <class Map>
auto look_up(const Map& map, std::string_view municipality, std::string_view type)
    -> std::optional<typename Map::mapped_type> {
  auto found = map.find(std::string(municipality) + "/" + std::string(type));
  if (found == map.end()) found = map.find(type);
  return found == map.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::optional<DailyCap> SafeguardSettings::cap(std::string_view municipality, std::string_view type) const {
  return look_up(caps, municipality, type);
}

std::optional<std::int64_t> SafeguardSettings::sample(std::string_view municipality,
                                                      std::string_view type) const {
  return look_up(sample_per_million, municipality, type);
}

Result<SafeguardSettings> safeguard_settings_from(const Value& value) {
  if (!value.is_object()) return wrong("the file", "must be a JSON object.");
  for (const auto& member : value.members()) {
    if (member.name != "types" && member.name != "municipalities" && member.name != "sampleTest" &&
        member.name != "explanation") {
      return wrong("the file", "does not know \"" + member.name +
                                   "\". Known are types, municipalities, sampleTest, explanation.");
    }
  }
  SafeguardSettings settings;
  if (auto read = read_types(value["types"], "", "types", settings); !read) return fail(read.error());
  for (const auto& [municipality, types] : value["municipalities"].members()) {
    auto read = read_types(types, municipality + "/", "municipalities." + municipality, settings);
    if (!read) return fail(read.error());
  }
  auto test = sample_test_settings_from(value["sampleTest"]);
  if (!test) return fail(test.error());
  settings.sample_test = *test;
  return settings;
}

Result<void> fill_safeguards(Transaction& transaction, std::string_view json) {
  const auto value = parse_json(json);
  if (!value) return wrong("the file", value.error().message);
  if (const auto settings = safeguard_settings_from(*value); !settings) return fail(settings.error());
  if (!transaction.setting("safeguards")) transaction.put_setting("safeguards", *value);
  return {};
}

}  // namespace softbot
