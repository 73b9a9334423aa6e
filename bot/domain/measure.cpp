#include "domain/measure.h"

#include <charconv>

namespace softbot {

std::optional<double> measure_in(const Value& value) {
  const Number* number = value.as_number();
  if (number == nullptr) return std::nullopt;
  double result = 0;
  const char* end = number->text.data() + number->text.size();
  const auto read = std::from_chars(number->text.data(), end, result);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return result;
}

std::optional<double> measure_within(const Value& value, double least, double most) {
  const auto measure = measure_in(value);
  return measure && *measure >= least && *measure <= most ? measure : std::nullopt;
}

}  // namespace softbot
