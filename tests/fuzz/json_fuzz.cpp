// links: softbot_domain
// Any bytes are JSON or refused; what was read is written and read back the same, compact and for people.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "domain/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value =
      softbot::parse_json(text, {.bytes = 1 << 20, .depth = 32, .values = 10'000, .members = 200});
  if (!value) return 0;
  if (!softbot::is_utf8(text)) std::abort();
  const auto again = softbot::parse_json(softbot::to_json(*value));
  const auto pretty = softbot::parse_json(softbot::to_pretty_json(*value));
  if (!again || !pretty || !(*again == *value) || !(*pretty == *value)) std::abort();
  return 0;
}
