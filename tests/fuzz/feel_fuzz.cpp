// links: softbot_dmn
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "dmn/dmn.h"

// Any text as a FEEL expression: it is refused or evaluated, within bounds; and the text of a value is FEEL
// again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace softbot::dmn;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Context variables{{"a", Value(1)}, {"Full name", Value("Jo")}, {"list", Value(List{1, 2, 3})}};
  const Value value = evaluate_feel(text, variables).result;
  const std::string printed = value.text();
  if (value.nesting() == 0 && value.kind() != Value::Kind::string && value.kind() != Value::Kind::function &&
      !(evaluate_feel(printed, {}).result == value))
    std::abort();
  return 0;
}
