#pragma once

#include "forms/geometry/reading_template.h"
#include "ocr/fields/recogniser.h"
#include "ocr/page/template_page.h"

namespace softbot::ocr {

/// Which page of a template a picture shows.
struct TemplatePlace {
  int page = 0;     ///< from 1; 0: none of them
  TemplateFit fit;  ///< of that page, or of the one that came nearest
};

/// The page that fits best; with two that fit alike none, as two-ways. The recogniser reads print only where
/// anchors are words.
[[nodiscard]] TemplatePlace place_in_template(const GrayImage& image, const ReadingTemplate& reading_template,
                                              Recogniser& recogniser);

}  // namespace softbot::ocr
