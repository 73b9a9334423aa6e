#pragma once

#include <string_view>

#include "forms/geometry/reading_template.h"
#include "ocr/fields/placed_page.h"
#include "ocr/fields/recogniser.h"

namespace softbot::ocr {

/// Whether print that was read says the wanted words. Case, spaces and punctuation do not count, and one
/// letter in eight of the whole and of each word may be misread, so that short words, as the names of two
/// municipalities, are right; no digit may: editions differ by them. Pure.
[[nodiscard]] bool says_edition(std::string_view read, std::string_view wanted);

/// Whether the words of an edition stand on a page, in their place.
[[nodiscard]] bool has_edition(const PlacedPage& page, const TemplateEdition& edition,
                               Recogniser& recogniser);

}  // namespace softbot::ocr
