// links: softbot_dmn
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dmn/dmn.h"

// Any bytes as a model: it is refused with a reason, or every decision is evaluated within bounds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace softbot::dmn;
  const std::string_view xml(reinterpret_cast<const char*>(data), size);
  const LoadOptions options{BrokenExpression::becomes_null, {}};
  const auto model = Model::load(xml, options);
  if (!model) return 0;
  Conditions conditions;
  conditions.limits.steps = 20'000;
  Context inputs;
  for (const Variable& input : model->inputs()) inputs.set(input.name, Value(1));
  for (const Variable& decision : model->decisions())
    static_cast<void>(model->evaluate(decision.name, inputs, conditions));
  return 0;
}
