#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "ocr/fields/print.h"
#include "ocr/fields/signs.h"
#include "ocr/image.h"

namespace softbot::ocr {

/// The nets and the reader of print, loaded once, before the process forks. Not thread-safe: one thread, or
/// one process, at a time.
class Recogniser {
 public:
  /// `models`: the folder with models.json and its nets. Runs every net once, so that nothing is opened
  /// later. Error: what is missing or damaged, with its file.
  [[nodiscard]] static Result<std::unique_ptr<Recogniser>> load(const std::filesystem::path& models);

  virtual ~Recogniser() = default;
  /// One answer per box. `pattern`: one sign per box as in PaperField::pattern; says which nets are asked.
  [[nodiscard]] virtual std::vector<SignChances> signs(const std::vector<BoxInk>& boxes,
                                                       std::string_view pattern) = 0;
  /// What Tesseract reads in print; "" when nothing. Bounded time. Handwriting gives nonsense.
  [[nodiscard]] virtual std::string printed_text(const GrayImage& page) = 0;
  /// The same with the place of each word.
  [[nodiscard]] virtual std::vector<PrintedWord> printed_words(const GrayImage& page) = 0;
  /// Versions of the nets, kept with every reading: "digits 2, capitals 2".
  [[nodiscard]] virtual std::string version() const = 0;
};

}  // namespace softbot::ocr
