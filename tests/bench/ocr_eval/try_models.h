#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "domain/result.h"
#include "kept_readings.h"
#include "ocr/fields/recogniser.h"
#include "options.h"

namespace softbot::eval {

/// How well models read what people confirmed or put right.
struct TrialFigures {
  std::size_t readings = 0;
  std::size_t exact = 0;    ///< read as the person says
  std::size_t certain = 0;  ///< read with certainty
  std::size_t wrong = 0;    ///< with certainty, and not as the person says
  bool operator==(const TrialFigures&) const = default;
};
[[nodiscard]] TrialFigures trial_of(const std::vector<KeptReading>& readings, ocr::Recogniser& models);

/// Fewer readings than this say nothing about models.
inline constexpr std::size_t least_readings = 50;

/// Why the new models may not replace those in use, each in a sentence; none: they may.
[[nodiscard]] std::vector<std::string> against_replacing(const TrialFigures& in_use,
                                                         const TrialFigures& tried);

struct Trial {
  std::string told;
  bool may_replace = false;
};
/// Reads what was kept for trial with the models in use and with new ones, as --help says. Error: what is
/// wrong with a file.
[[nodiscard]] Result<Trial> try_models(const Options& options);

}  // namespace softbot::eval
