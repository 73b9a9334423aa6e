#include "dmn/kit.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <sstream>
#include <utility>

#include "dmn/dmn.h"

namespace softbot::dmn {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_models = 1000;  ///< looked at for one import

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string_view local_name(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::vector<pugi::xml_node> children(pugi::xml_node node, std::string_view name) {
  std::vector<pugi::xml_node> found;
  for (const pugi::xml_node child : node.children())
    if (local_name(child) == name) found.push_back(child);
  return found;
}

pugi::xml_node child(pugi::xml_node node, std::string_view name) {
  const auto found = children(node, name);
  return found.empty() ? pugi::xml_node() : found.front();
}

std::string local_attribute(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_attribute one : node.attributes()) {
    const std::string_view full = one.name();
    const std::size_t colon = full.find(':');
    if ((colon == std::string_view::npos ? full : full.substr(colon + 1)) == name) return one.value();
  }
  return {};
}

/// All text of an element, also where comments or CDATA break it up.
std::string text_in(pugi::xml_node node) {
  std::string text;
  for (const pugi::xml_node part : node.children())
    if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) text += part.value();
  return text;
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool is_nil(pugi::xml_node node) {
  const std::string nil = local_attribute(node, "nil");
  return nil == "true" || nil == "1";
}

/// XML Schema writes numbers as +1 and .5 too.
Value number_value(std::string text) {
  if (!text.empty() && text.front() == '+') text.erase(0, 1);
  const std::size_t digit = text.find_first_not_of('-');
  if (digit != std::string::npos && text[digit] == '.') text.insert(digit, "0");
  return Value(Number::parse(text));
}

/// `written` is the type that the kit gives, `meant` the one of the model, used where the kit gives none.
Value simple_value(const std::string& written, const std::string& raw, const Type* meant) {
  const std::size_t colon = written.find(':');
  const std::string name = colon == std::string::npos ? written : written.substr(colon + 1);
  if (name == "string" || (name.empty() && !meant)) return Value(raw);
  const std::string text = trimmed(raw);
  const auto read_as = [&text](Type::Kind kind) {
    return value_from_text(Type{kind, ""}, text).value_or(Value());
  };
  if (name.empty()) return value_from_text(*meant, text).value_or(Value(raw));
  if (name == "boolean")
    return text == "1" || text == "0" ? Value(text == "1") : read_as(Type::Kind::boolean);
  if (name == "date") return read_as(Type::Kind::date);
  if (name == "time") return read_as(Type::Kind::time);
  if (name == "dateTime") return read_as(Type::Kind::date_time);
  if (name == "duration" || name == "dayTimeDuration" || name == "yearMonthDuration") {
    const Value months = read_as(Type::Kind::months_duration);
    return months.is_null() ? read_as(Type::Kind::days_duration) : months;
  }
  if (name == "decimal" || name == "double" || name == "integer" || name == "float" || name == "int" ||
      name == "long")
    return number_value(text);
  return Value(raw);
}

/// A value as the kit writes it: `value`, `list` or `component`s. Null when there is none of them, or it is
/// nil.
Value kit_value(pugi::xml_node node, const Type* meant) {
  if (is_nil(node)) return {};
  if (const pugi::xml_node value = child(node, "value")) {
    if (is_nil(value)) return {};
    return simple_value(local_attribute(value, "type"), text_in(value), meant);
  }
  if (const pugi::xml_node list = child(node, "list")) {
    if (is_nil(list)) return {};
    List items;
    for (const pugi::xml_node item : children(list, "item"))
      items.push_back(kit_value(item, meant && meant->element ? meant->element.get() : nullptr));
    return Value(std::move(items));
  }
  const auto components = children(node, "component");
  if (components.empty()) return {};
  Context context;
  for (const pugi::xml_node component : components) {
    const std::string name = component.attribute("name").value();
    context.set(name, kit_value(component, meant ? meant->member(name) : nullptr));
  }
  return Value(std::move(context));
}

/// The type of a value, so far as it tells how text without a type is meant.
Type type_like(const Value& value) {
  static constexpr std::pair<Value::Kind, Type::Kind> kinds[] = {
      {Value::Kind::boolean, Type::Kind::boolean},
      {Value::Kind::number, Type::Kind::number},
      {Value::Kind::date, Type::Kind::date},
      {Value::Kind::time, Type::Kind::time},
      {Value::Kind::date_time, Type::Kind::date_time},
      {Value::Kind::days_duration, Type::Kind::days_duration},
      {Value::Kind::months_duration, Type::Kind::months_duration}};
  for (const auto& [of_value, of_type] : kinds)
    if (value.kind() == of_value) return Type(of_type);
  Type type;
  if (const List* list = value.as_list(); list && !list->empty())
    type.element = std::make_shared<const Type>(type_like(list->front()));
  if (const Context* context = value.as_context())
    for (const Context::Entry& entry : context->entries())
      type.members.push_back({entry.name, type_like(entry.value)});
  return type;
}

/// Same kind and content. Numbers may differ in what lies beyond the digits that the kit writes down.
bool matches(const Value& expected, const Value& given) {
  if (expected.as_number() && given.as_number()) {
    const auto distance = subtract(*expected.as_number(), *given.as_number());
    const auto allowed = Number::parse("0.00000001");
    return distance && allowed && absolute(*distance) <= *allowed;
  }
  if (expected.as_list() && given.as_list()) {
    const List& left = *expected.as_list();
    const List& right = *given.as_list();
    return left.size() == right.size() && std::equal(left.begin(), left.end(), right.begin(), matches);
  }
  if (expected.as_context() && given.as_context()) {
    const Context& left = *expected.as_context();
    const Context& right = *given.as_context();
    return left.size() == right.size() &&
           std::all_of(left.entries().begin(), left.entries().end(), [&right](const Context::Entry& entry) {
             const Value* other = right.find(entry.name);
             return other && matches(entry.value, *other);
           });
  }
  return expected == given;
}

/// By the innermost folder that names one.
std::string level_of(const fs::path& file) {
  std::string level = "level-unknown";
  for (const fs::path& part : fs::absolute(file).parent_path()) {
    const std::size_t at = part.string().find("level-");
    if (at != std::string::npos) level = part.string().substr(at);
  }
  return level;
}

/// The model of a file of cases: the one it names, else the only one in its folder.
fs::path model_of(const fs::path& folder, const std::string& name) {
  if (!name.empty()) return folder / name;
  std::vector<fs::path> models;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".dmn") models.push_back(entry.path());
  return models.size() == 1 ? models.front() : folder;
}

/// One file of cases and its model.
class KitFile {
 public:
  KitFile(const fs::path& file, KitReport& report) : file_(file), report_(report) {}

  void run() {
    pugi::xml_document document;
    const std::string text = read(file_);
    if (!document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata_single) ||
        local_name(document.document_element()) != "testCases")
      return;
    const pugi::xml_node root = document.document_element();
    const fs::path folder = file_.parent_path();
    const LoadOptions options{BrokenExpression::becomes_null,
                              [&folder](std::string_view name_space, std::string_view location) {
                                return model_below(folder, name_space, location);
                              }};
    const std::string model_name = trimmed(text_in(child(root, "modelName")));
    const auto model = Model::load(read(model_of(folder, model_name)), options);
    for (const pugi::xml_node one : children(root, "testCase")) {
      std::string reason = model ? run_case(*model, one) : "the model does not load: " + model.error().text();
      KitCount& count = report_.levels[level_of(file_)];
      if (reason.empty()) {
        ++count.passed;
      } else {
        ++count.failed;
        report_.failures.push_back(file_.filename().string() + " case " + one.attribute("id").value() + ": " +
                                   reason);
      }
    }
  }

 private:
  /// The name of an input or a decision, with its namespace where that is not the model's own.
  static std::string name_in(const Model& model, pugi::xml_node node) {
    const std::string name = node.attribute("name").value();
    const std::string name_space = node.attribute("namespace").value();
    return name_space.empty() || name_space == model.name_space() ? name : name_space + "#" + name;
  }

  /// What a case calls: a decision service or a knowledge model; "" when it asks a decision.
  static std::string callable_of(const Model& model, pugi::xml_node one, const std::string& result) {
    const std::string type = one.attribute("type").value();
    const std::string named = one.attribute("invocableName").value();
    if ((type == "bkm" || type == "decisionService") && !named.empty()) return named;
    return !model.has_decision(result) && model.parameters_of(result) ? result : "";
  }

  static Context inputs_of(const Model& model, pugi::xml_node one, const std::string& callable) {
    const std::optional<Type> parameters = callable.empty() ? std::nullopt : model.parameters_of(callable);
    const Type types = parameters ? *parameters : model.input_type();
    Context inputs;
    for (const pugi::xml_node input : children(one, "inputNode"))
      inputs.set(name_in(model, input), kit_value(input, types.member(input.attribute("name").value())));
    return inputs;
  }

  /// Why the case fails; "" when it passes.
  static std::string run_case(const Model& model, pugi::xml_node one) {
    Conditions conditions;
    conditions.now = utc_moment(std::chrono::system_clock::now());
    for (const pugi::xml_node node : children(one, "resultNode")) {
      const std::string name = node.attribute("name").value();
      const std::string callable = callable_of(model, one, name);
      const Context inputs = inputs_of(model, one, callable);
      const Evaluation evaluation = callable.empty()
                                        ? model.evaluate(name_in(model, node), inputs, conditions)
                                        : model.invoke(callable, inputs, conditions);
      const Value& given = evaluation.result;
      const Type shape = type_like(given);
      const Value expected = kit_value(child(node, "expected"), &shape);
      if (matches(expected, given)) continue;
      // Of a service with several outputs the kit may ask for one.
      if (!callable.empty() && given.as_context() && given.as_context()->find(name)) {
        const Type part = type_like(given[name]);
        if (matches(kit_value(child(node, "expected"), &part), given[name])) continue;
      }
      const auto errors = evaluation.trace.errors();
      return name + ": expected " + expected.text() + ", given " + given.text() +
             (errors.empty() ? "" : " (" + errors.front() + ")");
    }
    return {};
  }

  fs::path file_;
  KitReport& report_;
};

}  // namespace

std::string total_line(const std::string& level, const KitCount& count) {
  return "total " + level + " " + std::to_string(count.passed) + " passed, " + std::to_string(count.failed) +
         " failed";
}

std::optional<std::string> model_below(const fs::path& folder, std::string_view name_space,
                                       std::string_view location) {
  std::error_code unreadable;
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder, unreadable))
    if (entry.path().extension() == ".dmn" && files.size() < most_models) files.push_back(entry.path());
  // The location may be relative to another imported model: what counts is how much of its end is the same.
  const auto likeness = [&location](const fs::path& file) {
    const std::string path = file.generic_string();
    std::size_t same = 0;
    while (same < path.size() && same < location.size() &&
           path[path.size() - 1 - same] == location[location.size() - 1 - same])
      ++same;
    return same;
  };
  std::sort(files.begin(), files.end());
  std::stable_sort(files.begin(), files.end(), [&likeness](const fs::path& left, const fs::path& right) {
    return likeness(left) > likeness(right);
  });
  for (const fs::path& file : files) {
    std::string text = read(file);
    pugi::xml_document document;
    if (document.load_string(text.c_str()) &&
        document.document_element().attribute("namespace").value() == name_space)
      return text;
  }
  return std::nullopt;
}

KitReport run_kit(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().extension() == ".xml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  KitReport report;
  for (const fs::path& file : files) KitFile(file, report).run();
  return report;
}

}  // namespace softbot::dmn
