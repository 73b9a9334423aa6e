#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "domain/value.h"
#include "forms/geometry/geometry.h"

namespace softbot::ocr {

/// What somebody wrote, understood as an answer.
struct Understood {
  Value value;  ///< what the web form would keep of it
  /// Written as the boxes ask. False when it is valid but may be something else (a box left out in the
  /// middle, a text that fills its last box and may go on): never certain.
  bool plain = true;
};

/// Which writings are answers to a field with boxes: 11-test, real dates, postcodes, telephone plans, IBAN,
/// bounds. A writing has one character per box, ' ' for an empty one. Relative bounds ("today-120y") do not
/// bind: what was written is read, and checked as an answer later. A plain value over a borrowed field.
class FieldRules {
 public:
  explicit FieldRules(const PaperField& field);

  /// False when nothing that begins like this can be an answer.
  [[nodiscard]] bool may_begin(std::string_view begin) const;
  /// Digits, capitals and marks between them, in boxes that ask for nothing more.
  [[nodiscard]] bool anything_may_stand() const;
  /// Nothing when it is no answer.
  [[nodiscard]] std::optional<Understood> understood(std::string_view written) const;

 private:
  const PaperField* field_;
  std::size_t boxes_;
};

}  // namespace softbot::ocr
