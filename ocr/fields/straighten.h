#pragma once

#include <optional>

#include "forms/geometry/geometry.h"
#include "ocr/fields/placed_page.h"
#include "ocr/page/registration.h"

namespace softbot::ocr {

/// Paper that curls at the spine of a stack, or bulges under a telephone, shows its frames beside where its
/// marks put them. They tell how it is bent.

/// How a map came to be: by what lies flat (registered), or through marks alone (roughly_registered).
enum class Map { flat, rough };

/// A page of ours (from 1) put into place, with its bend taken out as far as its frames say how it is bent.
/// Where the map is rough nothing comes unless most of the page's frames are seen and agree to
/// `residual_gate_mm`: the registration's residual is then theirs. Pure.
struct Straightened {
  Registration registration;
  PlacedPage page;
};
[[nodiscard]] std::optional<Straightened> straightened(const GrayImage& image, Registration registration,
                                                       Map map, const FormGeometry& geometry, int page);

}  // namespace softbot::ocr
