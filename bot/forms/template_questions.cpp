#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "forms/config_reader.h"
#include "forms/form_template.h"
#include "forms/paper_block.h"
#include "forms/template_reader.h"

namespace softbot {
namespace {

constexpr std::string_view for_lines =
    R"(Make it {"kind": "line", "box": [...]}: words in somebody's own hand are shown to people.)";

/// A question that a field of a template names.
struct Question {
  const Field* field = nullptr;
  bool common = false;
};

/// "householdMembers[0].birthYear" in parts; a question of its own has no row.
struct Named {
  std::string_view top;
  int row = -1;
  std::string_view in_row;
};

Named named(std::string_view name) {
  const auto open = name.find('[');
  if (open == std::string_view::npos) return {name, -1, {}};
  return {name.substr(0, open), name[open + 1] - '0', name.substr(open + 4)};
}

bool has_values(const PaperField& field, const std::set<std::string>& wanted) {
  std::set<std::string> values;
  for (const PaperTick& tick : field.ticks) values.insert(tick.value);
  return values == wanted;
}

class Binder {
 public:
  Binder(const std::string& file, const FormDefinition& common, const FormDefinition& own)
      : reader_(file), common_(common), own_(own) {}

  tl::expected<ReadingTemplate, std::vector<ConfigProblem>> bind(ReadingTemplate reading) && {
    FormGeometry& geometry = reading.geometry;
    geometry.types = {own_.type};
    geometry.versions = {common_.version, own_.version};
    std::vector<PaperField> fields;
    for (std::size_t i = 0; i < geometry.fields.size(); ++i) {
      if (is_barcode(geometry.fields[i])) continue;
      fields.push_back(std::move(geometry.fields[i]));
      bind_field(fields.back(), pointer("/fields", i));
    }
    geometry.fields = std::move(fields);
    for (std::size_t i = 0; i < reading.pages.size(); ++i) check_page(reading, i);
    if (!reader_.problems().empty()) return tl::unexpected(reader_.problems());
    return reading;
  }

 private:
  /// A page that cannot be found would be missing from every form that comes in.
  void check_page(const ReadingTemplate& reading, std::size_t index) {
    const TemplatePage& page = reading.pages[index];
    const bool asks = std::ranges::any_of(reading.geometry.fields, [&](const PaperField& field) {
      return field.page == static_cast<int>(index) + 1;
    });
    if (!asks)
      reader_.report(pointer("/pages", index), "Nothing is asked on this page, so that no form needs it.",
                     "Leave it out, and number the pages behind it anew.");
    if (asks && layout_mm(reading, index) < least_layout_mm && !page.edition)
      reader_.report(pointer("/pages", index),
                     "Too few frames and lines tell this page from others with the same anchors.",
                     R"(Name printed lines of at least 120 mm together, or its "edition".)");
    if (reading.proven && !page.edition)
      reader_.report(
          pointer("/pages", index),
          "The template is proven, and nothing tells this page from that of another edition.",
          R"(Add "edition": the printed words that name the form and its edition, and their box.)");
  }

  [[nodiscard]] Question question_called(const Named& name) const {
    if (const Field* field = own_.find(name.top)) return {field, false};
    return {common_.find(name.top), true};
  }

  void bind_field(PaperField& field, const std::string& path) {
    const Named name = named(field.name);
    const auto [top, common] = question_called(name);
    const Field* question = top;
    if (top != nullptr && name.row >= 0) question = in_row(*top, name, path);
    if (top == nullptr) {
      reader_.report(pointer(path, "name"), own_.type + " has no question of this name.",
                     suggestion(name.top, all_names()));
    } else if (question != nullptr && question->kind == FieldKind::list) {
      reader_.report(pointer(path, "name"), "This question is a list.",
                     "Name each answer in each of its rows: " + field.name + "[0]." +
                         question->fields.front().name + ".");
      question = nullptr;
    } else if (question != nullptr && (!top->on_channel("paper") || !question->on_channel("paper"))) {
      reader_.report(pointer(path, "name"), "This question is not asked on paper.", "Leave the field out.");
      question = nullptr;
    }
    if (question == nullptr) return;
    check_kind(*question, field, path);
    field.part = common ? "common" : own_.type;
    field.field_class = name_of(question->field_class);
    field.required = question->required && !question->optional_on_channel("paper");
    field.bounds = paper::bounds_of(question->bounds);
    if (!stands_in_the_open(field)) field.answer_kind = name_of(question->kind);
  }

  const Field* in_row(const Field& list, const Named& name, const std::string& path) {
    if (list.kind != FieldKind::list) {
      reader_.report(pointer(path, "name"), "This question has no rows.", "Name it without [0].");
      return nullptr;
    }
    const auto found = std::ranges::find(list.fields, name.in_row, &Field::name);
    if (found == list.fields.end()) {
      std::vector<std::string> known;
      for (const Field& one : list.fields) known.push_back(one.name);
      reader_.report(pointer(path, "name"), "A row of this list has no such answer.",
                     suggestion(name.in_row, known));
      return nullptr;
    }
    if (name.row >= max_items_of(list)) {
      reader_.report(pointer(path, "name"), "The list has fewer rows.",
                     "It takes " + std::to_string(max_items_of(list)) + ", counted from 0.");
      return nullptr;
    }
    return &*found;
  }

  std::vector<std::string> all_names() const {
    std::vector<std::string> names;
    for (const FormDefinition* definition : {&own_, &common_}) {
      for (const Section& section : definition->sections) {
        for (const Field& field : section.fields) names.push_back(field.name);
      }
    }
    return names;
  }

  void check_kind(const Field& question, const PaperField& field, const std::string& path) {
    const auto remedy = remedy_for(question, field);
    if (remedy.empty()) return;
    reader_.report(path, "The question is of the kind " + std::string(name_of(question.kind)) + ".", remedy);
  }

  /// "" when answers of this kind can be read from such a field.
  static std::string remedy_for(const Field& question, const PaperField& field) {
    const bool boxes = field.kind == PaperFieldKind::characters;
    const bool line = field.kind == PaperFieldKind::line;
    const std::string kind(name_of(question.kind));
    switch (question.kind) {
      case FieldKind::bsn:
      case FieldKind::date:
      case FieldKind::postcode:
      case FieldKind::house_number:
      case FieldKind::phone:
      case FieldKind::iban:
      case FieldKind::money:
        if (boxes && field.answer_kind == kind) return "";
        return R"(Make it {"kind": "characters", "rule": ")" + kind + R"(", "boxes": ...}.)";
      case FieldKind::integer:
      case FieldKind::decimal:
        if (boxes && field.answer_kind == "digits") return "";
        return R"(Make it {"kind": "characters", "content": "digits", "boxes": ...})" +
               std::string(question.kind == FieldKind::decimal ? "; the last box holds the tenths." : ".");
      case FieldKind::text:
        if (line || (boxes && (field.answer_kind == "text" || field.answer_kind == "digits"))) return "";
        return R"(Make it {"kind": "characters", "content": "capitals", "boxes": ...}, or a "line".)";
      case FieldKind::email:
      case FieldKind::long_text:
        return line ? "" : std::string(for_lines);
      case FieldKind::signature:
        if (field.kind == PaperFieldKind::signature) return "";
        return R"(Make it {"kind": "signature", "box": [...]}.)";
      case FieldKind::yes_no:
        if (field.kind == PaperFieldKind::ticks && !field.many && !is_bubble(field) &&
            has_values(field, {"true", "false"}))
          return "";
        return R"(Make it {"kind": "tick", "choice": "single", "options": [...]} with boxes for "true" and "false".)";
      case FieldKind::choice:
      case FieldKind::choices:
        return remedy_for_choice(question, field);
      case FieldKind::list:
        break;
    }
    return "";
  }

  static std::string remedy_for_choice(const Field& question, const PaperField& field) {
    const bool many = question.kind == FieldKind::choices;
    if (field.kind != PaperFieldKind::ticks || field.many != many)
      return std::string(R"(Make it {"kind": "tick", "choice": ")") + (many ? "multiple" : "single") +
             R"(", "options": [...]}.)";
    std::vector<std::string> known;
    for (const Option& option : question.options) known.push_back(option.value);
    for (const PaperTick& tick : field.ticks) {
      if (question.option(tick.value) == nullptr)
        return "It has no answer \"" + tick.value + "\". " + suggestion(tick.value, known);
    }
    return "";
  }

  ConfigReader reader_;
  const FormDefinition& common_;
  const FormDefinition& own_;
};

}  // namespace

tl::expected<ReadingTemplate, std::vector<ConfigProblem>> with_questions(const std::string& file,
                                                                         ReadingTemplate reading,
                                                                         const FormDefinition& common,
                                                                         const FormDefinition& own) {
  return Binder(file, common, own).bind(std::move(reading));
}

}  // namespace softbot
