#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "domain/result.h"
#include "ocr/fields/normalise.h"

namespace softbot::ocr {

/// One net of models.json: glyphs -> calibrated probabilities. Not thread-safe; runs in the calling thread
/// only.
class GlyphNet {
 public:
  virtual ~GlyphNet() = default;
  /// For each glyph, as normalised() makes them, one probability per class. A glyph of another size: all of
  /// its mass on the last class, which stands for no sign.
  [[nodiscard]] virtual std::vector<std::vector<float>> probabilities(
      const std::vector<std::vector<float>>& glyphs) = 0;
  [[nodiscard]] virtual std::size_t classes() const = 0;
  [[nodiscard]] virtual const std::string& version() const = 0;
  /// Frozen with the net: from this probability on, one sign by itself is taken for certain. Whole fields
  /// have thresholds of their own (thresholds.h).
  [[nodiscard]] virtual double accept_threshold() const = 0;
};

struct Nets {
  Normalisation normalisation;
  std::unique_ptr<GlyphNet> digits;
  std::unique_ptr<GlyphNet> capitals;
};

/// Reads models.json and the nets that it names, and runs each once. Errors: `configuration` or `damaged`,
/// naming the file and what is wrong with it.
[[nodiscard]] Result<Nets> load_nets(const std::filesystem::path& folder);

}  // namespace softbot::ocr
