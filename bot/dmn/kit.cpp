#include "dmn/kit.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <sstream>

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

Value simple_value(const std::string& type, const std::string& text) {
  const std::size_t colon = type.find(':');
  const std::string name = colon == std::string::npos ? type : type.substr(colon + 1);
  const auto read_as = [&text](Type::Kind kind) {
    return value_from_text(Type{kind, ""}, text).value_or(Value());
  };
  if (name == "boolean") return read_as(Type::Kind::boolean);
  if (name == "date") return read_as(Type::Kind::date);
  if (name == "time") return read_as(Type::Kind::time);
  if (name == "dateTime") return read_as(Type::Kind::date_time);
  if (name == "duration" || name == "dayTimeDuration" || name == "yearMonthDuration") {
    const Value months = read_as(Type::Kind::months_duration);
    return months.is_null() ? read_as(Type::Kind::days_duration) : months;
  }
  if (name == "decimal" || name == "double" || name == "integer" || name == "float" || name == "int" ||
      name == "long")
    return read_as(Type::Kind::number);
  return Value(text);
}

/// A value as the kit writes it: `value`, `list` or `component`s. Null when there is none of them, or it is
/// nil.
Value kit_value(pugi::xml_node node) {
  if (const pugi::xml_node value = child(node, "value")) {
    if (local_attribute(value, "nil") == "true") return {};
    return simple_value(local_attribute(value, "type"), value.child_value());
  }
  if (const pugi::xml_node list = child(node, "list")) {
    if (local_attribute(list, "nil") == "true") return {};
    List items;
    for (const pugi::xml_node item : children(list, "item")) items.push_back(kit_value(item));
    return Value(std::move(items));
  }
  const auto components = children(node, "component");
  if (components.empty()) return {};
  Context context;
  for (const pugi::xml_node component : components)
    context.set(component.attribute("name").value(),
                local_attribute(component, "nil") == "true" ? Value() : kit_value(component));
  return Value(std::move(context));
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

std::string level_of(const fs::path& file) {
  for (const fs::path& part : file) {
    const std::size_t at = part.string().find("level-");
    if (at != std::string::npos) return part.string().substr(at);
  }
  return "level-unknown";
}

/// One file of cases and its model.
class KitFile {
 public:
  KitFile(const fs::path& file, KitReport& report) : file_(file), report_(report) {}

  void run() {
    pugi::xml_document document;
    if (!document.load_string(read(file_).c_str(), pugi::parse_default | pugi::parse_ws_pcdata_single) ||
        local_name(document.document_element()) != "testCases")
      return;
    const pugi::xml_node root = document.document_element();
    const fs::path folder = file_.parent_path();
    const LoadOptions options{BrokenExpression::becomes_null,
                              [&folder](std::string_view name_space, std::string_view location) {
                                return model_below(folder, name_space, location);
                              }};
    const auto model = Model::load(read(folder / child(root, "modelName").child_value()), options);
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
  /// Why the case fails; "" when it passes.
  static std::string run_case(const Model& model, pugi::xml_node one) {
    Context inputs;
    for (const pugi::xml_node input : children(one, "inputNode"))
      inputs.set(input.attribute("name").value(), kit_value(input));
    Conditions conditions;
    conditions.now = utc_moment(std::chrono::system_clock::now());
    const std::string type = one.attribute("type").value();
    const std::string callable = one.attribute("invocableName").value();
    for (const pugi::xml_node node : children(one, "resultNode")) {
      const std::string name = node.attribute("name").value();
      const bool call = (type == "bkm" || type == "decisionService") && !callable.empty();
      const Evaluation evaluation =
          call ? model.invoke(callable, inputs, conditions) : model.evaluate(name, inputs, conditions);
      Value given = evaluation.result;
      if (call && given.as_context() && given.as_context()->find(name)) given = given[name];
      const Value expected = kit_value(child(node, "expected"));
      if (matches(expected, given)) continue;
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
