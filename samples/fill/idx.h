#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "domain/result.h"

namespace softbot::fill {

/// Pictures of one size with a label each, as a pair of IDX files holds them. What a label means, and whether
/// ink is dark or light, is for the caller to say. A plain value.
struct LabelledPictures {
  int width = 0;                     ///< pixels, 16 to 64
  int height = 0;                    ///< pixels, 16 to 64
  std::vector<std::uint8_t> pixels;  ///< picture after picture, rows from the top
  std::vector<std::uint8_t> labels;  ///< one per picture

  [[nodiscard]] std::size_t count() const { return labels.size(); }
  [[nodiscard]] std::size_t size_of_one() const {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  }
  bool operator==(const LabelledPictures&) const = default;
};

/// The bytes of a file, unpacked, with the name that errors tell.
struct NamedBytes {
  std::filesystem::path file;
  std::string_view bytes;
};

[[nodiscard]] bool holds_idx_pictures(std::string_view bytes);
[[nodiscard]] bool holds_idx_labels(std::string_view bytes);

/// Both files must hold unsigned bytes, and exactly as many as they say; at least one picture. Error
/// `invalid_input`: which file, what is wrong with it and what is wanted. Pure.
[[nodiscard]] Result<LabelledPictures> labelled_pictures(const NamedBytes& pictures,
                                                         const NamedBytes& labels);

/// The same from disk, each file plain or gzip.
[[nodiscard]] Result<LabelledPictures> read_labelled_pictures(const std::filesystem::path& pictures,
                                                              const std::filesystem::path& labels);

}  // namespace softbot::fill
