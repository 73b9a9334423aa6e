#pragma once

#include <string>
#include <string_view>

#include "domain/result.h"

namespace softbot {

/// A house number in the three parts of the address register (BAG): "12a-3" is number 12, letter A,
/// addition 3.
struct HouseNumber {
  int number = 0;        ///< 1 to 99999
  std::string letter;    ///< "" or one capital A to Z
  std::string addition;  ///< "" or at most six letters and digits, in capitals: "BIS", "III", "3"

  bool operator==(const HouseNumber&) const = default;
};

/// Reads "12", "12a", "12 A", "12-3", "12a-3", "12 bis", "12 III", "12-hs", "12/2". Error codes:
/// house-number-empty, house-number-shape, house-number-range, house-number-addition.
[[nodiscard]] Result<HouseNumber> parse_house_number(std::string_view text);

/// Reads the addition when it was typed in a box of its own ("a", "-3", "a-3", "bis", ""). Same error codes.
[[nodiscard]] Result<HouseNumber> parse_house_number(std::string_view number, std::string_view addition);

/// "12A-3", "12-3", "12 BIS".
[[nodiscard]] std::string format(const HouseNumber& house_number);

}  // namespace softbot
