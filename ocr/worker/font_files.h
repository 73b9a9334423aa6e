#pragma once

#include <string>
#include <vector>

#include "ocr/protocol/control.h"

namespace softbot::ocr {

/// A font of this machine, open for reading.
struct FontFile {
  std::string path;  ///< as fontconfig names it
  Descriptor file;
};
using FontFiles = std::vector<FontFile>;

/// The fonts that a PDF without its own may be drawn with, opened before a document comes: without them its
/// words would be missing, and a letter would look like an empty page. At most 200, by path.
[[nodiscard]] FontFiles open_fonts();

}  // namespace softbot::ocr
