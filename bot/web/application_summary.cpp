#include <algorithm>
#include <array>

#include "forms/answer_condition.h"
#include "web/application_form.h"
#include "web/file_look.h"
#include "web/words.h"

namespace softbot::web {
namespace {

constexpr std::array<std::string_view, 7> not_answers{"csrf", "form",   "had-files", "gemeente",
                                                      "type", "action", "pending"};

Value hidden_inputs(const WebParameters& typed) {
  Value hidden = Value::list();
  for (const auto& [name, value] : typed) {
    if (std::ranges::find(not_answers, name) == not_answers.end())
      hidden.push(Value::object({{"name", name}, {"value", value}}));
  }
  return hidden;
}

}  // namespace

Value ApplicationForm::part_summary(const FormDefinition& part, const std::string& prefix,
                                    const Value& common_answers) const {
  const Value answers = answers_of(part, prefix, state_.typed);
  const AnswerContext context{.common = &common_answers, .fields = &answers, .types = state_.types};
  Value sections = Value::list();
  for (const Section& section : part.sections) {
    Value lines = Value::list();
    bool asked = false;
    for (const Field& field : section.fields) {
      if (!field.on_channel(state_.channel) || state_.left_out.contains(prefix + "." + field.name)) continue;
      if (applies(section, field, context) == Truth::no) continue;
      asked = true;
      std::string words = answer_words(field, answers[field.name], state_.language);
      // What could not be understood is shown as it was typed.
      if (words.empty()) words = web_value(state_.typed, prefix + "." + field.name);
      if (!words.empty())
        lines.push(Value::object({{"question", field.label.in(state_.language)}, {"answer", words}}));
    }
    if (!asked) continue;
    sections.push(Value::object({{"sectionId", section_id(prefix, section.name)},
                                 {"sectionTitle", section.title.in(state_.language)},
                                 {"empty", lines.items().empty()},
                                 {"answers", std::move(lines)}}));
  }
  return Value::object({{"partTitle", part.title.in(state_.language)}, {"sections", std::move(sections)}});
}

Value ApplicationForm::summary() const {
  const Value common_answers = answers_of(common(), "common", state_.typed);
  Value parts = Value::list();
  Value types = Value::list();
  bool takes_files = !common().attachments.empty();
  parts.push(part_summary(common(), "common", common_answers));
  for (const std::string& type : state_.types) {
    parts.push(part_summary(*definition(type), type, common_answers));
    types.push(type);
    takes_files = takes_files || !definition(type)->attachments.empty();
  }
  Value names = Value::list();
  const std::vector<TrayFile> kept = files();
  for (const TrayFile& file : kept) {
    const FormDefinition* owner = file.part == "common" ? &common() : definition(file.part);
    const Attachment* attachment = owner == nullptr ? nullptr : owner->attachment(file.kind);
    names.push(Value::object(
        {{"fileName", file.name},
         {"fileLook", look_words(file.look, state_.language)},
         {"fileLabel", attachment == nullptr ? std::string() : attachment->label.in(state_.language)}}));
  }
  return Value::object({{"parts", std::move(parts)},
                        {"takesFiles", takes_files},
                        {"noFiles", names.items().empty()},
                        {"files", std::move(names)},
                        {"hidden", hidden_inputs(state_.typed)},
                        {"chosenTypes", std::move(types)},
                        {"formKey", key_},
                        {"fileCount", std::to_string(kept.size())}});
}

}  // namespace softbot::web
