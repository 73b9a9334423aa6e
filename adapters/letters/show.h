#pragma once

#include <string>

#include "adapters/letters/markup.h"

namespace softbot::letters {

/// The letter as a piece of HTML, word by word: see LetterPrinter::show().
[[nodiscard]] std::string to_html(const Letter& letter);

}  // namespace softbot::letters
