#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "dmn/model.h"
#include "dmn/parser.h"
#include "dmn/xml.h"

namespace softbot::dmn {

/// Builds a compiled model out of one file and those that it imports. Throws LoadError.
class Loader {
 public:
  Loader(std::string_view xml, const LoadOptions& options);
  std::shared_ptr<const Model::Compiled> load();

 private:
  /// One file: its XML, its types by the names that its own expressions use, and what it imports.
  struct Document {
    std::unique_ptr<XmlDocument> xml;
    std::string name_space;
    std::map<std::string, std::size_t> imports;  ///< name to document
    std::map<std::string, Type> types;
    bool types_ready = false;
    std::string import_name;  ///< name in the main model; "" for the main model itself
  };

  struct Element {
    Reference reference;
    pugi::xml_node node;
    std::size_t document = 0;
    enum class State : std::uint8_t { waiting, compiling, done } state = State::waiting;
  };

  // loader.cpp: files, elements, requirements
  std::size_t add_document(std::string_view xml, const std::string& import_name);
  void add_imports(std::size_t document);
  void add_elements(std::size_t document);
  void add_element(std::size_t document, pugi::xml_node node, Reference::Kind kind);
  void collect_member_names(pugi::xml_node node);
  Element* element_of(std::size_t document, pugi::xml_node reference, const char* what);
  void compile(Element& element);
  std::vector<FrameEntry> required(const Element& element);
  void compile_decision(Element& element);
  void compile_knowledge(Element& element);
  void compile_service(Element& element);
  void finish();
  /// Refuses the model, or, where what is broken becomes null, notes the problem.
  void refuse_or_note(pugi::xml_node place, const std::string& message);

  // loader_types.cpp: item definitions
  void resolve_types(std::size_t document);
  Type item_definition(std::size_t document, pugi::xml_node node, std::set<std::string>& open);
  Type named_type(std::size_t document, pugi::xml_node place, const std::string& name,
                  std::set<std::string>& open);
  void count_type(pugi::xml_node place, const Type& type);
  Type type_of(pugi::xml_node node);        ///< by its attribute `typeRef`
  Type variable_type(pugi::xml_node node);  ///< by `typeRef` of its child `variable`
  std::string narrowed(pugi::xml_node place, const std::string& text, const std::string& outer);
  void compile_allowed(pugi::xml_node place, const std::string& text);

  // loader_boxed.cpp: expressions
  NodeId boxed(pugi::xml_node parent);     ///< the one expression inside this element, or null with a reason
  NodeId expression(pugi::xml_node node);  ///< this element, of its type
  NodeId expression_of_kind(pugi::xml_node node);
  NodeId feel(pugi::xml_node node, const std::string& text);
  NodeId literal(pugi::xml_node node);
  NodeId boxed_context(pugi::xml_node node);
  NodeId relation(pugi::xml_node node);
  NodeId boxed_list(pugi::xml_node node);
  NodeId invocation(pugi::xml_node node);
  NodeId function_definition(pugi::xml_node node);
  NodeId conditional(pugi::xml_node node);
  NodeId boxed_filter(pugi::xml_node node);
  NodeId loop(pugi::xml_node node);
  NodeId typed(NodeId node, const Type& type, const std::string& what);
  NodeId broken(pugi::xml_node node, const std::string& message);
  NodeId part(pugi::xml_node node, const char* name);
  NodeId checked(pugi::xml_node node, const std::string& text, tl::expected<Parsed, SyntaxError> parsed);
  std::uint32_t function_code(pugi::xml_node definition, const std::string& name);
  void set_source(pugi::xml_node node, const std::string& text);

  // loader_table.cpp: decision tables
  NodeId table(pugi::xml_node node);
  void table_policy(pugi::xml_node node, Table& table);
  void table_input(pugi::xml_node node, Table& table);
  void table_output(pugi::xml_node node, Table& table);
  void table_rule(pugi::xml_node node, Table& table);

  [[nodiscard]] const XmlDocument& xml() const { return *documents_[current_].xml; }
  Surroundings around() { return {model_->code, scope_, members_, documents_[current_].types}; }

  const LoadOptions& options_;
  std::shared_ptr<Model::Compiled> model_;
  std::vector<Document> documents_;
  std::map<std::string, std::size_t> elements_by_id_;  ///< namespace#id to element
  std::vector<Element> elements_;
  std::size_t current_ = 0;  ///< document that is being compiled
  Scope scope_;
  MemberNames members_;
  std::size_t type_size_ = 0;
  int depth_ = 0;
  std::string owner_;  ///< decision or knowledge model that is being compiled
  std::string owner_id_;
  bool at_root_ = false;    ///< the next expression is a decision's whole logic
  std::string entry_name_;  ///< of the entry whose whole value the next expression is
};

}  // namespace softbot::dmn
