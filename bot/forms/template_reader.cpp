#include "forms/template_reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstddef>
#include <optional>
#include <set>
#include <utility>

#include "domain/measure.h"
#include "domain/text.h"
#include "forms/config_reader.h"
#include "forms/paper_block.h"

namespace softbot {
namespace {

constexpr double least_page_mm = 50;
constexpr double most_page_mm = 600;
constexpr int most_pages = 99;
constexpr int most_boxes = 200;
constexpr std::size_t most_options = 200;
constexpr std::size_t most_fields = 1000;
constexpr std::size_t most_anchors = 100;
constexpr std::size_t most_lines = 500;

/// What may stand in the boxes of a rule, and how many boxes it takes.
struct Rule {
  std::string_view name;
  std::string_view pattern;  ///< its last sign is repeated where the number of boxes is free
  int least = 0;
  int most = 0;
};
constexpr std::array<Rule, 7> rules{{
    {"bsn", "999999999", 9, 9},
    {"date", "99999999", 8, 8},
    {"postcode", "9999AA", 6, 6},
    {"iban", "AA99AAAA9999999999", 18, 18},
    {"money", "999", 3, 14},
    {"house-number", "9", 1, 6},
    {"phone", "9", 10, 15},
}};

std::vector<std::string> rule_names() {
  std::vector<std::string> names;
  for (const Rule& rule : rules) names.emplace_back(rule.name);
  return names;
}

const Rule* rule_called(std::string_view name) {
  const auto found = std::ranges::find_if(rules, [&](const Rule& rule) { return rule.name == name; });
  return found == rules.end() ? nullptr : &*found;
}

char sign_of(std::string_view content) {
  return content == "digits" ? '9' : content == "capitals" ? 'A' : 'X';
}

MmBox around_all(const std::vector<MmBox>& boxes) {
  MmBox all;
  for (const MmBox& box : boxes) all = paper::around(all, box);
  return all;
}

/// "birthDate", or one in a row of a list: "householdMembers[0].birthYear".
bool is_field_name(std::string_view name) {
  const auto open = name.find('[');
  if (open == std::string_view::npos) return is_camel_case(name);
  const std::string_view row = name.substr(open);
  return is_camel_case(name.substr(0, open)) && row.size() > 4 && row[1] >= '0' && row[1] <= '9' &&
         row.substr(2, 2) == "]." && is_camel_case(row.substr(4));
}

class TemplateReader {
 public:
  explicit TemplateReader(std::string file) : reader_(std::move(file)) {}

  tl::expected<ReadingTemplate, std::vector<ConfigProblem>> read(std::string_view json) {
    const Value value = reader_.object_from(json);
    if (value.is_object()) read_object(value);
    if (!reader_.problems().empty()) return tl::unexpected(reader_.problems());
    return std::move(read_);
  }

 private:
  void read_object(const Value& value) {
    reader_.check_object(
        value, "",
        {"template", "version", "municipality", "proven", "pageWidth", "pageHeight", "pages", "fields"});
    const int version = reader_.integer(value, "", "version", 1, 1'000'000).value_or(1);
    read_.geometry.types = {name(value, "template")};
    read_.geometry.municipality = name(value, "municipality");
    read_.geometry.versions = {version, version};
    read_.proven = reader_.flag(value, "", "proven", false);
    read_.geometry.page_width = page_side(value, "pageWidth");
    read_.geometry.page_height = page_side(value, "pageHeight");
    read_pages(value);
    const Value::List& fields = reader_.list(value, "", "fields", Need::required);
    if (fields.size() > most_fields)
      reader_.report("/fields", "There are more fields than a template may have.", "Leave at most 1,000.");
    for (std::size_t i = 0; i < std::min(fields.size(), most_fields); ++i)
      read_field(fields[i], pointer("/fields", i));
    for (std::size_t i = 0; i < read_.pages.size(); ++i) check_can_be_found(i);
  }

  /// A page with fields needs anchors, or frames and lines enough.
  void check_can_be_found(std::size_t page) {
    const bool has_fields = std::ranges::any_of(read_.geometry.fields, [&](const PaperField& field) {
      return field.page == static_cast<int>(page) + 1;
    });
    if (has_fields && read_.pages[page].anchors.empty() && layout_mm(read_, page) < least_layout_mm)
      reader_.report(pointer("/pages", page), "There is too little on this page to find it by.",
                     "Name anchors, or printed lines of at least 120 mm together, level and upright.");
  }

  std::string name(const Value& value, std::string_view member) {
    std::string text = reader_.text(value, "", member, Need::required);
    if (!text.empty() && !is_kebab_case(text))
      reader_.report(pointer("", member), "This is no name for machines.",
                     "Use lower case letters and digits, with hyphens between parts: parking-permit.");
    return text;
  }

  double page_side(const Value& value, std::string_view member) {
    const Value* side = value.find(member);
    const auto length = side == nullptr ? std::nullopt : measure_within(*side, least_page_mm, most_page_mm);
    if (!length)
      reader_.report(pointer("", member), "This is no side of a page.",
                     "Write millimetres, from 50 to 600; A4 is 210 wide and 297 high.");
    return length.value_or(most_page_mm);
  }

  void read_pages(const Value& value) {
    const Value::List& pages = reader_.list(value, "", "pages", Need::required);
    if (pages.size() > most_pages)
      reader_.report("/pages", "There are more pages than a template may have.", "Leave at most 99.");
    for (std::size_t i = 0; i < std::min<std::size_t>(pages.size(), most_pages); ++i) {
      const std::string path = pointer("/pages", i);
      TemplatePage page;
      if (reader_.check_object(pages[i], path, {"anchors", "lines", "edition"})) {
        read_anchors(pages[i], path, page);
        read_lines(pages[i], path, page);
        if (pages[i].contains("edition")) page.edition = edition(pages[i]["edition"], path + "/edition");
      }
      read_.pages.push_back(std::move(page));
      read_.geometry.pages.push_back({});
    }
  }

  void read_anchors(const Value& value, const std::string& path, TemplatePage& page) {
    const Value::List& anchors = reader_.list(value, path, "anchors", Need::optional);
    const std::string inside = pointer(path, "anchors");
    if (anchors.size() == 1 || anchors.size() > most_anchors) {
      reader_.report(inside, "One anchor does not say how a page lies, and more than 100 are too many.",
                     "Name two to 100, far from each other, or none to find the page by its frames.");
      return;
    }
    for (std::size_t i = 0; i < anchors.size(); ++i) {
      const std::string place = pointer(inside, i);
      if (!reader_.check_object(anchors[i], place, {"kind", "box", "text"})) continue;
      TemplateAnchor anchor;
      const std::string kind =
          reader_.one_of(anchors[i], place, "kind", {"square", "circle", "cross", "text"});
      anchor.kind = anchor_kind_from(kind).value_or(AnchorKind::square);
      anchor.box = box(anchors[i]["box"], pointer(place, "box"), 2);
      const bool words = anchor.kind == AnchorKind::text;
      anchor.text = reader_.text(anchors[i], place, "text", words ? Need::required : Need::optional);
      if (!words && !anchor.text.empty())
        reader_.report(pointer(place, "text"), "A printed mark has no text.",
                       "Remove it, or make the kind \"text\".");
      check_length(anchor.text, pointer(place, "text"));
      page.anchors.push_back(std::move(anchor));
    }
  }

  void check_length(const std::string& text, const std::string& path) {
    if (first_code_points(text, 100) != text)
      reader_.report(path, "The text is longer than one line.",
                     "Take a few words that stand nowhere else on the page.");
  }

  TemplateEdition edition(const Value& value, const std::string& path) {
    constexpr std::size_t least_signs = 6;
    TemplateEdition read;
    if (!reader_.check_object(value, path, {"text", "box"})) return read;
    read.box = box(value["box"], pointer(path, "box"), 3);
    read.text = reader_.text(value, path, "text", Need::required);
    check_length(read.text, pointer(path, "text"));
    const auto tells = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    if (!read.text.empty() && std::ranges::count_if(read.text, tells) < static_cast<int>(least_signs))
      reader_.report(pointer(path, "text"), "These words are too few to tell one form from another.",
                     "Take a line that names the form and its edition: Hulpmiddelen, uitgave 2026-1.");
    return read;
  }

  void read_lines(const Value& value, const std::string& path, TemplatePage& page) {
    const Value::List& lines = reader_.list(value, path, "lines", Need::optional);
    const std::string inside = pointer(path, "lines");
    if (lines.size() > most_lines)
      reader_.report(inside, "There are more lines than a page may have.", "Leave the longest 500.");
    for (std::size_t i = 0; i < std::min(lines.size(), most_lines); ++i) {
      const MmBox line = box(lines[i], pointer(inside, i), 0);
      if ((line.width > 0) == (line.height > 0))
        reader_.report(pointer(inside, i), "This is no level or upright line.",
                       "Write [x, y, width, 0] for a level one, [x, y, 0, height] for an upright one.");
      page.lines.push_back(line);
    }
  }

  /// A rectangle on the page whose sides are `least` mm or more.
  MmBox box(const Value& value, const std::string& path, double least) {
    std::array<double, 4> sides{};
    bool right = value.items().size() == 4;
    for (std::size_t i = 0; right && i < 4; ++i) {
      const auto side = measure_within(value.items()[i], i < 2 ? 0 : least, most_page_mm);
      right = side.has_value();
      sides[i] = side.value_or(0);
    }
    if (!right) {
      reader_.report(path, "This is no place on a page.",
                     "Write [x, y, width, height] in millimetres from the page's top left.");
      return {};
    }
    const MmBox read{sides[0], sides[1], sides[2], sides[3]};
    check_within(read, path);
    return read;
  }

  void check_within(const MmBox& box, const std::string& path) {
    if (box.x + box.width > read_.geometry.page_width + 0.01 ||
        box.y + box.height > read_.geometry.page_height + 0.01)
      reader_.report(path, "This lies beyond the edge of the page.",
                     "Measure from the top left; see pageWidth and pageHeight.");
  }

  void read_field(const Value& value, const std::string& path) {
    if (!value.is_object()) {
      reader_.report(path, "This is not an object.", "Write an object: {...}.");
      return;
    }
    PaperField field;
    field.name = reader_.text(value, path, "name", Need::required);
    if (!field.name.empty() && !is_field_name(field.name))
      reader_.report(
          pointer(path, "name"), "This is no name of a field.",
          "Use letters and digits, beginning with a lower case letter: birthDate; in the first row of a "
          "list: householdMembers[0].birthYear.");
    if (!field.name.empty() && !names_.insert(field.name).second)
      reader_.report(pointer(path, "name"), "Another field has this name.", "Give each a name of its own.");
    field.part = read_.geometry.types.front();
    field.field_class = "supporting";
    field.required = reader_.flag(value, path, "required", false);
    field.page = page_of(value, path);
    const std::string kind =
        reader_.one_of(value, path, "kind", {"characters", "tick", "line", "signature", "barcode"});
    if (kind == "characters") read_characters(value, path, field);
    if (kind == "tick") read_tick(value, path, field);
    if (kind == "line" || kind == "signature" || kind == "barcode") read_one_box(value, path, kind, field);
    read_.geometry.fields.push_back(std::move(field));
  }

  int page_of(const Value& value, const std::string& path) {
    const int pages = std::max(1, static_cast<int>(read_.pages.size()));
    if (!value.contains("page") && pages > 1)
      reader_.report(path, "\"page\" is missing.", "Say on which page the field is, from 1.");
    return reader_.integer(value, path, "page", 1, pages).value_or(1);
  }

  void read_one_box(const Value& value, const std::string& path, const std::string& kind, PaperField& field) {
    reader_.check_object(value, path, {"name", "page", "kind", "required", "box"});
    field.kind = kind == "signature" ? PaperFieldKind::signature : PaperFieldKind::line;
    field.answer_kind = kind == "line" ? "open-text" : kind;
    field.box = box(value["box"], pointer(path, "box"), 3);
  }

  void read_characters(const Value& value, const std::string& path, PaperField& field) {
    reader_.check_object(value, path, {"name", "page", "kind", "required", "content", "rule", "boxes"});
    field.kind = PaperFieldKind::characters;
    field.boxes = boxes(value["boxes"], pointer(path, "boxes"));
    field.box = around_all(field.boxes);
    const std::string content =
        value.contains("rule") && !value.contains("content")
            ? ""
            : reader_.one_of(value, path, "content", {"digits", "capitals", "alphanumeric"});
    field.answer_kind = content == "digits" ? "digits" : "text";
    if (!content.empty()) field.pattern = std::string(field.boxes.size(), sign_of(content));
    if (value.contains("rule")) apply_rule(value, path, field);
  }

  void apply_rule(const Value& value, const std::string& path, PaperField& field) {
    const Rule* rule = rule_called(reader_.one_of(value, path, "rule", rule_names()));
    if (rule == nullptr) return;
    const auto count = static_cast<int>(field.boxes.size());
    if (count != 0 && (count < rule->least || count > rule->most)) {
      const std::string wanted = rule->least == rule->most
                                     ? std::to_string(rule->least)
                                     : std::to_string(rule->least) + " to " + std::to_string(rule->most);
      reader_.report(pointer(path, "boxes"), "The rule does not fit " + std::to_string(count) + " boxes.",
                     "It takes " + wanted + "; without the rule any number can be read.");
      return;
    }
    std::string pattern(rule->pattern);
    pattern.resize(field.boxes.size(), pattern.back());
    if (!field.pattern.empty() && !field.boxes.empty() && !fits(field.pattern.front(), pattern))
      reader_.report(pointer(path, "content"), "The rule asks for other signs.",
                     "Remove \"content\": the rule says what may stand in each box.");
    field.pattern = std::move(pattern);
    field.answer_kind = std::string(rule->name);
  }

  /// Whether boxes with only such signs can hold what a rule asks for.
  static bool fits(char sign, std::string_view pattern) {
    return sign == 'X' || pattern.find_first_not_of(sign) == std::string_view::npos;
  }

  std::vector<MmBox> boxes(const Value& value, const std::string& path) {
    std::vector<MmBox> read;
    if (value.is_object()) return boxes_in_a_row(value, path);
    if (value.items().empty() || value.items().size() > static_cast<std::size_t>(most_boxes)) {
      reader_.report(path, "These are no boxes.",
                     R"(Write a list of up to 200 boxes, or {"first": [x, y, width, height], "pitch": 6, )"
                     R"("count": 9}.)");
      return read;
    }
    for (std::size_t i = 0; i < value.items().size(); ++i)
      read.push_back(box(value.items()[i], pointer(path, i), 2));
    return read;
  }

  std::vector<MmBox> boxes_in_a_row(const Value& value, const std::string& path) {
    reader_.check_object(value, path, {"first", "pitch", "count"});
    const MmBox first = box(value["first"], pointer(path, "first"), 2);
    const auto pitch = measure_within(value["pitch"], 2, 100);
    const int count = reader_.integer(value, path, "count", 1, most_boxes).value_or(0);
    if (!value.contains("count"))
      reader_.report(path, "\"count\" is missing.", "Say how many boxes stand in the row.");
    if (!pitch || *pitch < first.width - 0.01) {
      reader_.report(pointer(path, "pitch"), "This is no distance between boxes in a row.",
                     "Write the millimetres from one left side to the next: a box's width or more.");
      return {};
    }
    std::vector<MmBox> read;
    for (int i = 0; i < count; ++i)
      read.push_back({first.x + i * *pitch, first.y, first.width, first.height});
    if (!read.empty()) check_within(read.back(), pointer(path, "count"));
    return read;
  }

  void read_tick(const Value& value, const std::string& path, PaperField& field) {
    reader_.check_object(value, path, {"name", "page", "kind", "required", "choice", "style", "options"});
    field.kind = PaperFieldKind::ticks;
    field.many = reader_.one_of(value, path, "choice", {"single", "multiple"}) == "multiple";
    const bool filled =
        value.contains("style") && reader_.one_of(value, path, "style", {"box", "bubble"}) == "bubble";
    field.answer_kind = std::string(filled ? "filled-" : "") + (field.many ? "choices" : "choice");
    const Value::List& options = reader_.list(value, path, "options", Need::required);
    const std::string inside = pointer(path, "options");
    if (options.size() > most_options)
      reader_.report(inside, "There are more options than a field may have.", "Leave at most 200.");
    std::set<std::string> values;
    std::vector<MmBox> all;
    for (std::size_t i = 0; i < std::min(options.size(), most_options); ++i) {
      const std::string place = pointer(inside, i);
      if (!reader_.check_object(options[i], place, {"value", "box"})) continue;
      PaperTick tick{reader_.text(options[i], place, "value", Need::required),
                     box(options[i]["box"], pointer(place, "box"), 2)};
      if (!tick.value.empty() && !values.insert(tick.value).second)
        reader_.report(pointer(place, "value"), "Another option has this value.",
                       "Give each option a value of its own.");
      all.push_back(tick.box);
      field.ticks.push_back(std::move(tick));
    }
    field.box = around_all(all);
  }

  ConfigReader reader_;
  ReadingTemplate read_;
  std::set<std::string> names_;
};

}  // namespace

tl::expected<ReadingTemplate, std::vector<ConfigProblem>> read_template(std::string file,
                                                                        std::string_view json) {
  return TemplateReader(std::move(file)).read(json);
}

double layout_mm(const ReadingTemplate& reading_template, std::size_t page) {
  double length = 0;
  const auto add = [&](const MmBox& box) { length += 2 * (box.width + box.height); };
  for (const PaperField& field : reading_template.geometry.fields) {
    if (field.page != static_cast<int>(page) + 1 || stands_in_the_open(field)) continue;
    for (const MmBox& one : field.boxes) add(one);
    for (const PaperTick& tick : field.ticks) add(tick.box);
    if (field.kind == PaperFieldKind::signature) add(field.box);
  }
  for (const MmBox& line : reading_template.pages[page].lines) length += line.width + line.height;
  return length;
}

}  // namespace softbot
