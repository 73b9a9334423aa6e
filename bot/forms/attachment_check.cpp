#include "forms/attachment_check.h"

#include <algorithm>

#include "domain/iban.h"
#include "domain/text.h"
#include "forms/answer_check.h"
#include "forms/answer_condition.h"
#include "forms/normalise.h"

namespace softbot {
namespace {

bool english(const CompletenessInput& input) {
  return input.language == "en";
}

Asked ask(const Attachment& attachment, std::string text) {
  return {attachment.kind, "attachment-missing", std::move(text)};
}

std::string please_send(const Attachment& attachment, const CompletenessInput& input) {
  return (english(input) ? "Please send: " : "Stuur mee: ") + attachment.label.in(input.language);
}

/// How a sentence names the row without giving its content away: an account by its last three characters.
std::string name_of_row(const Field& key_field, const Value& key, const CompletenessInput& input) {
  const std::string& text = key.text_or_empty();
  if (key_field.kind != FieldKind::iban) return text;
  const std::string end = text.size() > 3 ? text.substr(text.size() - 3) : text;
  return (english(input) ? "the account that ends in " : "de rekening die eindigt op ") + end;
}

std::string named_range(const DayRange& range, const CompletenessInput& input) {
  if (range.from == range.until) return format_day(range.from, input.language);
  return english(input) ? format_day(range.from, "en") + " to " + format_day(range.until, "en")
                        : format_day(range.from, "nl") + " tot en met " + format_day(range.until, "nl");
}

/// What of the period the files leave open. Nothing when no period is asked for.
std::vector<Asked> check_period(const Attachment& attachment, const std::vector<AttachmentInfo>& files,
                                const std::string& of_row, const CompletenessInput& input) {
  if (attachment.cover_months == 0) return {};
  const DayRange wanted{add_months(input.today, -attachment.cover_months),
                        add_days(input.today, -attachment.cover_slack_days)};
  std::vector<DayRange> covered;
  for (const AttachmentInfo& file : files) {
    if (file.from && file.until && *file.from <= *file.until) covered.push_back({*file.from, *file.until});
  }
  if (covered.empty()) {
    return {ask(attachment,
                english(input)
                    ? "Please say which period this covers: " + attachment.label.in("en") + of_row + "."
                    : "Vul in over welke periode dit gaat: " + attachment.label.in("nl") + of_row + ".")};
  }
  std::string days;
  for (const DayRange& range : days_missing(wanted, std::move(covered))) {
    days += (days.empty() ? "" : english(input) ? " and " : " en ") + named_range(range, input);
  }
  if (days.empty()) return {};
  return {ask(attachment, please_send(attachment, input) + of_row +
                              (english(input) ? ". Missing: " : ". Nu ontbreekt: ") + days + ".")};
}

std::string tidy_key(const Field& key_field, const std::string& key) {
  return normalise_answer(key_field, Value(key)).text_or_empty();
}

/// Each row needs its own files; files without a key count when there is only one row.
std::vector<Asked> check_rows(const Attachment& attachment, const Field& key_field, const Value::List& rows,
                              const std::vector<AttachmentInfo>& files, const CompletenessInput& input) {
  std::vector<Asked> asked;
  for (const Value& row : rows) {
    const Value& key = row[attachment.per_field];
    if (!is_answered(key)) continue;
    std::vector<AttachmentInfo> own;
    std::ranges::copy_if(files, std::back_inserter(own), [&](const AttachmentInfo& file) {
      const bool unnamed = trim(file.iban).empty() && rows.size() == 1;
      return unnamed || tidy_key(key_field, file.iban) == key.text_or_empty();
    });
    const std::string of_row = (english(input) ? ", of " : ", van ") + name_of_row(key_field, key, input);
    if (own.size() < static_cast<std::size_t>(attachment.minimum)) {
      asked.push_back(ask(attachment, please_send(attachment, input) + of_row + "."));
      continue;
    }
    std::ranges::move(check_period(attachment, own, of_row, input), std::back_inserter(asked));
  }
  return asked;
}

}  // namespace

std::vector<DayRange> days_missing(const DayRange& wanted, std::vector<DayRange> covered) {
  std::ranges::sort(covered, {}, [](const DayRange& range) { return std::chrono::sys_days(range.from); });
  std::vector<DayRange> missing;
  Date next = wanted.from;
  for (const DayRange& range : covered) {
    if (next > wanted.until) break;
    if (range.from > next) missing.push_back({next, std::min(add_days(range.from, -1), wanted.until)});
    next = std::max(next, add_days(range.until, 1));
  }
  if (next <= wanted.until) missing.push_back({next, wanted.until});
  return missing;
}

std::vector<Asked> check_attachment(const FormDefinition& definition, const Attachment& attachment,
                                    const Value& answers, const CompletenessInput& input) {
  std::vector<AttachmentInfo> files;
  std::ranges::copy_if(input.attachments, std::back_inserter(files),
                       [&](const AttachmentInfo& file) { return file.kind == attachment.kind; });
  const Field* list = attachment.per_list.empty() ? nullptr : definition.find(attachment.per_list);
  const Value::List& rows = answers[attachment.per_list].items();
  if (list != nullptr && !rows.empty()) {
    const auto key_field = std::ranges::find(list->fields, attachment.per_field, &Field::name);
    if (key_field != list->fields.end()) return check_rows(attachment, *key_field, rows, files, input);
  }
  if (files.size() < static_cast<std::size_t>(attachment.minimum)) {
    std::string text = please_send(attachment, input);
    if (attachment.minimum > 1) text += " (" + std::to_string(attachment.minimum) + ")";
    return {ask(attachment, text + ".")};
  }
  return check_period(attachment, files, "", input);
}

}  // namespace softbot
