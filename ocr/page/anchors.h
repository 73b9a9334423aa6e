#pragma once

#include <optional>
#include <vector>

#include "ocr/page/template_page.h"

namespace softbot::ocr {

/// Where a page's anchors may be in a picture. Made once for a page; not thread-safe.
class AnchorSearch {
 public:
  AnchorSearch(const SearchedPicture& picture, const TemplatePage& page);

  /// Maps that bring two marks, or two words, to where something like them is seen.
  [[nodiscard]] std::vector<Projection> places() const;

  /// The anchors that are seen near where a map puts them; a paper place and a place in the picture each.
  [[nodiscard]] std::vector<Anchor> near(const Projection& map) const;

 private:
  struct Candidates {
    Point paper;                  ///< middle of the anchor
    std::vector<Point> pictures;  ///< what looks like it
  };
  void add_marks(const TemplateAnchor& anchor);
  void add_words(const TemplateAnchor& anchor);
  void add_pairs(const Candidates& one, const Candidates& other, std::vector<Projection>& places) const;
  [[nodiscard]] std::optional<Point> cross_near(const TemplateAnchor& anchor, const Projection& map) const;

  const SearchedPicture& picture_;
  const TemplatePage& page_;
  std::vector<Candidates> candidates_;  ///< of anchors that are no crosses
};

}  // namespace softbot::ocr
