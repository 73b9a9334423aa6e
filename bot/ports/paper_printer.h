#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "domain/result.h"
#include "forms/geometry/paper_form.h"

namespace softbot {

/// Turns printed forms into PDF. Thread-safe.
class PaperPrinter {
 public:
  virtual ~PaperPrinter() = default;
  /// Measures texts with the fonts that print() uses. One per layout: it is not thread-safe.
  [[nodiscard]] virtual std::unique_ptr<TextMeasure> measure() const = 0;
  /// Eight random signs of base 32 that hold the pages of one print together.
  [[nodiscard]] virtual std::string new_set_number() const = 0;
  /// Tagged A4 PDF with title and language; every page carries its code with this set number.
  [[nodiscard]] virtual Result<std::string> print(const PaperForm& form, std::string_view set) const = 0;
};

}  // namespace softbot
