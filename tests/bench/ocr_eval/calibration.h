#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace softbot::eval {

/// One reading: what was said of it, and what came out.
struct Judged {
  double said = 0;  ///< probability that it is right, 0..1
  bool right = false;
};

/// Readings of about the same probability.
struct CalibrationBin {
  std::size_t count = 0;
  double said = 0;   ///< on average
  double right = 0;  ///< share
};

/// What probabilities are worth: Brier's score (Brier 1950: the mean square of what was said less what came
/// out), and the expected calibration error (the mean distance of said and right over the bins, by mass).
struct Calibration {
  double brier = 0;
  double error = 0;
  std::vector<CalibrationBin> bins;  ///< by rising probability, of about equal mass; equal ones in one bin
};

/// At most `bins` bins, fewer where there are fewer readings; none, and zeros, for no readings. Pure.
[[nodiscard]] Calibration calibration_of(std::vector<Judged> readings, std::size_t bins = 15);

/// As lines: the two figures, then a row per bin.
[[nodiscard]] std::string table_of(const Calibration& calibration);

/// A reliability plot as SVG: each bin's share that was right over what was said, with the 95% interval of
/// that share (Wilson 1927), and the diagonal on which probabilities mean what they say. Both axes are
/// stretched towards 1, where thresholds lie.
[[nodiscard]] std::string plot_of(const Calibration& calibration, std::string_view title);

}  // namespace softbot::eval
