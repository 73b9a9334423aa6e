#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "domain/result.h"

namespace softbot::pdf {

/// A QR code as rows of modules; true is dark.
struct QrModules {
  std::size_t size = 0;
  std::vector<bool> dark;
  [[nodiscard]] bool is_dark(std::size_t row, std::size_t column) const { return dark[row * size + column]; }
};

/// Error correction level M, with at least so many modules a side (0: as few as it takes), so that the codes
/// of all pages are of one size. Fails with `configuration` when the content does not fit.
[[nodiscard]] Result<QrModules> make_qr(const std::string& content, int least_modules);

}  // namespace softbot::pdf
