#pragma once

#include <optional>
#include <string_view>

#include "domain/value.h"
#include "picture.h"
#include "random.h"

namespace softbot::fill {

/// What happens to a page between pen and file.
enum class Degradation {
  none,    ///< as drawn
  light,   ///< a good flatbed scanner, somebody who lays pages straight
  normal,  ///< the feeder of an office machine: crooked, compressed, some dust, now and then black and white
  heavy,   ///< a copy of a copy: blurred, hard, dark edges, stripes, folds, the back showing through
  fax,     ///< black and white, coarse, stretched
  photo,   ///< taken by hand with a phone: in perspective, unevenly lit
};

[[nodiscard]] std::string_view name_of(Degradation degradation);
/// By name or by its number, "0" (none) to "5" (photo).
[[nodiscard]] std::optional<Degradation> degradation_from(std::string_view text);

/// One machine and how it stood: the same for all pages of a file.
struct Scanner {
  Degradation kind = Degradation::none;
  double dpi = 300;
  bool colour = false;
  bool bilevel = false;
  int jpeg_quality = 0;     ///< 0: without loss
  double skew = 0;          ///< degrees, at most, either way
  double stretch = 0;       ///< share, at most, either way
  double shift_mm = 0;      ///< at most, either way
  double blur = 0;          ///< pixels
  double noise = 0;         ///< of 255, deviation
  double black = 0;         ///< what black becomes, of 255
  double white = 255;       ///< what white becomes, of 255
  double threshold = 150;   ///< for black and white, of 255
  double show_through = 0;  ///< of the back, 0..1
  int dust = 0;             ///< specks a page, at most
  int stripes = 0;          ///< from dirt on the glass, at most
  int folds = 0;            ///< a page, from the envelope
  double shadow = 0;        ///< how much darker one side is, 0..1
  double perspective = 0;   ///< by which one side is shorter, at most, of its length
  bool dark_border = false;
  bool punch_holes = false;
  bool staple = false;
  bool upside_down = false;
  double dark_frames = 0;  ///< how much darker than meant the light print is, 0..1
};

[[nodiscard]] Scanner scanner_for(Degradation degradation, Random& random);

/// What light print became on this printer: before anybody writes.
void darken_light_print(Picture& page, double amount);

/// The page as it lies in the file. `back`: the page printed on its other side, which may show through.
[[nodiscard]] Picture scanned(const Picture& page, const Picture* back, const Scanner& scanner,
                              Random& random);

/// For truth.json.
[[nodiscard]] Value to_value(const Scanner& scanner);

}  // namespace softbot::fill
