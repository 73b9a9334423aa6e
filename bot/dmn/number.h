#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace softbot::dmn {

/// A decimal number of 34 digits (IEEE 754 decimal128, rounding half to even), as FEEL demands. Always
/// finite: an operation whose result is not (division by zero, overflow) gives nothing. Equality is by value
/// (1.0 == 1.00). A plain value, safe to copy between threads.
class Number {
 public:
  Number() : Number(0) {}
  Number(std::int64_t whole);

  /// Reads decimal text such as "12.50", "-3" or "1.2e6" exactly as it is written, rounded to 34 digits.
  /// Nothing when it is not a number or out of range.
  [[nodiscard]] static std::optional<Number> parse(std::string_view text);

  /// Plain decimal text without exponent where that fits in 40 characters, trailing zeros kept ("12.50").
  [[nodiscard]] std::string text() const;
  /// As FEEL's string(): the shortest plain form ("12.5").
  [[nodiscard]] std::string shortest_text() const;

  /// The value when it is whole and within 64 bits.
  [[nodiscard]] std::optional<std::int64_t> whole() const;
  [[nodiscard]] bool is_whole() const;
  [[nodiscard]] bool is_zero() const;
  [[nodiscard]] bool is_negative() const;
  [[nodiscard]] double approximate() const;  ///< for drawing and statistics, never for deciding

  bool operator==(const Number& other) const;
  std::strong_ordering operator<=>(const Number& other) const;

  enum class Rounding { half_even, up, down, half_up, half_down, floor, ceiling };

  friend std::optional<Number> add(const Number& left, const Number& right);
  friend std::optional<Number> subtract(const Number& left, const Number& right);
  friend std::optional<Number> multiply(const Number& left, const Number& right);
  friend std::optional<Number> divide(const Number& left, const Number& right);
  friend std::optional<Number> power(const Number& base, const Number& exponent);
  /// FEEL's modulo: the result has the sign of the divisor.
  friend std::optional<Number> modulo(const Number& dividend, const Number& divisor);
  friend std::optional<Number> square_root(const Number& value);
  friend std::optional<Number> natural_logarithm(const Number& value);
  friend std::optional<Number> exponential(const Number& value);
  friend Number negate(const Number& value);
  friend Number absolute(const Number& value);
  /// Rounds to `scale` digits behind the point (negative: before it). Nothing when it does not fit in 34
  /// digits.
  friend std::optional<Number> round_to(const Number& value, std::int64_t scale, Rounding rounding);

 private:
  struct Bits {
    std::uint64_t words[2];
  };
  explicit Number(Bits bits) : bits_(bits) {}
  static std::optional<Number> finite(Bits bits);

  Bits bits_;
};

std::optional<Number> add(const Number& left, const Number& right);
std::optional<Number> subtract(const Number& left, const Number& right);
std::optional<Number> multiply(const Number& left, const Number& right);
std::optional<Number> divide(const Number& left, const Number& right);
std::optional<Number> power(const Number& base, const Number& exponent);
std::optional<Number> modulo(const Number& dividend, const Number& divisor);
std::optional<Number> square_root(const Number& value);
std::optional<Number> natural_logarithm(const Number& value);
std::optional<Number> exponential(const Number& value);
Number negate(const Number& value);
Number absolute(const Number& value);
std::optional<Number> round_to(const Number& value, std::int64_t scale, Number::Rounding rounding);

}  // namespace softbot::dmn
