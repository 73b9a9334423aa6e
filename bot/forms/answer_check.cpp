#include "forms/answer_check.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/bsn.h"
#include "domain/email.h"
#include "domain/house_number.h"
#include "domain/iban.h"
#include "domain/json.h"
#include "domain/money.h"
#include "domain/phone.h"
#include "domain/postcode.h"
#include "domain/text.h"
#include "forms/number_text.h"

namespace softbot {
namespace {

using Problem = std::optional<std::string>;

constexpr std::array<std::string_view, 12> english_months{"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

struct Translation {
  std::string_view code;
  std::string_view english;
};

/// English for the value codes of the domain, which speaks Dutch.
constexpr auto english_problems = std::to_array<Translation>({
    {"bsn-characters", "A citizen service number holds only digits."},
    {"bsn-length", "A citizen service number has nine digits."},
    {"bsn-check-digit", "This citizen service number does not exist. Check the digits."},
    {"date-shape", "Write the date as day-month-year, for example 31-12-2026."},
    {"date-not-in-calendar", "This day does not exist. Check day and month."},
    {"date-too-early", "The year is before 1900. Check the year."},
    {"date-too-late", "The year is too far in the future. Check the year."},
    {"email-length", "An e-mail address has at most 254 characters."},
    {"email-characters", "An e-mail address has no spaces, accents or other special characters."},
    {"email-at", "An e-mail address has exactly one @, for example name@example.nl."},
    {"email-local-part", "The part before the @ is not right. Check the e-mail address."},
    {"email-domain", "The part after the @ is not right. Check the e-mail address."},
    {"house-number-addition", "An addition has at most 6 letters and digits, for example A, 2 or bis."},
    {"house-number-shape", "A house number begins with a digit, for example 12 or 12a."},
    {"house-number-range", "A house number lies between 1 and 99999."},
    {"iban-characters", "An account number (IBAN) holds only letters and digits."},
    {"iban-country", "An account number (IBAN) begins with the letters of a country, for example NL."},
    {"iban-length", "This account number (IBAN) does not have the right length."},
    {"iban-shape", "This account number (IBAN) is not right. It looks like NL91 ABNA 0417 1643 00."},
    {"iban-check-digits", "This account number (IBAN) does not exist. Check the letters and digits."},
    {"money-shape", "Write an amount, for example 12.50."},
    {"money-decimals", "An amount has at most 2 digits behind the comma, for example 12.50."},
    {"money-range", "This amount is too large."},
    {"phone-length", "A telephone number has 10 digits, for example 06 12345678."},
    {"phone-shape", "This telephone number does not exist. Check the area or country code."},
    {"phone-characters", "A telephone number holds only digits, with a + in front if need be."},
    {"postcode-characters", "A postcode holds only digits and letters, for example 1234 AB."},
    {"postcode-shape", "A postcode has 4 digits and 2 letters, for example 1234 AB."},
    {"postcode-letters", "These letters stand in no postcode. Check the postcode."},
});

std::string in_language(const Error& error, std::string_view language) {
  if (language != "en") return error.message;
  const auto* found = std::ranges::find(english_problems, value_code(error), &Translation::code);
  return found == english_problems.end() ? "This answer is not right. Check it."
                                         : std::string(found->english);
}

std::string say(std::string_view language, std::string nl, std::string en) {
  return language == "en" ? std::move(en) : std::move(nl);
}

template <class T>
Problem problem_in(const Result<T>& parsed, std::string_view language) {
  if (parsed) return std::nullopt;
  return in_language(parsed.error(), language);
}

std::string number_shown(std::string text, std::string_view language) {
  if (language != "en") std::ranges::replace(text, '.', ',');
  return text;
}

Problem check_number(const Field& field, const Value& answer, std::string_view language) {
  const Number* number = answer.as_number();
  if (field.kind == FieldKind::money && number == nullptr) {
    return problem_in(parse_money(answer.text_or_empty()), language);
  }
  const auto value = number == nullptr ? std::nullopt : ten_thousandths(number->text);
  const bool whole = field.kind != FieldKind::integer || (value && *value % 10'000 == 0);
  const bool cents = field.kind != FieldKind::money || (value && *value % 100 == 0);
  if (!value || !whole || !cents) {
    if (field.kind == FieldKind::money) {
      return say(language, "Vul een bedrag in, bijvoorbeeld 12,50.", "Write an amount, for example 12.50.");
    }
    return field.kind == FieldKind::integer
               ? say(language, "Vul een heel getal in, bijvoorbeeld 3.",
                     "Write a whole number, for example 3.")
               : say(language, "Vul een getal in, bijvoorbeeld 2,5.", "Write a number, for example 2.5.");
  }
  const auto& [minimum, maximum] = std::pair(field.bounds.minimum, field.bounds.maximum);
  if (minimum && *value < ten_thousandths(minimum->text)) {
    const std::string bound = number_shown(minimum->text, language);
    return say(language, "Dit getal moet " + bound + " of hoger zijn.",
               "This must be " + bound + " or more.");
  }
  if (maximum && *value > ten_thousandths(maximum->text)) {
    const std::string bound = number_shown(maximum->text, language);
    return say(language, "Dit getal moet " + bound + " of lager zijn.",
               "This must be " + bound + " or less.");
  }
  return std::nullopt;
}

Problem check_date(const Field& field, const Value& answer, Date today, std::string_view language) {
  const auto date = parse_date(answer.text_or_empty());
  if (!date) return in_language(date.error(), language);
  const std::optional<DateBound>& earliest = field.bounds.earliest;
  const std::optional<DateBound>& latest = field.bounds.latest;
  if (latest && *date > latest->on(today)) {
    if (latest->on(today) == today) {
      return say(language, "Deze datum kan niet in de toekomst liggen.",
                 "This date cannot be in the future.");
    }
    return say(language, "Deze datum moet op of vóór " + format_day(latest->on(today), "nl") + " liggen.",
               "This date must be " + format_day(latest->on(today), "en") + " or earlier.");
  }
  if (earliest && *date < earliest->on(today)) {
    return say(language, "Deze datum moet op of na " + format_day(earliest->on(today), "nl") + " liggen.",
               "This date must be " + format_day(earliest->on(today), "en") + " or later.");
  }
  return std::nullopt;
}

bool has_letter_or_digit(std::string_view text) {
  return !fold(text).empty();
}

Problem check_text(const Field& field, const Value& answer, std::string_view language) {
  const std::string& text = answer.text_or_empty();
  if (!answer.is_text() || !is_utf8(text) || has_control_characters(text)) {
    return say(language, "Dit antwoord kunnen we niet lezen. Vul het opnieuw in.",
               "We cannot read this answer. Please fill it in again.");
  }
  const std::size_t length = count_code_points(text);
  const int most = max_length_of(field);
  if (length > static_cast<std::size_t>(most)) {
    const std::string bound = std::to_string(most);
    return say(language, "Dit antwoord is te lang. Gebruik ten hoogste " + bound + " tekens.",
               "This answer is too long. Use at most " + bound + " characters.");
  }
  if (field.bounds.min_length && length < static_cast<std::size_t>(*field.bounds.min_length)) {
    return say(language, "Dit antwoord is te kort. Vertel iets meer.",
               "This answer is too short. Please tell a little more.");
  }
  if (field.is_name && !is_plausible_name(text)) {
    return say(language, "Dit is geen naam. Gebruik letters.", "This is no name. Use letters.");
  }
  const bool short_text = field.kind == FieldKind::text;
  if ((short_text && has_emoji(text)) || !has_letter_or_digit(text)) {
    return say(language, "Gebruik letters of cijfers.", "Use letters or digits.");
  }
  return std::nullopt;
}

Problem check_choice(const Field& field, const Value& answer, std::string_view language) {
  if (answer.is_text() && field.option(*answer.as_text()) != nullptr) return std::nullopt;
  return say(language, "Kies een van de antwoorden.", "Choose one of the answers.");
}

Problem check_count(const Field& field, const Value& answer, std::string_view language) {
  const std::size_t count = answer.items().size();
  if (!answer.is_list() || count > static_cast<std::size_t>(max_items_of(field))) {
    return say(language, "Dit zijn te veel antwoorden.", "These are too many answers.");
  }
  if (field.bounds.min_items && count < static_cast<std::size_t>(*field.bounds.min_items)) {
    const std::string least = std::to_string(*field.bounds.min_items);
    return say(language, "Geef ten minste " + least + " antwoorden.", "Give at least " + least + " answers.");
  }
  if (field.kind != FieldKind::choices) return std::nullopt;
  for (const Value& item : answer.items()) {
    if (Problem problem = check_choice(field, item, language)) return problem;
  }
  return std::nullopt;
}

Problem check_code(const Field& field, const Value& answer, std::string_view language) {
  const std::string& text = answer.text_or_empty();
  switch (field.kind) {
    case FieldKind::bsn:
      return problem_in(parse_bsn(text), language);
    case FieldKind::postcode:
      return problem_in(parse_postcode(text), language);
    case FieldKind::phone:
      return problem_in(parse_phone(text), language);
    case FieldKind::email:
      return problem_in(parse_email(text), language);
    case FieldKind::iban:
      return problem_in(parse_iban(text), language);
    default:
      return problem_in(parse_house_number(text), language);
  }
}

}  // namespace

std::string format_day(Date date, std::string_view language) {
  if (language != "en") return format_dutch(date);
  return std::to_string(static_cast<unsigned>(date.day())) + " " +
         std::string(english_months[static_cast<unsigned>(date.month()) - 1]) + " " +
         std::to_string(static_cast<int>(date.year()));
}

std::optional<std::string> problem_of_answer(const Field& field, const Value& answer, Date today,
                                             std::string_view language) {
  switch (field.kind) {
    case FieldKind::yes_no:
    case FieldKind::signature:
      if (answer.is_bool()) return std::nullopt;
      return say(language, "Kies ‘Ja’ of ‘Nee’.", "Choose ‘Yes’ or ‘No’.");
    case FieldKind::choice:
      return check_choice(field, answer, language);
    case FieldKind::choices:
    case FieldKind::list:
      return check_count(field, answer, language);
    case FieldKind::integer:
    case FieldKind::decimal:
    case FieldKind::money:
      return check_number(field, answer, language);
    case FieldKind::date:
      return check_date(field, answer, today, language);
    case FieldKind::text:
    case FieldKind::long_text:
      return check_text(field, answer, language);
    default:
      return check_code(field, answer, language);
  }
}

}  // namespace softbot
