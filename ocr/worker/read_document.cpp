#include "ocr/worker/read_document.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "ocr/decode/refusal.h"
#include "ocr/decode/scan_file.h"
#include "ocr/fields/recogniser.h"
#include "ocr/fields/template_place.h"
#include "ocr/page/blank_page.h"
#include "ocr/page/legibility.h"
#include "ocr/read_page.h"

namespace softbot::ocr {
namespace {

constexpr std::chrono::seconds print_per_fifty_pages{7};
/// For finding templates; the starter gives so much more time where there are any.
constexpr std::chrono::seconds templates_per_fifty_pages{36};
constexpr int pages_of_a_portion = 50;

int portions_of(int pages) {
  return (pages + pages_of_a_portion - 1) / pages_of_a_portion;
}

/// So many letters and digits of its own make a page one of print, not a picture with a line of print.
constexpr std::ptrdiff_t least_signs = 60;

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Of this process, so that a busy machine does not cut a document short.
std::chrono::duration<double> time_used() {
  return std::chrono::duration<double>(static_cast<double>(std::clock()) / CLOCKS_PER_SEC);
}

/// Takes print from the file where it is there as characters, and else reads it as long as there is time (of
/// the processor): what is printed is a hint, and a page without the hint is worth more than no page.
class ThriftyRecogniser final : public Recogniser {
 public:
  ThriftyRecogniser(Recogniser& reader, int pages)
      : reader_(reader), left_(print_per_fifty_pages * portions_of(pages)) {}

  std::vector<SignChances> signs(const std::vector<BoxInk>& boxes, std::string_view pattern) override {
    return reader_.signs(boxes, pattern);
  }
  /// What the next page holds as characters.
  void next_page_holds(const std::string& text) {
    const bool enough = std::count_if(text.begin(), text.end(), is_letter_or_digit) >= least_signs;
    text_ = enough ? text : std::string();
  }
  std::string printed_text(const GrayImage& page) override {
    if (!text_.empty()) return text_;
    if (left_.count() <= 0) return {};
    const auto begun = time_used();
    std::string text = reader_.printed_text(page);
    left_ -= time_used() - begun;
    return text;
  }
  std::vector<PrintedWord> printed_words(const GrayImage& page) override {
    return reader_.printed_words(page);  // a page is found by them
  }
  [[nodiscard]] std::string version() const override { return reader_.version(); }

 private:
  Recogniser& reader_;
  std::chrono::duration<double> left_;
  std::string text_;
};

/// Gives the pages of one form after the other in a file the same set number: a page that is there already,
/// or one of another form, begins the next.
class SetsInFile {
 public:
  void number(ReadPage& page) {
    if (!page.code || page.code_of_softbot) return;
    const bool same_form = page.code->geometry == form_;
    if (!same_form || !seen_.insert(page.code->page).second) {
      ++sets_;
      seen_ = {page.code->page};
      form_ = page.code->geometry;
    }
    const std::string digits = std::to_string(sets_);
    page.code->set.replace(page.code->set.size() - digits.size(), digits.size(), digits);
  }

 private:
  int sets_ = 0;
  std::set<int> seen_;
  std::string form_;
};

/// What the file says of a page, on top of what was seen on it.
ReadPage as_found(const DecodedPage& decoded, ReadPage page) {
  page.index = decoded.index;
  page.width = decoded.width;
  page.height = decoded.height;
  page.dpi = decoded.dpi;
  if (decoded.problem) page.problem = decoded.problem->code;
  return page;
}

ReadPage page_with(const DecodedPage& decoded, const PageReadingTools& tools) {
  if (decoded.problem) return as_found(decoded, {});
  return as_found(decoded, read_page(decoded.image, decoded.index, tools));
}

ReadPage looked_at(const DecodedPage& decoded) {
  constexpr double mm_per_inch = 25.4;
  constexpr double a4_width_mm = 210;
  ReadPage page;
  if (!decoded.problem) {
    const GrayImage& image = decoded.image;
    page.blank = is_blank(image, image.dpi > 0 ? image.dpi / mm_per_inch : image.width / a4_width_mm);
    page.legible = !page.blank && is_legible(image);
  }
  return as_found(decoded, std::move(page));
}

void end_with(const std::optional<FieldError>& problem, DocumentChannel& channel) {
  if (problem) {
    channel.refused(problem->code, problem->message);
  } else {
    channel.end();
  }
}

}  // namespace

void read_document(const std::string& bytes, Recogniser& recogniser, DocumentChannel& channel) {
  auto file = ScanFile::open(bytes);
  if (!file) {
    channel.refused(file.error().code, file.error().message);
    return;
  }
  channel.opened(file->pages());
  const FindGeometry find = [&](const PageCode& code) { return channel.find_geometry(code); };
  ThriftyRecogniser thrifty(recogniser, file->pages());
  const ReadingTemplates templates = channel.reading_templates();
  TemplateSearch search(templates, thrifty, templates_per_fifty_pages * portions_of(file->pages()));
  const PageReadingTools tools{thrifty, find, templates.empty() ? nullptr : &search};
  SetsInFile sets;
  std::optional<FieldError> problem;  // the first
  for (int index = 0; index < file->pages(); ++index) {
    const DecodedPage decoded = file->page(index);
    if (!problem) problem = decoded.problem;
    thrifty.next_page_holds(decoded.text);
    ReadPage page = page_with(decoded, tools);
    sets.number(page);
    channel.page(std::move(page));
  }
  end_with(problem, channel);
}

void look_at_document(const std::string& bytes, DocumentChannel& channel) {
  auto file = ScanFile::open(bytes);
  if (!file) {
    channel.refused(file.error().code, file.error().message);
    return;
  }
  channel.opened(file->pages());
  std::optional<FieldError> problem;  // the first
  for (int index = 0; index < file->pages(); ++index) {
    const DecodedPage decoded = file->page(index);
    if (!problem) problem = decoded.problem;
    channel.page(looked_at(decoded));
  }
  end_with(problem, channel);
}

}  // namespace softbot::ocr
