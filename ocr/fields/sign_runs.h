#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace softbot::ocr {

struct BoxChoices;

/// Between digits and capitals where anything may stand: a dash, a slash, a point, what was crossed out.
inline constexpr char mark_between = '-';

/// What the signs of a number say of each other. Numbers of digits and capitals come in runs, as
/// WMO-2024-516565 does: after a digit or a capital, nineteen in twenty are of its kind; at the beginning and
/// after a mark both are as likely. In all other fields each box stands by itself, and every weight is 1.
///
/// Borrows nothing. Chances of writings are to be multiplied by `scale()`, so that they sum to 1 with what
/// holds no sign.
class SignRuns {
 public:
  SignRuns(const std::vector<BoxChoices>& boxes, bool come_in_runs);

  /// How much likelier the sign is after these than it is by itself.
  [[nodiscard]] double weight(std::string_view before, char sign) const;
  /// Chance that all boxes behind box `box` (from 0) hold signs, when `sign` stands in it and these before
  /// it.
  [[nodiscard]] double rest_behind(std::size_t box, std::string_view before, char sign) const;
  [[nodiscard]] double scale() const { return scale_; }

 private:
  bool come_in_runs_;
  double scale_ = 1;
  std::vector<std::array<double, 3>> rest_;  ///< by box, then by the kind of the last sign
};

}  // namespace softbot::ocr
