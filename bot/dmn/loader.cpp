#include "dmn/loader.h"

#include <algorithm>
#include <utility>

namespace softbot::dmn {

namespace {

constexpr std::size_t most_documents = 50;
constexpr int longest_chain = 100;
constexpr std::size_t most_index_words = 4'000'000;  ///< 32 MB
constexpr std::string_view dmn_import = "spec/DMN/";

std::string name_of_variable(pugi::xml_node node) {
  const std::string own = attribute(node, "name");
  const std::string variable = attribute(dmn_child(node, "variable"), "name");
  return variable.empty() ? own : variable;
}

}  // namespace

Loader::Loader(std::string_view xml, const LoadOptions& options)
    : options_(options), model_(std::make_shared<Model::Compiled>()) {
  for (const char* property : {"time offset", "start included", "end included"}) members_.add(property);
  model_->code.sources.emplace_back();
  add_document(xml, "");
}

std::shared_ptr<const Model::Compiled> Loader::load() {
  const pugi::xml_node root = documents_.front().xml->root();
  model_->name = attribute(root, "name");
  model_->name_space = documents_.front().name_space;
  for (std::size_t document = 0; document < documents_.size(); ++document) {
    resolve_types(document);
    collect_member_names(documents_[document].xml->root());
  }
  for (std::size_t document = 0; document < documents_.size(); ++document) add_elements(document);
  for (Element& element : elements_) compile(element);
  finish();
  return model_;
}

std::size_t Loader::add_document(std::string_view xml, const std::string& import_name) {
  Document made;
  made.xml = std::make_unique<XmlDocument>(xml);
  made.name_space = attribute(made.xml->root(), "namespace");
  made.import_name = import_name;
  documents_.push_back(std::move(made));
  const std::size_t index = documents_.size() - 1;
  add_imports(index);
  return index;
}

void Loader::add_imports(std::size_t document) {
  const std::vector<pugi::xml_node> imports = dmn_children(documents_[document].xml->root(), "import");
  current_ = document;
  for (const pugi::xml_node node : imports) {
    const XmlDocument& file = *documents_[document].xml;
    if (attribute(node, "importType").find(dmn_import) == std::string::npos) {
      refuse_or_note(node, "only DMN models can be imported");
      continue;
    }
    const std::string name_space = attribute(node, "namespace");
    const std::string name = attribute(node, "name");
    const auto known = std::find_if(documents_.begin(), documents_.end(),
                                    [&](const Document& other) { return other.name_space == name_space; });
    if (known != documents_.end()) {
      documents_[document].imports[name] = static_cast<std::size_t>(known - documents_.begin());
      continue;
    }
    if (documents_.size() >= most_documents) file.refuse(node, "too many imports");
    const auto imported =
        options_.import ? options_.import(name_space, attribute(node, "locationURI")) : std::nullopt;
    if (!imported) {
      refuse_or_note(node, "the imported model \"" + name_space + "\" is not there");
      continue;
    }
    std::string import_name = documents_[document].import_name;
    if (!import_name.empty() && !name.empty()) import_name += ".";
    import_name += name;
    const std::size_t index = add_document(*imported, import_name);
    documents_[document].imports[name] = index;
    current_ = document;
  }
}

void Loader::add_elements(std::size_t document) {
  for (const pugi::xml_node node : documents_[document].xml->root().children()) {
    const std::string_view name = dmn_name(node);
    if (name == "inputData") add_element(document, node, Reference::Kind::input);
    if (name == "decision") add_element(document, node, Reference::Kind::decision);
    if (name == "businessKnowledgeModel") add_element(document, node, Reference::Kind::knowledge);
    if (name == "decisionService") add_element(document, node, Reference::Kind::service);
  }
}

void Loader::add_element(std::size_t document, pugi::xml_node node, Reference::Kind kind) {
  current_ = document;
  const std::string name = name_of_variable(node);
  const std::string id = attribute(node, "id");
  if (name.empty()) xml().refuse(node, "it has no name");
  const std::string own_name = attribute(node, "name");
  const std::string element = own_name == name ? "" : own_name;
  const std::string qualified = documents_[document].name_space + "#" + name;
  Element made;
  made.node = node;
  made.document = document;
  made.reference.kind = kind;
  const Variable variable{name, id, variable_type(node), dmn_child(node, "description").child_value()};
  const auto place = [&made](const auto& list) {
    made.reference.index = static_cast<std::uint32_t>(list.size());
  };
  switch (kind) {
    case Reference::Kind::input:
      place(model_->inputs);
      model_->inputs.push_back(
          InputCode{variable, documents_[document].import_name, element, document == 0 ? "" : qualified});
      if (document == 0) model_->own_inputs.push_back(variable);
      break;
    case Reference::Kind::decision:
      place(model_->decisions);
      model_->decisions.push_back(DecisionCode{variable, element, qualified});
      if (document == 0) model_->own_decisions.push_back(variable);
      break;
    case Reference::Kind::knowledge:
      place(model_->knowledge);
      model_->knowledge.push_back(KnowledgeCode{name, id, 0, {}});
      break;
    case Reference::Kind::service:
      place(model_->services);
      model_->services.push_back(ServiceCode{name, id, 0, {}, {}, variable.type});
      break;
  }
  members_.add(name);
  const bool fresh =
      id.empty() ||
      elements_by_id_.emplace(documents_[document].name_space + "#" + id, elements_.size()).second;
  if (!fresh) refuse_or_note(node, "the id \"" + id + "\" is used twice");
  elements_.push_back(made);
}

/// Names of members anywhere, so that expressions can use those of several words before the member is
/// compiled.
void Loader::collect_member_names(pugi::xml_node root) {
  for (pugi::xml_node node = root.first_child(); node;) {
    const std::string_view name = dmn_name(node);
    if (name == "itemComponent" || name == "column" || name == "output" || name == "variable")
      members_.add(attribute(node, "name"));
    if (node.first_child()) {
      node = node.first_child();
      continue;
    }
    while (node && node != root && !node.next_sibling()) node = node.parent();
    if (!node || node == root) return;
    node = node.next_sibling();
  }
}

void Loader::refuse_or_note(pugi::xml_node place, const std::string& message) {
  if (options_.broken == BrokenExpression::refuse) xml().refuse(place, message);
  model_->problems.push_back(xml().problem(place, message));
}

Loader::Element* Loader::element_of(std::size_t document, pugi::xml_node reference, const char* what) {
  current_ = document;
  const std::string href = attribute(reference, "href");
  const std::string key = href.empty() || href.front() == '#' ? documents_[document].name_space + href : href;
  const auto found = elements_by_id_.find(key);
  if (found != elements_by_id_.end()) return &elements_[found->second];
  refuse_or_note(reference, std::string(what) + " \"" + href + "\" does not exist");
  return nullptr;
}

void Loader::compile(Element& element) {
  if (element.state == Element::State::done) return;
  const XmlDocument& file = *documents_[element.document].xml;
  if (element.state == Element::State::compiling) {
    current_ = element.document;
    return refuse_or_note(element.node, "it requires itself, through others or directly");
  }
  if (++depth_ > longest_chain) file.refuse(element.node, "the chain of requirements is too long");
  element.state = Element::State::compiling;
  if (element.reference.kind == Reference::Kind::decision) compile_decision(element);
  if (element.reference.kind == Reference::Kind::knowledge) compile_knowledge(element);
  if (element.reference.kind == Reference::Kind::service) compile_service(element);
  element.state = Element::State::done;
  --depth_;
}

/// What an element requires, compiled before it, as the variables that its body sees.
std::vector<FrameEntry> Loader::required(const Element& element) {
  std::vector<FrameEntry> frame;
  const auto add = [&](pugi::xml_node reference) {
    Element* const found_element = element_of(element.document, reference, "what is required");
    if (!found_element) return;
    Element& other = *found_element;
    compile(other);
    if (other.state == Element::State::compiling) return;
    const std::string name = name_of_variable(other.node);
    if (other.document == element.document) {
      frame.push_back(FrameEntry{name, false, {{name, other.reference}}});
      return;
    }
    std::string import;
    for (const auto& [import_name, index] : documents_[element.document].imports)
      if (index == other.document) import = import_name;
    if (import.empty()) {
      frame.push_back(FrameEntry{name, false, {{name, other.reference}}});
      return;
    }
    const auto found = std::find_if(frame.begin(), frame.end(), [&](const FrameEntry& entry) {
      return entry.is_import && entry.name == import;
    });
    FrameEntry& entry = found == frame.end() ? frame.emplace_back(FrameEntry{import, true, {}}) : *found;
    entry.members.push_back({name, other.reference});
  };
  for (const char* kind : {"informationRequirement", "knowledgeRequirement"}) {
    for (const pugi::xml_node requirement : dmn_children(element.node, kind)) {
      for (const char* reference : {"requiredInput", "requiredDecision", "requiredKnowledge"})
        if (const pugi::xml_node node = dmn_child(requirement, reference)) add(node);
    }
  }
  return frame;
}

void Loader::compile_decision(Element& element) {
  std::vector<FrameEntry> frame = required(element);
  DecisionCode& decision = model_->decisions[element.reference.index];
  current_ = element.document;
  scope_ = Scope();
  for (const FrameEntry& entry : frame) scope_.push(entry.name);
  decision.frame = std::move(frame);
  owner_ = decision.variable.name;
  owner_id_ = decision.variable.id;
  at_root_ = true;
  const NodeId body = boxed(element.node);
  model_->decisions[element.reference.index].body = body;
}

void Loader::compile_knowledge(Element& element) {
  KnowledgeCode made = model_->knowledge[element.reference.index];
  made.frame = required(element);
  current_ = element.document;
  scope_ = Scope();
  for (const FrameEntry& entry : made.frame) scope_.push(entry.name);
  owner_ = made.name;
  owner_id_ = made.id;
  at_root_ = false;
  const pugi::xml_node logic = dmn_child(element.node, "encapsulatedLogic");
  if (logic) {
    made.function = function_code(logic, made.name);
    const Type type = variable_type(element.node);
    FunctionCode& function = model_->code.functions[made.function];
    if (type.kind == Type::Kind::function) {
      if (type.element) function.result = *type.element;
    } else if (function.result.kind == Type::Kind::any) {
      function.result = type;
    }
  } else {
    FunctionCode function;
    function.name = made.name;
    function.captured = scope_.size();
    set_source(element.node, "");
    function.body =
        model_->code.add(Op::broken, model_->code.name("the knowledge model has no logic"), 0, {});
    model_->code.functions.push_back(std::move(function));
    made.function = static_cast<std::uint32_t>(model_->code.functions.size() - 1);
  }
  model_->knowledge[element.reference.index] = std::move(made);
}

void Loader::compile_service(Element& element) {
  ServiceCode made = model_->services[element.reference.index];
  FunctionCode function;
  function.name = made.name;
  for (const char* kind : {"inputData", "inputDecision"}) {
    for (const pugi::xml_node node : dmn_children(element.node, kind)) {
      const Element* const other = element_of(element.document, node, "the input");
      if (!other) continue;
      made.parameters.push_back(other->reference);
      function.parameters.push_back(Parameter{name_of_variable(other->node),
                                              other->reference.kind == Reference::Kind::input
                                                  ? model_->inputs[other->reference.index].variable.type
                                                  : model_->decisions[other->reference.index].variable.type});
    }
  }
  for (const pugi::xml_node node : dmn_children(element.node, "outputDecision")) {
    Element* const other = element_of(element.document, node, "the output decision");
    if (!other) continue;
    if (other->reference.kind != Reference::Kind::decision)
      documents_[element.document].xml->refuse(node, "the output of a decision service is no decision");
    compile(*other);
    made.outputs.push_back(other->reference.index);
  }
  current_ = element.document;
  set_source(element.node, "");
  function.body = model_->code.add(Op::service, element.reference.index, 0, {});
  model_->code.functions.push_back(std::move(function));
  made.function = static_cast<std::uint32_t>(model_->code.functions.size() - 1);
  model_->services[element.reference.index] = std::move(made);
}

void Loader::finish() {
  model_->code.name_index.clear();
  const std::shared_ptr<const Code> code(model_, &model_->code);
  std::size_t words = most_index_words;
  for (Table& table : model_->code.tables) {
    table.index = TableIndex::build(code, table, words);
    if (table.index) words -= table.index->size_in_words();
  }
}

}  // namespace softbot::dmn
