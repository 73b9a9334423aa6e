#pragma once

#include <random>
#include <string>

#include "domain/value.h"

namespace softbot::ocr {

/// What somebody means to write in a field.
struct Truth {
  std::string writing;  ///< one character per box, ' ' for an empty one
  Value value;
};

struct AskedField {
  std::string kind;
  std::string pattern;
};

/// A made-up answer of this kind, as people write them.
[[nodiscard]] Truth made_up(const AskedField& field, std::mt19937& random);

}  // namespace softbot::ocr
