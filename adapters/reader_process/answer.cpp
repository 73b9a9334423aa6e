#include "adapters/reader_process/answer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "adapters/reader_process/image_header.h"
#include "domain/json.h"
#include "ports/read_page_bytes.h"

namespace softbot {
namespace {

using ocr::Frame;
using ocr::FrameKind;

constexpr int most_pages = 500;
constexpr int most_questions = 600;
constexpr std::size_t most_bytes = std::size_t{768} << 20;
constexpr std::size_t longest_words = 600;
constexpr std::array<std::string_view, 8> refusals{"damaged",        "encrypted", "unsupported", "too-large",
                                                   "too-many-pages", "empty",     "time",        "memory"};

tl::unexpected<Error> odd() {
  return fail(ErrorCode::damaged, "The process that read this document said something odd.");
}

bool is_the_picture_it_says(const ReadImage& image) {
  const auto size = image.media_type == "image/png" ? png_size(image.bytes) : jpeg_size(image.bytes);
  return size == ImageSize{image.width, image.height};
}

bool is_one_line(std::string_view words) {
  return words.size() <= longest_words && is_utf8(words) &&
         std::ranges::all_of(words, [](char sign) { return static_cast<unsigned char>(sign) >= ' '; });
}

bool was_read(const ReadPage& page) {
  return page.problem != "damaged" && page.problem != "too-large" && page.problem != "not-read";
}

FieldError refused_with(const char* code, const char* words) {
  return {"file", code, words};
}

}  // namespace

Result<DocumentAnswer::Step> DocumentAnswer::take(const Frame& frame) {
  bytes_ += frame.payload.size();
  if (ended_ || bytes_ > most_bytes) return odd();
  if (frame.kind == FrameKind::opened) return opened(frame.payload);
  if (frame.kind == FrameKind::refused) return refusal(frame.payload);
  if (pages_ == 0) return odd();
  if (frame.kind == FrameKind::question) return question(frame.payload);
  if (frame.kind == FrameKind::template_question) return template_question();
  if (frame.kind == FrameKind::page) return page(frame.payload);
  const bool all_there = file_.pages.size() == static_cast<std::size_t>(pages_);
  if (frame.kind != FrameKind::end || !all_there) return odd();
  ended_ = true;
  return Step{true, {}};
}

Result<DocumentAnswer::Step> DocumentAnswer::opened(const std::string& payload) {
  int pages = 0;
  const char* end = payload.data() + payload.size();
  const auto read = std::from_chars(payload.data(), end, pages);
  if (pages_ != 0 || read.ec != std::errc() || read.ptr != end || pages < 1 || pages > most_pages)
    return odd();
  pages_ = pages;
  return Step{};
}

Result<DocumentAnswer::Step> DocumentAnswer::question(const std::string& payload) {
  const auto code = page_code_from(payload);
  if (!code || code->kind != PageCode::Kind::form || ++questions_ > most_questions) return odd();
  const auto geometry = find_geometry_(*code);
  const std::string answer = geometry ? to_json(to_value(*geometry)) : std::string();
  return Step{false, ocr::frame_bytes(FrameKind::answer, answer)};
}

Result<DocumentAnswer::Step> DocumentAnswer::template_question() {
  if (++questions_ > most_questions) return odd();
  std::string answer;
  if (!templates_.empty()) {
    Value list = Value::list();
    for (const ReadingTemplate& one : templates_) list.push(to_value(one));
    answer = to_json(list);
  }
  return Step{false, ocr::frame_bytes(FrameKind::answer, answer)};
}

Result<DocumentAnswer::Step> DocumentAnswer::page(const std::string& payload) {
  auto page = read_page_from(payload);
  const auto next = static_cast<int>(file_.pages.size());
  if (!page || page->index != next || next >= pages_) return odd();
  const bool at_home =
      std::ranges::all_of(page->readings, [&](const Reading& one) { return one.page == next; });
  if (!at_home || !std::ranges::all_of(page->images, is_the_picture_it_says)) return odd();
  file_.pages.push_back(std::move(*page));
  return Step{};
}

Result<DocumentAnswer::Step> DocumentAnswer::refusal(const std::string& payload) {
  const auto value = parse_json(payload);
  if (!value) return odd();
  const std::string& code = (*value)["code"].text_or_empty();
  const std::string& words = (*value)["message"].text_or_empty();
  if (std::ranges::find(refusals, code) == refusals.end() || words.empty() || !is_one_line(words))
    return odd();
  refused_ = FieldError{"file", code, words};
  ended_ = true;
  return Step{true, {}};
}

ReadFile DocumentAnswer::finish(std::optional<FieldError> refused) && {
  file_.refused = std::move(refused);
  if (!file_.refused) return std::move(file_);
  if (std::ranges::none_of(file_.pages, was_read)) {
    file_.pages.clear();
    return std::move(file_);
  }
  for (auto index = static_cast<int>(file_.pages.size()); index < pages_; ++index) {
    ReadPage page;
    page.index = index;
    page.problem = "not-read";
    file_.pages.push_back(std::move(page));
  }
  return std::move(file_);
}

FieldError refused_for_time() {
  return refused_with("time",
                      "Het lezen van dit bestand duurde te lang en is gestopt. Scan het opnieuw met 300 "
                      "beeldpunten per inch (dpi), of verdeel het over meer bestanden.");
}

FieldError refused_for_memory() {
  return refused_with("memory",
                      "Dit bestand vraagt meer geheugen dan één document mag gebruiken. Scan het opnieuw "
                      "met 300 beeldpunten per inch (dpi).");
}

FieldError refused_as_crashed() {
  return refused_with("crashed",
                      "Het lezen van dit bestand is misgegaan, waarschijnlijk omdat het beschadigd is. "
                      "Scan of bewaar het opnieuw.");
}

}  // namespace softbot
