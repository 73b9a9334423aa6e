#include "forms/definition_reader.h"

#include <algorithm>

#include "forms/definition_parts.h"

namespace softbot {
namespace {

const std::vector<std::string> kind_names{
    "bsn",     "date", "postcode",  "house-number", "phone",  "email",   "iban", "money",    "integer",
    "decimal", "text", "long-text", "yes-no",       "choice", "choices", "list", "signature"};
constexpr int most_paper_boxes = 80;
const std::vector<std::string> channel_names{"web", "api", "counter", "phone", "paper"};
const std::vector<std::string> media_types{"application/pdf", "image/jpeg", "image/png", "image/tiff"};

std::vector<Option> read_options(ConfigReader& reader, const Value& field, const std::string& field_path,
                                 FieldKind kind) {
  std::vector<Option> options;
  const bool wanted = kind == FieldKind::choice || kind == FieldKind::choices;
  if (!wanted && !field.contains("options")) return options;
  const std::string path = pointer(field_path, "options");
  if (!wanted) {
    reader.report(path, "This kind of field has no options.",
                  "Remove them, or make the kind \"choice\" or \"choices\".");
    return options;
  }
  const Value::List& items = reader.list(field, field_path, "options", Need::required);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string at = pointer(path, i);
    if (!reader.check_object(items[i], at, {"value", "label", "help"})) continue;
    Option option{reader.text(items[i], at, "value", Need::required),
                  reader.local_text(items[i], at, "label", Need::required),
                  reader.local_text(items[i], at, "help", Need::optional)};
    if (!option.value.empty() && !is_kebab_case(option.value)) {
      reader.report(pointer(at, "value"), "An option's value is not in kebab-case.",
                    "Write lower case letters and digits joined by hyphens, as \"light-cleaning\".");
    }
    if (std::ranges::find(options, option.value, &Option::value) != options.end()) {
      reader.report(pointer(at, "value"), "This option stands twice.", "Remove one, or rename its value.");
    }
    options.push_back(std::move(option));
  }
  return options;
}

bool is_fact_by_itself(FieldKind kind) {
  switch (kind) {
    case FieldKind::yes_no:
    case FieldKind::choice:
    case FieldKind::choices:
    case FieldKind::integer:
    case FieldKind::decimal:
    case FieldKind::money:
    case FieldKind::date:
    case FieldKind::list:
      return true;
    default:
      return false;
  }
}

void check_field(ConfigReader& reader, const Field& field, const Value& value, const std::string& path) {
  if (!field.name.empty() && !is_camel_case(field.name)) {
    reader.report(pointer(path, "name"), "A field's name is not in camelCase.",
                  "Write letters and digits, beginning with a lower case letter, as \"birthDate\".");
  }
  const bool text_kind = field.kind == FieldKind::text || field.kind == FieldKind::long_text;
  if (field.field_class == FieldClass::own_words && !text_kind) {
    reader.report(pointer(path, "class"), "Only text can be somebody's own words.",
                  "Use class \"supporting\" or \"decisive\", or kind \"long-text\".");
  }
  if (field.field_class == FieldClass::decisive && !field.required && !field.required_if) {
    reader.report(path, "A decisive field is neither required nor required under a condition.",
                  "Add \"required\": true or \"requiredIf\", or use class \"supporting\".");
  }
  if (field.voluntary && (field.required || field.required_if)) {
    reader.report(pointer(path, "voluntary"), "A field cannot be both voluntary and required.",
                  "Remove one of the two (Awb 4:4).");
  }
  if (field.kind == FieldKind::signature && field.channels != std::vector<std::string>{"paper"}) {
    reader.report(path, "A signature belongs on paper only.", "Add \"channels\": [\"paper\"].");
  }
  const bool never_fact = field.field_class == FieldClass::own_words || field.kind == FieldKind::bsn ||
                          field.kind == FieldKind::phone || field.kind == FieldKind::email ||
                          field.kind == FieldKind::iban || field.kind == FieldKind::signature ||
                          field.is_name;
  if (never_fact && value["fact"] == Value(true)) {
    reader.report(pointer(path, "fact"), "Own words and what identifies a person are never facts.",
                  "Remove \"fact\".");
  }
}

void check_optional(ConfigReader& reader, const Field& field, const std::string& path) {
  if (field.optional_on.empty()) return;
  if (field.field_class == FieldClass::decisive) {
    reader.report(pointer(path, "optionalOn"), "A decisive answer cannot be left out on a channel.",
                  "Remove \"optionalOn\", or use class \"supporting\" or \"free\".");
  }
  if (!field.required && !field.required_if) {
    reader.report(pointer(path, "optionalOn"), "The answer is required on no channel.",
                  "Remove \"optionalOn\", or add \"required\": true.");
  }
}

/// Kinds that have one box per character by themselves.
bool has_boxes(FieldKind kind) {
  switch (kind) {
    case FieldKind::bsn:
    case FieldKind::date:
    case FieldKind::postcode:
    case FieldKind::house_number:
    case FieldKind::phone:
    case FieldKind::iban:
    case FieldKind::money:
    case FieldKind::integer:
    case FieldKind::decimal:
      return true;
    default:
      return false;
  }
}

OnPaper read_paper(ConfigReader& reader, const Value& field, const std::string& field_path, FieldKind kind) {
  OnPaper paper;
  const Value* value = field.find("paper");
  if (value == nullptr) return paper;
  const std::string path = pointer(field_path, "paper");
  if (!reader.check_object(*value, path, {"boxes", "signs", "beside"})) return paper;
  paper.boxes = reader.integer(*value, path, "boxes", 1, most_paper_boxes).value_or(0);
  if (value->contains("signs")) {
    const std::string signs =
        reader.one_of(*value, path, "signs", {"capitals", "capitals-and-digits", "any"});
    if (signs == "capitals-and-digits") paper.signs = OnPaper::Signs::capitals_and_digits;
    if (signs == "any") paper.signs = OnPaper::Signs::any;
  }
  paper.beside = reader.flag(*value, path, "beside", false);
  if (kind != FieldKind::text && (value->contains("boxes") || value->contains("signs"))) {
    reader.report(path, "Only a text says how many boxes it has on paper.",
                  "Remove \"boxes\" and \"signs\": other kinds have as many as their answers need.");
  }
  if (paper.boxes == 0 && value->contains("signs")) {
    reader.report(pointer(path, "signs"), "There are no boxes for these signs.", "Add \"boxes\": 20.");
  }
  if (paper.beside && paper.boxes == 0 && !has_boxes(kind)) {
    reader.report(pointer(path, "beside"), "Only an answer in boxes can stand beside another.",
                  "Remove \"beside\".");
  }
  return paper;
}

std::vector<Field> read_fields(ConfigReader& reader, const Value& owner, const std::string& owner_path,
                               bool rows);

std::vector<std::string> read_channels(ConfigReader& reader, const Value& field, const std::string& path,
                                       std::string_view name) {
  std::vector<std::string> channels = reader.texts(field, path, name, Need::optional);
  for (const std::string& channel : channels) {
    if (std::ranges::find(channel_names, channel) == channel_names.end()) {
      reader.report(pointer(path, name), "\"" + channel + "\" is no channel.",
                    suggestion(channel, channel_names));
    }
  }
  return channels;
}

Field read_field(ConfigReader& reader, const Value& value, const std::string& path, bool in_row) {
  Field field;
  if (!reader.check_object(value, path, {"name",    "kind",     "class",        "label",      "help",
                                         "purpose", "required", "requiredIf",   "voluntary",  "format",
                                         "fact",    "showIf",   "channels",     "optionalOn", "paper",
                                         "options", "bounds",   "autocomplete", "rowLabel",   "fields"})) {
    return field;
  }
  field.name = reader.text(value, path, "name", Need::required);
  field.kind = field_kind_from(reader.one_of(value, path, "kind", kind_names)).value_or(FieldKind::text);
  field.field_class =
      field_class_from(reader.one_of(value, path, "class", {"decisive", "supporting", "free"}))
          .value_or(FieldClass::supporting);
  field.label = reader.local_text(value, path, "label", Need::required);
  field.help = reader.local_text(value, path, "help", Need::optional);
  field.purpose = reader.local_text(value, path, "purpose", Need::required);
  field.required = reader.flag(value, path, "required", false);
  field.required_if = optional_condition(reader, value, path, "requiredIf");
  field.voluntary = reader.flag(value, path, "voluntary", false);
  field.show_if = optional_condition(reader, value, path, "showIf").value_or(AnswerCondition{});
  if (value.contains("format")) field.is_name = reader.one_of(value, path, "format", {"name"}) == "name";
  field.channels = read_channels(reader, value, path, "channels");
  field.optional_on = read_channels(reader, value, path, "optionalOn");
  field.paper = read_paper(reader, value, path, field.kind);
  field.options = read_options(reader, value, path, field.kind);
  field.bounds = read_bounds(reader, value, path, field.kind);
  field.autocomplete = reader.text(value, path, "autocomplete", Need::optional);
  const bool by_itself = field.field_class != FieldClass::own_words && is_fact_by_itself(field.kind);
  field.fact = reader.flag(value, path, "fact", by_itself);
  if (field.kind == FieldKind::list) {
    if (in_row) {
      reader.report(pointer(path, "kind"), "A list cannot stand inside a list.", "Use another kind.");
    } else {
      field.row_label = reader.local_text(value, path, "rowLabel", Need::required);
      field.fields = read_fields(reader, value, path, true);
    }
  } else if (value.contains("fields") || value.contains("rowLabel")) {
    reader.report(path, "Only a list has rows.", "Remove \"fields\" and \"rowLabel\", or use kind \"list\".");
  }
  check_field(reader, field, value, path);
  check_optional(reader, field, path);
  return field;
}

std::vector<Field> read_fields(ConfigReader& reader, const Value& owner, const std::string& owner_path,
                               bool rows) {
  std::vector<Field> fields;
  const Value::List& items = reader.list(owner, owner_path, "fields", Need::required);
  for (std::size_t i = 0; i < items.size(); ++i) {
    fields.push_back(read_field(reader, items[i], pointer(pointer(owner_path, "fields"), i), rows));
  }
  return fields;
}

Section read_section(ConfigReader& reader, const Value& value, const std::string& path) {
  Section section;
  if (!reader.check_object(value, path, {"name", "title", "intro", "atEnd", "showIf", "fields"}))
    return section;
  section.name = reader.text(value, path, "name", Need::required);
  if (!section.name.empty() && !is_kebab_case(section.name)) {
    reader.report(pointer(path, "name"), "A section's name is not in kebab-case.",
                  "Write lower case letters and digits joined by hyphens.");
  }
  section.title = reader.local_text(value, path, "title", Need::required);
  section.intro = reader.local_text(value, path, "intro", Need::optional);
  section.at_end = reader.flag(value, path, "atEnd", false);
  section.show_if = optional_condition(reader, value, path, "showIf").value_or(AnswerCondition{});
  section.fields = read_fields(reader, value, path, false);
  return section;
}

void read_coverage(ConfigReader& reader, const Value& value, const std::string& path,
                   Attachment& attachment) {
  if (const Value* per_row = value.find("perRow")) {
    const std::string inside = pointer(path, "perRow");
    if (reader.check_object(*per_row, inside, {"list", "field"})) {
      attachment.per_list = reader.text(*per_row, inside, "list", Need::required);
      attachment.per_field = reader.text(*per_row, inside, "field", Need::required);
    }
  }
  attachment.cover_months = reader.integer(value, path, "coverMonths", 1, 60).value_or(0);
  attachment.cover_slack_days = reader.integer(value, path, "coverSlackDays", 0, 60).value_or(0);
}

AttachmentReading read_reads(ConfigReader& reader, const Value& value, const std::string& path) {
  if (!value.contains("reads")) return AttachmentReading::nothing;
  const std::string reads = reader.one_of(value, path, "reads", {"bank-statement", "legibility"});
  if (reads == "bank-statement") return AttachmentReading::bank_statement;
  return reads == "legibility" ? AttachmentReading::legibility : AttachmentReading::nothing;
}

Attachment read_attachment(ConfigReader& reader, const Value& value, const std::string& path) {
  Attachment attachment;
  if (!reader.check_object(value, path,
                           {"kind", "label", "help", "purpose", "required", "requiredIf", "minimum",
                            "accepts", "perRow", "coverMonths", "coverSlackDays", "reads"})) {
    return attachment;
  }
  attachment.kind = reader.text(value, path, "kind", Need::required);
  if (!attachment.kind.empty() && !is_kebab_case(attachment.kind)) {
    reader.report(pointer(path, "kind"), "An attachment's kind is not in kebab-case.",
                  "Write lower case letters and digits joined by hyphens.");
  }
  attachment.label = reader.local_text(value, path, "label", Need::required);
  attachment.help = reader.local_text(value, path, "help", Need::optional);
  attachment.purpose = reader.local_text(value, path, "purpose", Need::required);
  attachment.required = reader.flag(value, path, "required", false);
  attachment.required_if = optional_condition(reader, value, path, "requiredIf");
  attachment.minimum = reader.integer(value, path, "minimum", 1, 20).value_or(1);
  attachment.accepts = reader.texts(value, path, "accepts", Need::required);
  for (const std::string& media_type : attachment.accepts) {
    if (std::ranges::find(media_types, media_type) == media_types.end()) {
      reader.report(pointer(path, "accepts"), "\"" + media_type + "\" is not taken.",
                    suggestion(media_type, media_types));
    }
  }
  read_coverage(reader, value, path, attachment);
  attachment.reads = read_reads(reader, value, path);
  return attachment;
}

Contradiction read_contradiction(ConfigReader& reader, const Value& value, const std::string& path) {
  Contradiction contradiction;
  if (!reader.check_object(value, path, {"if", "fields", "message"})) return contradiction;
  if (auto condition = optional_condition(reader, value, path, "if")) {
    contradiction.condition = std::move(*condition);
  } else {
    reader.report(path, "\"if\" is missing.", "Add the condition that cannot be.");
  }
  contradiction.fields = reader.texts(value, path, "fields", Need::required);
  contradiction.message = reader.local_text(value, path, "message", Need::required);
  return contradiction;
}

}  // namespace

FormDefinition read_definition(ConfigReader& reader, const Value& file) {
  FormDefinition definition;
  if (!reader.check_object(
          file, "",
          {"type", "version", "law", "title", "intro", "sections", "attachments", "contradictions"})) {
    return definition;
  }
  definition.type = reader.text(file, "", "type", Need::required);
  if (!definition.type.empty() && !is_kebab_case(definition.type)) {
    reader.report("/type", "A type is not in kebab-case.",
                  "Write lower case letters and digits joined by hyphens.");
  }
  if (!file.contains("version")) reader.report("", "\"version\" is missing.", "Add \"version\": 1.");
  definition.version = reader.integer(file, "", "version", 1, 1'000'000).value_or(1);
  if (definition.type != "common")
    definition.law = reader.one_of(file, "", "law", {"wmo2015", "participatiewet"});
  definition.title = reader.local_text(file, "", "title", Need::required);
  definition.intro = reader.local_text(file, "", "intro", Need::optional);
  const Value::List& sections = reader.list(file, "", "sections", Need::required);
  for (std::size_t i = 0; i < sections.size(); ++i) {
    definition.sections.push_back(read_section(reader, sections[i], pointer("/sections", i)));
  }
  const Value::List& attachments = reader.list(file, "", "attachments", Need::optional);
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    definition.attachments.push_back(read_attachment(reader, attachments[i], pointer("/attachments", i)));
  }
  const Value::List& contradictions = reader.list(file, "", "contradictions", Need::optional);
  for (std::size_t i = 0; i < contradictions.size(); ++i) {
    definition.contradictions.push_back(
        read_contradiction(reader, contradictions[i], pointer("/contradictions", i)));
  }
  return definition;
}

}  // namespace softbot
