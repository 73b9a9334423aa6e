// links: softbot_http softbot_domain
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "domain/json.h"
#include "http/multipart.h"

namespace {

void require(bool held) {
  if (!held) {
    std::abort();
  }
}

}  // namespace

/// The first line is the Content-Type, the rest the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace softbot::http;
  const std::string text(data, data + size);
  const std::size_t line = text.find('\n');
  const std::string_view body =
      line == std::string::npos ? std::string_view() : std::string_view(text).substr(line + 1);
  const MultipartLimits limits{.form = {.fields = 20, .name_bytes = 50, .value_bytes = 500},
                               .files = 5,
                               .file_bytes = 1'000,
                               .part_header_bytes = 300};
  if (const auto form = parse_multipart(std::string_view(text).substr(0, line), body, limits)) {
    require(form->files.size() <= limits.files && form->fields.pairs().size() <= limits.form.fields);
    for (const UploadedFile& file : form->files) {
      require(file.content.size() <= limits.file_bytes && body.find(file.content) != std::string_view::npos);
      require(softbot::is_utf8(file.name) && !file.name.empty() && file.name.find('/') == std::string::npos);
    }
    for (const auto& [name, value] : form->fields.pairs()) {
      require(softbot::is_utf8(name) && softbot::is_utf8(value) && value.size() <= limits.form.value_bytes);
    }
  }
  if (const auto form = parse_form(body, limits.form)) {
    require(form->pairs().size() <= limits.form.fields);
  }
  require(percent_decoded(percent_encoded(text)) == text);
  return 0;
}
