#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "domain/result.h"
#include "glyph.h"

namespace softbot::fill {

using Paths = std::vector<std::filesystem::path>;

/// What a file holds, unpacked when it is gzip. Error `invalid_input` naming the file.
[[nodiscard]] Result<std::string> contents_of(const std::filesystem::path& file);

/// One source per file of characters:
/// - IDX images (plain or gzip, 16x16 to 64x64, white on black or black on white) with their labels, which
/// are
///   the next file, or lie beside it under the same name with "labels-idx1" for "images-idx3". Digits: 0 to
///   9; capitals: character codes, 0 to 25 or 1 to 26;
/// - tar whose members are named CAP_A_1.png, DIGIT_7_1.png, SMALL_a_1.png (see data set characters62);
/// - the text of optdigits ("entwidth = 32").
/// Error `invalid_input`: which file, what is wrong with it and what is wanted.
[[nodiscard]] Result<std::vector<GlyphSource>> read_digits(const Paths& files);
[[nodiscard]] Result<std::vector<GlyphSource>> read_capitals(const Paths& files);

/// One source per handwriting font (ttf, otf, woff, woff2) below these folders that has all digits and
/// letters; of a family as npm packs it, its normal Latin file. Error when there is none.
[[nodiscard]] Result<std::vector<GlyphSource>> read_fonts(const Paths& folders);

/// Strips of real handwriting (images in tar files), decoded when asked for.
class LineStrips {
 public:
  [[nodiscard]] static Result<LineStrips> open(const Paths& tars);
  [[nodiscard]] std::size_t size() const { return members_.size(); }
  /// Ink only. Empty when there is hardly any ink on it, or when it cannot be decoded.
  [[nodiscard]] Glyph strip(std::size_t index) const;

 private:
  struct Member {
    std::size_t archive = 0;
    std::size_t offset = 0;
    std::size_t length = 0;
  };
  std::vector<std::string> archives_;
  std::vector<Member> members_;
};

}  // namespace softbot::fill
