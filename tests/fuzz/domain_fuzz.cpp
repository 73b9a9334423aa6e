// links: softbot_domain
// Any bytes are read or refused by every parser of plain values, and what was read survives writing and
// reading.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "domain/bsn.h"
#include "domain/date.h"
#include "domain/deadlines.h"
#include "domain/email.h"
#include "domain/house_number.h"
#include "domain/iban.h"
#include "domain/json.h"
#include "domain/money.h"
#include "domain/phone.h"
#include "domain/postcode.h"
#include "domain/text.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

template <class T>
void must_be(const softbot::Result<T>& read, const T& value) {
  must(read.has_value() && *read == value);
}

void values(std::string_view text) {
  using namespace softbot;
  if (const auto bsn = parse_bsn(text)) must_be(parse_bsn(bsn->digits()), *bsn);
  if (const auto date = parse_date(text)) {
    must_be(parse_iso_date(format_iso(*date)), *date);
    must_be(parse_date(format_dutch(*date)), *date);
  }
  if (const auto postcode = parse_postcode(text)) must_be(parse_postcode(postcode->formatted()), *postcode);
  if (const auto number = parse_house_number(text)) must_be(parse_house_number(format(*number)), *number);
  if (const auto iban = parse_iban(text)) must_be(parse_iban(iban->formatted()), *iban);
  if (const auto phone = parse_phone(text)) must_be(parse_phone(phone->formatted()), *phone);
  if (const auto email = parse_email(text)) must_be(parse_email(email->text()), *email);
  if (const auto money = parse_money(text)) {
    must_be(parse_money(format_euro(*money)), *money);
    must_be(parse_money(format_decimal(*money)), *money);
  }
}

void texts(std::string_view text) {
  using namespace softbot;
  must(is_utf8(fold(text)));
  must(fold(fold(text)) == fold(text));
  must(is_utf8(utf8(code_points(text))));
  must(trim(trim(text)) == trim(text));
  must(collapse_spaces(collapse_spaces(text)) == collapse_spaces(text));
  must(!is_plausible_name(text) || is_utf8(text));
}

void deadlines(std::string_view text) {
  using namespace softbot;
  const auto input = parse_json(text);
  if (!input) return;
  const Date today = std::chrono::year(2026) / std::chrono::March / 1;
  const auto output = deadlines_from_input(*input, today);
  if (output) must(is_utf8(print_deadlines(*output)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  values(text);
  texts(text.substr(0, 2000));
  deadlines(text);
  return 0;
}
