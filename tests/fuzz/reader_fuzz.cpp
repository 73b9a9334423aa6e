// links: softbot_reader_process softbot_reader_protocol softbot_ports softbot_geometry softbot_domain
// Whatever the process of a document says is a page in order or the end of its story, and what was believed
// survives writing and reading.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/reader_process/answer.h"
#include "adapters/reader_process/image_header.h"
#include "ports/read_page_bytes.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

std::optional<softbot::FormGeometry> find_nothing(const softbot::PageCode& /*code*/) {
  return std::nullopt;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace softbot;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(png_size(bytes));
  static_cast<void>(jpeg_size(bytes));
  const FindGeometry nothing = find_nothing;
  ocr::FrameParser parser;
  const ReadingTemplates no_templates;
  DocumentAnswer answer(nothing, no_templates);
  parser.feed(bytes);
  while (true) {
    const auto frame = parser.next();
    if (!frame || !*frame || !answer.take(**frame)) break;
  }
  int index = 0;
  for (const ReadPage& page : std::move(answer).finish(std::nullopt).pages) {
    must(page.index == index++);
    must(read_page_from(to_bytes(page)).has_value());
  }
  return 0;
}
