#include "web/form_view.h"

#include <algorithm>
#include <charconv>

#include "domain/json.h"
#include "forms/answer_condition.h"
#include "forms/normalise.h"
#include "web/words.h"

namespace softbot::web {
namespace {

/// What the views of one part share.
struct Scope {
  const FormDefinition& common;
  const FormDefinition& definition;
  std::string prefix;
  const FormState& state;
  Value common_answers;
  Value own_answers;

  Scope(const FormDefinition& common_definition, const FormDefinition& part, std::string_view part_prefix, const FormState& form)
      : common(common_definition),
        definition(part),
        prefix(part_prefix),
        state(form),
        common_answers(answers_of(common, "common", form.typed)),
        own_answers(answers_of(part, part_prefix, form.typed)) {}

  [[nodiscard]] AnswerContext context(const Value* row = nullptr) const {
    return {.common = &common_answers, .fields = &own_answers, .types = state.types, .row = row};
  }
  [[nodiscard]] std::string say(const char* nl, const char* en) const { return state.language == "en" ? en : nl; }
};

std::string_view name_of_truth(Truth truth) {
  switch (truth) {
    case Truth::yes: return "yes";
    case Truth::no: return "no";
    case Truth::unknown: break;
  }
  return "unknown";
}

std::string_view operator_of(AnswerCondition::Kind kind) {
  switch (kind) {
    case AnswerCondition::Kind::always: return "always";
    case AnswerCondition::Kind::equals: return "equals";
    case AnswerCondition::Kind::in: return "in";
    case AnswerCondition::Kind::includes: return "includes";
    case AnswerCondition::Kind::present: return "present";
    case AnswerCondition::Kind::greater_than: return "greaterThan";
    case AnswerCondition::Kind::less_than: return "lessThan";
    case AnswerCondition::Kind::all: return "all";
    case AnswerCondition::Kind::any: return "any";
    case AnswerCondition::Kind::negation: return "not";
  }
  return "always";
}

/// The input that a condition's field name means, on this page.
std::string input_name(std::string_view field, const std::string& prefix, const std::string& row) {
  if (field.empty() || field == "types" || field.starts_with("common.")) {
    return std::string(field);
  }
  if (field.starts_with("row.")) {
    return row + "." + std::string(field.substr(4));
  }
  return prefix + "." + std::string(field);
}

/// A condition for the script in the browser, with names of inputs.
Value condition_for_script(const AnswerCondition& condition, const std::string& prefix, const std::string& row) {
  Value out = Value::object({{"is", operator_of(condition.kind)}});
  if (!condition.field.empty()) {
    out.set("name", input_name(condition.field, prefix, row));
  }
  if (!condition.other_field.empty()) {
    out.set("other", input_name(condition.other_field, prefix, row));
  }
  if (!condition.values.empty()) {
    Value values = Value::list();
    for (const Value& value : condition.values) {
      values.push(value);
    }
    out.set("values", std::move(values));
  }
  if (!condition.parts.empty()) {
    Value parts = Value::list();
    for (const AnswerCondition& part : condition.parts) {
      parts.push(condition_for_script(part, prefix, row));
    }
    out.set("parts", std::move(parts));
  }
  return out;
}

/// Conditions on the chosen types are settled before the page is made: nobody needs to read them.
bool depends_on_answers(const AnswerCondition& condition) {
  const auto fields = fields_of(condition);
  return std::any_of(fields.begin(), fields.end(), [](const std::string& field) { return field != "types"; });
}

const Field* field_of_condition(const std::string& name, const FormDefinition& common, const FormDefinition& definition) {
  if (name.starts_with("common.")) {
    return common.find(std::string_view(name).substr(7));
  }
  return definition.find(name);
}

std::string value_words(const Field* field, const Value& value, std::string_view language) {
  if (field != nullptr) {
    if (const Option* option = field->option(value.text_or_empty())) {
      return option->label.in(language);
    }
    return answer_words(*field, value, language);
  }
  return value.text_or_empty();
}

std::string clause(const AnswerCondition& condition, const FormDefinition& common, const FormDefinition& definition,
                   std::string_view language) {
  const bool english = language == "en";
  const Field* field = field_of_condition(condition.field, common, definition);
  const std::string label = field == nullptr ? condition.field : field->label.in(language);
  const auto quoted = [&](const Value& value) { return "‘" + value_words(field, value, language) + "’"; };
  const auto joined = [&](const std::vector<std::string>& parts, const char* word) {
    std::string text;
    for (const std::string& part : parts) {
      text += (text.empty() ? "" : std::string(" ") + word + " ") + part;
    }
    return text;
  };
  switch (condition.kind) {
    case AnswerCondition::Kind::equals:
    case AnswerCondition::Kind::in:
    case AnswerCondition::Kind::includes: {
      std::vector<std::string> values;
      for (const Value& value : condition.values) {
        values.push_back(quoted(value));
      }
      return (english ? "you answered " : "u ") + joined(values, english ? "or" : "of") +
             (english ? " to ‘" : " hebt geantwoord bij ‘") + label + "’";
    }
    case AnswerCondition::Kind::present: return (english ? "you filled in ‘" : "u iets hebt ingevuld bij ‘") + label + "’";
    case AnswerCondition::Kind::greater_than:
    case AnswerCondition::Kind::less_than: {
      const bool more = condition.kind == AnswerCondition::Kind::greater_than;
      const std::string bound = condition.values.empty() ? "" : value_words(field, condition.values.front(), language);
      return (english ? "‘" : "‘") + label + (english ? (more ? "’ is more than " : "’ is less than ") : (more ? "’ meer is dan " : "’ minder is dan ")) + bound;
    }
    case AnswerCondition::Kind::all:
    case AnswerCondition::Kind::any: {
      std::vector<std::string> parts;
      for (const AnswerCondition& part : condition.parts) {
        if (depends_on_answers(part)) {
          parts.push_back(clause(part, common, definition, language));
        }
      }
      const bool all = condition.kind == AnswerCondition::Kind::all;
      return joined(parts, english ? (all ? "and" : "or") : (all ? "en" : "of"));
    }
    case AnswerCondition::Kind::negation:
      return (english ? "it is not so that " : "het niet zo is dat ") +
             (condition.parts.empty() ? "" : clause(condition.parts.front(), common, definition, language));
    case AnswerCondition::Kind::always: break;
  }
  return {};
}

std::vector<std::string> typed_values(const WebParameters& typed, const std::string& name) { return web_values(typed, name); }

std::size_t number_or(std::string_view text, std::size_t other) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && value < 1000 ? value : other;
}

/// How many rows of a list are on the page: as typed, as the page said, and at least one.
std::size_t rows_of(const WebParameters& typed, const std::string& name) {
  std::size_t rows = number_or(web_value(typed, "rows:" + name), 1);
  const std::string start = name + ".";
  for (const auto& [each, value] : typed) {
    if (each.starts_with(start)) {
      const std::string_view rest = std::string_view(each).substr(start.size());
      const std::size_t row = number_or(rest.substr(0, rest.find('.')), 0);
      rows = std::max(rows, row + 1);
    }
  }
  return std::clamp<std::size_t>(rows, 1, 50);
}

struct Control {
  std::string type = "text";
  std::string mode;
  std::string width;
  bool plain = false;
};

Control control_of(const Field& field) {
  switch (field.kind) {
    case FieldKind::bsn: return {"text", "numeric", "s", true};
    case FieldKind::postcode: return {"text", "", "s", true};
    case FieldKind::house_number: return {"text", "numeric", "s", true};
    case FieldKind::integer: return {"text", "numeric", "s", true};
    case FieldKind::decimal: return {"text", "decimal", "s", true};
    case FieldKind::money: return {"text", "decimal", "s", true};
    case FieldKind::phone: return {"tel", "", "m", true};
    case FieldKind::iban: return {"text", "", "m", true};
    case FieldKind::email: return {"email", "", "", true};
    default: break;
  }
  const int length = max_length_of(field);
  return {"text", "", length <= 12 ? "s" : length <= 40 ? "m" : "", false};
}

Value options_view(const Field& field, const std::string& name, const Scope& scope) {
  const auto chosen = typed_values(scope.state.typed, name);
  const auto is_chosen = [&](std::string_view value) { return std::find(chosen.begin(), chosen.end(), value) != chosen.end(); };
  Value options = Value::list();
  const auto add = [&](const std::string& value, const std::string& label, const std::string& help) {
    const std::string id = options.items().empty() ? id_of(name) : id_of(name) + "-" + value;
    options.push(Value::object({{"optionId", id},
                                {"optionValue", value},
                                {"optionLabel", label},
                                {"optionHelp", help},
                                {"checked", is_chosen(value)}}));
  };
  if (field.kind == FieldKind::yes_no || field.kind == FieldKind::signature) {
    add("yes", scope.say("Ja", "Yes"), "");
    add("no", scope.say("Nee", "No"), "");
  } else {
    for (const Option& option : field.options) {
      add(option.value, option.label.in(scope.state.language), option.help.in(scope.state.language));
    }
  }
  return options;
}

Value field_view(const Field& field, const std::string& name, const Scope& scope, const Value* row, const std::string& row_name);

Value row_view(const Field& list, const std::string& row_name, const std::string& number, const Value& row, const Scope& scope) {
  Value fields = Value::list();
  for (const Field& field : list.fields) {
    if (field.on_channel(scope.state.channel)) {
      fields.push(field_view(field, row_name + "." + field.name, scope, &row, row_name));
    }
  }
  return Value::object({{"rowLabel", list.row_label.in(scope.state.language)},
                        {"rowNumber", number},
                        {"rowName", row_name},
                        {"fields", std::move(fields)}});
}

void add_rows(Value& view, const Field& list, const std::string& name, const Scope& scope) {
  Value rows = Value::list();
  const std::size_t count = rows_of(scope.state.typed, name);
  const Value& answers = scope.own_answers[list.name];
  for (std::size_t index = 0; index < count; ++index) {
    const Value row = index < answers.items().size() ? answers.items()[index] : Value::object();
    rows.push(row_view(list, name + "." + std::to_string(index), std::to_string(index + 1), row, scope));
  }
  view.set("rows", std::move(rows));
  view.set("rowCount", std::to_string(count));
  view.set("blankRow", row_view(list, name + ".__row__", "__number__", Value::object(), scope));
}

/// Each name that form/field uses, so that no question shows its neighbour's.
Value empty_field_view() {
  Value view = Value::object();
  for (const char* name : {"isGroup", "isDate", "isTextarea", "isSelect", "isInput", "isList", "radio", "options", "choices", "rows",
                           "rowCount", "blankRow", "when", "help", "old", "error", "optional", "showIf", "applies", "describedBy",
                           "readOnly", "value", "day", "month", "year", "birthDay", "inputType", "inputMode", "autocomplete", "plain",
                           "width", "money", "maxLength"}) {
    view.set(name, false);
  }
  return view;
}

void add_texts(Value& view, const Field& field, const std::string& name, const Scope& scope, const std::string& row_name) {
  const std::string id = id_of(name);
  const std::string& language = scope.state.language;
  view.set("id", id);
  view.set("name", name);
  view.set("label", field.label.in(language));
  view.set("help", field.help.in(language));
  view.set("optional", !field.required && !field.required_if.has_value());
  std::string described;
  const auto describe = [&](const char* part) { described += (described.empty() ? "" : " ") + id + part; };
  if (field.show_if.kind != AnswerCondition::Kind::always) {
    view.set("showIf", to_json(condition_for_script(field.show_if, scope.prefix, row_name)));
    const std::string words = condition_words(field.show_if, scope.common, scope.definition, language);
    view.set("when", words);
    if (!words.empty()) describe("-when");
  }
  if (!field.help.in(language).empty()) describe("-help");
  if (const auto old = scope.state.old.find(name); old != scope.state.old.end()) {
    view.set("old", old->second);
    if (!old->second.empty()) describe("-old");
  }
  if (const auto problem = scope.state.problems.find(name); problem != scope.state.problems.end()) {
    view.set("error", problem->second);
    describe("-error");
  }
  view.set("describedBy", described);
  view.set("readOnly", scope.state.read_only.contains(name));
}

void add_control(Value& view, const Field& field, const std::string& name, const Scope& scope) {
  view.set("value", web_value(scope.state.typed, name));
  switch (field.kind) {
    case FieldKind::date:
      view.set("isGroup", true);
      view.set("isDate", true);
      view.set("day", web_value(scope.state.typed, name + ".day"));
      view.set("month", web_value(scope.state.typed, name + ".month"));
      view.set("year", web_value(scope.state.typed, name + ".year"));
      view.set("birthDay", field.autocomplete == "bday");
      return;
    case FieldKind::yes_no:
    case FieldKind::signature:
    case FieldKind::choices:
      view.set("isGroup", true);
      view.set("radio", field.kind != FieldKind::choices);
      view.set("options", options_view(field, name, scope));
      return;
    case FieldKind::choice:
      if (field.options.size() > 8) {
        view.set("isSelect", true);
        view.set("choices", options_view(field, name, scope));
      } else {
        view.set("isGroup", true);
        view.set("radio", true);
        view.set("options", options_view(field, name, scope));
      }
      return;
    case FieldKind::list:
      view.set("isGroup", true);
      view.set("isList", true);
      add_rows(view, field, name, scope);
      return;
    case FieldKind::long_text:
      view.set("isTextarea", true);
      return;
    default: break;
  }
  const Control control = control_of(field);
  view.set("isInput", true);
  view.set("inputType", control.type);
  view.set("inputMode", control.mode);
  view.set("width", control.width);
  view.set("plain", control.plain);
  view.set("money", field.kind == FieldKind::money);
  view.set("autocomplete", field.kind == FieldKind::bsn ? "off" : field.autocomplete);
}


Value field_view(const Field& field, const std::string& name, const Scope& scope, const Value* row, const std::string& row_name) {
  Value view = empty_field_view();
  add_texts(view, field, name, scope, row_name);
  view.set("applies", name_of_truth(evaluate(field.show_if, scope.context(row))));
  add_control(view, field, name, scope);
  return view;
}

/// Leaves out what can never apply to the chosen types.
bool settled_no(const AnswerCondition& condition, const AnswerContext& context) {
  return condition.kind != AnswerCondition::Kind::always && !depends_on_answers(condition) &&
         evaluate(condition, context) == Truth::no;
}

Value section_view(const Section& section, const Scope& scope) {
  Value fields = Value::list();
  Value purposes = Value::list();
  std::map<std::string, std::string> by_purpose;
  std::vector<std::string> order;
  for (const Field& field : section.fields) {
    if (!field.on_channel(scope.state.channel) || settled_no(field.show_if, scope.context())) {
      continue;
    }
    fields.push(field_view(field, scope.prefix + "." + field.name, scope, nullptr, ""));
    const std::string& purpose = field.purpose.in(scope.state.language);
    if (purpose.empty()) continue;
    auto [entry, fresh] = by_purpose.try_emplace(purpose);
    if (fresh) order.push_back(purpose);
    entry->second += (entry->second.empty() ? "" : "; ") + field.label.in(scope.state.language);
  }
  for (const std::string& purpose : order) {
    purposes.push(Value::object({{"purposeText", purpose}, {"purposeOf", by_purpose[purpose]}}));
  }
  const bool conditional = depends_on_answers(section.show_if);
  return Value::object(
      {{"sectionTitle", section.title.in(scope.state.language)},
       {"sectionIntro", section.intro.in(scope.state.language)},
       {"sectionShowIf", conditional ? Value(to_json(condition_for_script(section.show_if, scope.prefix, ""))) : Value(false)},
       {"sectionApplies", name_of_truth(evaluate(section.show_if, scope.context()))},
       {"sectionWhen",
        conditional ? Value(condition_words(section.show_if, scope.common, scope.definition, scope.state.language)) : Value(false)},
       {"hasPurposes", !order.empty()},
       {"purposes", std::move(purposes)},
       {"fields", std::move(fields)}});
}

std::string accept_of(const Attachment& attachment) {
  std::string accept;
  for (const std::string& type : attachment.accepts) {
    accept += (accept.empty() ? "" : ",") + type;
  }
  return accept;
}

Value files_view(const std::vector<TrayFile>& files, const std::string& part, const Attachment& attachment, const Scope& scope) {
  Value list = Value::list();
  for (const TrayFile& file : files) {
    if (file.part == part && file.kind == attachment.kind) {
      std::string about = file.row_key;
      if (!file.period_from.empty() || !file.period_to.empty()) {
        about += (about.empty() ? "" : ", ") + date_words(file.period_from, scope.state.language) +
                 scope.say(" tot en met ", " up to and including ") + date_words(file.period_to, scope.state.language);
      }
      list.push(Value::object({{"fileId", file.id},
                               {"fileName", file.name},
                               {"fileSize", size_words(static_cast<std::int64_t>(file.bytes.size()))},
                               {"fileAbout", about}}));
    }
  }
  return list;
}

/// The keys of the rows that files belong to, such as account numbers, as typed so far.
Value row_keys(const Attachment& attachment, const Scope& scope) {
  Value keys = Value::list();
  const Value& rows = scope.own_answers[attachment.per_list];
  for (const Value& row : rows.items()) {
    if (const std::string& key = row[attachment.per_field].text_or_empty(); !key.empty()) {
      keys.push(key);
    }
  }
  return keys;
}

}  // namespace

std::string id_of(std::string_view name) {
  std::string id = "v-" + std::string(name);
  std::replace_if(id.begin(), id.end(), [](char c) { return c == '.' || c == ':' || c == '/'; }, '-');
  return id;
}

Value answers_of(const FormDefinition& definition, std::string_view prefix, const WebParameters& typed) {
  return normalise(definition, from_web(definition, prefix, typed).answers);
}

std::string condition_words(const AnswerCondition& condition, const FormDefinition& common, const FormDefinition& definition,
                            std::string_view language) {
  if (!depends_on_answers(condition)) {
    return {};
  }
  const std::string words = clause(condition, common, definition, language);
  return words.empty() ? words : (language == "en" ? "Only fill this in if " : "Vul dit alleen in als ") + words + ".";
}

Value part_view(const FormDefinition& common, const FormDefinition& definition, std::string_view prefix, const FormState& state) {
  const Scope scope(common, definition, prefix, state);
  Value sections = Value::list();
  for (const Section& section : definition.sections) {
    if (settled_no(section.show_if, scope.context())) {
      continue;
    }
    Value view = section_view(section, scope);
    if (!view["fields"].items().empty()) {
      sections.push(std::move(view));
    }
  }
  return Value::object({{"prefix", prefix},
                        {"partTitle", definition.title.in(state.language)},
                        {"partIntro", definition.intro.in(state.language)},
                        {"sections", std::move(sections)}});
}

Value fields_view(const FormDefinition& common, const FormDefinition& definition, std::string_view prefix, const FormState& state,
                  const std::vector<std::string>& names) {
  const Scope scope(common, definition, prefix, state);
  Value fields = Value::list();
  for (const Section& section : definition.sections) {
    for (const Field& field : section.fields) {
      if (std::find(names.begin(), names.end(), field.name) != names.end()) {
        Value view = field_view(field, scope.prefix + "." + field.name, scope, nullptr, "");
        // What is asked for is always shown.
        view.set("showIf", false);
        view.set("when", false);
        view.set("optional", false);
        fields.push(std::move(view));
      }
    }
  }
  return fields;
}

Value attachments_view(const FormDefinition& common, const FormDefinition& definition, std::string_view prefix,
                       const FormState& state, const std::vector<TrayFile>& files) {
  const Scope scope(common, definition, prefix, state);
  Value list = Value::list();
  for (const Attachment& attachment : definition.attachments) {
    const std::string name = scope.prefix + "/" + attachment.kind;
    const std::string id = id_of(name);
    Value kept = files_view(files, scope.prefix, attachment, scope);
    const bool required = attachment.required || attachment.required_if.has_value();
    Value view = empty_field_view();
    view.set("attachmentName", name);
    view.set("id", id);
    view.set("name", name);
    view.set("label", attachment.label.in(state.language));
    view.set("help", attachment.help.in(state.language));
    view.set("optional", !required);
    view.set("when", attachment.required_if && !attachment.required
                         ? Value(condition_words(*attachment.required_if, common, definition, state.language))
                         : Value(false));
    if (attachment.required_if && !attachment.required) {
      view.set("showIf", to_json(condition_for_script(*attachment.required_if, scope.prefix, "")));
      view.set("applies", kept.items().empty() ? name_of_truth(evaluate(*attachment.required_if, scope.context())) : "yes");
    }
    if (const auto problem = state.problems.find(name); problem != state.problems.end()) {
      view.set("error", problem->second);
      view.set("describedBy", id + "-error");
    }
    view.set("hasFiles", !kept.items().empty());
    view.set("files", std::move(kept));
    view.set("accept", accept_of(attachment));
    view.set("perRow", !attachment.per_list.empty());
    view.set("rowKeyLabel", scope.say("Van welke rekening (IBAN)?", "Of which account (IBAN)?"));
    view.set("typedKey", web_value(state.typed, "key:" + name));
    view.set("keys", row_keys(attachment, scope));
    view.set("hasPeriod", attachment.cover_months > 0);
    view.set("typedFrom", web_value(state.typed, "from:" + name));
    view.set("typedTo", web_value(state.typed, "to:" + name));
    list.push(std::move(view));
  }
  return list;
}

void change_rows(WebParameters& typed, std::string_view action) {
  const auto set_rows = [&](const std::string& name, std::size_t count) {
    std::erase_if(typed, [&](const auto& pair) { return pair.first == "rows:" + name; });
    typed.emplace_back("rows:" + name, std::to_string(std::max<std::size_t>(count, 1)));
  };
  if (action.starts_with("add:")) {
    const std::string name(action.substr(4));
    set_rows(name, std::min<std::size_t>(rows_of(typed, name) + 1, 50));
    return;
  }
  if (!action.starts_with("remove:")) {
    return;
  }
  const std::string row(action.substr(7));
  const std::size_t dot = row.rfind('.');
  if (dot == std::string::npos) {
    return;
  }
  const std::string name = row.substr(0, dot);
  const std::size_t removed = number_or(std::string_view(row).substr(dot + 1), 1000);
  const std::size_t count = rows_of(typed, name);
  if (removed >= count) {
    return;
  }
  WebParameters kept;
  const std::string start = name + ".";
  for (auto& [each, value] : typed) {
    if (!each.starts_with(start)) {
      kept.emplace_back(each, value);
      continue;
    }
    const std::string rest = each.substr(start.size());
    const std::size_t end = std::min(rest.find('.'), rest.size());
    const std::size_t index = number_or(std::string_view(rest).substr(0, end), 0);
    if (index != removed) {
      kept.emplace_back(start + std::to_string(index > removed ? index - 1 : index) + rest.substr(end), value);
    }
  }
  typed = std::move(kept);
  set_rows(name, count - 1);
}

}  // namespace softbot::web
