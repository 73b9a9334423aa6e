#include "dmn/outline.h"

#include <utility>

#include "dmn/xml.h"

namespace softbot::dmn {
namespace {

constexpr int deepest = 200;

std::string trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const auto first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(space) - first + 1));
}

/// Cells of one kind: "true | < 65".
std::string cells(pugi::xml_node rule, std::string_view kind) {
  std::string line;
  bool first = true;
  for (const pugi::xml_node cell : dmn_children(rule, kind)) {
    line += (first ? "" : " | ") + trimmed(text_of(cell));
    first = false;
  }
  return line;
}

std::string rule_text(pugi::xml_node rule) {
  std::string line = cells(rule, "inputEntry") + " -> " + cells(rule, "outputEntry");
  std::string note = cells(rule, "annotationEntry");
  if (note.empty()) note = trimmed(dmn_child(rule, "description").child_value());
  return note.empty() ? line : line + " // " + note;
}

/// Name, attributes without ids, own text.
std::string element_text(pugi::xml_node node) {
  std::string line;
  for (const pugi::xml_attribute attribute : node.attributes()) {
    const std::string_view name = attribute.name();
    if (name == "id" || name.starts_with("xmlns") || name.find(':') != std::string_view::npos) continue;
    if (name == "hitPolicy" && std::string_view(attribute.value()) == "UNIQUE") continue;  // meant anyway
    line += (line.empty() ? "" : ", ") + std::string(name) + " " + attribute.value();
  }
  std::string own;
  for (const pugi::xml_node part : node.children()) {
    if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) own += part.value();
  }
  own = trimmed(own);
  if (!own.empty()) line += (line.empty() ? "" : ": ") + own;
  return line;
}

class Outliner {
 public:
  std::vector<OutlineLine> run(pugi::xml_node root) {
    add("", "definitions", element_text(root));
    for (const pugi::xml_node child : root.children()) {
      if (dmn_name(child).empty()) continue;
      const std::string name = attribute(child, "name");
      element_ = name.empty() ? std::string() : std::string(dmn_name(child)) + " \"" + name + "\"";
      // A policy tells by it what a decision is for.
      if (dmn_name(child) == "decision") add(element_, "id", attribute(child, "id"));
      walk(child, 0);
    }
    return std::move(lines_);
  }

 private:
  void walk(pugi::xml_node node, int depth) {
    const std::string_view kind = dmn_name(node);
    if (kind.empty() || depth > deepest) return;
    if (kind == "rule") {
      lines_.push_back({element_, rule_text(node)});
      return;
    }
    add(element_, kind, element_text(node));
    for (const pugi::xml_node child : node.children()) walk(child, depth + 1);
  }

  void add(const std::string& element, std::string_view kind, const std::string& text) {
    if (!text.empty()) lines_.push_back({element, kind == "text" ? text : std::string(kind) + " " + text});
  }

  std::string element_;
  std::vector<OutlineLine> lines_;
};

}  // namespace

std::vector<OutlineLine> outline(std::string_view xml) {
  try {
    return Outliner().run(XmlDocument(xml).root());
  } catch (const LoadError&) {
    return {};
  }
}

}  // namespace softbot::dmn
