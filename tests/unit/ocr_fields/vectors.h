#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "domain/value.h"
#include "ocr/fields/signs.h"

namespace softbot::ocr {

/// One example that came with the nets: a bitmap, the array that training made of it, and what a net said.
struct Vector {
  BoxInk bitmap;
  std::vector<float> array;   ///< in hundredths
  std::vector<float> logits;  ///< to four decimals
};

[[nodiscard]] std::filesystem::path models_folder();
[[nodiscard]] Value json_of(const std::filesystem::path& file);
/// `net`: digits or capitals.
[[nodiscard]] std::vector<Vector> vectors_of(std::string_view net);

}  // namespace softbot::ocr
