#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/answer_condition.h"

namespace softbot {

/// A text in Dutch (B1) and in English.
struct LocalText {
  std::string nl;
  std::string en;

  /// English for "en", Dutch for everything else.
  [[nodiscard]] const std::string& in(std::string_view language) const { return language == "en" ? en : nl; }
  [[nodiscard]] bool empty() const { return nl.empty() && en.empty(); }
  bool operator==(const LocalText&) const = default;
};

/// What kind of answer a question takes. Answers as JSON: yes-no and signature -> boolean, choice -> string,
/// choices -> array of strings, integer, decimal and money -> number or text as the Dutch write it (money in
/// euros), date -> ISO string, list -> array of objects, everything else -> string.
enum class FieldKind {
  bsn,
  date,
  postcode,
  house_number,
  phone,
  email,
  iban,
  money,
  integer,
  decimal,
  text,
  long_text,
  yes_no,
  choice,
  choices,
  list,
  signature,
};

/// The name in definition files: "house-number", "yes-no", ...
[[nodiscard]] std::string_view name_of(FieldKind kind);
[[nodiscard]] std::optional<FieldKind> field_kind_from(std::string_view name);

/// `decisive`: the decision rests on it; `supporting`: it confirms others; `own_words` ("free" in files):
/// somebody's own words, which a person or the signal list looks at.
enum class FieldClass { decisive, supporting, own_words };

[[nodiscard]] std::string_view name_of(FieldClass field_class);
[[nodiscard]] std::optional<FieldClass> field_class_from(std::string_view name);

/// One answer to choose from.
struct Option {
  std::string value;  ///< kebab-case, stable
  LocalText label;
  LocalText help;  ///< "" when the label says enough
  bool operator==(const Option&) const = default;
};

/// A day as a bound: fixed, or so many days, weeks, months or years from the day on which one looks.
struct DateBound {
  std::optional<std::chrono::year_month_day> fixed;
  int amount = 0;
  char unit = 'd';  ///< d, w, m or y
  bool operator==(const DateBound&) const = default;

  [[nodiscard]] std::chrono::year_month_day on(std::chrono::year_month_day today) const;
};

/// Limits of an answer; whatever is absent does not bind.
struct Bounds {
  std::optional<Number> minimum;  ///< integer, decimal; money in euros
  std::optional<Number> maximum;
  std::optional<int> min_length;  ///< code points
  std::optional<int> max_length;  ///< code points; see max_length_of()
  std::optional<int> min_items;   ///< rows of a list, options of choices
  std::optional<int> max_items;
  std::optional<DateBound> earliest;
  std::optional<DateBound> latest;
  bool operator==(const Bounds&) const = default;
};

/// How a typed answer is put on the printed form.
struct OnPaper {
  /// What stands in the boxes of a text: capitals, capitals and digits, or any sign.
  enum class Signs { capitals, capitals_and_digits, any };
  int boxes = 0;  ///< of a text: so many boxes, one per character; 0: a writing line
  Signs signs = Signs::capitals;
  bool beside = false;  ///< stands beside the question before it, where there is room
  bool operator==(const OnPaper&) const = default;
};

/// One question.
struct Field {
  std::string name;  ///< camelCase; unique in the definition and not a name of the common part
  FieldKind kind = FieldKind::text;
  FieldClass field_class = FieldClass::supporting;
  LocalText label;
  LocalText help;          ///< "" when there is none
  LocalText purpose;       ///< why it is asked (AVG 13; Awb 4:3)
  bool required = false;   ///< must be answered whenever the question applies
  bool voluntary = false;  ///< marked so on every form (Awb 4:4 lid 2)
  bool fact = false;       ///< given to the policy under its name
  bool is_name = false;    ///< "format": "name": holds at least one letter
  std::vector<Option> options;
  Bounds bounds;
  AnswerCondition show_if;                     ///< kind `always` when there is no condition
  std::optional<AnswerCondition> required_if;  ///< makes the answer required when it holds
  std::vector<std::string> channels;           ///< web, api, counter, paper; empty: all
  std::vector<std::string> optional_on;        ///< channels on which a required answer may be left out
  OnPaper paper;
  std::string autocomplete;   ///< token of HTML's autocomplete attribute, or ""
  std::vector<Field> fields;  ///< of a row, for kind list
  LocalText row_label;        ///< what one row is ("Rekening"), for kind list
  bool operator==(const Field&) const = default;

  [[nodiscard]] const Option* option(std::string_view value) const;
  /// True when this question exists on the channel.
  [[nodiscard]] bool on_channel(std::string_view channel) const;
  /// True when an answer that is required elsewhere may be left out on this channel.
  [[nodiscard]] bool optional_on_channel(std::string_view channel) const;
};

/// Questions that belong together under one heading.
struct Section {
  std::string name;  ///< kebab-case
  LocalText title;
  LocalText intro;
  bool at_end = false;  ///< of the common part: printed behind the types' own questions
  AnswerCondition show_if;
  std::vector<Field> fields;
  bool operator==(const Section&) const = default;
};

/// What is read of a file that is handed in.
enum class AttachmentReading {
  nothing,
  bank_statement,  ///< account, holder, period, balance
  legibility,      ///< whether a person can make it out; nothing of what stands in it
};

/// A file that goes with the application.
struct Attachment {
  std::string kind;  ///< kebab-case: identity-document, bank-statement, ...
  LocalText label;
  LocalText help;
  LocalText purpose;
  bool required = false;
  std::optional<AnswerCondition> required_if;
  int minimum = 1;                   ///< how many files, when required
  std::vector<std::string> accepts;  ///< media types
  /// One per row of this list field, matched on this sub-field (`accounts`, `iban`); "" when not per row.
  std::string per_list;
  std::string per_field;
  int cover_months = 0;      ///< months back from the day of receipt to cover without a gap; 0: no period
  int cover_slack_days = 0;  ///< so many days before the day of receipt may be missing at the end
  AttachmentReading reads = AttachmentReading::nothing;
  bool operator==(const Attachment&) const = default;
};

/// Answers that cannot both be true.
struct Contradiction {
  AnswerCondition condition;
  std::vector<std::string> fields;  ///< the fields to look at again
  LocalText message;
  bool operator==(const Contradiction&) const = default;
};

/// One application type, or the common part (type "common"). A plain value.
struct FormDefinition {
  std::string type;
  int version = 1;
  std::string law;  ///< wmo2015, participatiewet; "" for the common part
  LocalText title;
  LocalText intro;
  std::vector<Section> sections;
  std::vector<Attachment> attachments;
  std::vector<Contradiction> contradictions;
  bool operator==(const FormDefinition&) const = default;

  [[nodiscard]] const Field* find(std::string_view name) const;
  [[nodiscard]] const Section* section_of(std::string_view field_name) const;
  [[nodiscard]] const Attachment* attachment(std::string_view kind) const;
};

/// The longest answer in code points: the field's own bound, or what its kind allows.
[[nodiscard]] int max_length_of(const Field& field);

/// The most rows or options: the field's own bound, the number of options, or 50 rows.
[[nodiscard]] int max_items_of(const Field& field);

/// Names of the fields of one class, in the order of the form.
[[nodiscard]] std::vector<std::string> decisive_fields(const FormDefinition& definition);
[[nodiscard]] std::vector<std::string> free_fields(const FormDefinition& definition);

/// What an application keeps to say by which definitions it was judged: "common@1 household-help@2".
[[nodiscard]] std::string definition_version(const FormDefinition& common, const FormDefinition& definition);

}  // namespace softbot
