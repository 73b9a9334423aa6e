#include "web/form_view.h"

#include <algorithm>

#include "domain/json.h"
#include "forms/answer_condition.h"
#include "forms/normalise.h"
#include "web/condition_view.h"
#include "web/file_look.h"
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

  Scope(const FormDefinition& common_definition, const FormDefinition& part, std::string_view part_prefix,
        const FormState& form)
      : common(common_definition),
        definition(part),
        prefix(part_prefix),
        state(form),
        common_answers(answers_of(common, "common", form.typed)),
        own_answers(answers_of(part, part_prefix, form.typed)) {}

  [[nodiscard]] AnswerContext context(const Value* row = nullptr) const {
    return {.common = &common_answers, .fields = &own_answers, .types = state.types, .row = row};
  }
  [[nodiscard]] std::string say(const char* nl, const char* en) const {
    return state.language == "en" ? en : nl;
  }
};

std::string_view name_of_truth(Truth truth) {
  switch (truth) {
    case Truth::yes:
      return "yes";
    case Truth::no:
      return "no";
    case Truth::unknown:
      break;
  }
  return "unknown";
}

std::vector<std::string> typed_values(const WebParameters& typed, const std::string& name) {
  return web_values(typed, name);
}

struct Control {
  std::string type = "text";
  std::string mode;
  std::string width;
  bool plain = false;
};

Control control_of(const Field& field) {
  switch (field.kind) {
    case FieldKind::bsn:
      return {"text", "numeric", "s", true};
    case FieldKind::postcode:
      return {"text", "", "s", true};
    case FieldKind::house_number:
      return {"text", "numeric", "s", true};
    case FieldKind::integer:
      return {"text", "numeric", "s", true};
    case FieldKind::decimal:
      return {"text", "decimal", "s", true};
    case FieldKind::money:
      return {"text", "decimal", "s", true};
    case FieldKind::phone:
      return {"tel", "", "m", true};
    case FieldKind::iban:
      return {"text", "", "m", true};
    case FieldKind::email:
      return {"email", "", "", true};
    default:
      break;
  }
  const int length = max_length_of(field);
  return {"text", "", length <= 12 ? "s" : length <= 40 ? "m" : "", false};
}

Value options_view(const Field& field, const std::string& name, const Scope& scope) {
  const auto chosen = typed_values(scope.state.typed, name);
  const auto is_chosen = [&](std::string_view value) {
    return std::find(chosen.begin(), chosen.end(), value) != chosen.end();
  };
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

Value field_view(const Field& field, const std::string& name, const Scope& scope, const Value* row,
                 const std::string& row_name);

Value row_view(const Field& list, const std::string& row_name, const std::string& number, const Value& row,
               const Scope& scope) {
  Value fields = Value::list();
  for (const Field& field : list.fields) {
    if (field.on_channel(scope.state.channel)) {
      fields.push(field_view(field, row_name + "." + field.name, scope, &row, row_name));
    }
  }
  return Value::object({{"rowLabel", list.row_label.in(scope.state.language)},
                        {"rowNumber", number},
                        {"rowName", row_name},
                        {"listId", id_of(row_name.substr(0, row_name.rfind('.')))},
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
  for (const char* name :
       {"isGroup",      "isDate",  "isTextarea", "isSelect", "isInput",  "isList",      "radio",
        "options",      "choices", "rows",       "rowCount", "blankRow", "when",        "help",
        "old",          "error",   "optional",   "showIf",   "applies",  "describedBy", "readOnly",
        "value",        "day",     "month",      "year",     "birthDay", "inputType",   "inputMode",
        "autocomplete", "plain",   "width",      "money",    "maxLength"}) {
    view.set(name, false);
  }
  return view;
}

void add_texts(Value& view, const Field& field, const std::string& name, const Scope& scope,
               const std::string& row_name) {
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
    default:
      break;
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

Value field_view(const Field& field, const std::string& name, const Scope& scope, const Value* row,
                 const std::string& row_name) {
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
    const std::string name = scope.prefix + "." + field.name;
    if (!field.on_channel(scope.state.channel) || scope.state.left_out.contains(name) ||
        settled_no(field.show_if, scope.context())) {
      continue;
    }
    fields.push(field_view(field, name, scope, nullptr, ""));
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
      {{"sectionId", section_id(scope.prefix, section.name)},
       {"sectionTitle", section.title.in(scope.state.language)},
       {"sectionIntro", section.intro.in(scope.state.language)},
       {"sectionShowIf",
        conditional ? Value(to_json(condition_for_script(section.show_if, scope.prefix, ""))) : Value(false)},
       {"sectionApplies", name_of_truth(evaluate(section.show_if, scope.context()))},
       {"sectionWhen", conditional ? Value(condition_words(section.show_if, scope.common, scope.definition,
                                                           scope.state.language))
                                   : Value(false)},
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

Value files_view(const std::vector<TrayFile>& files, const std::string& part, const Attachment& attachment,
                 const Scope& scope) {
  Value list = Value::list();
  for (const TrayFile& file : files) {
    if (file.part == part && file.kind == attachment.kind) {
      std::string about = file.row_key;
      if (!file.period_from.empty() || !file.period_to.empty()) {
        about += (about.empty() ? "" : ", ") + date_words(file.period_from, scope.state.language) +
                 scope.say(" tot en met ", " up to and including ") +
                 date_words(file.period_to, scope.state.language);
      }
      list.push(Value::object({{"fileId", file.id},
                               {"fileName", file.name},
                               {"fileSize", size_words(static_cast<std::int64_t>(file.bytes.size()))},
                               {"fileAbout", about},
                               {"fileLook", look_words(file.look, scope.state.language)}}));
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

std::string section_id(std::string_view prefix, std::string_view section) {
  return "s-" + std::string(prefix) + "-" + std::string(section);
}

std::string id_of(std::string_view name) {
  std::string id = "v-" + std::string(name);
  std::replace_if(
      id.begin(), id.end(), [](char c) { return c == '.' || c == ':' || c == '/'; }, '-');
  return id;
}

Value answers_of(const FormDefinition& definition, std::string_view prefix, const WebParameters& typed) {
  return normalise(definition, from_web(definition, prefix, typed).answers);
}

Value part_view(const FormDefinition& common, const FormDefinition& definition, std::string_view prefix,
                const FormState& state) {
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

Value fields_view(const FormDefinition& common, const FormDefinition& definition, std::string_view prefix,
                  const FormState& state, const std::vector<std::string>& names) {
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

Value attachments_view(const FormDefinition& common, const FormDefinition& definition,
                       std::string_view prefix, const FormState& state, const std::vector<TrayFile>& files) {
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
      view.set("applies", kept.items().empty()
                              ? name_of_truth(evaluate(*attachment.required_if, scope.context()))
                              : "yes");
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

}  // namespace softbot::web
