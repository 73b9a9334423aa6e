#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/result.h"
#include "options.h"

namespace softbot::eval {

/// File and text of each row of a CSV file whose first line names the columns `file` and `text`; quoted
/// values as in RFC 4180, on one line each. Error `invalid_input`: `file`, the line and what is wrong. Pure.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> line_truths(std::string_view csv,
                                                                                   const std::string& file);

/// Its letters in capitals, without accents, spaces, dashes and the like: what the reader of lines writes.
[[nodiscard]] std::string letters_of(std::string_view text);

/// Reads the strips and tells the figures, as --help says. Error: what is wrong with a file.
[[nodiscard]] Result<std::string> measure_lines(const Options& options);

}  // namespace softbot::eval
