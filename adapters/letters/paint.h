#pragma once

#include <string>
#include <vector>

#include "adapters/letters/markup.h"
#include "domain/result.h"

namespace softbot::letters {

/// A PDF as Cairo writes it: tagged, fonts embedded, but without language and alternative texts.
struct PaintedLetter {
  std::string pdf;
  std::string furniture;  ///< a PDF of as many pages with what stands around the text and is not read aloud
  std::vector<std::string> figures;  ///< alternative texts, in the order of the Figure elements
};

/// Lays out and paints. Thread-safe: nothing is shared between calls.
[[nodiscard]] Result<PaintedLetter> paint(const Letter& letter);

}  // namespace softbot::letters
