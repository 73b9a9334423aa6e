#include "ocr/fields/template_place.h"

#include <algorithm>
#include <ctime>
#include <deque>
#include <map>
#include <utility>

#include "ocr/fields/edition.h"
#include "ocr/fields/placed_page.h"
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

/// Pages of one form are told apart by all that is seen of them. Makers differ in what they name: of another
/// form's page the lines alone may speak for it.
bool rivals(const HeldPage& one, const HeldPage& best) {
  if (worth(one.fit) <= 0) return false;
  if (worth(one.fit) > worth(best.fit) - clearly_better) return true;
  return one.form != best.form && one.fit.found > best.fit.found - clearly_better;
}

/// Of this process, so that a busy machine does not cut a document short.
std::chrono::duration<double> time_used() {
  return std::chrono::duration<double>(static_cast<double>(std::clock()) / CLOCKS_PER_SEC);
}

TemplatePlace place_of(const HeldPage& held) {
  return {held, held.fit.problem};
}

}  // namespace

TemplatePlace chosen_place(const std::vector<HeldPage>& held, const ReadEdition& read) {
  if (held.empty()) return {};
  const auto best = std::ranges::max_element(held, {}, [](const HeldPage& one) { return worth(one.fit); });
  if (worth(best->fit) <= 0) return {std::nullopt, best->fit.problem};
  std::vector<const HeldPage*> told;    // by the words of their edition
  std::vector<const HeldPage*> untold;  // no words are known of them
  for (const HeldPage& one : held) {
    if (!rivals(one, *best)) continue;
    const EditionSays says = read(one);
    if (says == EditionSays::this_one) told.push_back(&one);
    if (says == EditionSays::nothing) untold.push_back(&one);
  }
  const auto& left = told.empty() ? untold : told;
  if (left.empty()) return {std::nullopt, "other-edition"};
  if (left.size() > 1) return {std::nullopt, "two-ways"};
  return place_of(*left.front());
}

/// A picture that pages are held against, with what was made of it on the way.
class TemplateSearch::Picture {
 public:
  Picture(const GrayImage& image, const ReadingTemplates& forms, Recogniser& recogniser,
          std::chrono::duration<double> end)
      : image_(image), forms_(forms), recogniser_(recogniser), end_(end) {}

  [[nodiscard]] bool has_time() const { return time_used() < end_; }

  [[nodiscard]] HeldPage hold(std::size_t form, int page) {
    return {form, page, fit_of_page(searched(forms_[form].geometry), forms_[form], page)};
  }

  [[nodiscard]] EditionSays edition_of(const HeldPage& held) const {
    const ReadingTemplate& form = forms_[held.form];
    const auto& edition = form.pages[static_cast<std::size_t>(held.page - 1)].edition;
    if (!edition) return EditionSays::nothing;
    if (!held.fit.problem.empty()) return EditionSays::another;
    const PlacedPage placed = placed_page(image_, held.fit.registration, form.geometry, held.page);
    return has_edition(placed, *edition, recogniser_) ? EditionSays::this_one : EditionSays::another;
  }

 private:
  /// Sizes of paper are few: what is made for one serves all forms on it.
  struct OfSize {
    OfSize(const GrayImage& image, const FormGeometry& geometry, Recogniser& recogniser)
        : words(image, geometry, recogniser),
          find_words([this](int quarters) { return words.find(quarters); }),
          width(geometry.page_width),
          height(geometry.page_height),
          searched(image, geometry, find_words) {}
    Words words;
    FindWords find_words;
    double width;
    double height;
    SearchedPicture searched;
  };

  [[nodiscard]] const SearchedPicture& searched(const FormGeometry& geometry) {
    for (const OfSize& one : sizes_) {
      if (one.width == geometry.page_width && one.height == geometry.page_height) return one.searched;
    }
    return sizes_.emplace_back(image_, geometry, recogniser_).searched;
  }

  const GrayImage& image_;
  const ReadingTemplates& forms_;
  Recogniser& recogniser_;
  std::chrono::duration<double> end_;
  std::deque<OfSize> sizes_;
};

TemplatePlace TemplateSearch::place(const GrayImage& image) {
  const auto begun = time_used();
  Picture picture(image, forms_, recogniser_, begun + left_);
  TemplatePlace place = place_on(picture);
  left_ -= time_used() - begun;
  if (place.held) last_ = place.held;
  return place;
}

/// The page behind the last one that was found, which may be the first of the next copy.
std::optional<HeldPage> TemplateSearch::expected() const {
  if (!last_) return std::nullopt;
  const int pages = static_cast<int>(form(*last_).pages.size());
  return HeldPage{last_->form, last_->page % pages + 1, {}};
}

TemplatePlace TemplateSearch::place_on(Picture& picture) const {
  std::vector<HeldPage> held;
  if (const auto next = expected(); next && picture.has_time()) {
    held.push_back(picture.hold(next->form, next->page));
    if (picture.edition_of(held.front()) == EditionSays::this_one) return place_of(held.front());
  }
  for (std::size_t form = 0; form < forms_.size(); ++form) {
    const int pages = static_cast<int>(forms_[form].pages.size());
    for (int page = 1; page <= pages; ++page) {
      if (!held.empty() && held.front() == HeldPage{form, page, {}}) continue;
      if (!picture.has_time()) return {std::nullopt, "no-time"};
      held.push_back(picture.hold(form, page));
    }
  }
  return chosen_place(held, [&](const HeldPage& one) { return picture.edition_of(one); });
}

}  // namespace softbot::ocr
