#include "ports/read_page_bytes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "domain/json.h"
#include "domain/measure.h"

namespace softbot {
namespace {

constexpr JsonLimits json_limits{std::size_t{8} << 20, 32, 500'000, 1'000};
constexpr double most_pixels_of_a_side = 10'000'000;
constexpr double most_pixels_of_an_image = 100'000;
constexpr double most_dpi = 1'000'000;
constexpr double most_residual_mm = 10'000;
constexpr std::size_t most_readings = 2'000;
constexpr std::size_t most_images = 2'000;
constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_problem = 40;

tl::unexpected<Error> damaged() {
  return fail(ErrorCode::damaged, "This is no page as the reader writes one.");
}

Value number_value(double number) {
  std::array<char, 32> text{};
  const auto written = std::to_chars(text.data(), text.data() + text.size(), number);
  return Number{std::string(text.data(), written.ptr)};
}

/// Members of one object, each of its kind and within its range; remembers whether all were.
class Members {
 public:
  explicit Members(const Value& object) : object_(object), right_(object.is_object()) {}

  double number(const char* name, double least, double most) {
    const auto measure = measure_within(object_[name], least, most);
    return keep(measure.has_value()) ? *measure : least;
  }
  int integer(const char* name, double least, double most) {
    const double result = number(name, least, most);
    return keep(object_[name].as_integer().has_value()) ? static_cast<int>(result) : 0;
  }
  bool flag(const char* name) { return keep(object_[name].is_bool()) && *object_[name].as_bool(); }
  const std::string& text(const char* name, std::size_t longest) {
    const std::string& result = object_[name].text_or_empty();
    keep(object_[name].is_text() && result.size() <= longest);
    return result;
  }
  const Value::List& list(const char* name, std::size_t most) {
    keep(object_[name].is_list() && object_[name].items().size() <= most);
    return object_[name].items();
  }
  [[nodiscard]] bool right() const { return right_; }

 private:
  bool keep(bool right) {
    right_ = right_ && right;
    return right_;
  }
  const Value& object_;
  bool right_;
};

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
                        {"legible", page.legible ? Value(*page.legible) : Value()},
                        {"printedText", page.printed_text},
                        {"images", std::move(images)}});
}

bool is_problem(std::string_view text) {
  return text.size() <= longest_problem &&
         std::ranges::all_of(text, [](char sign) { return (sign >= 'a' && sign <= 'z') || sign == '-'; });
}

/// What is no value of any field has no place in a reading.
bool is_answer(const Value& value) {
  if (value.is_object()) return false;
  return std::ranges::all_of(value.items(), [](const Value& item) { return item.is_text(); });
}

bool is_sound(const Reading& reading, std::size_t images) {
  const bool alternatives = std::ranges::all_of(
      reading.alternatives, [](const ReadingAlternative& one) { return is_answer(one.value); });
  return !reading.field.empty() && reading.field.size() <= longest_name && is_answer(reading.value) &&
         alternatives && reading.crop < static_cast<int>(std::min<std::size_t>(images, most_images)) &&
         (reading.ticks.is_null() || reading.ticks.is_object());
}

Result<std::vector<Reading>> readings_from(const Value::List& items, std::size_t images) {
  std::vector<Reading> readings;
  for (const Value& item : items) {
    auto reading = reading_from(item["field"].text_or_empty(), item["reading"]);
    if (!reading || !is_sound(*reading, images)) return damaged();
    readings.push_back(std::move(*reading));
  }
  return readings;
}

/// All of `bytes` divided among the images in their order.
Result<std::vector<ReadImage>> images_from(const Value::List& items, std::string_view bytes) {
  std::vector<ReadImage> images;
  for (const Value& item : items) {
    Members members(item);
    ReadImage image;
    image.media_type = members.text("mediaType", 16);
    image.width = members.integer("width", 1, most_pixels_of_an_image);
    image.height = members.integer("height", 1, most_pixels_of_an_image);
    const int size = members.integer("bytes", 1, std::numeric_limits<int>::max());
    const bool known = image.media_type == "image/png" || image.media_type == "image/jpeg";
    if (!members.right() || !known || static_cast<std::size_t>(size) > bytes.size()) return damaged();
    image.bytes = bytes.substr(0, static_cast<std::size_t>(size));
    bytes.remove_prefix(static_cast<std::size_t>(size));
    images.push_back(std::move(image));
  }
  if (!bytes.empty()) return damaged();
  return images;
}

Result<ReadPage> page_from(const Value& value, std::string_view image_bytes) {
  Members members(value);
  ReadPage page;
  page.index = members.integer("index", 0, 1'000'000);
  page.width = members.integer("width", 0, most_pixels_of_a_side);
  page.height = members.integer("height", 0, most_pixels_of_a_side);
  page.dpi = members.number("dpi", 0, most_dpi);
  page.rotation = members.integer("rotation", 0, 270);
  page.skew = members.number("skew", -180, 180);
  page.blank = members.flag("blank");
  page.problem = members.text("problem", longest_problem);
  if (!value["residual"].is_null()) page.residual_mm = members.number("residual", 0, most_residual_mm);
  if (!value["code"].is_null()) page.code = page_code_from(members.text("code", 1'000));
  page.code_of_softbot = members.flag("codeOfSoftbot");
  if (!value["signature"].is_null()) page.signature = members.flag("signature");
  if (!value["legible"].is_null()) page.legible = members.flag("legible");
  page.printed_text = members.text("printedText", json_limits.bytes);
  const auto& images = members.list("images", most_images);
  const auto& readings = members.list("readings", most_readings);
  if (!members.right() || page.rotation % 90 != 0 || !is_problem(page.problem)) return damaged();
  if (value["code"].is_text() && !page.code) return damaged();
  auto taken = images_from(images, image_bytes);
  if (!taken) return fail(taken.error());
  page.images = std::move(*taken);
  auto read = readings_from(readings, page.images.size());
  if (!read) return fail(read.error());
  page.readings = std::move(*read);
  return page;
}

}  // namespace

std::string to_bytes(const ReadPage& page) {
  const std::string json = to_json(page_value(page));
  std::string bytes = std::to_string(json.size()) + "\n" + json;
  for (const ReadImage& image : page.images) bytes += image.bytes;
  return bytes;
}

Result<ReadPage> read_page_from(std::string_view bytes) {
  const auto line = bytes.find('\n');
  std::size_t length = 0;
  if (line == std::string_view::npos) return damaged();
  const auto read = std::from_chars(bytes.data(), bytes.data() + line, length);
  if (read.ec != std::errc() || read.ptr != bytes.data() + line || length > bytes.size() - line - 1)
    return damaged();
  const auto value = parse_json(bytes.substr(line + 1, length), json_limits);
  if (!value) return damaged();
  return page_from(*value, bytes.substr(line + 1 + length));
}

}  // namespace softbot
