#include "dmn/model.h"

#include <algorithm>
#include <set>
#include <utility>

#include "dmn/loader.h"
#include "dmn/run.h"

namespace softbot::dmn {

namespace {

Evaluation unknown_element(std::string_view name, const char* what) {
  DecisionTrace trace;
  trace.name = std::string(name);
  trace.errors.push_back(std::string("the model has no ") + what + " \"" + std::string(name) + "\"");
  return Evaluation{Value(), Trace{{std::move(trace)}}};
}

template <class Elements, class NameOf>
std::optional<std::uint32_t> find_element(const Elements& elements, NameOf name_of) {
  for (std::uint32_t index = 0; index < elements.size(); ++index)
    if (name_of(elements[index])) return index;
  return std::nullopt;
}

std::optional<std::uint32_t> find_decision(const Model::Compiled& model, std::string_view name_or_id) {
  const auto by_name =
      find_element(model.decisions, [&](const DecisionCode& one) { return one.variable.name == name_or_id; });
  if (by_name) return by_name;
  return find_element(model.decisions, [&](const DecisionCode& one) {
    return one.variable.id == name_or_id || one.element == name_or_id || one.qualified == name_or_id;
  });
}

std::optional<Reference> find_callable(const Model::Compiled& model, std::string_view name) {
  if (const auto service =
          find_element(model.services, [&](const ServiceCode& one) { return one.name == name; }))
    return Reference{Reference::Kind::service, *service};
  if (const auto knowledge =
          find_element(model.knowledge, [&](const KnowledgeCode& one) { return one.name == name; }))
    return Reference{Reference::Kind::knowledge, *knowledge};
  return std::nullopt;
}

void add_inputs(const Model::Compiled& model, const std::vector<FrameEntry>& frame,
                std::set<std::string>& names) {
  for (const FrameEntry& entry : frame) {
    for (const FrameEntry::Member& member : entry.members) {
      const Reference& element = member.element;
      if (element.kind == Reference::Kind::input) names.insert(model.inputs[element.index].variable.name);
      if (element.kind == Reference::Kind::decision)
        add_inputs(model, model.decisions[element.index].frame, names);
    }
  }
}

}  // namespace

std::string Problem::text() const {
  std::string text;
  if (line > 0) text += "line " + std::to_string(line) + ", ";
  if (!element.empty()) text += element + ": ";
  return text + message;
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::met:
      return "met";
    case Verdict::unmet:
      return "unmet";
    case Verdict::unknown:
      break;
  }
  return "unknown";
}

const DecisionTrace* Trace::find(std::string_view decision) const {
  for (const DecisionTrace& trace : decisions)
    if (trace.name == decision) return &trace;
  return nullptr;
}

std::vector<std::string> Trace::errors() const {
  std::vector<std::string> all;
  for (const DecisionTrace& trace : decisions)
    for (const std::string& error : trace.errors) all.push_back(trace.name + ": " + error);
  return all;
}

tl::expected<Model, Problem> Model::load(std::string_view xml) {
  return load(xml, LoadOptions{});
}

tl::expected<Model, Problem> Model::load(std::string_view xml, const LoadOptions& options) {
  try {
    return Model(Loader(xml, options).load());
  } catch (const LoadError& error) {
    return tl::unexpected<Problem>(error.problem);
  }
}

const std::string& Model::name() const {
  return compiled_->name;
}
const std::string& Model::name_space() const {
  return compiled_->name_space;
}
const std::vector<Variable>& Model::inputs() const {
  return compiled_->own_inputs;
}
const std::vector<Variable>& Model::decisions() const {
  return compiled_->own_decisions;
}
const std::vector<Problem>& Model::problems() const {
  return compiled_->problems;
}

std::vector<std::string> Model::inputs_of(std::string_view decision) const {
  std::set<std::string> names;
  const auto index = find_element(compiled_->decisions,
                                  [&](const DecisionCode& one) { return one.variable.name == decision; });
  if (index) add_inputs(*compiled_, compiled_->decisions[*index].frame, names);
  return {names.begin(), names.end()};
}

Evaluation Model::evaluate(std::string_view decision, const Context& inputs) const {
  return evaluate(decision, inputs, Conditions{});
}

Evaluation Model::evaluate(std::string_view decision, const Context& inputs,
                           const Conditions& conditions) const {
  const auto index = find_decision(*compiled_, decision);
  if (!index) return unknown_element(decision, "decision");
  return Run(compiled_, inputs, conditions).decision(*index);
}

struct Conclusions::State {
  State(std::shared_ptr<const Model::Compiled> model, const Context& inputs)
      : run(std::move(model), inputs, Conditions{{}, Tracing::errors_only, {}}) {}

  Run run;  ///< never moves
};

Conclusions::Conclusions(const Model& model, const Context& inputs)
    : state_(std::make_unique<State>(model.compiled_, inputs)) {
}

Conclusions::~Conclusions() = default;

Conclusion Conclusions::of(std::size_t decision) {
  return state_->run.outcome(static_cast<std::uint32_t>(decision));
}

Evaluation Model::evaluate_all(const Context& inputs, const Conditions& conditions) const {
  return Run(compiled_, inputs, conditions).all_decisions();
}

Evaluation Model::invoke(std::string_view name, const Context& arguments) const {
  return invoke(name, arguments, Conditions{});
}

Evaluation Model::invoke(std::string_view name, const Context& arguments,
                         const Conditions& conditions) const {
  const auto callable = find_callable(*compiled_, name);
  if (!callable) return unknown_element(name, "decision service or knowledge model");
  return Run(compiled_, arguments, conditions).invoke(*callable, arguments);
}

bool Model::has_decision(std::string_view name_or_id) const {
  return find_decision(*compiled_, name_or_id).has_value();
}

Type Model::input_type() const {
  Type all(Type::Kind::context);
  for (const InputCode& input : compiled_->inputs) {
    if (input.import.empty()) {
      all.members.push_back({input.variable.name, input.variable.type});
      continue;
    }
    auto import = std::find_if(all.members.begin(), all.members.end(),
                               [&](const Type::Member& member) { return member.name == input.import; });
    if (import == all.members.end())
      import = all.members.insert(import, {input.import, Type(Type::Kind::context)});
    import->type.members.push_back({input.variable.name, input.variable.type});
  }
  return all;
}

std::optional<Type> Model::parameters_of(std::string_view name) const {
  const auto callable = find_callable(*compiled_, name);
  if (!callable) return std::nullopt;
  const std::uint32_t function = callable->kind == Reference::Kind::service
                                     ? compiled_->services[callable->index].function
                                     : compiled_->knowledge[callable->index].function;
  Type all(Type::Kind::context);
  for (const Parameter& parameter : compiled_->code.functions[function].parameters)
    all.members.push_back({parameter.name, parameter.type});
  return all;
}

std::optional<Value> value_from_text(const Type& type, std::string_view text) {
  const auto wrapped = [](const auto& value) { return value ? std::optional(Value(*value)) : std::nullopt; };
  switch (type.kind) {
    case Type::Kind::any:
    case Type::Kind::string:
      return Value(text);
    case Type::Kind::boolean:
      if (text == "true" || text == "false") return Value(text == "true");
      return std::nullopt;
    case Type::Kind::number:
      return wrapped(Number::parse(text));
    case Type::Kind::date:
      return wrapped(parse_date(text));
    case Type::Kind::time:
      return wrapped(parse_time(text));
    case Type::Kind::date_time:
      if (const auto moment = parse_date_time(text)) return Value(*moment);
      if (const auto date = parse_date(text)) return Value(DateTime{*date, Time{}});
      return std::nullopt;
    case Type::Kind::days_duration:
      return wrapped(parse_days_duration(text));
    case Type::Kind::months_duration:
      return wrapped(parse_months_duration(text));
    default:
      return std::nullopt;
  }
}

DateTime utc_moment(std::chrono::system_clock::time_point moment) {
  const auto since = std::chrono::duration_cast<std::chrono::nanoseconds>(moment.time_since_epoch()).count();
  constexpr std::int64_t second = 1'000'000'000;
  const DateTime epoch{Date{}, Time{0, 0, 0, 0, Zone{Zone::Kind::offset, 0, nullptr}}};
  return add(epoch, DaysDuration{since / second, static_cast<std::int32_t>(since % second)}).value_or(epoch);
}

Evaluation evaluate_feel(std::string_view expression, const Context& variables) {
  return evaluate_feel(expression, variables, Conditions{});
}

Evaluation evaluate_feel(std::string_view expression, const Context& variables,
                         const Conditions& conditions) {
  auto code = std::make_shared<Code>();
  Scope scope;
  MemberNames members;
  for (const char* property : {"time offset", "start included", "end included"}) members.add(property);
  List frame;
  for (const Context::Entry& entry : variables.entries()) {
    scope.push(entry.name);
    frame.push_back(entry.value);
  }
  code->sources.push_back(Source{0, std::string(expression)});
  const std::map<std::string, Type> types;
  const auto parsed = compile_expression(expression, Surroundings{*code, scope, members, types});
  DecisionTrace trace;
  if (!parsed) {
    trace.errors.push_back("this is no valid FEEL: " + parsed.error().message + " (character " +
                           std::to_string(parsed.error().at + 1) + ")");
    return Evaluation{Value(), Trace{{std::move(trace)}}};
  }
  Machine machine(code, conditions);
  machine.trace_into(&trace);
  trace.result = machine.run(parsed->node, frame);
  Value result = trace.result;
  return Evaluation{std::move(result), Trace{{std::move(trace)}}};
}

}  // namespace softbot::dmn
