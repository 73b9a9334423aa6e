#pragma once

#include <functional>
#include <string>
#include <vector>

#include "forms/geometry/reading_template.h"
#include "ocr/image.h"
#include "ocr/page/layout.h"
#include "ocr/page/marks.h"
#include "ocr/page/registration.h"

namespace softbot::ocr {

/// Printed words on one line that were read from a picture, and where: pixels of the picture.
struct FoundWord {
  std::string text;
  Point first;  ///< two opposite corners of its ink
  Point last;
};
/// What can be read when the picture is turned clockwise by so many quarters; places as in the picture as it
/// is.
using FindWords = std::function<std::vector<FoundWord>(int quarters)>;

/// A picture in which pages of a template are looked for: what all of them need is made once.
class SearchedPicture {
 public:
  /// `image` and `find_words` are borrowed. `find_words` is asked only for anchors that are words.
  SearchedPicture(const GrayImage& image, const FormGeometry& geometry, const FindWords& find_words);

  [[nodiscard]] const GrayImage& image() const { return image_; }
  [[nodiscard]] double pixels_per_mm() const { return pixels_per_mm_; }
  [[nodiscard]] const Guides& guides() const { return guides_; }
  [[nodiscard]] const FindWords& find_words() const { return find_words_; }

 private:
  const GrayImage& image_;
  const FindWords& find_words_;
  double pixels_per_mm_;
  Guides guides_;
};

/// How one page of a template lies in a picture, or why it does not.
struct TemplateFit {
  /// "" when the page is found. no-fit: this is another page. no-marks: its anchors are not there. two-ways:
  /// it may lie in more than one way. residual: it is there, but too far off.
  std::string problem = "no-fit";
  Registration registration;
  double found = 0;  ///< share of its lines that are seen, 0..1
};

/// Pure but for find_words.
[[nodiscard]] TemplateFit fit_of_page(const SearchedPicture& picture, const ReadingTemplate& reading_template,
                                      int page);

/// The lines of a page (from 1): sides of boxes and frames, lines that the template names, arms of crosses.
[[nodiscard]] Layout layout_of(const ReadingTemplate& reading_template, int page);

}  // namespace softbot::ocr
