// links: softbot_geometry softbot_domain
// What a page's code, a geometry or a reading says is taken or refused, and what was taken survives writing
// and reading.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "domain/json.h"
#include "domain/reading.h"
#include "forms/geometry/geometry.h"
#include "forms/geometry/page_code.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  using namespace softbot;
  if (const auto code = page_code_from(text)) must(page_code_from(to_text(*code)) == code);
  const auto value = parse_json(text);
  if (!value) return 0;
  if (const auto geometry = geometry_from(*value)) {
    const auto back = geometry_from(to_value(*geometry));
    must(back.has_value() && geometry_id(*back) == geometry_id(*geometry));
  }
  if (const auto reading = reading_from("field", *value))
    must(reading_from("field", to_value(*reading)).has_value());
  return 0;
}
