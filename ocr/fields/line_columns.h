#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace softbot::ocr {

/// What a net says of the columns of a line (nets.h, LineNet::columns): for each the logarithms of the
/// chances of nothing new, A to Z, 0 to 9.
using LineColumns = std::vector<std::vector<float>>;

/// The capitals of the likeliest sign of each column, repetitions taken together (Graves et al. 2006, best
/// path). Pure.
[[nodiscard]] std::string likeliest_capitals(const LineColumns& columns);

/// Logarithm of the chance of all ways along the columns that write `text` (A to Z), by the forward algorithm
/// of the same paper; minus infinity where there is none. Pure.
[[nodiscard]] double log_chance_of(const LineColumns& columns, std::string_view text);

}  // namespace softbot::ocr
