#include "forms/geometry/reading_template.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <utility>

#include "domain/measure.h"

namespace softbot {
namespace {

constexpr std::size_t most_anchors = 100;
constexpr std::size_t most_lines = 500;
constexpr std::size_t longest_text = 200;

constexpr std::array<std::pair<AnchorKind, std::string_view>, 4> kinds{{
    {AnchorKind::square, "square"},
    {AnchorKind::circle, "circle"},
    {AnchorKind::cross, "cross"},
    {AnchorKind::text, "text"},
}};

Value box_value(const MmBox& box) {
  Value list = Value::list();
  for (const double side : {box.x, box.y, box.width, box.height}) {
    std::array<char, 32> text{};
    const auto written =
        std::to_chars(text.data(), text.data() + text.size(), side, std::chars_format::fixed, 2);
    list.push(Number{std::string(text.data(), written.ptr)});
  }
  return list;
}

std::optional<MmBox> box_from(const Value& value, const FormGeometry& geometry) {
  if (value.items().size() != 4) return std::nullopt;
  std::array<double, 4> sides{};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto side =
        measure_within(value.items()[i], 0, i % 2 == 0 ? geometry.page_width : geometry.page_height);
    if (!side) return std::nullopt;
    sides[i] = *side;
  }
  const MmBox box{sides[0], sides[1], sides[2], sides[3]};
  const bool within =
      box.x + box.width <= geometry.page_width + 0.01 && box.y + box.height <= geometry.page_height + 0.01;
  return within ? std::optional(box) : std::nullopt;
}

std::optional<TemplateAnchor> anchor_from(const Value& value, const FormGeometry& geometry) {
  const auto kind = anchor_kind_from(value["kind"].text_or_empty());
  const auto box = box_from(value["box"], geometry);
  const std::string& text = value["text"].text_or_empty();
  if (!kind || !box || text.size() > longest_text || (*kind == AnchorKind::text) == text.empty())
    return std::nullopt;
  return TemplateAnchor{*kind, *box, text};
}

std::optional<TemplateEdition> edition_from(const Value& value, const FormGeometry& geometry) {
  const auto box = box_from(value["box"], geometry);
  const std::string& text = value["text"].text_or_empty();
  if (!box || text.empty() || text.size() > longest_text) return std::nullopt;
  return TemplateEdition{*box, text};
}

tl::unexpected<Error> damaged(std::string place) {
  return fail(Error{ErrorCode::damaged,
                    "This is no template to read by.",
                    false,
                    {{std::move(place), "no-template", "This member is absent or wrong."}}});
}

}  // namespace

std::string_view name_of(AnchorKind kind) {
  for (const auto& [known, name] : kinds) {
    if (known == kind) return name;
  }
  return {};
}

std::optional<AnchorKind> anchor_kind_from(std::string_view name) {
  for (const auto& [kind, known] : kinds) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

bool is_barcode(const PaperField& field) {
  return field.answer_kind == "barcode";
}

bool is_bubble(const PaperField& field) {
  return field.answer_kind == "filled-choice" || field.answer_kind == "filled-choices";
}

bool stands_in_the_open(const PaperField& field) {
  return is_barcode(field) || is_bubble(field) || field.answer_kind == "open-text";
}

Value to_value(const ReadingTemplate& reading_template) {
  Value pages = Value::list();
  for (const TemplatePage& page : reading_template.pages) {
    Value anchors = Value::list();
    for (const TemplateAnchor& anchor : page.anchors) {
      anchors.push(Value::object(
          {{"kind", name_of(anchor.kind)}, {"box", box_value(anchor.box)}, {"text", anchor.text}}));
    }
    Value lines = Value::list();
    for (const MmBox& line : page.lines) lines.push(box_value(line));
    Value one = Value::object({{"anchors", std::move(anchors)}, {"lines", std::move(lines)}});
    if (page.edition)
      one.set("edition",
              Value::object({{"box", box_value(page.edition->box)}, {"text", page.edition->text}}));
    pages.push(std::move(one));
  }
  return Value::object({{"geometry", to_value(reading_template.geometry)},
                        {"pages", std::move(pages)},
                        {"proven", reading_template.proven}});
}

Result<ReadingTemplate> reading_template_from(const Value& value) {
  auto geometry = geometry_from(value["geometry"]);
  if (!geometry) return fail(geometry.error());
  ReadingTemplate read{std::move(*geometry), {}, value["proven"].as_bool().value_or(false)};
  if (read.geometry.types.size() != 1) return damaged("geometry.types");
  if (value["pages"].items().size() != read.geometry.pages.size()) return damaged("pages");
  for (const Value& page : value["pages"].items()) {
    TemplatePage one;
    if (page["anchors"].items().size() > most_anchors) return damaged("pages.anchors");
    if (page["lines"].items().size() > most_lines) return damaged("pages.lines");
    for (const Value& item : page["anchors"].items()) {
      auto anchor = anchor_from(item, read.geometry);
      if (!anchor) return damaged("pages.anchors");
      one.anchors.push_back(std::move(*anchor));
    }
    for (const Value& item : page["lines"].items()) {
      const auto line = box_from(item, read.geometry);
      if (!line || (line->width > 0) == (line->height > 0)) return damaged("pages.lines");
      one.lines.push_back(*line);
    }
    if (page.contains("edition")) {
      one.edition = edition_from(page["edition"], read.geometry);
      if (!one.edition) return damaged("pages.edition");
    }
    read.pages.push_back(std::move(one));
  }
  return read;
}

std::string template_version(std::string_view file) {
  constexpr std::size_t bytes = 8;
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(file.data()), file.size());
  std::array<char, 2 * bytes + 1> digits{};
  sodium_bin2hex(digits.data(), digits.size(), digest.data(), bytes);
  return digits.data();
}

}  // namespace softbot
