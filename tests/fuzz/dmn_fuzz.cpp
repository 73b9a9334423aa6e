// links: softbot_dmn
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "dmn/check.h"
#include "dmn/dmn.h"

// Any bytes as a model: it is refused with a reason, or every decision is evaluated within bounds, with its
// trace and by the index of its tables, and the model is checked.
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
  Conditions quick = conditions;
  quick.tracing = Tracing::errors_only;
  for (const Variable& decision : model->decisions()) {
    const Evaluation full = model->evaluate(decision.name, inputs, conditions);
    const Evaluation looked_up = model->evaluate(decision.name, inputs, quick);
    if (full.trace.errors().empty() && looked_up.trace.errors().empty() &&
        full.result.text() != looked_up.result.text())
      std::abort();
  }
  static_cast<void>(model->evaluate_all(inputs, quick));
  static_cast<void>(check(xml, options));
  return 0;
}
