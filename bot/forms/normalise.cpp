#include "forms/normalise.h"

#include <algorithm>

#include "domain/bsn.h"
#include "domain/date.h"
#include "domain/email.h"
#include "domain/house_number.h"
#include "domain/iban.h"
#include "domain/money.h"
#include "domain/phone.h"
#include "domain/postcode.h"
#include "domain/text.h"
#include "forms/answer_condition.h"
#include "forms/number_text.h"

namespace softbot {
namespace {

/// Line ends as \n, no white space at the ends.
std::string tidy_long_text(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out += '\n';
    }
  }
  return std::string(trim(out));
}

std::optional<Number> money_number(const Value& answer) {
  // A JSON number has no thousands: 12.345 is no amount, though as text it would be 12345 euros.
  const Number* number = answer.as_number();
  if (number != nullptr) {
    const auto canonical = canonical_decimal(*number);
    if (!canonical) return std::nullopt;
    const std::size_t dot = canonical->find('.');
    if (dot != std::string::npos && canonical->size() - dot - 1 > 2) return std::nullopt;
    const auto amount = parse_money(*canonical);
    return amount ? std::optional(Number{format_decimal(*amount)}) : std::nullopt;
  }
  const auto amount = parse_money(answer.text_or_empty());
  return amount ? std::optional(Number{format_decimal(*amount)}) : std::nullopt;
}

template <class Parse>
std::optional<Number> plain_number(const Value& answer, Parse parse) {
  const Number* number = answer.as_number();
  const auto canonical = number != nullptr ? parse(*number) : parse(std::string_view(answer.text_or_empty()));
  if (!canonical) return std::nullopt;
  return Number{*canonical};
}

std::optional<Number> number_of(const Field& field, const Value& answer) {
  if (!answer.is_number() && !answer.is_text()) return std::nullopt;
  switch (field.kind) {
    case FieldKind::money:
      return money_number(answer);
    case FieldKind::integer:
      return plain_number(answer, [](const auto& in) { return canonical_integer(in); });
    default:
      return plain_number(answer, [](const auto& in) { return canonical_decimal(in); });
  }
}

/// The canonical text of an answer that is one line, or the text without extra white space.
std::string tidy_text(FieldKind kind, std::string_view text) {
  std::string tidy = collapse_spaces(text);
  const auto or_tidy = [&](const auto& parsed, const auto& write) {
    return parsed ? std::string(write(*parsed)) : tidy;
  };
  switch (kind) {
    case FieldKind::bsn:
      return or_tidy(parse_bsn(tidy), [](const Bsn& v) { return v.digits(); });
    case FieldKind::postcode:
      return or_tidy(parse_postcode(tidy), [](const Postcode& v) { return v.compact(); });
    case FieldKind::phone:
      return or_tidy(parse_phone(tidy), [](const PhoneNumber& v) { return v.e164(); });
    case FieldKind::email:
      return or_tidy(parse_email(tidy), [](const EmailAddress& v) { return v.text(); });
    case FieldKind::iban:
      return or_tidy(parse_iban(tidy), [](const Iban& v) { return v.compact(); });
    case FieldKind::date:
      return or_tidy(parse_date(tidy), [](const Date& v) { return format_iso(v); });
    case FieldKind::house_number:
      return or_tidy(parse_house_number(tidy), [](const HouseNumber& v) { return format(v); });
    default:
      return tidy;
  }
}

Value tidy_rows(const Field& field, const Value& answer) {
  if (!answer.is_list()) return answer;
  Value rows = Value::list();
  for (const Value& row : answer.items()) {
    if (!row.is_object()) {
      rows.push(row);
      continue;
    }
    Value tidy = Value::object();
    for (const Value::Member& member : row.members()) {
      const auto sub_field = std::ranges::find(field.fields, member.name, &Field::name);
      Value value =
          sub_field == field.fields.end() ? member.value : normalise_answer(*sub_field, member.value);
      if (is_answered(value)) tidy.set(member.name, std::move(value));
    }
    if (!tidy.members().empty()) rows.push(std::move(tidy));
  }
  return rows;
}

}  // namespace

Value normalise_answer(const Field& field, const Value& answer) {
  switch (field.kind) {
    case FieldKind::yes_no:
    case FieldKind::signature:
    case FieldKind::choices:
      return answer;
    case FieldKind::list:
      return tidy_rows(field, answer);
    case FieldKind::integer:
    case FieldKind::decimal:
    case FieldKind::money:
      if (auto number = number_of(field, answer)) return {std::move(*number)};
      return answer.is_text() ? Value(collapse_spaces(*answer.as_text())) : answer;
    case FieldKind::house_number:
      if (answer.as_integer()) return {tidy_text(field.kind, answer.as_number()->text)};
      break;
    default:
      break;
  }
  if (!answer.is_text()) return answer;
  const std::string& text = *answer.as_text();
  return {field.kind == FieldKind::long_text ? tidy_long_text(text) : tidy_text(field.kind, text)};
}

Value normalise(const FormDefinition& definition, const Value& answers) {
  if (!answers.is_object()) return answers;
  Value tidy = Value::object();
  for (const Value::Member& member : answers.members()) {
    const Field* field = definition.find(member.name);
    Value value = field == nullptr ? member.value : normalise_answer(*field, member.value);
    if (is_answered(value)) tidy.set(member.name, std::move(value));
  }
  return tidy;
}

}  // namespace softbot
