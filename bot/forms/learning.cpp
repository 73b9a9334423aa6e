#include "forms/learning.h"

namespace softbot {
namespace {

constexpr const char* place = "/learning";
constexpr int longest_days = 365;

}  // namespace

std::optional<Learning> read_learning(ConfigReader& reader, const Value& file) {
  const Value& value = file["learning"];
  if (value.is_null() || !reader.check_object(value, place, {"keepCorrections", "retentionDays", "ground"}))
    return std::nullopt;
  const bool keeps = reader.flag(value, place, "keepCorrections", false);
  const auto days = reader.integer(value, place, "retentionDays", 1, longest_days);
  std::string ground = reader.text(value, place, "ground", Need::optional);
  if (!keeps) return std::nullopt;
  if (!days && !value.contains("retentionDays")) {
    reader.report(place, "\"retentionDays\" is missing.",
                  "Say for how many days a correction is kept, from 1 to 365.");
  }
  if (ground.empty() && !value.contains("ground")) {
    reader.report(place, "\"ground\" is missing.",
                  "Say in Dutch on what ground corrections are kept, and which assessment (DPIA) says so.");
  }
  if (!days || ground.empty()) return std::nullopt;
  return Learning{*days, std::move(ground)};
}

}  // namespace softbot
