#include "dmn/check.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "dmn/builtins.h"
#include "dmn/check_table.h"
#include "dmn/check_types.h"
#include "dmn/loader.h"

namespace softbot::dmn {

namespace {

constexpr std::uint64_t most_work = 200'000'000;  ///< steps for all tables: about a second
constexpr std::size_t most_pieces = 100'000'000;  ///< of all rules of a column together

/// The owner of a table: how it is called, and the names of the slots that its expressions see.
struct Owner {
  std::string element;
  std::vector<std::string> names;
};

std::vector<std::string> slot_names(const std::vector<FrameEntry>& frame) {
  std::vector<std::string> names;
  names.reserve(frame.size());
  for (const FrameEntry& entry : frame) names.push_back(entry.name);
  return names;
}

bool is_known(const Type& type) {
  return type.kind != Type::Kind::any && type.kind != Type::Kind::null;
}

class ModelCheck {
 public:
  explicit ModelCheck(std::shared_ptr<const Model::Compiled> model)
      : model_(std::move(model)),
        code_(std::shared_ptr<const Code>(model_, &model_->code)),
        types_(*model_, [this](const std::string& message, std::size_t line) { type_error(message, line); }) {
  }

  std::vector<Finding> run() {
    for (const Problem& problem : model_->problems) {
      Finding finding;
      finding.message = problem.message;
      finding.element = problem.element;
      finding.line = problem.line;
      findings_.push_back(std::move(finding));
    }
    for (std::size_t index = 0; index < model_->own_decisions.size(); ++index) {
      const DecisionCode& decision = model_->decisions[index];
      element_ = "decision \"" + decision.variable.name + "\"";
      owners_[decision.variable.name] = {element_, slot_names(decision.frame)};
      types_.decision(decision);
    }
    for (const KnowledgeCode& knowledge : model_->knowledge) {
      element_ = "knowledge model \"" + knowledge.name + "\"";
      Owner owner{element_, slot_names(knowledge.frame)};
      for (const Parameter& parameter : code_->functions[knowledge.function].parameters)
        owner.names.push_back(parameter.name);
      owners_[knowledge.name] = std::move(owner);
      types_.knowledge(knowledge);
    }
    for (std::uint32_t index = 0; index < code_->tables.size(); ++index) table(index);
    std::stable_sort(findings_.begin(), findings_.end(),
                     [](const Finding& left, const Finding& right) { return left.line < right.line; });
    return std::move(findings_);
  }

 private:
  void type_error(const std::string& message, std::size_t line) {
    if (!told_.emplace(message, line).second) return;
    Finding finding;
    finding.kind = Finding::Kind::type_error;
    finding.message = message;
    finding.element = element_;
    finding.line = line;
    findings_.push_back(std::move(finding));
  }

  void table(std::uint32_t index) {
    const Table& table = code_->tables[index];
    const auto owner = owners_.find(table.name);
    if (owner == owners_.end()) return;  // of an imported model, which is checked by itself
    TableFindings found = check_table(view_of(index, owner->second), work_left_);
    work_left_ -= std::min(work_left_, found.work);
    for (Finding& finding : found.findings) {
      finding.element = owner->second.element;
      finding.line = code_->sources[table.source].line;
      const bool one_rule =
          finding.kind == Finding::Kind::never_fires || finding.kind == Finding::Kind::overlap;
      if (one_rule && !finding.rules.empty()) finding.line = line_of(table.rules[finding.rules.front() - 1]);
      findings_.push_back(std::move(finding));
    }
  }

  [[nodiscard]] std::size_t line_of(const TableRule& rule) const {
    return rule.outputs.empty() ? 0 : code_->sources[code_->nodes[rule.outputs.front()].source].line;
  }

  [[nodiscard]] TableView view_of(std::uint32_t index, const Owner& owner) const {
    const Table& table = code_->tables[index];
    const ConditionReader reader(code_, owner.names);
    TableView view;
    view.table = &table;
    std::vector<std::string> keys;
    for (const TableInput& input : table.inputs) keys.push_back(reader.key(input.expression));
    std::set<std::string> done;
    std::size_t computed = 0;
    for (std::size_t column = 0; column < table.inputs.size(); ++column) {
      if (!done.insert(keys[column]).second) continue;
      const ColumnDomain domain = domain_of(index, column, reader);
      const std::vector<Condition> cells = conditions(table, keys, keys[column], reader);
      if ((count_ends(cells) + count_ends({domain.allowed}) + 3) * table.rules.size() > most_pieces) {
        view.too_large = true;
        view.columns.clear();
        return view;
      }
      view.columns.emplace_back(table.inputs[column].text, domain, cells);
      const bool plain = !reader.path_text(table.inputs[column].expression).empty() || domain.not_negative;
      computed += plain ? 0 : 1;
      view.plain.push_back(plain || domain.kind == Type::Kind::boolean);
    }
    if (computed > 1) mark_computed(table, reader, view);
    outputs(table, reader, view);
    return view;
  }

  /// Several computed columns may depend on each other: then none of them is free to have any value.
  static void mark_computed(const Table& table, const ConditionReader& reader, TableView& view) {
    for (std::size_t column = 0; column < view.columns.size(); ++column)
      for (const TableInput& input : table.inputs)
        if (input.text == view.columns[column].text())
          view.plain[column] = !reader.path_text(input.expression).empty();
  }

  /// The cells of all columns with this expression, as one condition for each rule.
  static std::vector<Condition> conditions(const Table& table, const std::vector<std::string>& keys,
                                           const std::string& key, const ConditionReader& reader) {
    std::vector<Condition> all;
    for (const TableRule& rule : table.rules) {
      Condition both;
      both.kind = Condition::Kind::all;
      for (std::size_t column = 0; column < table.inputs.size(); ++column)
        if (keys[column] == key) both.parts.push_back(reader.read(rule.cells[column].test, table.input_slot));
      all.push_back(both.parts.size() == 1 ? both.parts.front() : std::move(both));
    }
    return all;
  }

  [[nodiscard]] ColumnDomain domain_of(std::uint32_t index, std::size_t column,
                                       const ConditionReader& reader) const {
    const Table& table = code_->tables[index];
    const TableInput& input = table.inputs[column];
    const Type inferred = types_.input_type(index, column);
    ColumnDomain domain;
    domain.kind = is_known(input.type) ? input.type.kind : inferred.kind;
    const Node& node = code_->nodes[input.expression];
    if (node.op == Op::builtin) {
      const std::string_view name = code_->builtins[node.a]->name;
      domain.whole = name == "count" || name == "string length";
      domain.not_negative = domain.whole;
    }
    domain.allowed.kind = Condition::Kind::all;
    if (input.allowed != no_node)
      domain.allowed.parts.push_back(reader.read(input.allowed, table.input_slot));
    for (const std::string& text : {input.type.allowed, inferred.allowed}) {
      const auto found = code_->allowed.find(text);
      if (found != code_->allowed.end()) domain.allowed.parts.push_back(reader.read(found->second, 0));
    }
    return domain;
  }

  void outputs(const Table& table, const ConditionReader& reader, TableView& view) const {
    bool ranked = true;
    for (const TableRule& rule : table.rules) {
      std::vector<std::string> texts;
      std::vector<std::size_t> ranks;
      bool constant = true;
      for (std::size_t column = 0; column < rule.outputs.size(); ++column) {
        const auto value = reader.constant(rule.outputs[column]);
        constant = constant && value.has_value();
        texts.push_back(value ? value->text() : reader.key(rule.outputs[column]));
        const auto& values = table.outputs[column].values;
        if (values.empty()) continue;
        std::size_t rank = 0;
        while (rank < values.size() && !(reader.constant(values[rank]) == value)) ++rank;
        ranks.push_back(rank);
      }
      ranked = ranked && constant;
      view.outputs.push_back(std::move(texts));
      view.constant.push_back(constant);
      view.ranks.push_back(std::move(ranks));
    }
    if (!ranked) view.ranks.clear();
  }

  std::shared_ptr<const Model::Compiled> model_;
  std::shared_ptr<const Code> code_;
  TypeInference types_;
  std::map<std::string, Owner> owners_;
  std::string element_;
  std::uint64_t work_left_ = most_work;
  std::set<std::pair<std::string, std::size_t>> told_;
  std::vector<Finding> findings_;
};

}  // namespace

std::string_view name_of(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

std::string text_of(const std::vector<ExampleInput>& example) {
  std::string text;
  for (const ExampleInput& one : example) {
    const bool words = one.value.starts_with("more than") || one.value.starts_with("less than");
    text += (text.empty() ? "" : ", ") + one.input + (words ? " is " : " = ") + one.value;
  }
  return text;
}

std::vector<Finding> check(std::string_view xml, const LoadOptions& options) {
  LoadOptions lenient = options;
  lenient.broken = BrokenExpression::becomes_null;
  try {
    return ModelCheck(Loader(xml, lenient).load()).run();
  } catch (const LoadError& error) {
    Finding finding;
    finding.kind = Finding::Kind::not_loaded;
    finding.message = error.problem.message;
    finding.element = error.problem.element;
    finding.line = error.problem.line;
    return {std::move(finding)};
  }
}

}  // namespace softbot::dmn
