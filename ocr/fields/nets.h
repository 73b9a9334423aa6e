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

/// The net of whole lines (models.json, `lines`): what stands in each column of a line. Not thread-safe.
class LineNet {
 public:
  virtual ~LineNet() = default;
  /// For each column, from left to right, the logarithms of the chances of: nothing new, A to Z, 0 to 9.
  [[nodiscard]] virtual std::vector<std::vector<float>> columns(const LineGlyph& line) = 0;
  [[nodiscard]] virtual const LineNormalisation& normalisation() const = 0;
};

/// Reads models.json and the net of lines, and runs it once. Errors: as load_nets.
[[nodiscard]] Result<std::unique_ptr<LineNet>> load_line_net(const std::filesystem::path& folder);

/// Reads models.json and the nets of single signs that it names, and runs each once. Errors: `configuration`
/// or `damaged`, naming the file and what is wrong with it.
[[nodiscard]] Result<Nets> load_nets(const std::filesystem::path& folder);

}  // namespace softbot::ocr
