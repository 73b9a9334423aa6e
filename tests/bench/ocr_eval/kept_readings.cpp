#include "kept_readings.h"

#include "domain/json.h"
#include "samples/fill/codec.h"
#include "samples/fill/sources.h"

namespace softbot::eval {
namespace {

Result<KeptReading> reading_in(const Value& line, const std::filesystem::path& folder) {
  const std::filesystem::path name = line["picture"].text_or_empty();
  if (name.empty() || name != name.filename()) return fail(ErrorCode::invalid_input, "names no picture");
  auto geometry = geometry_from(line["geometry"]);
  if (!geometry) return fail(ErrorCode::invalid_input, "says not where its boxes are");
  const std::string& written = line["written"].text_or_empty();
  if (written.empty()) return fail(ErrorCode::invalid_input, "says not what is written");
  const auto bytes = fill::contents_of(folder / name);
  if (!bytes) return fail(bytes.error());
  const auto picture = fill::decode_grey(*bytes);
  if (!picture) return fail(ErrorCode::invalid_input, "names a picture that cannot be decoded");
  ocr::GrayImage crop{picture->width, picture->height, 0, picture->pixels};
  KeptReading reading{std::move(crop), std::move(*geometry), written};
  return reading;
}

}  // namespace

Result<std::vector<KeptReading>> kept_readings(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "readings.jsonl";
  const auto text = fill::contents_of(file);
  if (!text) return fail(text.error());
  std::vector<KeptReading> readings;
  std::size_t number = 0;
  for (std::string_view rest = *text; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    ++number;
    const std::string place = "line " + std::to_string(number) + " of " + file.string() + " ";
    const auto json = parse_json(line);
    if (!json) return fail(ErrorCode::invalid_input, place + "is no JSON.");
    auto reading = reading_in(*json, folder);
    if (!reading) return fail(ErrorCode::invalid_input, place + reading.error().message + ".");
    readings.push_back(std::move(*reading));
  }
  if (readings.empty()) return fail(ErrorCode::invalid_input, file.string() + " holds no readings.");
  return readings;
}

}  // namespace softbot::eval
