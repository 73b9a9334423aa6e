#include "dmn/run.h"

#include <utility>

#include "dmn/function.h"

namespace softbot::dmn {

namespace {

constexpr std::size_t most_traces = 2000;
constexpr int deepest_service = 20;

}  // namespace

Run::Run(std::shared_ptr<const Model::Compiled> model, const Context& inputs, const Conditions& conditions)
    : model_(std::move(model)),
      given_(inputs),
      machine_(std::shared_ptr<const Code>(model_, &model_->code), conditions) {
  known_ = nothing_known(*model_);
  machine_.on_service([this](std::uint32_t index, const List& arguments) { return serve(index, arguments); });
}

Run::Known Run::nothing_known(const Model::Compiled& model) {
  Known known;
  known.inputs.resize(model.inputs.size());
  known.decisions.resize(model.decisions.size());
  known.doubtful_inputs.resize(model.inputs.size());
  known.doubtful_decisions.resize(model.decisions.size());
  return known;
}

Conclusion Run::outcome(std::uint32_t index) {
  machine_.count_doubts();
  Value result = decide(index);
  return {std::move(result), !known_.doubtful_decisions[index]};
}

Evaluation Run::decision(std::uint32_t index) {
  Value result = decide(index);
  return Evaluation{std::move(result), std::move(trace_)};
}

Evaluation Run::all_decisions() {
  Context results;
  for (std::uint32_t index = 0; index < model_->own_decisions.size(); ++index)
    results.set(model_->own_decisions[index].name, decide(index));
  return Evaluation{Value(std::move(results)), std::move(trace_)};
}

Evaluation Run::invoke(const Reference& callable, const Context& arguments) {
  DecisionTrace trace;
  const bool service = callable.kind == Reference::Kind::service;
  trace.name = service ? model_->services[callable.index].name : model_->knowledge[callable.index].name;
  machine_.trace_into(&trace);
  const Value function = value_of(callable);
  List given;
  for (const Parameter& parameter : function.as_function()->code().parameters) {
    const Value* found = arguments.find(parameter.name);
    given.push_back(found ? *found : Value());
  }
  trace.result = machine_.call(function, given);
  machine_.trace_into(nullptr);
  Value result = trace.result;
  keep(std::move(trace));
  return Evaluation{std::move(result), std::move(trace_)};
}

void Run::keep(DecisionTrace trace) {
  for (DecisionTrace& table : machine_.take_called_tables())
    if (trace_.decisions.size() < most_traces) trace_.decisions.push_back(std::move(table));
  if (trace_.decisions.size() < most_traces) trace_.decisions.push_back(std::move(trace));
}

Value Run::decide(std::uint32_t index) {
  if (known_.decisions[index]) {
    if (known_.doubtful_decisions[index]) machine_.doubt();
    return *known_.decisions[index];
  }
  const std::uint64_t doubts = machine_.doubts();
  const DecisionCode& decision = model_->decisions[index];
  DecisionTrace trace;
  DecisionTrace* outer = machine_.trace_into(&trace);
  const std::size_t mark = machine_.mark();
  for (const FrameEntry& entry : decision.frame) machine_.push(entry_value(entry));
  Value result = machine_.run_from(decision.body, mark);
  const Type& type = decision.variable.type;
  if (type.kind != Type::Kind::any || !type.allowed.empty())
    result = machine_.coerce(result, type, decision.variable.name);
  machine_.trace_into(outer);
  known_.decisions[index] = result;
  known_.doubtful_decisions[index] = machine_.doubts() != doubts;
  if (!machine_.traces_rules() && trace.errors.empty()) return result;
  trace.name = decision.variable.name;
  trace.id = decision.variable.id;
  trace.result = result;
  keep(std::move(trace));
  return result;
}

Value Run::input(std::uint32_t index) {
  if (known_.inputs[index]) {
    if (known_.doubtful_inputs[index]) machine_.doubt();
    return *known_.inputs[index];
  }
  const std::uint64_t doubts = machine_.doubts();
  const InputCode& input = model_->inputs[index];
  const Value* found = nullptr;
  Value import;
  if (!input.import.empty()) {
    if (const Value* context = given_.find(input.import)) import = *context;
    if (const Context* members = import.as_context()) found = members->find(input.variable.name);
  }
  if (!found && !input.qualified.empty()) found = given_.find(input.qualified);
  if (!found) found = given(index, input.variable.name);
  if (!found && !input.element.empty()) found = given_.find(input.element);
  Value value = found ? machine_.coerce(*found, input.variable.type, input.variable.name) : Value();
  known_.inputs[index] = value;
  known_.doubtful_inputs[index] = machine_.doubts() != doubts;
  return value;
}

/// An input by its name; callers who give them in the model's own order are not made to wait.
const Value* Run::given(std::uint32_t index, const std::string& name) const {
  const auto& entries = given_.entries();
  if (index < entries.size() && entries[index].name == name) return &entries[index].value;
  return given_.find(name);
}

Value Run::value_of(const Reference& element) {
  switch (element.kind) {
    case Reference::Kind::input:
      return input(element.index);
    case Reference::Kind::decision:
      return decide(element.index);
    case Reference::Kind::knowledge:
      return function(model_->knowledge[element.index].function, model_->knowledge[element.index].frame);
    case Reference::Kind::service:
      return function(model_->services[element.index].function, {});
  }
  return {};
}

Value Run::function(std::uint32_t index, const std::vector<FrameEntry>& entries) {
  return Value(std::make_shared<const Function>(std::shared_ptr<const Code>(model_, &model_->code), index,
                                                frame(entries)));
}

List Run::frame(const std::vector<FrameEntry>& entries) {
  List variables;
  variables.reserve(entries.size());
  for (const FrameEntry& entry : entries) variables.push_back(entry_value(entry));
  return variables;
}

Value Run::entry_value(const FrameEntry& entry) {
  if (!entry.is_import) return value_of(entry.members.front().element);
  Context members;
  for (const FrameEntry::Member& member : entry.members) members.set(member.name, value_of(member.element));
  return Value(std::move(members));
}

/// A decision service: its input decisions are given, the others are taken anew (DMN 1.5, 10.4).
Value Run::serve(std::uint32_t index, const List& arguments) {
  const ServiceCode& service = model_->services[index];
  if (depth_ >= deepest_service) {
    machine_.note("decision services nest too deep");
    return {};
  }
  ++depth_;
  Known outer = std::exchange(known_, nothing_known(*model_));
  known_.inputs = outer.inputs;
  known_.doubtful_inputs = outer.doubtful_inputs;
  for (std::size_t at = 0; at < service.parameters.size() && at < arguments.size(); ++at) {
    const Reference& parameter = service.parameters[at];
    if (parameter.kind == Reference::Kind::input) known_.inputs[parameter.index] = arguments[at];
    if (parameter.kind == Reference::Kind::decision) known_.decisions[parameter.index] = arguments[at];
  }
  Value result;
  if (service.outputs.size() == 1) {
    result = decide(service.outputs.front());
  } else {
    Context outputs;
    for (const std::uint32_t output : service.outputs)
      outputs.set(model_->decisions[output].variable.name, decide(output));
    result = Value(std::move(outputs));
  }
  known_ = std::move(outer);
  --depth_;
  const bool is_function = service.type.kind == Type::Kind::function;
  if (is_function && !service.type.element) return result;
  return machine_.coerce(result, is_function ? *service.type.element : service.type, service.name);
}

}  // namespace softbot::dmn
