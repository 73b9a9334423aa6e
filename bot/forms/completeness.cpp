#include "forms/completeness.h"

#include <algorithm>
#include <map>
#include <set>

#include "domain/text.h"
#include "forms/answer_check.h"
#include "forms/answer_condition.h"
#include "forms/attachment_check.h"
#include "forms/normalise.h"

namespace softbot {
namespace {

/// ‘Question?’ or, for a label without question mark, ‘Label’.
std::string quoted(const LocalText& label, std::string_view language) {
  return "‘" + label.in(language) + "’";
}

std::string missing_text(const Field& field, std::string_view language) {
  const std::string& label = field.label.in(language);
  const bool english = language == "en";
  if (field.kind == FieldKind::signature) {
    return english ? "The signature is missing." : "De handtekening ontbreekt.";
  }
  if (label.ends_with('?')) {
    return (english ? "Please answer the question: " : "Geef antwoord op de vraag: ") + label;
  }
  return (english ? "Please fill in: " : "Vul in: ") + label + ".";
}

/// Goes through both parts of the form once for what is to be asked, and once to say it in the form's order.
class Check {
 public:
  Check(const FormDefinition& common_definition, const FormDefinition& definition,
        const CompletenessInput& input)
      : common_definition_(common_definition),
        definition_(definition),
        input_(input),
        common_(normalise(common_definition, input.common)),
        fields_(normalise(definition, input.fields)),
        context_{&common_, &fields_, {definition.type}, nullptr, &common_definition, &definition} {}

  std::vector<Asked> run() {
    for (const bool common : {true, false}) find_waiting(common);
    for (const bool common : {true, false}) say_fields(common);
    for (const bool common : {true, false}) say_contradictions(part(common));
    for (const bool common : {true, false}) say_attachments(part(common));
    return std::move(asked_);
  }

 private:
  [[nodiscard]] const FormDefinition& part(bool common) const {
    return common ? common_definition_ : definition_;
  }
  [[nodiscard]] const Value& answers(bool common) const { return common ? common_ : fields_; }
  [[nodiscard]] static std::string key_of(const Field& field, bool common) {
    return (common ? "common." : "") + field.name;
  }

  /// Whether an answer is needed on this channel, given that the question applies.
  [[nodiscard]] Truth needed(const Field& field, const AnswerContext& context) const {
    return field.optional_on_channel(input_.channel) ? Truth::no : needs_answer(field, context);
  }

  /// Notes which unanswered questions keep it unknown whether another applies or is needed.
  void find_waiting(bool common) {
    for (const Section& section : part(common).sections) {
      for (const Field& field : section.fields) {
        if (!field.on_channel(input_.channel)) continue;
        const Truth shown = applies(section, field, context_);
        const Truth wanted = needed(field, context_);
        if (shown == Truth::no || wanted == Truth::no || is_answered(answers(common)[field.name])) continue;
        const std::string label = quoted(field.label, input_.language);
        if (shown == Truth::unknown) {
          const Waiting waiting = wanted == Truth::yes ? Waiting::ask : Waiting::mention;
          wait_for(section.show_if, label, waiting);
          wait_for(field.show_if, label, waiting);
        } else if (wanted == Truth::unknown) {
          wait_for(*field.required_if, label, Waiting::mention);
        }
      }
    }
    for (const Attachment& attachment : part(common).attachments) {
      if (attachment.required || !attachment.required_if) continue;
      if (has_files(attachment.kind)) continue;
      wait_for(*attachment.required_if, quoted(attachment.label, input_.language), Waiting::mention);
    }
  }

  [[nodiscard]] bool has_files(std::string_view kind) const {
    return std::ranges::any_of(input_.attachments, [&](const AttachmentInfo& a) { return a.kind == kind; });
  }

  /// Whether an open question is asked because another waits for it, or, when it is asked anyway, names what
  /// else its answer may bring.
  enum class Waiting { ask, mention };

  /// Notes the questions that leave this condition unknown. `label` names what waits for them.
  void wait_for(const AnswerCondition& condition, const std::string& label, Waiting waiting) {
    if (evaluate(condition, context_) != Truth::unknown) return;
    if (!condition.parts.empty()) {
      for (const AnswerCondition& inner : condition.parts) wait_for(inner, label, waiting);
      return;
    }
    for (const std::string& name : fields_of(condition)) {
      if (is_answered(answer_of(name, context_))) continue;
      const bool common = name.starts_with("common.");
      const std::string bare = common ? name.substr(7) : name;
      const Field* field = part(common).find(bare);
      if (field == nullptr || !field->on_channel(input_.channel)) continue;
      const Section& section = *part(common).section_of(bare);
      const Truth shown = applies(section, *field, context_);
      if (shown == Truth::no) continue;
      if (shown == Truth::unknown) {
        wait_for(section.show_if, label, waiting);
        wait_for(field->show_if, label, waiting);
        continue;
      }
      if (waiting == Waiting::ask) asked_for_.insert(name);
      std::vector<std::string>& labels = waiting_[name];
      if (std::ranges::find(labels, label) == labels.end()) labels.push_back(label);
    }
  }

  void say_fields(bool common) {
    for (const Section& section : part(common).sections) {
      for (const Field& field : section.fields) {
        if (!field.on_channel(input_.channel)) continue;
        if (applies(section, field, context_) == Truth::no) continue;
        const Value& answer = answers(common)[field.name];
        if (is_answered(answer)) {
          say_problems(field, answer, field.name);
          continue;
        }
        const bool waited_for = asked_for_.contains(key_of(field, common));
        const bool missing =
            applies(section, field, context_) == Truth::yes && needed(field, context_) == Truth::yes;
        if (missing || waited_for) say_missing(field, key_of(field, common));
      }
    }
  }

  void say_missing(const Field& field, const std::string& key) {
    std::string text = missing_text(field, input_.language);
    if (const auto waiting = waiting_.find(key); waiting != waiting_.end()) {
      text += input_.language == "en" ? " Depending on your answer, we also need: "
                                      : " Als dat bij uw antwoord past, hebben we ook nodig: ";
      for (std::size_t i = 0; i < waiting->second.size(); ++i)
        text += (i == 0 ? "" : ", ") + waiting->second[i];
      text += ".";
    }
    const bool signature = field.kind == FieldKind::signature;
    asked_.push_back(
        {signature ? "signature" : field.name, signature ? "signature-missing" : "missing", text});
  }

  void say_problems(const Field& field, const Value& answer, const std::string& path) {
    const auto problem = problem_of_answer(field, answer, input_.today, input_.language);
    if (field.kind == FieldKind::signature && answer == Value(false)) {
      say_missing(field, path);
    } else if (problem) {
      asked_.push_back({path, "invalid", quoted(field.label, input_.language) + ": " + *problem});
    }
    if (field.kind == FieldKind::list) say_rows(field, answer, path);
  }

  void say_rows(const Field& list, const Value& rows, const std::string& path) {
    for (std::size_t i = 0; i < rows.items().size(); ++i) {
      const Value& row = rows.items()[i];
      AnswerContext context = context_;
      context.row = &row;
      for (const Field& field : list.fields) {
        if (evaluate(field.show_if, context) != Truth::yes) continue;
        const std::size_t before = asked_.size();
        const std::string at = path + "[" + std::to_string(i) + "]." + field.name;
        if (is_answered(row[field.name])) {
          say_problems(field, row[field.name], at);
        } else if (needed(field, context) == Truth::yes) {
          asked_.push_back({at, "missing", missing_text(field, input_.language)});
        }
        if (asked_.size() == before) continue;
        const std::string place = list.row_label.in(input_.language) + " " + std::to_string(i + 1) + ": ";
        asked_.back().text.insert(0, place);
      }
    }
  }

  void say_contradictions(const FormDefinition& definition) {
    const AnswerContext as_given{&common_, &fields_, context_.types};
    for (const Contradiction& contradiction : definition.contradictions) {
      if (evaluate(contradiction.condition, as_given) != Truth::yes) continue;
      asked_.push_back({contradiction.fields.empty() ? "" : contradiction.fields.front(), "contradictory",
                        contradiction.message.in(input_.language)});
    }
  }

  void say_attachments(const FormDefinition& definition) {
    for (const Attachment& attachment : definition.attachments) {
      const Truth condition =
          attachment.required_if ? evaluate(*attachment.required_if, context_) : Truth::no;
      if (!attachment.required && condition != Truth::yes) continue;
      std::vector<Asked> found = check_attachment(definition, attachment, fields_, input_);
      std::ranges::move(found, std::back_inserter(asked_));
    }
  }

  const FormDefinition& common_definition_;
  const FormDefinition& definition_;
  const CompletenessInput& input_;
  const Value common_;
  const Value fields_;
  const AnswerContext context_;
  /// Labels of what depends on an open question, by its key.
  std::map<std::string, std::vector<std::string>> waiting_;
  std::set<std::string> asked_for_;  ///< keys of questions that are asked because another needs them
  std::vector<Asked> asked_;
};

}  // namespace

std::vector<Asked> check_completeness(const FormDefinition& common_definition,
                                      const FormDefinition& definition, const CompletenessInput& input) {
  return Check(common_definition, definition, input).run();
}

std::optional<Asked> check_answer(const Field& field, const Value& answer, Date today,
                                  std::string_view language) {
  const Value tidy = normalise_answer(field, answer);
  if (!is_answered(tidy)) return std::nullopt;
  const auto problem = problem_of_answer(field, tidy, today, language);
  if (!problem) return std::nullopt;
  return Asked{field.name, "invalid", quoted(field.label, language) + ": " + *problem};
}

}  // namespace softbot
