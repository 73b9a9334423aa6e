#include "sample_scan.h"

#include <fstream>
#include <iterator>
#include <map>
#include <utility>

#include "domain/json.h"

namespace softbot::samples {
namespace {

std::string media_type_of(std::string_view format) {
  static const std::map<std::string, std::string, std::less<>> types{
      {"pdf", "application/pdf"}, {"tif", "image/tiff"}, {"jpg", "image/jpeg"}, {"png", "image/png"}};
  const auto found = types.find(format);
  return found == types.end() ? "" : found->second;
}

Result<SampleScan> scan_from(const Value& value, const std::filesystem::path& folder, Date today) {
  SampleScan scan;
  scan.name = value["name"].text_or_empty();
  const auto wrong = [&](const std::string& what) {
    return fail(ErrorCode::invalid_input, "samples/scans, " + scan.name + ": " + what);
  };
  scan.title = value["title"].text_or_empty();
  const std::string& format = value["format"].text_or_empty();
  scan.media_type = media_type_of(format);
  scan.file = folder / (scan.name + "." + format);
  if (scan.name.empty() || scan.title.empty() || scan.media_type.empty() || !value["expect"].is_list())
    return wrong("a scan has \"name\", \"title\", \"format\" and \"expect\".");
  if (!std::filesystem::is_regular_file(scan.file)) return wrong("its file is not there.");
  auto provisions = resolve_marks(value["provisions"], today, folder);
  if (!provisions) return wrong(provisions.error().message);
  scan.provisions = std::move(*provisions);
  for (const Value& one : value["expect"].items()) {
    ExpectedOfScan expected{one["type"].text_or_empty(), {one["result"].text_or_empty(), {}}};
    for (const Value& reason : one["reasons"].items())
      expected.expected.reasons.push_back(reason.text_or_empty());
    if (expected.type.empty() || expected.expected.result.empty())
      return wrong("what is expected has \"type\" and \"result\".");
    scan.expected.push_back(std::move(expected));
  }
  return scan;
}

}  // namespace

Result<std::vector<SampleScan>> read_sample_scans(const std::filesystem::path& folder, Date today) {
  const auto list = folder / "scans.json";
  std::ifstream stream(list, std::ios::binary);
  if (!stream) return fail(ErrorCode::invalid_input, list.string() + " cannot be read.");
  const auto json =
      parse_json(std::string{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()});
  if (!json) return fail(ErrorCode::invalid_input, list.string() + ": " + json.error().message);
  std::vector<SampleScan> scans;
  for (const Value& one : (*json)["files"].items()) {
    auto scan = scan_from(one, folder, today);
    if (!scan) return fail(scan.error());
    scans.push_back(std::move(*scan));
  }
  return scans;
}

}  // namespace softbot::samples
