#include <algorithm>
#include <map>
#include <set>

#include "forms/definition_reader.h"
#include "forms/number_text.h"

namespace softbot {
namespace {

using Kind = AnswerCondition::Kind;

/// Checks one definition against itself, the common part and the known types.
class ReferenceCheck {
 public:
  ReferenceCheck(ConfigReader& reader, const FormDefinition& definition,
                 const DefinitionSurroundings& surroundings)
      : reader_(reader), definition_(definition), surroundings_(surroundings) {}

  void run() {
    check_sections();
    check_attachments();
    check_contradictions();
    check_circles();
  }

 private:
  [[nodiscard]] bool is_common() const { return surroundings_.common == nullptr; }
  [[nodiscard]] const FormDefinition& common() const {
    return is_common() ? definition_ : *surroundings_.common;
  }

  void check_sections() {
    std::set<std::string> sections;
    std::set<std::string> names;
    for (std::size_t i = 0; i < definition_.sections.size(); ++i) {
      const Section& section = definition_.sections[i];
      const std::string path = pointer("/sections", i);
      if (!sections.insert(section.name).second) {
        reader_.report(pointer(path, "name"), "Another section has this name.", "Give it a name of its own.");
      }
      check_condition(section.show_if, pointer(path, "showIf"), nullptr);
      check_fields(section.fields, path, nullptr, names);
    }
  }

  void check_fields(const std::vector<Field>& fields, const std::string& owner_path, const Field* list,
                    std::set<std::string>& names) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const Field& field = fields[i];
      const std::string path = pointer(pointer(owner_path, "fields"), i);
      if (!field.name.empty() && !names.insert(field.name).second) {
        reader_.report(pointer(path, "name"), "Another field has the name \"" + field.name + "\".",
                       "Rename one of the two.");
      }
      if (!is_common() && list == nullptr && common().find(field.name) != nullptr) {
        reader_.report(pointer(path, "name"), "The common part already asks \"" + field.name + "\".",
                       "Leave it out and use \"common." + field.name + "\", or rename it.");
      }
      check_condition(field.show_if, pointer(path, "showIf"), list);
      if (field.required_if) check_condition(*field.required_if, pointer(path, "requiredIf"), list);
      std::set<std::string> row_names;
      check_fields(field.fields, path, &field, row_names);
    }
  }

  void check_attachments() {
    std::set<std::string> kinds;
    for (std::size_t i = 0; i < definition_.attachments.size(); ++i) {
      const Attachment& attachment = definition_.attachments[i];
      const std::string path = pointer("/attachments", i);
      const bool of_common = !is_common() && common().attachment(attachment.kind) != nullptr;
      if (!kinds.insert(attachment.kind).second || of_common) {
        reader_.report(pointer(path, "kind"), "Another attachment has this kind.",
                       "Give it a kind of its own.");
      }
      if (attachment.required_if) {
        check_condition(*attachment.required_if, pointer(path, "requiredIf"), nullptr);
      }
      if (!attachment.per_list.empty()) check_per_row(attachment, pointer(path, "perRow"));
    }
  }

  void check_per_row(const Attachment& attachment, const std::string& path) {
    const Field* list = definition_.find(attachment.per_list);
    if (list == nullptr || list->kind != FieldKind::list) {
      reader_.report(pointer(path, "list"), "There is no list field \"" + attachment.per_list + "\".",
                     "Name a field of kind \"list\" in this file.");
      return;
    }
    if (std::ranges::find(list->fields, attachment.per_field, &Field::name) == list->fields.end()) {
      reader_.report(pointer(path, "field"), "The rows have no field \"" + attachment.per_field + "\".",
                     suggestion(attachment.per_field, names_of(list->fields)));
    }
  }

  void check_contradictions() {
    for (std::size_t i = 0; i < definition_.contradictions.size(); ++i) {
      const Contradiction& contradiction = definition_.contradictions[i];
      const std::string path = pointer("/contradictions", i);
      check_condition(contradiction.condition, pointer(path, "if"), nullptr);
      for (std::size_t j = 0; j < contradiction.fields.size(); ++j) {
        const std::string& name = contradiction.fields[j];
        if (definition_.find(name) != nullptr || common().find(name) != nullptr) continue;
        reader_.report(pointer(pointer(path, "fields"), j), "There is no field \"" + name + "\".",
                       suggestion(name, all_names()));
      }
    }
  }

  void check_condition(const AnswerCondition& condition, const std::string& path, const Field* list) {
    switch (condition.kind) {
      case Kind::always:
        return;
      case Kind::all:
      case Kind::any:
        for (std::size_t i = 0; i < condition.parts.size(); ++i) {
          const char* name = condition.kind == Kind::all ? "all" : "any";
          check_condition(condition.parts[i], pointer(pointer(path, name), i), list);
        }
        return;
      case Kind::negation:
        for (const AnswerCondition& part : condition.parts) check_condition(part, pointer(path, "not"), list);
        return;
      default:
        check_comparison(condition, path, list);
    }
  }

  void check_comparison(const AnswerCondition& condition, const std::string& path, const Field* list) {
    if (condition.field.empty()) return;  // said already
    if (condition.field == "types") return check_types(condition, path);
    const Field* field = find(condition.field, list);
    if (field == nullptr) return report_unknown(condition.field, pointer(path, "field"), list);
    if (!condition.other_field.empty() && find(condition.other_field, list) == nullptr) {
      report_unknown(condition.other_field, path, list);
    }
    check_operator(condition, *field, path);
    for (const Value& value : condition.values) check_value(value, *field, path);
  }

  void check_types(const AnswerCondition& condition, const std::string& path) {
    if (condition.kind != Kind::in && condition.kind != Kind::includes) {
      reader_.report(path, "\"types\" is a list of types.", "Use \"in\" or \"includes\".");
    }
    for (const Value& value : condition.values) {
      const std::string& type = value.text_or_empty();
      if (std::ranges::find(surroundings_.types, type) != surroundings_.types.end()) continue;
      reader_.report(path, "There is no application type \"" + type + "\".",
                     suggestion(type, surroundings_.types));
    }
  }

  void check_operator(const AnswerCondition& condition, const Field& field, const std::string& path) {
    const bool several = field.kind == FieldKind::choices || field.kind == FieldKind::list;
    if (condition.kind == Kind::includes && field.kind != FieldKind::choices) {
      reader_.report(path, "\"includes\" needs a field of kind \"choices\".", "Use \"equals\" or \"in\".");
    }
    if (condition.kind == Kind::equals && several) {
      reader_.report(path, "\"equals\" cannot hold for a field with several answers.",
                     "Use \"includes\", \"in\" or \"present\".");
    }
    const bool ordered = field.kind == FieldKind::integer || field.kind == FieldKind::decimal ||
                         field.kind == FieldKind::money || field.kind == FieldKind::date;
    if ((condition.kind == Kind::greater_than || condition.kind == Kind::less_than) && !ordered) {
      reader_.report(path, "This field has no order of more and less.", "Use \"equals\" or \"in\".");
    }
  }

  void check_value(const Value& value, const Field& field, const std::string& path) {
    if (field.kind == FieldKind::yes_no && !value.is_bool()) {
      reader_.report(path, "A yes-no question is compared with something that is neither.",
                     "Write true or false, without quotes.");
    }
    const bool options = field.kind == FieldKind::choice || field.kind == FieldKind::choices;
    if (options && field.option(value.text_or_empty()) == nullptr) {
      std::vector<std::string> known;
      known.reserve(field.options.size());
      for (const Option& option : field.options) known.push_back(option.value);
      reader_.report(path, "\"" + field.name + "\" has no option \"" + value.text_or_empty() + "\".",
                     suggestion(value.text_or_empty(), known));
    }
    const bool numeric = field.kind == FieldKind::integer || field.kind == FieldKind::decimal ||
                         field.kind == FieldKind::money;
    if (numeric && !number_value(value)) {
      reader_.report(path, "A number is compared with something that is none.",
                     "Write a number, without quotes.");
    }
    if (field.kind == FieldKind::date && !parse_iso_date(value.text_or_empty())) {
      reader_.report(path, "A date is compared with something that is none.",
                     R"(Write "2026-01-31", or {"field": "..."}.)");
    }
  }

  [[nodiscard]] const Field* find(std::string_view name, const Field* list) const {
    if (name.starts_with("common.")) return common().find(name.substr(7));
    if (name.starts_with("row.")) {
      if (list == nullptr) return nullptr;
      const auto found = std::ranges::find(list->fields, name.substr(4), &Field::name);
      return found == list->fields.end() ? nullptr : &*found;
    }
    return is_common() ? nullptr : definition_.find(name);
  }

  void report_unknown(const std::string& name, const std::string& path, const Field* list) {
    std::vector<std::string> known = all_names();
    if (list != nullptr) {
      for (const Field& field : list->fields) known.push_back("row." + field.name);
    }
    reader_.report(path, "There is no field \"" + name + "\".", suggestion(name, known));
  }

  /// Names as conditions write them.
  [[nodiscard]] std::vector<std::string> all_names() const {
    std::vector<std::string> names{"types"};
    for (const Section& section : common().sections) {
      for (const Field& field : section.fields) names.push_back("common." + field.name);
    }
    if (is_common()) return names;
    for (const Section& section : definition_.sections) {
      for (const Field& field : section.fields) names.push_back(field.name);
    }
    return names;
  }

  [[nodiscard]] static std::vector<std::string> names_of(const std::vector<Field>& fields) {
    std::vector<std::string> names;
    names.reserve(fields.size());
    for (const Field& field : fields) names.push_back(field.name);
    return names;
  }

  /// A question that is shown only when itself, or one that waits for it, is answered can never be asked.
  void check_circles() {
    std::map<std::string, std::vector<std::string>> waits_for;
    const std::string prefix = is_common() ? "common." : "";
    for (const Section& section : definition_.sections) {
      for (const Field& field : section.fields) {
        std::vector<std::string> names = fields_of(field.show_if);
        const std::vector<std::string> of_section = fields_of(section.show_if);
        names.insert(names.end(), of_section.begin(), of_section.end());
        waits_for[prefix + field.name] = std::move(names);
      }
    }
    for (std::size_t i = 0; i < definition_.sections.size(); ++i) {
      const Section& section = definition_.sections[i];
      for (std::size_t j = 0; j < section.fields.size(); ++j) {
        if (!reaches(waits_for, prefix + section.fields[j].name)) continue;
        reader_.report(pointer(pointer(pointer(pointer("/sections", i), "fields"), j), "showIf"),
                       "This question waits for itself, in a circle of conditions.",
                       "Remove one of the conditions in the circle.");
      }
    }
  }

  static bool reaches(const std::map<std::string, std::vector<std::string>>& waits_for,
                      const std::string& start) {
    std::set<std::string> seen;
    std::vector<std::string> open{start};
    while (!open.empty()) {
      const auto next = waits_for.find(open.back());
      open.pop_back();
      if (next == waits_for.end()) continue;
      for (const std::string& name : next->second) {
        if (name == start) return true;
        if (seen.insert(name).second) open.push_back(name);
      }
    }
    return false;
  }

  ConfigReader& reader_;
  const FormDefinition& definition_;
  const DefinitionSurroundings& surroundings_;
};

}  // namespace

void check_references(ConfigReader& reader, const FormDefinition& definition,
                      const DefinitionSurroundings& surroundings) {
  ReferenceCheck(reader, definition, surroundings).run();
}

}  // namespace softbot
