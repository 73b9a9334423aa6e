#include <algorithm>
#include <utility>

#include "dmn/loader.h"
#include "dmn/type_parser.h"

// Item definitions: types with names, components and allowed values (DMN 1.5, 7.3.3).
namespace softbot::dmn {

namespace {

constexpr std::size_t most_types =
    500'000;  // components counted wherever they are used: stops a file that multiplies

std::size_t size_of(const Type& type) {
  std::size_t size = 1;
  if (type.element) size += size_of(*type.element);
  for (const Type::Member& member : type.members) size += size_of(member.type);
  return size;
}

}  // namespace

void Loader::resolve_types(std::size_t document) {
  if (documents_[document].types_ready) return;
  documents_[document].types_ready = true;
  for (const auto& [name, index] : documents_[document].imports) {
    resolve_types(index);
    const std::string prefix = name.empty() ? "" : name + ".";
    for (const auto& [type_name, type] : documents_[index].types)
      documents_[document].types[std::string(prefix).append(type_name)] = type;
  }
  const std::size_t before = std::exchange(current_, document);
  for (const pugi::xml_node node : dmn_children(xml().root(), "itemDefinition")) {
    std::set<std::string> open;
    const std::string name = attribute(node, "name");
    if (documents_[document].types.count(name) == 0) {
      Type type = item_definition(document, node, open);
      documents_[document].types[name] = std::move(type);
    }
  }
  current_ = before;
}

Type Loader::named_type(std::size_t document, pugi::xml_node place, const std::string& name,
                        std::set<std::string>& open) {
  std::string wanted = name;
  if (wanted.rfind("feel:", 0) == 0) wanted.erase(0, 5);
  auto& types = documents_[document].types;
  if (const auto known = types.find(wanted); known != types.end()) return known->second;
  for (const pugi::xml_node node : dmn_children(xml().root(), "itemDefinition")) {
    if (attribute(node, "name") != wanted) continue;
    if (!open.insert(wanted).second) {
      refuse_or_note(place, "the type \"" + wanted + "\" is made of itself");
      return {};
    }
    Type type = item_definition(document, node, open);
    open.erase(wanted);
    types[wanted] = type;
    return type;
  }
  if (const auto kind = builtin_kind(wanted)) return Type{*kind, wanted};
  auto parsed = parse_type(wanted, types);
  if (parsed) return std::move(*parsed);
  refuse_or_note(place, "the type \"" + name + "\" is not defined");
  return {};
}

Type Loader::item_definition(std::size_t document, pugi::xml_node node, std::set<std::string>& open) {
  const std::string name = attribute(node, "name");
  Type type;
  if (const pugi::xml_node reference = dmn_child(node, "typeRef")) {
    type = named_type(document, reference, reference.child_value(), open);
  } else if (const pugi::xml_node function = dmn_child(node, "functionItem")) {
    type.kind = Type::Kind::function;
    for (const pugi::xml_node parameter : dmn_children(function, "parameters")) {
      const std::string parameter_type = attribute(parameter, "typeRef");
      type.members.push_back(
          {attribute(parameter, "name"),
           parameter_type.empty() ? Type{} : named_type(document, parameter, parameter_type, open)});
    }
    if (const std::string result = attribute(function, "outputTypeRef"); !result.empty())
      type.element = std::make_shared<const Type>(named_type(document, function, result, open));
  } else if (const auto components = dmn_children(node, "itemComponent"); !components.empty()) {
    type.kind = Type::Kind::context;
    for (const pugi::xml_node component : components)
      type.members.push_back({attribute(component, "name"), item_definition(document, component, open)});
  }
  type.name = name;
  if (const pugi::xml_node allowed = dmn_child(node, "allowedValues")) {
    type.allowed = narrowed(allowed, text_of(allowed), type.allowed);
  }
  if (attribute(node, "isCollection") == "true") {
    Type list;
    list.kind = Type::Kind::list;
    list.name = name;
    list.element = std::make_shared<const Type>(std::move(type));
    type = std::move(list);
  }
  if (const pugi::xml_node constraint = dmn_child(node, "typeConstraint")) {
    type.allowed = narrowed(constraint, text_of(constraint), type.allowed);
  }
  count_type(node, type);
  return type;
}

void Loader::count_type(pugi::xml_node place, const Type& type) {
  type_size_ += size_of(type);
  if (type_size_ > most_types) xml().refuse(place, "the types of this model are too large");
}

Type Loader::type_of(pugi::xml_node node) {
  const std::string name = attribute(node, "typeRef");
  if (name.empty()) return {};
  std::set<std::string> open;
  Type type = named_type(current_, node, name, open);
  count_type(node, type);
  return type;
}

Type Loader::variable_type(pugi::xml_node node) {
  return type_of(dmn_child(node, "variable"));
}

/// The text of both constraints, this one and that of the type on which it rests. As FEEL it reads as this
/// one, with a comment.
std::string Loader::narrowed(pugi::xml_node place, const std::string& text, const std::string& outer) {
  compile_allowed(place, text);
  if (text.empty() || outer.empty()) return text.empty() ? outer : text;
  auto& allowed = model_->code.allowed;
  if (allowed[text] == no_node || allowed[outer] == no_node) return allowed[text] == no_node ? outer : text;
  std::string comment = outer;
  std::replace(comment.begin(), comment.end(), '\n', ' ');
  std::string both = text + "  // and: " + comment;
  allowed[both] = model_->code.add(Op::conjunction, 0, 0, {allowed[text], allowed[outer]});
  return both;
}

void Loader::compile_allowed(pugi::xml_node place, const std::string& text) {
  auto& allowed = model_->code.allowed;
  if (text.empty() || allowed.find(text) != allowed.end()) return;
  Scope outer = std::exchange(scope_, Scope());
  const std::uint32_t slot = scope_.push("?");
  set_source(place, text);
  allowed[text] = checked(place, text, compile_unary_tests(text, slot, around()));
  scope_ = std::move(outer);
}

}  // namespace softbot::dmn
