#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dmn/dmn.h"

/// Walking over DMN XML: elements of the DMN namespace by local name, with their place in the file.
namespace softbot::dmn {

/// Thrown while a model is loaded; it never leaves Model::load.
struct LoadError {
  Problem problem;
};

class XmlDocument {
 public:
  /// Parses; throws LoadError when it is not XML or not DMN 1.2 to 1.5.
  explicit XmlDocument(std::string_view xml);

  [[nodiscard]] pugi::xml_node root() const { return document_.document_element(); }
  [[nodiscard]] std::size_t line(pugi::xml_node node) const;
  /// `decision "Norm" / decisionTable / rule 3`.
  [[nodiscard]] std::string path(pugi::xml_node node) const;
  [[nodiscard]] Problem problem(pugi::xml_node node, std::string message) const;
  [[noreturn]] void refuse(pugi::xml_node node, std::string message) const;

 private:
  pugi::xml_document document_;
  std::vector<std::size_t> line_starts_;
};

/// The name without prefix when the element belongs to DMN, else "".
[[nodiscard]] std::string_view dmn_name(pugi::xml_node node);
[[nodiscard]] pugi::xml_node dmn_child(pugi::xml_node node, std::string_view name);
[[nodiscard]] std::vector<pugi::xml_node> dmn_children(pugi::xml_node node, std::string_view name);
/// Text of the child `text`, or "".
[[nodiscard]] std::string text_of(pugi::xml_node node);
[[nodiscard]] std::string attribute(pugi::xml_node node, const char* name);

}  // namespace softbot::dmn
