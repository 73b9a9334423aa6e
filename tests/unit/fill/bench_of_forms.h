#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "adapters/paper_forms/paper_printer.h"
#include "samples/fill/form_maker.h"

namespace softbot::fill::testing {

/// A folder that is gone after the test.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Writes a file into it.
  std::filesystem::path add(const std::string& name, const std::string& bytes) const;

 private:
  std::filesystem::path path_;
};

/// Images of characters as an IDX file: strokes that differ from one character to the next.
[[nodiscard]] std::string idx_images(const std::string& characters);
/// Their labels: digits as numbers, capitals as character codes.
[[nodiscard]] std::string idx_labels(const std::string& characters);

/// All that fill-forms needs, with the shipped configuration and drawn handwriting.
class TestWorkshop {
 public:
  TestWorkshop();
  [[nodiscard]] FormMaker maker(const std::string& register_json = "") const;
  [[nodiscard]] const Catalogue& catalogue() const { return catalogue_; }
  [[nodiscard]] const Municipalities& municipalities() const { return municipalities_; }
  static constexpr Date today = std::chrono::year{2026} / 11 / 26;

 private:
  Catalogue catalogue_;
  Municipalities municipalities_;
  Mix mix_;
  Handwriting handwriting_;
  PangoTextMeasure measure_;
  mutable std::vector<std::unique_ptr<Workshop>> workshops_;
};

[[nodiscard]] Inventor shipped_inventor();

/// One form of a type, without words and mistakes that were not asked for.
[[nodiscard]] FileRecipe plain_recipe(const std::string& type, std::uint64_t seed);

}  // namespace softbot::fill::testing
