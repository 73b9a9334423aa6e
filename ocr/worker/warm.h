#pragma once

namespace softbot::ocr {

/// Makes the libraries open now what they would open at their first use, when nothing can be opened any more:
/// locale, character maps, the list of fonts, poppler's data.
void warm_libraries();

}  // namespace softbot::ocr
