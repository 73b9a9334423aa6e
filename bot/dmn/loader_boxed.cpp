#include <algorithm>
#include <utility>

#include "dmn/loader.h"

// Boxed expressions (DMN 1.5, 10.2.1) become the same nodes as FEEL text does.
namespace softbot::dmn {

namespace {

constexpr std::string_view kinds[] = {
    "literalExpression",  "decisionTable", "context", "relation", "list", "invocation",
    "functionDefinition", "conditional",   "filter",  "for",      "some", "every"};

bool is_expression(pugi::xml_node node) {
  return std::find(std::begin(kinds), std::end(kinds), dmn_name(node)) != std::end(kinds);
}

pugi::xml_node expression_in(pugi::xml_node parent) {
  for (const pugi::xml_node child : parent.children())
    if (is_expression(child)) return child;
  return {};
}

bool is_feel(const std::string& language) {
  return language.empty() || language.find("FEEL") != std::string::npos || language == "feel";
}

}  // namespace

void Loader::set_source(pugi::xml_node node, const std::string& text) {
  model_->code.sources.push_back(Source{xml().line(node), text});
  model_->code.current_source = static_cast<std::uint32_t>(model_->code.sources.size() - 1);
}

NodeId Loader::broken(pugi::xml_node node, const std::string& message) {
  Problem problem = xml().problem(node, message);
  if (options_.broken == BrokenExpression::refuse) throw LoadError{std::move(problem)};
  model_->problems.push_back(std::move(problem));
  return model_->code.add(Op::broken, model_->code.name(message), 0, {});
}

NodeId Loader::checked(pugi::xml_node node, const std::string& text,
                       tl::expected<Parsed, SyntaxError> parsed) {
  if (!parsed) {
    const std::size_t at = std::min(parsed.error().at, text.size());
    return broken(node, "`" + text.substr(0, 200) + "` is no valid FEEL: " + parsed.error().message +
                            " (character " + std::to_string(at + 1) + ")");
  }
  for (const std::string& fault : parsed->faults) {
    Problem problem = xml().problem(node, fault + ", in `" + text.substr(0, 200) + "`");
    if (options_.broken == BrokenExpression::refuse) throw LoadError{std::move(problem)};
    model_->problems.push_back(std::move(problem));
  }
  return parsed->node;
}

NodeId Loader::boxed(pugi::xml_node parent) {
  const pugi::xml_node node = expression_in(parent);
  if (node) return expression(node);
  set_source(parent, "");
  return model_->code.add(Op::broken, model_->code.name("there is no expression"), 0, {});
}

/// What cannot be compiled is null, where that is asked, and leaves the rest of the model as it is.
NodeId Loader::expression(pugi::xml_node node) {
  const std::uint32_t scope_size = scope_.size();
  const bool root = at_root_;
  try {
    const NodeId made = expression_of_kind(node);
    const std::string_view kind = dmn_name(node);
    if (kind == "literalExpression" || kind == "functionDefinition") return made;
    // The whole logic of a decision becomes of the type of its variable in any case.
    if (root && attribute(node, "typeRef") == attribute(dmn_child(node.parent(), "variable"), "typeRef"))
      return made;
    return typed(made, type_of(node), owner_);
  } catch (const LoadError& error) {
    if (options_.broken == BrokenExpression::refuse) throw;
    scope_.pop(scope_.size() - scope_size);
    model_->problems.push_back(error.problem);
    set_source(node, "");
    return model_->code.add(Op::broken, model_->code.name(error.problem.message), 0, {});
  }
}

NodeId Loader::expression_of_kind(pugi::xml_node node) {
  const bool root = std::exchange(at_root_, false);
  const std::string_view kind = dmn_name(node);
  if (kind != "literalExpression" && kind != "functionDefinition") entry_name_.clear();
  if (kind == "decisionTable") {
    at_root_ = root;
    return table(node);
  }
  if (kind == "literalExpression") return literal(node);
  if (kind == "context") return boxed_context(node);
  if (kind == "relation") return relation(node);
  if (kind == "list") return boxed_list(node);
  if (kind == "invocation") return invocation(node);
  if (kind == "functionDefinition") return function_definition(node);
  if (kind == "conditional") return conditional(node);
  if (kind == "filter") return boxed_filter(node);
  return loop(node);
}

NodeId Loader::feel(pugi::xml_node node, const std::string& text) {
  set_source(node, text);
  Surroundings surroundings = around();
  surroundings.entry_name = std::exchange(entry_name_, "");
  return checked(node, text, compile_expression(text, surroundings));
}

NodeId Loader::literal(pugi::xml_node node) {
  if (!is_feel(attribute(node, "expressionLanguage")))
    xml().refuse(
        node, "the expression language \"" + attribute(node, "expressionLanguage") + "\" is not supported");
  if (dmn_child(node, "importedValues")) xml().refuse(node, "imported values are not supported");
  return typed(feel(node, text_of(node)), type_of(node), owner_);
}

NodeId Loader::typed(NodeId node, const Type& type, const std::string& what) {
  if (type.kind == Type::Kind::any && type.allowed.empty()) return node;
  const std::uint32_t index = model_->code.type(type);
  return model_->code.add(Op::coerce, index, model_->code.name(what), {node});
}

NodeId Loader::boxed_context(pugi::xml_node node) {
  std::vector<NodeId> values;
  std::vector<std::string> keys;
  bool has_result = false;
  for (const pugi::xml_node entry : dmn_children(node, "contextEntry")) {
    if (has_result) xml().refuse(entry, "an entry stands behind the result of the context");
    const pugi::xml_node variable = dmn_child(entry, "variable");
    entry_name_ = attribute(variable, "name");
    NodeId value = boxed(entry);
    entry_name_.clear();
    if (!variable) {
      has_result = true;
      values.push_back(value);
      continue;
    }
    const std::string name = attribute(variable, "name");
    if (name.empty()) xml().refuse(variable, "the entry has no name");
    value = typed(value, type_of(variable), name);
    values.push_back(value);
    keys.push_back(name);
    members_.add(name);
    scope_.push(name);
  }
  scope_.pop(keys.size());
  set_source(node, "");
  return model_->code.add(Op::context, model_->code.keys(keys), has_result ? 1 : 0, values);
}

NodeId Loader::relation(pugi::xml_node node) {
  std::vector<std::string> columns;
  std::vector<Type> types;
  for (const pugi::xml_node column : dmn_children(node, "column")) {
    columns.push_back(attribute(column, "name"));
    types.push_back(type_of(column));
  }
  std::vector<NodeId> rows;
  for (const pugi::xml_node row : dmn_children(node, "row")) {
    std::vector<NodeId> cells;
    for (const pugi::xml_node cell : row.children()) {
      if (!is_expression(cell)) continue;
      if (cells.size() >= columns.size()) xml().refuse(cell, "the row has more cells than there are columns");
      cells.push_back(typed(expression(cell), types[cells.size()], columns[cells.size()]));
      scope_.push("");  // the evaluator keeps a slot for it, but the next cell does not see it
    }
    if (cells.size() != columns.size()) xml().refuse(row, "the row has fewer cells than there are columns");
    scope_.pop(cells.size());
    rows.push_back(model_->code.add(Op::context, model_->code.keys(columns), 0, cells));
  }
  set_source(node, "");
  return model_->code.add(Op::list, 0, 0, rows);
}

NodeId Loader::boxed_list(pugi::xml_node node) {
  std::vector<NodeId> items;
  for (const pugi::xml_node item : node.children())
    if (is_expression(item)) items.push_back(expression(item));
  set_source(node, "");
  return model_->code.add(Op::list, 0, 0, items);
}

NodeId Loader::invocation(pugi::xml_node node) {
  std::vector<NodeId> children = {boxed(node)};
  std::vector<std::string> names;
  for (const pugi::xml_node binding : dmn_children(node, "binding")) {
    const pugi::xml_node parameter = dmn_child(binding, "parameter");
    names.push_back(attribute(parameter, "name"));
    children.push_back(typed(boxed(binding), type_of(parameter), names.back()));
  }
  set_source(node, text_of(dmn_child(node, "literalExpression")));
  return model_->code.add(Op::call_named, model_->code.keys(names), 0, children);
}

/// Compiles a function definition in the scope that stands; its parameters come behind that. One with a name
/// may call itself.
std::uint32_t Loader::function_code(pugi::xml_node definition, const std::string& name) {
  FunctionCode made;
  made.name = name;
  made.captured = scope_.size();
  made.result = type_of(definition);
  if (made.result.kind == Type::Kind::function)  // the type of the function itself
    made.result = made.result.element ? Type(*made.result.element) : Type{};
  for (const pugi::xml_node parameter : dmn_children(definition, "formalParameter"))
    made.parameters.push_back(Parameter{attribute(parameter, "name"), type_of(parameter)});
  made.knows_itself = !name.empty() && !scope_.has(name);
  const std::size_t slots = made.parameters.size() + (made.knows_itself ? 1 : 0);
  if (made.knows_itself) scope_.push(name);
  for (const Parameter& parameter : made.parameters) scope_.push(parameter.name);
  if (const std::string kind = attribute(definition, "kind"); !kind.empty() && kind != "FEEL") {
    set_source(definition, "");
    made.body = broken(definition, "external functions (kind " + kind + ") are not supported");
  } else {
    made.body = boxed(definition);
  }
  scope_.pop(slots);
  model_->code.functions.push_back(std::move(made));
  return static_cast<std::uint32_t>(model_->code.functions.size() - 1);
}

NodeId Loader::function_definition(pugi::xml_node node) {
  const std::uint32_t index = function_code(node, std::exchange(entry_name_, ""));
  return model_->code.add(Op::function, index, 0, {});
}

NodeId Loader::part(pugi::xml_node node, const char* name) {
  const pugi::xml_node child = dmn_child(node, name);
  if (!child) xml().refuse(node, std::string("`") + name + "` is missing");
  return boxed(child);
}

NodeId Loader::conditional(pugi::xml_node node) {
  const NodeId condition = part(node, "if");
  const NodeId yes = part(node, "then");
  const NodeId no = part(node, "else");
  set_source(node, "");
  return model_->code.add(Op::conditional, 0, 1, {condition, yes, no});
}

NodeId Loader::boxed_filter(pugi::xml_node node) {
  const NodeId list = part(node, "in");
  scope_.push_item();
  const NodeId condition = part(node, "match");
  scope_.pop(1);
  set_source(node, "");
  return model_->code.add(Op::filter, 0, 1, {list, condition});
}

NodeId Loader::loop(pugi::xml_node node) {
  const std::string_view kind = dmn_name(node);
  const std::string variable = attribute(node, "iteratorVariable");
  if (variable.empty()) xml().refuse(node, "the loop has no variable");
  if (kind == "for") scope_.push("partial");
  const NodeId domain = part(node, "in");
  scope_.push(variable);
  const NodeId body = part(node, kind == "for" ? "return" : "satisfies");
  scope_.pop(kind == "for" ? 2 : 1);
  set_source(node, "");
  const Op op = kind == "for" ? Op::for_each : kind == "some" ? Op::some : Op::every;
  return model_->code.add(op, kind == "for" ? 1 : 0, 0, {domain, body});
}

}  // namespace softbot::dmn
