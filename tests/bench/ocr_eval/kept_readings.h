#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "domain/result.h"
#include "domain/value.h"
#include "forms/geometry/geometry.h"
#include "ocr/image.h"

namespace softbot::eval {

/// A reading that a person confirmed or put right, as `softbot corrections export` writes it. A plain value.
struct KeptReading {
  ocr::GrayImage crop;
  FormGeometry geometry;  ///< of the crop: one field in boxes
  std::string written;    ///< the signs in its boxes, by a person
};

/// The readings in a folder of an export (readings.jsonl and its pictures). Error `invalid_input`: the line,
/// and what is wrong with it.
[[nodiscard]] Result<std::vector<KeptReading>> kept_readings(const std::filesystem::path& folder);

}  // namespace softbot::eval
