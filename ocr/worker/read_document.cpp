#include "ocr/worker/read_document.h"

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "ocr/decode/refusal.h"
#include "ocr/decode/scan_file.h"
#include "ocr/fields/recogniser.h"
#include "ocr/read_page.h"

namespace softbot::ocr {
namespace {

constexpr std::chrono::seconds print_per_fifty_pages{7};
constexpr int pages_of_a_portion = 50;

/// Reads print as long as there is time for it: what is printed is a hint for people, and a page without the
/// hint is worth more than no page.
class ThriftyRecogniser final : public Recogniser {
 public:
  ThriftyRecogniser(Recogniser& reader, int pages)
      : reader_(reader),
        left_(print_per_fifty_pages * ((pages + pages_of_a_portion - 1) / pages_of_a_portion)) {}

  std::vector<SignChances> signs(const std::vector<BoxInk>& boxes, std::string_view pattern) override {
    return reader_.signs(boxes, pattern);
  }
  std::string printed_text(const GrayImage& page) override {
    if (left_ <= std::chrono::steady_clock::duration::zero()) return {};
    const auto begun = std::chrono::steady_clock::now();
    std::string text = reader_.printed_text(page);
    left_ -= std::chrono::steady_clock::now() - begun;
    return text;
  }
  std::vector<PrintedWord> printed_words(const GrayImage& page) override {
    return reader_.printed_words(page);  // a page is found by them
  }
  [[nodiscard]] std::string version() const override { return reader_.version(); }

 private:
  Recogniser& reader_;
  std::chrono::steady_clock::duration left_;
};

/// Gives the pages of one form after the other in a file the same set number: a page that is there already
/// begins the next form.
class SetsInFile {
 public:
  void number(ReadPage& page) {
    if (!page.code || page.code_of_softbot) return;
    if (!seen_.insert(page.code->page).second) {
      ++sets_;
      seen_ = {page.code->page};
    }
    const std::string digits = std::to_string(sets_);
    page.code->set.replace(page.code->set.size() - digits.size(), digits.size(), digits);
  }

 private:
  int sets_ = 1;
  std::set<int> seen_;
};

ReadPage page_with(const DecodedPage& decoded, const PageReadingTools& tools) {
  if (!decoded.problem) {
    ReadPage page = read_page(decoded.image, decoded.index, tools);
    page.index = decoded.index;
    page.width = decoded.width;
    page.height = decoded.height;
    page.dpi = decoded.dpi;
    return page;
  }
  ReadPage page;
  page.index = decoded.index;
  page.width = decoded.width;
  page.height = decoded.height;
  page.dpi = decoded.dpi;
  page.problem = decoded.problem->code;
  return page;
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
  const std::optional<ReadingTemplate> reading_template = channel.reading_template();
  const PageReadingTools tools{thrifty, find, reading_template ? &*reading_template : nullptr};
  SetsInFile sets;
  std::optional<FieldError> problem;  // the first
  for (int index = 0; index < file->pages(); ++index) {
    const DecodedPage decoded = file->page(index);
    if (!problem) problem = decoded.problem;
    ReadPage page = page_with(decoded, tools);
    sets.number(page);
    channel.page(std::move(page));
  }
  if (problem) {
    channel.refused(problem->code, problem->message);
  } else {
    channel.end();
  }
}

}  // namespace softbot::ocr
