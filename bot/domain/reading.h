#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "domain/value.h"

namespace softbot {

/// How sure a value read from paper is. Only `certain` may carry a decision.
enum class ReadingState {
  certain,     ///< calibrated probability above the frozen threshold, and not repaired
  repaired,    ///< the field's rules chose another value than the best signs: never certain
  doubtful,    ///< read, but not surely enough; or a tick that may be cancelled
  empty,       ///< surely nothing is written there
  unreadable,  ///< ink, but no value
};

[[nodiscard]] std::string_view name_of(ReadingState state);
[[nodiscard]] std::optional<ReadingState> reading_state_from(std::string_view name);

struct ReadingAlternative {
  Value value;
  double probability = 0;  ///< 0..1
  bool operator==(const ReadingAlternative&) const = default;
};

/// What stands in one field of a paper form. A plain value.
struct Reading {
  std::string field;  ///< name in the geometry
  Value value;  ///< as the definition takes it: text, ISO date, true/false, option, list of options; null
                ///< when empty or unreadable
  double probability = 0;  ///< calibrated: that `value` is what was written, 0..1
  ReadingState state = ReadingState::unreadable;
  std::vector<ReadingAlternative> alternatives;  ///< best first, without `value`; at most ten
  std::vector<std::string>
      filled;    ///< options whose box is filled altogether: taken back, or that is how they tick
  Value ticks;   ///< for tick fields: {option: true, false, null when doubtful, or a tick_sign}
  int page = 0;  ///< index of the page in the file, from 0
  std::vector<double> box_mm;  ///< x, y, width, height from the top left of the registered page
  double ink = 0;              ///< share of the field's area that is ink of the writer, 0..1
  int crop = -1;               ///< number of its crop among the images that came with the page; -1: none
  bool operator==(const Reading&) const = default;
};

/// As the border writes it (`softbot read --json`, the API) and back. `field` is the member's name outside.
[[nodiscard]] Value to_value(const Reading& reading);
/// Error: `damaged` for anything that is no reading: a probability outside 0..1, an unknown state, a box
/// outside 0..2000 mm.
[[nodiscard]] Result<Reading> reading_from(std::string_view field, const Value& value);

}  // namespace softbot
