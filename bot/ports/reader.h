#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/reading.h"
#include "domain/result.h"
#include "forms/geometry/geometry.h"
#include "forms/geometry/page_code.h"
#include "forms/geometry/reading_template.h"

namespace softbot {

/// An image that the reader made out of pixels: never the sender's bytes.
struct ReadImage {
  std::string media_type;  ///< image/png or image/jpeg
  std::string bytes;
  int width = 0;   ///< pixels
  int height = 0;  ///< pixels
};

/// One page of a scan.
struct ReadPage {
  int index = 0;        ///< in the file, from 0
  int width = 0;        ///< pixels, as found
  int height = 0;       ///< pixels
  double dpi = 0;       ///< as found or estimated; 0 when unknown
  int rotation = 0;     ///< degrees clockwise by which the page was turned upright: 0, 90, 180, 270
  double skew = 0;      ///< degrees, small
  bool blank = false;   ///< nothing is on it
  std::string problem;  ///< "" or why it could not be used: no-marks, residual, unknown-geometry,
                        ///< other-version, not-read (the file was given up before), damaged, too-large
  std::optional<double> residual_mm;  ///< how far the marks are from where they should be; the gate is 0.5
  std::optional<PageCode> code;
  bool code_of_softbot = false;   ///< there was a QR code; false with a code of somebody else
  std::vector<Reading> readings;  ///< for a page of a known form
  std::optional<bool> signature;  ///< of a sheet to sign: signed or not; absent when doubtful or no such box
  std::optional<bool> legible;    ///< whether a person can make out print on it; only look() says
  std::string printed_text;       ///< on a page that is no form: its own characters, or what Tesseract reads
  std::vector<ReadImage> images;  ///< [0] the page upright (registered, when it is a form); then the crops
};

/// Everything that was read of one file.
struct ReadFile {
  std::vector<ReadPage> pages;
  /// Set when the file, or the rest of it, was not read: stable code and words for people. Where any page was
  /// read, those that were not are among the pages, as not-read. Codes: damaged, encrypted, unsupported,
  /// too-large, too-many-pages, empty, time, memory, crashed.
  std::optional<FieldError> refused;
};

/// Finds what was printed under a geometry id; nothing when unknown here.
using FindGeometry = std::function<std::optional<FormGeometry>(const PageCode& code)>;

/// Reads scans. Whatever the bytes are, it answers within bounded time and memory, and a file never disturbs
/// the next. Error (retryable) only when reading itself does not work here; a bad file is an answer.
/// Thread-safe; calls may wait for each other.
class Reader {
 public:
  virtual ~Reader() = default;
  [[nodiscard]] virtual Result<ReadFile> read(const std::string& bytes,
                                              const FindGeometry& find_geometry) = 0;
  /// The same, and pages without a code of ours are held against these forms of other makers, within bounded
  /// time. A page of one of them is told as if a code on it said so (`code`, with `code_of_softbot` false and
  /// a set number that means nothing outside this file). Other problems of such pages: no-fit, two-ways,
  /// other-edition, no-time.
  [[nodiscard]] virtual Result<ReadFile> read_by(const ReadingTemplates& templates, const std::string& bytes,
                                                 const FindGeometry& find_geometry) = 0;
  /// The pages with nothing but their size, whether they are blank, and whether a person can make out print
  /// on them: no text, no field and no picture is taken from them. For papers of which nothing else may be
  /// read.
  [[nodiscard]] virtual Result<ReadFile> look(const std::string& bytes) = 0;
  /// What read it: version of the program and of the models, kept with every reading.
  [[nodiscard]] virtual std::string version() const = 0;
};

}  // namespace softbot
