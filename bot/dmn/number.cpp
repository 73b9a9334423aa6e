#include "dmn/number.h"

#include <array>
#include <cstdlib>
#include <cstring>

#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <bid_conf.h>
#include <bid_functions.h>

// The only file that knows the decimal library. Its functions are pure: rounding and flags travel as
// arguments.
namespace softbot::dmn {

namespace {

constexpr unsigned nearest_even = BID_ROUNDING_TO_NEAREST;
constexpr std::size_t longest_plain_text = 40;
constexpr std::int64_t widest_scale = 6176;

template <class Bits>
BID_UINT128 wide(const Bits& bits) {
  BID_UINT128 result;
  std::memcpy(&result, &bits, sizeof result);
  return result;
}

BID_UINT128 from_text(const std::string& text, _IDEC_flags* flags) {
  std::array<char, 128> buffer{};
  if (text.size() < buffer.size()) {
    std::memcpy(buffer.data(), text.c_str(), text.size() + 1);
    return bid128_from_string(buffer.data(), nearest_even, flags);
  }
  std::string copy = text;
  return bid128_from_string(copy.data(), nearest_even, flags);
}

BID_UINT128 power_of_ten(std::int64_t exponent) {
  _IDEC_flags flags = 0;
  return from_text("1E" + std::to_string(exponent), &flags);
}

/// Digits without sign, and the exponent of the last one.
struct Parts {
  bool negative = false;
  std::string digits;
  int exponent = 0;
};

Parts parts_of(BID_UINT128 bits) {
  std::array<char, 64> buffer{};
  _IDEC_flags flags = 0;
  bid128_to_string(buffer.data(), bits, &flags);
  const std::string_view text(buffer.data());
  const std::size_t mark = text.find('E');
  Parts parts;
  parts.negative = text.front() == '-';
  parts.digits = std::string(text.substr(1, mark - 1));
  parts.exponent = std::atoi(buffer.data() + mark + 1);
  return parts;
}

std::string print(Parts parts) {
  const int length = static_cast<int>(parts.digits.size());
  const std::string sign =
      parts.negative && parts.digits.find_first_not_of('0') != std::string::npos ? "-" : "";
  const int behind = -parts.exponent;
  if (parts.exponent > 0 && length + parts.exponent <= static_cast<int>(longest_plain_text))
    return sign + parts.digits + std::string(static_cast<std::size_t>(parts.exponent), '0');
  if (parts.exponent == 0) return sign + parts.digits;
  if (parts.exponent < 0 && behind < length) {
    parts.digits.insert(static_cast<std::size_t>(length - behind), ".");
    return sign + parts.digits;
  }
  if (parts.exponent < 0 && behind <= static_cast<int>(longest_plain_text))
    return sign + "0." + std::string(static_cast<std::size_t>(behind - length), '0') + parts.digits;
  return sign + parts.digits + "E" + (parts.exponent > 0 ? "+" : "") + std::to_string(parts.exponent);
}

bool is_decimal_text(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - begin;
  };
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  std::size_t count = digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    const std::size_t fraction = digits();
    if (fraction == 0) return false;
    count += fraction;
  }
  if (count == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    const std::size_t exponent = digits();
    if (exponent == 0 || exponent > 9) return false;
  }
  return at == text.size();
}

}  // namespace

std::optional<Number> Number::finite(Bits bits) {
  if (!bid128_isFinite(wide(bits))) return std::nullopt;
  return Number(bits);
}

// Wraps what the decimal library gives back; nothing when it is not finite.
#define SOFTBOT_FINITE(expression)                 \
  [&]() -> std::optional<Number> {                 \
    _IDEC_flags flags = 0;                         \
    const BID_UINT128 wide_result = (expression);  \
    Number::Bits bits{};                           \
    std::memcpy(&bits, &wide_result, sizeof bits); \
    static_cast<void>(flags);                      \
    return Number::finite(bits);                   \
  }()

Number::Number(std::int64_t whole) : bits_{} {
  const BID_UINT128 bits = bid128_from_int64(whole);
  std::memcpy(&bits_, &bits, sizeof bits_);
}

std::optional<Number> Number::parse(std::string_view text) {
  if (text.size() > 10'000 || !is_decimal_text(text)) return std::nullopt;
  return SOFTBOT_FINITE(from_text(std::string(text), &flags));
}

std::string Number::text() const {
  return print(parts_of(wide(bits_)));
}

std::string Number::shortest_text() const {
  Parts parts = parts_of(wide(bits_));
  while (parts.digits.size() > 1 && parts.digits.back() == '0' && parts.exponent < 0) {
    parts.digits.pop_back();
    ++parts.exponent;
  }
  if (parts.digits == "0" && parts.exponent < 0) parts.exponent = 0;
  return print(std::move(parts));
}

std::optional<std::int64_t> Number::whole() const {
  _IDEC_flags flags = 0;
  const std::int64_t result = bid128_to_int64_xint(wide(bits_), &flags);
  if (flags != 0) return std::nullopt;
  return result;
}

bool Number::is_whole() const {
  _IDEC_flags flags = 0;
  const BID_UINT128 value = wide(bits_);
  return bid128_quiet_equal(bid128_round_integral_zero(value, &flags), value, &flags) != 0;
}

bool Number::is_zero() const {
  return bid128_isZero(wide(bits_)) != 0;
}

bool Number::is_negative() const {
  return bid128_isSigned(wide(bits_)) != 0 && !is_zero();
}

double Number::approximate() const {
  _IDEC_flags flags = 0;
  return bid128_to_binary64(wide(bits_), nearest_even, &flags);
}

bool Number::operator==(const Number& other) const {
  _IDEC_flags flags = 0;
  return bid128_quiet_equal(wide(bits_), wide(other.bits_), &flags) != 0;
}

std::strong_ordering Number::operator<=>(const Number& other) const {
  _IDEC_flags flags = 0;
  if (bid128_quiet_equal(wide(bits_), wide(other.bits_), &flags)) return std::strong_ordering::equal;
  return bid128_quiet_less(wide(bits_), wide(other.bits_), &flags) ? std::strong_ordering::less
                                                                   : std::strong_ordering::greater;
}

std::optional<Number> add(const Number& left, const Number& right) {
  return SOFTBOT_FINITE(bid128_add(wide(left.bits_), wide(right.bits_), nearest_even, &flags));
}

std::optional<Number> subtract(const Number& left, const Number& right) {
  return SOFTBOT_FINITE(bid128_sub(wide(left.bits_), wide(right.bits_), nearest_even, &flags));
}

std::optional<Number> multiply(const Number& left, const Number& right) {
  return SOFTBOT_FINITE(bid128_mul(wide(left.bits_), wide(right.bits_), nearest_even, &flags));
}

std::optional<Number> divide(const Number& left, const Number& right) {
  if (right.is_zero()) return std::nullopt;
  return SOFTBOT_FINITE(bid128_div(wide(left.bits_), wide(right.bits_), nearest_even, &flags));
}

std::optional<Number> power(const Number& base, const Number& exponent) {
  constexpr std::int64_t exact_up_to =
      1'000'000;  // repeated squaring keeps 2**10 exact; the library's pow does not
  const auto whole = exponent.whole();
  if (!whole || *whole > exact_up_to || *whole < -exact_up_to)
    return SOFTBOT_FINITE(bid128_pow(wide(base.bits_), wide(exponent.bits_), nearest_even, &flags));
  std::optional<Number> result = Number(1);
  std::optional<Number> square = base;
  for (std::int64_t rest = std::abs(*whole); rest > 0 && result; rest /= 2) {
    if (rest % 2 == 1) result = square ? multiply(*result, *square) : std::nullopt;
    if (rest > 1 && square) square = multiply(*square, *square);
  }
  if (!result || *whole >= 0) return result;
  return divide(Number(1), *result);
}

std::optional<Number> modulo(const Number& dividend, const Number& divisor) {
  if (divisor.is_zero()) return std::nullopt;
  const auto rest = SOFTBOT_FINITE(bid128_fmod(wide(dividend.bits_), wide(divisor.bits_), &flags));
  if (!rest || rest->is_zero() || rest->is_negative() == divisor.is_negative()) return rest;
  return add(*rest, divisor);
}

std::optional<Number> square_root(const Number& value) {
  if (value.is_negative()) return std::nullopt;
  return SOFTBOT_FINITE(bid128_sqrt(wide(value.bits_), nearest_even, &flags));
}

std::optional<Number> natural_logarithm(const Number& value) {
  if (value.is_negative() || value.is_zero()) return std::nullopt;
  return SOFTBOT_FINITE(bid128_log(wide(value.bits_), nearest_even, &flags));
}

std::optional<Number> exponential(const Number& value) {
  return SOFTBOT_FINITE(bid128_exp(wide(value.bits_), nearest_even, &flags));
}

Number negate(const Number& value) {
  if (value.is_zero()) return value;
  return SOFTBOT_FINITE(bid128_negate(wide(value.bits_))).value_or(value);
}

Number absolute(const Number& value) {
  return value.is_negative() ? negate(value) : value;
}

std::optional<Number> round_to(const Number& value, std::int64_t scale, Number::Rounding rounding) {
  if (scale > widest_scale || scale < -widest_scale) return std::nullopt;
  const BID_UINT128 unit = power_of_ten(-scale);
  const auto quantized = [&](unsigned mode) {
    return SOFTBOT_FINITE(bid128_quantize(wide(value.bits_), unit, mode, &flags));
  };
  if (parts_of(wide(value.bits_)).exponent >= -scale) {  // nothing to cut; pad where 34 digits allow it
    const auto padded = quantized(nearest_even);
    return padded ? padded : std::optional<Number>(value);
  }
  using Rounding = Number::Rounding;
  switch (rounding) {
    case Rounding::half_even:
      return quantized(nearest_even);
    case Rounding::half_up:
      return quantized(BID_ROUNDING_TIES_AWAY);
    case Rounding::down:
      return quantized(BID_ROUNDING_TO_ZERO);
    case Rounding::up:
      return quantized(value.is_negative() ? BID_ROUNDING_DOWN : BID_ROUNDING_UP);
    case Rounding::floor:
      return quantized(BID_ROUNDING_DOWN);
    case Rounding::ceiling:
      return quantized(BID_ROUNDING_UP);
    case Rounding::half_down:
      break;
  }
  const auto cut = quantized(BID_ROUNDING_TO_ZERO);
  if (!cut) return cut;
  const auto rest = subtract(absolute(value), absolute(*cut));
  const auto half = SOFTBOT_FINITE(bid128_mul(unit, wide(Number::parse("0.5")->bits_), nearest_even, &flags));
  return rest && half && *rest > *half ? quantized(BID_ROUNDING_TIES_AWAY) : cut;
}

}  // namespace softbot::dmn
