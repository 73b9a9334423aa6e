#pragma once

#include "ports/reader.h"
#include "ports/store.h"

namespace softbot::pipeline {

/// Finds what was ever printed: configuration rows of kind "geometry", whose version is the geometry's id.
/// What was found once is kept, as it never changes. Thread-safe; `store` must outlive it.
[[nodiscard]] FindGeometry geometries_in(Store& store);

}  // namespace softbot::pipeline
