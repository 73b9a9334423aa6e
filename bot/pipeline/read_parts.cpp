#include "pipeline/read_parts.h"

#include <array>
#include <charconv>

#include "domain/json.h"

namespace softbot::pipeline {
namespace {

constexpr std::string_view magic = "softbot-read-1\n";
constexpr JsonLimits limits{std::size_t{64} << 20, 64, 5'000'000, 100'000};

tl::unexpected<Error> damaged() {
  return fail(ErrorCode::damaged, "What was read of a scan cannot be opened again.");
}

Value number_value(double number) {
  std::array<char, 32> text{};
  const auto written = std::to_chars(text.data(), text.data() + text.size(), number);
  return Number{std::string(text.data(), written.ptr)};
}

double number_in(const Value& value) {
  double result = 0;
  if (const Number* number = value.as_number())
    std::from_chars(number->text.data(), number->text.data() + number->text.size(), result);
  return result;
}

int int_in(const Value& value) {
  return static_cast<int>(value.as_integer().value_or(0));
}

Value image_value(const ReadImage& image) {
  return Value::object({{"mediaType", image.media_type},
                        {"width", image.width},
                        {"height", image.height},
                        {"bytes", static_cast<std::int64_t>(image.bytes.size())}});
}

Value page_value(const ReadPage& page) {
  Value readings = Value::list();
  for (const Reading& reading : page.readings)
    readings.push(Value::object({{"field", reading.field}, {"reading", to_value(reading)}}));
  Value images = Value::list();
  for (const ReadImage& image : page.images) images.push(image_value(image));
  return Value::object({{"index", page.index},
                        {"width", page.width},
                        {"height", page.height},
                        {"dpi", number_value(page.dpi)},
                        {"rotation", page.rotation},
                        {"skew", number_value(page.skew)},
                        {"blank", page.blank},
                        {"problem", page.problem},
                        {"residual", page.residual_mm ? number_value(*page.residual_mm) : Value()},
                        {"code", page.code ? Value(to_text(*page.code)) : Value()},
                        {"codeOfSoftbot", page.code_of_softbot},
                        {"readings", std::move(readings)},
                        {"signature", page.signature ? Value(*page.signature) : Value()},
                        {"printedText", page.printed_text},
                        {"images", std::move(images)}});
}

/// Takes the images' bytes off the front of `blobs`.
Result<ReadPage> page_from(const Value& value, std::string_view& blobs) {
  ReadPage page;
  page.index = int_in(value["index"]);
  page.width = int_in(value["width"]);
  page.height = int_in(value["height"]);
  page.dpi = number_in(value["dpi"]);
  page.rotation = int_in(value["rotation"]);
  page.skew = number_in(value["skew"]);
  page.blank = value["blank"].as_bool().value_or(false);
  page.problem = value["problem"].text_or_empty();
  if (!value["residual"].is_null()) page.residual_mm = number_in(value["residual"]);
  if (value["code"].is_text()) {
    page.code = page_code_from(value["code"].text_or_empty());
    if (!page.code) return damaged();
  }
  page.code_of_softbot = value["codeOfSoftbot"].as_bool().value_or(false);
  for (const Value& item : value["readings"].items()) {
    auto reading = reading_from(item["field"].text_or_empty(), item["reading"]);
    if (!reading) return fail(reading.error());
    page.readings.push_back(std::move(*reading));
  }
  page.signature = value["signature"].as_bool();
  page.printed_text = value["printedText"].text_or_empty();
  for (const Value& item : value["images"].items()) {
    const auto bytes = static_cast<std::size_t>(item["bytes"].as_integer().value_or(-1));
    if (bytes > blobs.size()) return damaged();
    page.images.push_back({item["mediaType"].text_or_empty(), std::string(blobs.substr(0, bytes)),
                           int_in(item["width"]), int_in(item["height"])});
    blobs.remove_prefix(bytes);
  }
  return page;
}

}  // namespace

std::string to_bytes(const ReadFile& file) {
  Value pages = Value::list();
  for (const ReadPage& page : file.pages) pages.push(page_value(page));
  Value head = Value::object({{"pages", std::move(pages)}});
  if (file.refused) {
    head.set("refused", Value::object({{"code", file.refused->code}, {"message", file.refused->message}}));
  }
  const std::string json = to_json(head);
  std::string bytes(magic);
  bytes += std::to_string(json.size()) + "\n" + json;
  for (const ReadPage& page : file.pages) {
    for (const ReadImage& image : page.images) bytes += image.bytes;
  }
  return bytes;
}

Result<ReadFile> read_file_from(std::string_view bytes) {
  if (!bytes.starts_with(magic)) return damaged();
  bytes.remove_prefix(magic.size());
  const auto line = bytes.find('\n');
  std::size_t length = 0;
  if (line == std::string_view::npos) return damaged();
  const auto read = std::from_chars(bytes.data(), bytes.data() + line, length);
  if (read.ec != std::errc() || read.ptr != bytes.data() + line || length > bytes.size() - line - 1)
    return damaged();
  const auto head = parse_json(bytes.substr(line + 1, length), limits);
  if (!head) return damaged();
  std::string_view blobs = bytes.substr(line + 1 + length);
  ReadFile file;
  for (const Value& item : (*head)["pages"].items()) {
    auto page = page_from(item, blobs);
    if (!page) return fail(page.error());
    file.pages.push_back(std::move(*page));
  }
  if (const Value& refused = (*head)["refused"]; refused.is_object())
    file.refused = FieldError{"file", refused["code"].text_or_empty(), refused["message"].text_or_empty()};
  return file;
}

}  // namespace softbot::pipeline
