#include "dmn/tables.h"

#include "dmn/xml.h"

namespace softbot::dmn {
namespace {

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

std::string description_of(pugi::xml_node node) {
  return trimmed(dmn_child(node, "description").child_value());
}

WrittenRule rule_in(pugi::xml_node node) {
  WrittenRule rule;
  for (const pugi::xml_node entry : dmn_children(node, "inputEntry")) {
    std::string cell = trimmed(text_of(entry));
    rule.cells.push_back(cell.empty() ? "-" : std::move(cell));
  }
  for (const pugi::xml_node entry : dmn_children(node, "outputEntry"))
    rule.outputs.push_back(trimmed(text_of(entry)));
  for (const pugi::xml_node entry : dmn_children(node, "annotationEntry"))
    rule.annotations.push_back(trimmed(text_of(entry)));
  return rule;
}

WrittenDecision decision_in(pugi::xml_node node) {
  WrittenDecision decision;
  decision.id = attribute(node, "id");
  decision.name = attribute(node, "name");
  decision.description = description_of(node);
  decision.expression = trimmed(text_of(dmn_child(node, "literalExpression")));
  const pugi::xml_node table = dmn_child(node, "decisionTable");
  for (const pugi::xml_node input : dmn_children(table, "input"))
    decision.inputs.push_back(trimmed(text_of(dmn_child(input, "inputExpression"))));
  for (const pugi::xml_node output : dmn_children(table, "output"))
    decision.outputs.push_back(attribute(output, "name"));
  for (const pugi::xml_node rule : dmn_children(table, "rule")) decision.rules.push_back(rule_in(rule));
  return decision;
}

}  // namespace

tl::expected<WrittenModel, Problem> written_model(std::string_view xml) {
  try {
    const XmlDocument document(xml);
    WrittenModel model;
    model.name = attribute(document.root(), "name");
    model.description = description_of(document.root());
    for (const pugi::xml_node node : dmn_children(document.root(), "inputData"))
      model.inputs.push_back(attribute(node, "name"));
    for (const pugi::xml_node node : dmn_children(document.root(), "decision"))
      model.decisions.push_back(decision_in(node));
    return model;
  } catch (const LoadError& error) {
    return tl::make_unexpected(error.problem);
  }
}

}  // namespace softbot::dmn
