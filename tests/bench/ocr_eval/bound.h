#pragma once

#include <cstddef>

namespace softbot::eval {

/// The upper bound of the share of errors behind `errors` of `count` that were seen: with a larger share, so
/// few would be seen in less than one case of twenty (Clopper-Pearson, one-sided, 95%). 1 when nothing was
/// looked at. Pure.
[[nodiscard]] double upper95(std::size_t errors, std::size_t count);

}  // namespace softbot::eval
