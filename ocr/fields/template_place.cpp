#include "ocr/fields/template_place.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "ocr/page/pixels.h"

namespace softbot::ocr {
namespace {

constexpr double clearly_better = 0.1;  ///< share of lines that one page must show more than the next

/// A place in a picture that was turned clockwise, as it was before.
Point turned_back(Point place, int quarters, const GrayImage& picture) {
  switch (quarters) {
    case 1:
      return {place.y, picture.height - place.x};
    case 2:
      return {picture.width - place.x, picture.height - place.y};
    case 3:
      return {picture.width - place.y, place.x};
    default:
      return place;
  }
}

/// Reads the print of a picture once for each way to turn it that may be the right one.
class Words {
 public:
  Words(const GrayImage& image, const FormGeometry& geometry, Recogniser& recogniser)
      : image_(image),
        recogniser_(recogniser),
        stands_((geometry.page_height >= geometry.page_width) == (image.height >= image.width)) {}

  [[nodiscard]] std::vector<FoundWord> find(int quarters) {
    if ((quarters % 2 == 0) != stands_) return {};
    const auto known = found_.find(quarters);
    if (known != found_.end()) return known->second;
    std::vector<FoundWord> words;
    for (PrintedWord& word : recogniser_.printed_words(turned(image_, quarters * 90))) {
      const Point first{static_cast<double>(word.x), static_cast<double>(word.y)};
      const Point last{first.x + word.width, first.y + word.height};
      words.push_back(
          {std::move(word.text), turned_back(first, quarters, image_), turned_back(last, quarters, image_)});
    }
    return found_.emplace(quarters, std::move(words)).first->second;
  }

 private:
  const GrayImage& image_;
  Recogniser& recogniser_;
  bool stands_;
  std::map<int, std::vector<FoundWord>> found_;
};

double worth(const TemplateFit& fit) {
  return fit.problem == "no-fit" || fit.problem == "no-marks" ? 0 : fit.found + 0.05 * fit.registration.marks;
}

}  // namespace

TemplatePlace place_in_template(const GrayImage& image, const ReadingTemplate& reading_template,
                                Recogniser& recogniser) {
  Words words(image, reading_template.geometry, recogniser);
  const FindWords find_words = [&](int quarters) { return words.find(quarters); };
  const SearchedPicture picture(image, reading_template.geometry, find_words);
  std::vector<TemplateFit> fits;
  for (std::size_t i = 0; i < reading_template.pages.size(); ++i)
    fits.push_back(fit_of_page(picture, reading_template, static_cast<int>(i) + 1));
  if (fits.empty()) return {};
  const auto best = std::ranges::max_element(fits, {}, worth);
  TemplatePlace place{0, *best};
  if (worth(*best) <= 0) return place;
  const bool alone = std::ranges::none_of(fits, [&](const TemplateFit& fit) {
    return &fit != &*best && worth(fit) > worth(*best) - clearly_better;
  });
  if (alone) {
    place.page = static_cast<int>(best - fits.begin()) + 1;
  } else {
    place.fit.problem = "two-ways";
  }
  return place;
}

}  // namespace softbot::ocr
