#include <algorithm>
#include <array>
#include <utility>

#include "dmn/loader.h"

// Decision tables (DMN 1.5, 8.2 and 8.3).
namespace softbot::dmn {

namespace {

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// Whether an entry is plainly one of the output values: both are constants.
bool is_one_of(const Code& code, NodeId entry, const std::vector<NodeId>& values) {
  const auto constant = [&code](NodeId id) {
    const Node& node = code.nodes[id];
    return node.op == Op::constant ? &code.constants[node.a] : nullptr;
  };
  const Value* const given = constant(entry);
  return given && (given->is_null() || std::any_of(values.begin(), values.end(), [&](NodeId id) {
                     const Value* const value = constant(id);
                     return value && *value == *given;
                   }));
}

}  // namespace

NodeId Loader::table(pugi::xml_node node) {
  Table made;
  made.is_decision = std::exchange(at_root_, false);
  made.name = owner_;
  made.id = attribute(node, "id");
  table_policy(node, made);
  for (const pugi::xml_node input : dmn_children(node, "input")) table_input(input, made);
  for (const pugi::xml_node output : dmn_children(node, "output")) table_output(output, made);
  if (made.outputs.empty()) xml().refuse(node, "the table has no output");
  const bool ordered = made.policy == HitPolicy::priority || made.policy == HitPolicy::output_order;
  bool any_values = false;
  for (const TableOutput& output : made.outputs) {
    any_values = any_values || !output.values.empty();
    if (made.outputs.size() > 1 && output.name.empty())
      xml().refuse(node, "an output of several has no name");
  }
  if (ordered && !any_values) xml().refuse(node, "this hit policy needs output values in order of priority");
  if (made.aggregation != Aggregation::none && made.aggregation != Aggregation::count &&
      made.outputs.size() > 1)
    xml().refuse(node, "several outputs cannot be aggregated");
  for (const pugi::xml_node rule : dmn_children(node, "rule")) table_rule(rule, made);
  for (std::size_t column = 0; column < made.outputs.size(); ++column) {
    TableOutput& output = made.outputs[column];
    output.watched = output.watched && !output.values.empty() &&
                     !std::all_of(made.rules.begin(), made.rules.end(), [&](const TableRule& rule) {
                       return is_one_of(model_->code, rule.outputs[column], output.values);
                     });
  }
  set_source(node, "");
  made.source = model_->code.current_source;
  model_->code.tables.push_back(std::move(made));
  return model_->code.add(Op::table, static_cast<std::uint32_t>(model_->code.tables.size() - 1), 0, {});
}

void Loader::table_policy(pugi::xml_node node, Table& table) {
  static constexpr std::array<std::pair<std::string_view, HitPolicy>, 8> policies = {
      {{"", HitPolicy::unique},
       {"UNIQUE", HitPolicy::unique},
       {"ANY", HitPolicy::any},
       {"PRIORITY", HitPolicy::priority},
       {"FIRST", HitPolicy::first},
       {"RULE ORDER", HitPolicy::rule_order},
       {"OUTPUT ORDER", HitPolicy::output_order},
       {"COLLECT", HitPolicy::collect}}};
  static constexpr std::array<std::pair<std::string_view, Aggregation>, 5> aggregations = {
      {{"", Aggregation::none},
       {"SUM", Aggregation::sum},
       {"COUNT", Aggregation::count},
       {"MIN", Aggregation::minimum},
       {"MAX", Aggregation::maximum}}};
  const auto find = [&](const auto& names, const char* which, auto& result) {
    const std::string text = attribute(node, which);
    for (const auto& [name, value] : names) {
      if (name != text) continue;
      result = value;
      return;
    }
    xml().refuse(node, std::string(which) + " \"" + text + "\" does not exist");
  };
  find(policies, "hitPolicy", table.policy);
  find(aggregations, "aggregation", table.aggregation);
  if (table.aggregation != Aggregation::none && table.policy != HitPolicy::collect)
    xml().refuse(node, "only the hit policy COLLECT aggregates");
}

void Loader::table_input(pugi::xml_node node, Table& table) {
  const pugi::xml_node expression = dmn_child(node, "inputExpression");
  if (!expression) xml().refuse(node, "the input has no expression");
  TableInput made;
  made.text = trimmed(text_of(expression));
  made.type = type_of(expression);
  made.expression = feel(expression, made.text);
  if (const pugi::xml_node values = dmn_child(node, "inputValues"); values && !text_of(values).empty()) {
    made.allowed_text = text_of(values);
    const std::uint32_t slot = scope_.push("?");
    set_source(values, made.allowed_text);
    made.allowed = checked(values, made.allowed_text, compile_unary_tests(made.allowed_text, slot, around()));
    scope_.pop(1);
  }
  table.inputs.push_back(std::move(made));
}

void Loader::table_output(pugi::xml_node node, Table& table) {
  TableOutput made;
  made.name = attribute(node, "name");
  made.type = type_of(node);
  members_.add(made.name);
  std::string values = text_of(dmn_child(node, "outputValues"));
  if (values.empty()) values = made.type.allowed;
  made.watched = !values.empty() && values != made.type.allowed;  // the type's own are watched with the type
  if (!values.empty()) {
    made.values_text = values;
    set_source(node, values);
    auto parsed = compile_values(values, around());
    if (parsed) {
      made.values = std::move(*parsed);
    } else {
      broken(node, "`" + values + "` is no valid list of values: " + parsed.error().message);
    }
  }
  if (const pugi::xml_node otherwise = dmn_child(node, "defaultOutputEntry"))
    made.default_value = feel(otherwise, text_of(otherwise));
  table.outputs.push_back(std::move(made));
}

void Loader::table_rule(pugi::xml_node node, Table& table) {
  TableRule made;
  made.id = attribute(node, "id");
  const auto inputs = dmn_children(node, "inputEntry");
  const auto outputs = dmn_children(node, "outputEntry");
  if (inputs.size() != table.inputs.size())
    xml().refuse(node, "the rule has " + std::to_string(inputs.size()) + " input entries for " +
                           std::to_string(table.inputs.size()) + " inputs");
  if (outputs.size() != table.outputs.size())
    xml().refuse(node, "the rule has " + std::to_string(outputs.size()) + " output entries for " +
                           std::to_string(table.outputs.size()) + " outputs");
  const std::uint32_t slot = scope_.push("?");
  for (const pugi::xml_node entry : inputs) {
    TableCell cell;
    cell.text = trimmed(text_of(entry));
    set_source(entry, cell.text);
    cell.test = checked(entry, cell.text, compile_unary_tests(cell.text, slot, around()));
    if (cell.text.empty()) cell.text = "-";
    made.cells.push_back(std::move(cell));
  }
  scope_.pop(1);
  table.input_slot = slot;
  for (const pugi::xml_node entry : outputs) made.outputs.push_back(feel(entry, text_of(entry)));
  for (const pugi::xml_node entry : dmn_children(node, "annotationEntry"))
    made.annotations.push_back(trimmed(text_of(entry)));
  if (made.annotations.empty())
    if (const std::string description = trimmed(dmn_child(node, "description").child_value());
        !description.empty())
      made.annotations.push_back(description);
  table.rules.push_back(std::move(made));
}

}  // namespace softbot::dmn
