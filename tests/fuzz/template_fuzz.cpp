// links: softbot_forms softbot_geometry softbot_domain
// A template that somebody wrote is taken or refused with words; one that was taken travels unharmed.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "domain/json.h"
#include "forms/template_reader.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace softbot;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = read_template("t.json", text);
  if (!read) {
    must(!read.error().empty() && !read.error().front().remedy.empty());
  } else {
    const auto back = reading_template_from(to_value(*read));
    must(back.has_value() && geometry_id(back->geometry) == geometry_id(read->geometry));
  }
  if (const auto value = parse_json(text)) static_cast<void>(reading_template_from(*value));
  return 0;
}
