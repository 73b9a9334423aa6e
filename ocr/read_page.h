#pragma once

#include "ocr/image.h"
#include "ports/reader.h"

namespace softbot::ocr {

class Recogniser;
class TemplateSearch;

/// What reading one page needs; borrowed for the call. `recogniser` is loaded once, before the process forks.
struct PageReadingTools {
  Recogniser& recogniser;
  const FindGeometry& find_geometry;
  /// Forms of other makers, for pages without a code of ours; null: none.
  TemplateSearch* templates = nullptr;
};

/// Everything on one page: orientation, code, marks, fields with their crops, or what kind of other page it
/// is. A page that is found by a template is told as if a code on it said so, with the set number
/// "00000000". Never throws for what is on the page; bounded by the number of pixels. Not thread-safe (one
/// process per document).
[[nodiscard]] ReadPage read_page(const GrayImage& image, int index, const PageReadingTools& tools);

}  // namespace softbot::ocr
