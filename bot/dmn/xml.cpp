#include "dmn/xml.h"

#include <algorithm>
#include <array>
#include <utility>

namespace softbot::dmn {

namespace {

constexpr std::size_t largest_file = 33'554'432;
constexpr int deepest_element = 300;

constexpr std::array<std::string_view, 4> supported = {
    "http://www.omg.org/spec/DMN/20180521/MODEL/",    // 1.2
    "https://www.omg.org/spec/DMN/20191111/MODEL/",   // 1.3
    "https://www.omg.org/spec/DMN/20211108/MODEL/",   // 1.4
    "https://www.omg.org/spec/DMN/20230324/MODEL/"};  // 1.5

/// The namespace of an element by the nearest declaration of its prefix.
std::string_view name_space_of(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  const std::string declaration =
      colon == std::string_view::npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
  for (pugi::xml_node at = node; at; at = at.parent())
    if (const pugi::xml_attribute found = at.attribute(declaration.c_str())) return found.value();
  return {};
}

bool is_supported(std::string_view name_space) {
  return std::find(supported.begin(), supported.end(), name_space) != supported.end();
}

void refuse_depth(pugi::xml_node root) {
  int depth = 0;
  for (pugi::xml_node node = root; node;) {
    if (depth > deepest_element) throw LoadError{{"the XML nests too deep", "", 0}};
    if (node.first_child()) {
      node = node.first_child();
      ++depth;
      continue;
    }
    while (node && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node) node = node.next_sibling();
  }
}

}  // namespace

XmlDocument::XmlDocument(std::string_view xml) {
  if (xml.size() > largest_file) throw LoadError{{"the file is larger than 32 MB", "", 0}};
  line_starts_.push_back(0);
  for (std::size_t at = 0; at < xml.size(); ++at)
    if (xml[at] == '\n') line_starts_.push_back(at + 1);
  const pugi::xml_parse_result parsed = document_.load_buffer(
      xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata_single, pugi::encoding_utf8);
  if (!parsed) {
    const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0));
    const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    throw LoadError{{std::string("this is no well-formed XML: ") + parsed.description(), "",
                     static_cast<std::size_t>(after - line_starts_.begin())}};
  }
  refuse_depth(root());
  const std::string_view name_space = name_space_of(root());
  if (!is_supported(name_space))
    refuse(root(), "this is no model of DMN 1.2 to 1.5 (namespace \"" +
                       std::string(name_space.substr(0, 100)) + "\")");
  if (dmn_name(root()) != "definitions") refuse(root(), "the outermost element is not `definitions`");
}

std::size_t XmlDocument::line(pugi::xml_node node) const {
  const std::ptrdiff_t offset = node.offset_debug();
  if (offset < 0) return 0;
  const auto after =
      std::upper_bound(line_starts_.begin(), line_starts_.end(), static_cast<std::size_t>(offset));
  return static_cast<std::size_t>(after - line_starts_.begin());
}

std::string XmlDocument::path(pugi::xml_node node) const {
  std::string path;
  for (pugi::xml_node at = node; at && at != root(); at = at.parent()) {
    if (at.type() != pugi::node_element) continue;
    std::string step(dmn_name(at).empty() ? std::string_view(at.name()) : dmn_name(at));
    if (const std::string name = attribute(at, "name"); !name.empty()) {
      step += " \"" + name + "\"";
    } else {
      std::size_t number = 1;
      bool several = at.next_sibling(at.name());
      for (pugi::xml_node before = at.previous_sibling(at.name()); before;
           before = before.previous_sibling(at.name())) {
        ++number;
        several = true;
      }
      if (several) step += " " + std::to_string(number);
    }
    if (!path.empty()) step.append(" / ").append(path);
    path = std::move(step);
  }
  return path;
}

Problem XmlDocument::problem(pugi::xml_node node, std::string message) const {
  return Problem{std::move(message), path(node), line(node)};
}

void XmlDocument::refuse(pugi::xml_node node, std::string message) const {
  throw LoadError{problem(node, std::move(message))};
}

std::string_view dmn_name(pugi::xml_node node) {
  if (node.type() != pugi::node_element || !is_supported(name_space_of(node))) return {};
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node dmn_child(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_node child : node.children())
    if (dmn_name(child) == name) return child;
  return {};
}

std::vector<pugi::xml_node> dmn_children(pugi::xml_node node, std::string_view name) {
  std::vector<pugi::xml_node> found;
  for (const pugi::xml_node child : node.children())
    if (dmn_name(child) == name) found.push_back(child);
  return found;
}

std::string text_of(pugi::xml_node node) {
  std::string text;
  for (const pugi::xml_node part : dmn_child(node, "text").children())
    if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) text += part.value();
  return text;
}

std::string attribute(pugi::xml_node node, const char* name) {
  return node.attribute(name).value();
}

}  // namespace softbot::dmn
