#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "forms/geometry/reading_template.h"
#include "ocr/fields/recogniser.h"
#include "ocr/page/template_page.h"

namespace softbot::ocr {

/// One page of one template, as it was held against a picture.
struct HeldPage {
  std::size_t form = 0;  ///< among the templates
  int page = 1;          ///< from 1
  TemplateFit fit;
  bool operator==(const HeldPage& other) const { return form == other.form && page == other.page; }
};

/// What the printed words say that tell a page from that of another edition.
enum class EditionSays {
  nothing,  ///< the template names no such words
  this_one,
  another,
};
using ReadEdition = std::function<EditionSays(const HeldPage&)>;

/// Which page of which template a picture shows.
struct TemplatePlace {
  std::optional<HeldPage> held;  ///< nothing: none of them
  /// "" or why nothing can be read: as TemplateFit::problem of the page that came nearest, other-edition, or
  /// no-time. two-ways: two fit alike.
  std::string problem = "no-fit";
};

/// The page that fits best, when no other fits nearly as well. Among those that fit alike the words of the
/// edition tell. `read` is asked for those alone.
[[nodiscard]] TemplatePlace chosen_place(const std::vector<HeldPage>& held, const ReadEdition& read);

/// Finds templates on the pages of one document, one after the other. Each page takes a part of a second per
/// page of a template, and of one page only when that is the next page of the form before it and says so;
/// when `time` (of the processor) is over, no page is found any more. Not thread-safe.
class TemplateSearch {
 public:
  /// Both are borrowed. The recogniser reads print only where anchors or editions are words.
  TemplateSearch(const ReadingTemplates& forms, Recogniser& recogniser, std::chrono::duration<double> time)
      : forms_(forms), recogniser_(recogniser), left_(time) {}

  [[nodiscard]] TemplatePlace place(const GrayImage& image);
  [[nodiscard]] const ReadingTemplate& form(const HeldPage& held) const { return forms_[held.form]; }

 private:
  class Picture;
  [[nodiscard]] TemplatePlace place_on(Picture& picture) const;
  [[nodiscard]] std::optional<HeldPage> expected() const;

  const ReadingTemplates& forms_;
  Recogniser& recogniser_;
  std::chrono::duration<double> left_;
  std::optional<HeldPage> last_;  ///< that was found
};

}  // namespace softbot::ocr
