#include "forms/paper_content.h"

#include <algorithm>

#include "forms/paper_conditions.h"

namespace softbot {
namespace {

/// Which sections of a definition are wanted.
enum class Place { all, body, end };

class Writer {
 public:
  Writer(const FormDefinition& common, const std::vector<const FormDefinition*>& definitions,
         std::string_view language)
      : common_(common),
        definitions_(definitions),
        language_(language),
        conditions_(common, definitions, language) {}

  PaperContent write() {
    add_part(common_, Place::body);
    for (const FormDefinition* definition : definitions_) add_part(*definition, Place::all);
    add_part(common_, Place::end);
    std::erase_if(content_.parts, [](const PaperPart& part) { return part.sections.empty(); });
    for (PaperPart& part : content_.parts) {
      for (PaperSection& section : part.sections) add_words(*part.definition, section);
    }
    add_enclosures(common_);
    for (const FormDefinition* definition : definitions_) add_enclosures(*definition);
    return std::move(content_);
  }

 private:
  void add_part(const FormDefinition& definition, Place place) {
    PaperPart part;
    part.definition = &definition;
    for (const Section& section : definition.sections) {
      if (place != Place::all && section.at_end != (place == Place::end)) continue;
      PaperSection printed;
      printed.title = section.title.in(language_);
      printed.intro = section.intro.in(language_);
      for (const Field& field : section.fields) {
        if (!conditions_.is_asked(definition, section, field)) continue;
        printed.questions.push_back(question_of(definition, field, ++numbered_));
        conditions_.number(definition, field, numbered_);
        printed.keep_together = printed.keep_together || field.kind == FieldKind::signature;
      }
      if (!printed.questions.empty()) part.sections.push_back(std::move(printed));
    }
    content_.parts.push_back(std::move(part));
  }

  [[nodiscard]] PaperQuestion question_of(const FormDefinition& definition, const Field& field,
                                          int number) const {
    PaperQuestion question;
    question.field = &field;
    question.number = number;
    const Truth by_condition =
        field.required_if ? conditions_.settled(definition, *field.required_if) : Truth::no;
    const bool may_lack = field.optional_on_channel("paper");
    question.required = !may_lack && (field.required || by_condition == Truth::yes);
    question.optional = may_lack || (!field.required && by_condition == Truth::no);
    for (const Field& inner : field.fields) {
      const bool asked =
          inner.on_channel("paper") && conditions_.settled(definition, inner.show_if) != Truth::no;
      if (asked) question.row.push_back(question_of(definition, inner, 0));
    }
    return question;
  }

  [[nodiscard]] std::string sentence(const std::string& words) const {
    if (words.empty()) return {};
    return (language_ == "en" ? "Only fill this in if " : "Alleen invullen als ") + words + ".";
  }

  /// Needs the numbers of all questions.
  void add_words(const FormDefinition& definition, PaperSection& section) {
    const Section& source = *definition.section_of(section.questions.front().field->name);
    section.when = sentence(conditions_.words(definition, source.show_if, nullptr));
    for (PaperQuestion& question : section.questions) {
      question.when = sentence(conditions_.words(definition, question.field->show_if, nullptr));
      for (PaperQuestion& inner : question.row) {
        inner.when = sentence(conditions_.words(definition, inner.field->show_if, question.field));
      }
    }
  }

  void add_enclosures(const FormDefinition& definition) {
    for (const Attachment& attachment : definition.attachments) {
      PaperEnclosure enclosure{attachment.label.in(language_), attachment.help.in(language_), {}};
      if (!attachment.required) {
        const Truth needed =
            attachment.required_if ? conditions_.settled(definition, *attachment.required_if) : Truth::no;
        if (needed == Truth::no) continue;
        if (needed == Truth::unknown) {
          enclosure.when = (language_ == "en" ? "if " : "als ") +
                           conditions_.words(definition, *attachment.required_if, nullptr);
        }
      }
      content_.enclosures.push_back(std::move(enclosure));
    }
  }

  const FormDefinition& common_;
  const std::vector<const FormDefinition*>& definitions_;
  std::string_view language_;
  PaperConditions conditions_;
  PaperContent content_;
  int numbered_ = 0;
};

}  // namespace

PaperContent paper_content(const FormDefinition& common,
                           const std::vector<const FormDefinition*>& definitions, std::string_view language) {
  return Writer(common, definitions, language).write();
}

}  // namespace softbot
