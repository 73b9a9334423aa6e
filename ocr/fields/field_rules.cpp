#include "ocr/fields/field_rules.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "domain/bsn.h"
#include "domain/date.h"
#include "domain/house_number.h"
#include "domain/iban.h"
#include "domain/money.h"
#include "domain/phone.h"
#include "domain/postcode.h"
#include "domain/text.h"

namespace softbot::ocr {
namespace {

using Answer = std::optional<Understood>;

constexpr std::size_t most_number_digits = 12;
constexpr char any_sign_may_stand = '?';

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The signs of a run of boxes, and whether no box between two signs was left empty.
struct Run {
  std::string signs;
  bool whole = true;
};

Run run_in(std::string_view boxes) {
  const std::string_view inner = trim(boxes);
  Run run;
  for (const char sign : inner) {
    if (sign == ' ') {
      run.whole = false;
    } else {
      run.signs += sign;
    }
  }
  return run;
}

std::string without_leading_zeros(const std::string& digits) {
  const std::size_t begin = digits.find_first_not_of('0');
  return begin == std::string::npos ? "0" : digits.substr(begin);
}

/// Ten-thousandths of "-12.5"; nothing for anything else.
std::optional<std::int64_t> ten_thousandths(std::string_view number) {
  const bool negative = number.starts_with('-');
  if (negative) number.remove_prefix(1);
  const std::size_t dot = number.find('.');
  const std::string_view whole = number.substr(0, dot);
  std::string decimals(dot == std::string_view::npos ? std::string_view() : number.substr(dot + 1));
  if (whole.empty() || whole.size() > most_number_digits || decimals.size() > 4) return std::nullopt;
  if (!all_digits(whole) || !all_digits(decimals)) return std::nullopt;
  decimals.append(4 - decimals.size(), '0');
  std::int64_t sum = 0;
  for (const char digit : std::string(whole) + decimals) sum = sum * 10 + (digit - '0');
  return negative ? -sum : sum;
}

bool within(const Value& bounds, const std::string& number) {
  const auto value = ten_thousandths(number);
  if (!value) return false;
  const auto bound = [&](std::string_view name) -> std::optional<std::int64_t> {
    const Number* written = bounds[name].as_number();
    return written == nullptr ? std::nullopt : ten_thousandths(written->text);
  };
  const auto minimum = bound("minimum");
  const auto maximum = bound("maximum");
  return (!minimum || *value >= *minimum) && (!maximum || *value <= *maximum);
}

Answer number_answer(const Value& bounds, std::string number, bool plain) {
  if (!within(bounds, number)) return std::nullopt;
  return Understood{Value(Number{std::move(number)}), plain};
}

Answer bsn_in(std::string_view written) {
  const Run run = run_in(written);
  auto bsn = parse_bsn(run.signs);
  if (!bsn) return std::nullopt;
  return Understood{Value(bsn->digits()), run.whole && run.signs.size() == 9};
}

/// Day or month in two boxes: "05", " 5" or "5 "; the last may have lost a digit.
struct DatePart {
  std::string digits;
  bool plain = true;
};

DatePart date_part(std::string_view two_boxes) {
  return {run_in(two_boxes).signs, two_boxes.back() != ' '};
}

Answer date_in(std::string_view written, const Value& bounds) {
  if (written.size() != 8 || written.substr(4).find(' ') != std::string_view::npos) return std::nullopt;
  const DatePart day = date_part(written.substr(0, 2));
  const DatePart month = date_part(written.substr(2, 2));
  const auto date = parse_date(day.digits + "-" + month.digits + "-" + std::string(written.substr(4)));
  if (!date) return std::nullopt;
  const auto earliest = parse_iso_date(bounds["earliest"].text_or_empty());
  const auto latest = parse_iso_date(bounds["latest"].text_or_empty());
  if ((earliest && *date < *earliest) || (latest && *date > *latest)) return std::nullopt;
  return Understood{Value(format_iso(*date)), day.plain && month.plain};
}

Answer postcode_in(std::string_view written) {
  const auto postcode = parse_postcode(run_in(written).signs);
  if (!postcode) return std::nullopt;
  return Understood{Value(postcode->compact()), true};
}

Answer house_number_in(std::string_view written) {
  const Run run = run_in(written);
  const auto number = parse_house_number(run.signs);
  if (!number) return std::nullopt;
  return Understood{Value(format(*number)), run.whole};
}

Answer phone_in(std::string_view written) {
  const Run run = run_in(written);
  const auto phone = parse_phone(run.signs);
  if (!phone) return std::nullopt;
  return Understood{Value(phone->e164()), run.whole};
}

Answer iban_in(std::string_view written) {
  const auto iban = parse_iban(run_in(written).signs);
  if (!iban) return std::nullopt;
  return Understood{Value(iban->compact()), true};
}

Answer integer_in(std::string_view written, const Value& bounds) {
  const Run run = run_in(written);
  if (run.signs.empty() || !all_digits(run.signs)) return std::nullopt;
  return number_answer(bounds, without_leading_zeros(run.signs), run.whole);
}

Answer decimal_in(std::string_view written, const Value& bounds) {
  if (written.size() < 2) return std::nullopt;
  const Run units = run_in(written.substr(0, written.size() - 1));
  const std::string tenths = run_in(written.substr(written.size() - 1)).signs;
  if (!all_digits(units.signs + tenths) || units.signs.empty()) return std::nullopt;
  std::string number = without_leading_zeros(units.signs);
  if (!tenths.empty() && tenths != "0") number += "." + tenths;
  return number_answer(bounds, std::move(number), units.whole);
}

Answer money_in(std::string_view written, const Value& bounds) {
  if (written.size() < 3) return std::nullopt;
  const Run euros = run_in(written.substr(0, written.size() - 2));
  const Run cents = run_in(written.substr(written.size() - 2));
  if (euros.signs.empty() || cents.signs.size() == 1 || !all_digits(euros.signs + cents.signs)) {
    return std::nullopt;
  }
  const auto amount = parse_money(euros.signs + "," + (cents.signs.empty() ? "00" : cents.signs));
  if (!amount) return std::nullopt;
  return number_answer(bounds, format_decimal(*amount), euros.whole);
}

Answer text_in(std::string_view written, std::string_view pattern) {
  std::string text = collapse_spaces(written);
  if (text.empty()) return std::nullopt;
  const bool may_go_on = written.back() != ' ';
  const bool any_sign = pattern.find(any_sign_may_stand) != std::string_view::npos;
  return Understood{Value(std::move(text)), !may_go_on && !any_sign};
}

/// A number that is no amount: zeros in front belong to it, and all its boxes are meant to be filled.
Answer digits_in(std::string_view written) {
  const Run run = run_in(written);
  if (run.signs.empty() || !all_digits(run.signs)) return std::nullopt;
  return Understood{Value(run.signs), run.whole};
}

bool number_between(const std::string& digits, int least, int most) {
  if (digits.empty() || !all_digits(digits)) return false;
  int number = 0;
  for (const char digit : digits) number = number * 10 + (digit - '0');
  return number >= least && number <= most;
}

bool may_begin_date(std::string_view begin) {
  if (begin.size() == 2) return number_between(date_part(begin).digits, 1, 31);
  if (begin.size() == 4) return number_between(date_part(begin.substr(2)).digits, 1, 12);
  if (begin.size() == 5) return begin[4] == '1' || begin[4] == '2';
  return true;
}

}  // namespace

FieldRules::FieldRules(const PaperField& field) : field_(&field), boxes_(field.pattern.size()) {
}

bool FieldRules::may_begin(std::string_view begin) const {
  if (begin.empty()) return true;
  const std::string& kind = field_->answer_kind;
  if (kind == "date") return may_begin_date(begin);
  if (kind == "postcode") return begin[0] != '0' && begin.back() != ' ';
  if (kind == "iban") return std::string_view("NL").starts_with(begin.substr(0, 2)) && begin.back() != ' ';
  return true;
}

bool FieldRules::anything_may_stand() const {
  return field_->pattern.find(any_sign_may_stand) != std::string::npos;
}

Answer FieldRules::understood(std::string_view written) const {
  if (written.size() != boxes_ || trim(written).empty()) return std::nullopt;
  const std::string& kind = field_->answer_kind;
  if (kind == "bsn") return bsn_in(written);
  if (kind == "date") return date_in(written, field_->bounds);
  if (kind == "postcode") return postcode_in(written);
  if (kind == "house-number") return house_number_in(written);
  if (kind == "phone") return phone_in(written);
  if (kind == "iban") return iban_in(written);
  if (kind == "integer") return integer_in(written, field_->bounds);
  if (kind == "decimal") return decimal_in(written, field_->bounds);
  if (kind == "money") return money_in(written, field_->bounds);
  if (kind == "digits") return digits_in(written);
  return text_in(written, field_->pattern);
}

}  // namespace softbot::ocr
