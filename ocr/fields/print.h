#pragma once

#include <memory>
#include <string>
#include <vector>

#include "domain/result.h"
#include "ocr/image.h"

namespace softbot::ocr {

/// A printed word and the box around its ink, pixels of the page.
struct PrintedWord {
  std::string text;
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

/// Reads printed Dutch with Tesseract. Not thread-safe.
class PrintReader {
 public:
  /// Loads the language and reads a first picture, so that nothing is opened or started later. Error:
  /// `configuration` when the language is not installed.
  [[nodiscard]] static Result<std::unique_ptr<PrintReader>> load();

  virtual ~PrintReader() = default;
  /// Lines of text, trimmed; "" when nothing is found. What is not read within about eight seconds is left
  /// out. Never throws.
  [[nodiscard]] virtual std::string text_of(const GrayImage& page) = 0;
  /// The same, word by word in reading order.
  [[nodiscard]] virtual std::vector<PrintedWord> words_of(const GrayImage& page) = 0;
};

}  // namespace softbot::ocr
