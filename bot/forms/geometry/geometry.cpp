#include "forms/geometry/geometry.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "domain/json.h"
#include "domain/measure.h"

namespace softbot {
namespace {

constexpr double longest_side_mm = 2000;
constexpr std::size_t most_fields = 2000;
constexpr std::size_t most_boxes = 500;
constexpr std::size_t most_pages = 99;

constexpr std::array<std::pair<PaperFieldKind, std::string_view>, 4> kinds{{
    {PaperFieldKind::characters, "characters"},
    {PaperFieldKind::ticks, "ticks"},
    {PaperFieldKind::line, "line"},
    {PaperFieldKind::signature, "signature"},
}};

/// Hundredths of a millimetre, without a trailing zero.
Value millimetres(double length) {
  const double hundredths = std::round(length * 100) / 100;
  std::array<char, 32> text{};
  const auto written =
      std::to_chars(text.data(), text.data() + text.size(), hundredths + 0.0, std::chars_format::fixed, 2);
  std::string digits(text.data(), written.ptr);
  while (digits.back() == '0') digits.pop_back();
  if (digits.back() == '.') digits.pop_back();
  return Number{digits};
}

Value as_value(const MmBox& box) {
  Value list = Value::list();
  for (const double side : {box.x, box.y, box.width, box.height}) list.push(millimetres(side));
  return list;
}

Value as_value(const PaperTick& tick);
Value as_value(const PaperPage& page);
Value as_value(const PaperField& field);

template <class Item>
Value list_of(const std::vector<Item>& items) {
  Value list = Value::list();
  for (const Item& item : items) list.push(as_value(item));
  return list;
}

Value as_value(const PaperTick& tick) {
  return Value::object({{"value", tick.value}, {"box", as_value(tick.box)}});
}

Value as_value(const PaperPage& page) {
  return Value::object({{"marks", list_of(page.marks)}, {"code", as_value(page.code)}});
}

Value as_value(const PaperField& field) {
  Value value = Value::object({{"name", field.name},
                               {"part", field.part},
                               {"answerKind", field.answer_kind},
                               {"class", field.field_class},
                               {"required", field.required},
                               {"page", field.page},
                               {"kind", name_of(field.kind)},
                               {"box", as_value(field.box)}});
  if (!field.boxes.empty()) value.set("boxes", list_of(field.boxes));
  if (!field.pattern.empty()) value.set("pattern", field.pattern);
  if (!field.ticks.empty()) {
    value.set("ticks", list_of(field.ticks));
    value.set("many", field.many);
  }
  if (!field.bounds.is_null()) value.set("bounds", field.bounds);
  return value;
}

/// Reads one geometry and remembers the first place that is wrong.
class GeometryReader {
 public:
  FormGeometry read(const Value& value) {
    FormGeometry geometry;
    for (const Value& type : value["types"].items()) geometry.types.push_back(text(type, "types"));
    for (const Value& version : value["versions"].items())
      geometry.versions.push_back(integer(version, 1, 1'000'000, "versions"));
    if (geometry.versions.size() != geometry.types.size() + 1) wrong("versions");
    geometry.municipality = text(value["municipality"], "municipality");
    geometry.language = text(value["language"], "language");
    geometry.page_width = length(value["pageWidth"], "pageWidth");
    geometry.page_height = length(value["pageHeight"], "pageHeight");
    width_ = geometry.page_width;
    height_ = geometry.page_height;
    if (value["pages"].items().size() > most_pages) wrong("pages");
    if (value["fields"].items().size() > most_fields) wrong("fields");
    if (!wrong_.empty()) return geometry;
    for (const Value& page : value["pages"].items()) {
      PaperPage read_page{boxes(page["marks"], "pages.marks"), box(page["code"], "pages.code")};
      geometry.pages.push_back(std::move(read_page));
    }
    for (const Value& item : value["fields"].items())
      geometry.fields.push_back(field(item, static_cast<int>(geometry.pages.size())));
    return geometry;
  }
  [[nodiscard]] const std::string& first_mistake() const { return wrong_; }

 private:
  void wrong(std::string_view place) {
    if (wrong_.empty()) wrong_ = place;
  }

  std::string text(const Value& value, std::string_view place) {
    if (!value.is_text()) wrong(place);
    return value.text_or_empty();
  }

  int integer(const Value& value, std::int64_t least, std::int64_t most, std::string_view place) {
    const auto number = value.as_integer();
    if (!number || *number < least || *number > most) {
      wrong(place);
      return static_cast<int>(least);
    }
    return static_cast<int>(*number);
  }

  double length(const Value& value, std::string_view place) {
    const auto measure = measure_within(value, 0, longest_side_mm);
    if (!measure) wrong(place);
    return measure.value_or(0);
  }

  MmBox box(const Value& value, std::string_view place) {
    if (value.items().size() != 4) {
      wrong(place);
      return {};
    }
    const auto side = [&](std::size_t index) { return length(value.items()[index], place); };
    const MmBox read{side(0), side(1), side(2), side(3)};
    if (read.x + read.width > width_ + 0.01 || read.y + read.height > height_ + 0.01) wrong(place);
    return read;
  }

  std::vector<MmBox> boxes(const Value& value, std::string_view place) {
    std::vector<MmBox> read;
    if (value.items().size() > most_boxes) wrong(place);
    for (const Value& item : value.items()) {
      if (!wrong_.empty()) break;
      read.push_back(box(item, place));
    }
    return read;
  }

  PaperField field(const Value& value, int pages) {
    PaperField read;
    read.name = text(value["name"], "fields.name");
    const std::string place = "fields." + read.name;
    read.part = text(value["part"], place + ".part");
    read.answer_kind = text(value["answerKind"], place + ".answerKind");
    read.field_class = text(value["class"], place + ".class");
    read.required = value["required"].as_bool().value_or(false);
    read.page = integer(value["page"], 1, std::max(1, pages), place + ".page");
    const auto kind = paper_field_kind_from(value["kind"].text_or_empty());
    if (!kind) wrong(place + ".kind");
    read.kind = kind.value_or(PaperFieldKind::line);
    read.box = box(value["box"], place + ".box");
    read.boxes = boxes(value["boxes"], place + ".boxes");
    read.pattern = value["pattern"].text_or_empty();
    if (read.kind == PaperFieldKind::characters && read.pattern.size() != read.boxes.size())
      wrong(place + ".pattern");
    if (read.pattern.find_first_not_of("9AX?") != std::string::npos) wrong(place + ".pattern");
    for (const Value& tick : value["ticks"].items()) {
      if (!wrong_.empty()) break;
      read.ticks.push_back({text(tick["value"], place + ".ticks"), box(tick["box"], place + ".ticks")});
    }
    read.many = value["many"].as_bool().value_or(false);
    read.bounds = value["bounds"];
    return read;
  }

  double width_ = 0;
  double height_ = 0;
  std::string wrong_;
};

}  // namespace

std::string_view name_of(PaperFieldKind kind) {
  for (const auto& [known, name] : kinds) {
    if (known == kind) return name;
  }
  return {};
}

std::optional<PaperFieldKind> paper_field_kind_from(std::string_view name) {
  for (const auto& [kind, known] : kinds) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

const PaperField* FormGeometry::find(std::string_view name) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const PaperField& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

const PaperField* FormGeometry::find(std::string_view part, std::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const PaperField& field) {
    return field.part == part && field.name == name;
  });
  return found == fields.end() ? nullptr : &*found;
}

Value to_value(const FormGeometry& geometry) {
  Value types = Value::list();
  for (const std::string& type : geometry.types) types.push(type);
  Value versions = Value::list();
  for (const int version : geometry.versions) versions.push(version);
  return Value::object({{"types", std::move(types)},
                        {"versions", std::move(versions)},
                        {"municipality", geometry.municipality},
                        {"language", geometry.language},
                        {"pageWidth", millimetres(geometry.page_width)},
                        {"pageHeight", millimetres(geometry.page_height)},
                        {"pages", list_of(geometry.pages)},
                        {"fields", list_of(geometry.fields)}});
}

Result<FormGeometry> geometry_from(const Value& value) {
  GeometryReader reader;
  FormGeometry geometry = reader.read(value);
  if (!reader.first_mistake().empty()) {
    return fail(Error{ErrorCode::damaged,
                      "This is no geometry of a printed form.",
                      false,
                      {{reader.first_mistake(), "no-geometry", "This member is absent or wrong."}}});
  }
  return geometry;
}

std::string geometry_id(const FormGeometry& geometry) {
  constexpr std::string_view base32 = "0123456789abcdefghjkmnpqrstvwxyz";
  const std::string json = to_json(to_value(geometry));
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(json.data()), json.size());
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 5; ++i) bits = bits << 8U | digest[i];
  std::string id;
  for (int shift = 35; shift >= 0; shift -= 5) id += base32[bits >> static_cast<unsigned>(shift) & 31U];
  return id;
}

}  // namespace softbot
