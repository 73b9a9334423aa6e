#include <algorithm>
#include <bit>
#include <utility>

#include "dmn/machine.h"

// Decision tables: which rules are met, and what the hit policy makes of them (DMN 1.5, 8.2.8 and 8.3).
namespace softbot::dmn {

struct Machine::TableRun {
  const Table& table;
  const Node& node;
  DecisionTrace& trace;
  List inputs;
  std::vector<std::size_t> met = {};  ///< rules of which all cells are met, from 0

  struct JudgedRule {
    Verdict verdict = Verdict::met;
    bool tests_nothing = false;  ///< a cell tests something unknown
    bool applied = false;
  };
  std::vector<JudgedRule> judged = {};  ///< each rule, when doubts are counted
};

namespace {

std::string label(HitPolicy policy, Aggregation aggregation) {
  static constexpr const char* policies[] = {"UNIQUE",     "ANY",          "PRIORITY", "FIRST",
                                             "RULE ORDER", "OUTPUT ORDER", "COLLECT"};
  static constexpr const char* aggregations[] = {"", " SUM", " COUNT", " MIN", " MAX"};
  return std::string(policies[static_cast<std::size_t>(policy)]) +
         aggregations[static_cast<std::size_t>(aggregation)];
}

Verdict verdict_of(const Value& result, const Value& input) {
  if (result.is_true()) return Verdict::met;
  return input.is_null() || result.is_null() ? Verdict::unknown : Verdict::unmet;
}

}  // namespace

Value Machine::table(const Node& node) {
  const Table& table = code_->tables[node.a];
  DecisionTrace own;
  const bool called = !table.is_decision || !trace_;
  DecisionTrace* outer = trace_;
  DecisionTrace& trace = called ? own : *trace_;
  if (called) trace_ = &own;
  if (tracing_ == Tracing::full) {
    if (called) {
      own.name = table.name;
      own.id = table.id;
    }
    trace.hit_policy = label(table.policy, table.aggregation);
    for (const TableOutput& output : table.outputs) trace.outputs.push_back(output.name);
  }

  TableRun run{table, node, trace, {}};
  run.inputs.reserve(table.inputs.size());
  Value result;
  bool valid = true;
  for (const TableInput& input : table.inputs) {
    Value value = evaluate(input.expression);
    if (!value.is_null()) value = coerce(value, input.type, input.text);
    if (input.allowed != no_node && !value.is_null()) {
      stack_.push_back(value);
      const bool fits = evaluate(input.allowed).is_true();
      stack_.pop_back();
      if (!fits) {
        note(input.text + ": " + value.excerpt() + " is none of the input values " + input.allowed_text);
        valid = false;
      }
    }
    run.inputs.push_back(std::move(value));
  }
  if (valid) {
    match_rules(run);
    result = exhausted_ ? Value() : decide(run);
    count_doubts_of(run);
  }
  if (called) {
    own.result = result;
    trace_ = outer;
    if (trace_) trace_->errors.insert(trace_->errors.end(), own.errors.begin(), own.errors.end());
    if (tracing_ == Tracing::full && called_tables_.size() < 1000) called_tables_.push_back(std::move(own));
  }
  return result;
}

CellTrace Machine::cell(const Table& table, const TableRule& rule, std::size_t column, const List& inputs) {
  const TableCell& tested = rule.cells[column];
  CellTrace trace{table.inputs[column].text, inputs[column], tested.text, Verdict::met};
  if (tested.test == no_node) return trace;
  stack_.push_back(inputs[column]);
  trace.verdict = verdict_of(evaluate(tested.test), inputs[column]);
  stack_.pop_back();
  return trace;
}

bool Machine::is_met(const TableRule& rule, std::size_t column, const List& inputs) {
  if (rule.cells[column].test == no_node) return true;
  stack_.push_back(inputs[column]);
  const bool met = evaluate(rule.cells[column].test).is_true();
  stack_.pop_back();
  return met;
}

/// The rules that are met, by the index where there is one. Cells that it leaves open are evaluated for the
/// rules that are left.
void Machine::look_up_rules(TableRun& run) {
  const Table& table = run.table;
  const std::size_t columns = table.inputs.size();
  std::vector<TableIndex::Answer> answers(table.index ? columns : 0);
  for (std::size_t column = 0; column < answers.size(); ++column)
    answers[column] = table.index->ask(column, run.inputs[column]);
  if (!charge(1 + table.rules.size() / 64 * columns)) return;
  for (std::size_t word = 0; 64 * word < table.rules.size() && !exhausted_; ++word) {
    std::uint64_t left = ~std::uint64_t{0};
    for (const TableIndex::Answer& answer : answers)
      if (answer.met) left &= answer.met[word] | answer.open[word];
    for (; left != 0 && !exhausted_; left &= left - 1) {
      const std::size_t bit = static_cast<std::size_t>(std::countr_zero(left));
      const std::size_t index = 64 * word + bit;
      if (index >= table.rules.size()) break;
      bool met = true;
      for (std::size_t column = 0; column < columns && met; ++column) {
        const bool known =
            !answers.empty() && answers[column].met && !(answers[column].open[word] >> bit & 1U);
        met = known || is_met(table.rules[index], column, run.inputs);
      }
      if (!met) continue;
      run.met.push_back(index);
      if (table.policy == HitPolicy::first) return;
    }
  }
}

/// Every cell of every rule, as with a trace: an error behind a cell that is unmet counts too.
void Machine::judge_rules(TableRun& run) {
  const Table& table = run.table;
  run.judged.reserve(table.rules.size());
  for (std::size_t index = 0; index < table.rules.size() && !exhausted_; ++index) {
    TableRun::JudgedRule judged;
    for (std::size_t column = 0; column < table.inputs.size(); ++column) {
      const TableCell& tested = table.rules[index].cells[column];
      const Value& input = run.inputs[column];
      judged.tests_nothing = judged.tests_nothing || (input.is_null() && tested.text != "-");
      if (tested.test == no_node) continue;
      stack_.push_back(input);
      const Verdict verdict = verdict_of(evaluate(tested.test), input);
      stack_.pop_back();
      if (verdict == Verdict::unmet || (verdict == Verdict::unknown && judged.verdict == Verdict::met))
        judged.verdict = verdict;
    }
    if (judged.verdict == Verdict::met) run.met.push_back(index);
    run.judged.push_back(judged);
  }
}

void Machine::count_doubts_of(const TableRun& run) {
  for (const auto& rule : run.judged) {
    if (rule.verdict == Verdict::unknown || (rule.applied && rule.tests_nothing)) return doubt();
    if (rule.applied && run.table.policy == HitPolicy::first) return;
  }
}

void Machine::match_rules(TableRun& run) {
  if (tracing_ == Tracing::errors_only) return counts_doubts_ ? judge_rules(run) : look_up_rules(run);
  const Table& table = run.table;
  for (std::size_t index = 0; index < table.rules.size() && !exhausted_; ++index) {
    const TableRule& rule = table.rules[index];
    RuleTrace traced{index + 1, rule.id, Verdict::met, false, {}, rule.annotations};
    for (std::size_t column = 0; column < table.inputs.size(); ++column) {
      traced.cells.push_back(cell(table, rule, column, run.inputs));
      const Verdict verdict = traced.cells.back().verdict;
      if (verdict == Verdict::unmet || (verdict == Verdict::unknown && traced.verdict == Verdict::met))
        traced.verdict = verdict;
    }
    if (traced.verdict == Verdict::met) run.met.push_back(index);
    run.trace.rules.push_back(std::move(traced));
  }
}

/// The outputs of one rule: the value itself for one column, a context for several.
Value Machine::outputs_of(const Table& table, const TableRule& rule) {
  const auto value = [&](std::size_t column) {
    const TableOutput& output = table.outputs[column];
    Value given = coerce(evaluate(rule.outputs[column]), output.type, output.name);
    return output.watched ? within_values(output, given) : given;
  };
  if (table.outputs.size() == 1) return value(0);
  Context outputs;
  for (std::size_t column = 0; column < table.outputs.size(); ++column)
    outputs.set(table.outputs[column].name, value(column));
  return Value(std::move(outputs));
}

/// An output that is none of the output values is null (DMN 1.5, 8.3.3); of a list each element counts.
Value Machine::within_values(const TableOutput& output, const Value& given) {
  const auto is_value = [&](const Value& one) {
    return std::any_of(output.values.begin(), output.values.end(),
                       [&](NodeId id) { return meets(one, evaluate(id)) == true; });
  };
  if (given.is_null() || is_value(given)) return given;
  const List* const list = given.as_list();
  if (list && std::all_of(list->begin(), list->end(), is_value)) return given;
  note(given.excerpt() + " is none of the output values " + output.values_text);
  return {};
}

Value Machine::default_outputs(TableRun& run) {
  const Table& table = run.table;
  const bool any = std::any_of(table.outputs.begin(), table.outputs.end(),
                               [](const TableOutput& output) { return output.default_value != no_node; });
  if (!any) {
    if (table.policy == HitPolicy::collect && table.aggregation == Aggregation::count) return Value(0);
    note("no rule of the table is met");
    return {};
  }
  run.trace.used_default = true;
  const auto value = [this](const TableOutput& output) {
    return output.default_value == no_node ? Value() : evaluate(output.default_value);
  };
  if (table.outputs.size() == 1) return value(table.outputs.front());
  Context outputs;
  for (const TableOutput& output : table.outputs) outputs.set(output.name, value(output));
  return Value(std::move(outputs));
}

Value Machine::decide(TableRun& run) {
  const Table& table = run.table;
  if (run.met.empty()) return default_outputs(run);
  const auto apply = [&](std::size_t index) {
    if (index < run.trace.rules.size()) run.trace.rules[index].applied = true;
    if (index < run.judged.size()) run.judged[index].applied = true;
    return outputs_of(table, table.rules[index]);
  };
  const auto apply_all = [&](const std::vector<std::size_t>& rules) {
    List results;
    for (const std::size_t index : rules) results.push_back(apply(index));
    return results;
  };
  switch (table.policy) {
    case HitPolicy::first:
      return apply(run.met.front());
    case HitPolicy::unique:
      if (run.met.size() == 1) return apply(run.met.front());
      return fail(run.node, "hit policy UNIQUE: rules " + std::to_string(run.met[0] + 1) + " and " +
                                std::to_string(run.met[1] + 1) + " are both met");
    case HitPolicy::any: {
      const List results = apply_all(run.met);
      for (std::size_t index = 1; index < results.size(); ++index)
        if (!(results[index] == results.front()))
          return fail(run.node, "hit policy ANY: rules " + std::to_string(run.met[0] + 1) + " and " +
                                    std::to_string(run.met[index] + 1) + " are met and differ");
      return results.front();
    }
    case HitPolicy::priority:
      return apply(by_priority(run).front());
    case HitPolicy::output_order:
      return made_list(run.node, apply_all(by_priority(run)));
    case HitPolicy::rule_order:
      return made_list(run.node, apply_all(run.met));
    case HitPolicy::collect:
      break;
  }
  List results = apply_all(run.met);
  if (table.aggregation == Aggregation::none) return made_list(run.node, std::move(results));
  return aggregate(table, results);
}

/// The met rules, those whose outputs stand earlier in the output values first; the first output column
/// weighs most.
std::vector<std::size_t> Machine::by_priority(const TableRun& run) {
  std::vector<std::pair<std::vector<std::size_t>, std::size_t>> ranked;
  for (const std::size_t index : run.met) {
    std::vector<std::size_t> ranks;
    for (std::size_t column = 0; column < run.table.outputs.size(); ++column) {
      const TableOutput& output = run.table.outputs[column];
      if (output.values.empty()) continue;
      const Value value = evaluate(run.table.rules[index].outputs[column]);
      std::size_t rank = 0;
      while (rank < output.values.size() && meets(value, evaluate(output.values[rank])) != true) ++rank;
      ranks.push_back(rank);
    }
    ranked.emplace_back(std::move(ranks), index);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& left, const auto& right) { return left.first < right.first; });
  std::vector<std::size_t> rules;
  rules.reserve(ranked.size());
  for (const auto& [ranks, index] : ranked) rules.push_back(index);
  return rules;
}

Value Machine::aggregate(const Table& table, const List& results) {
  if (table.aggregation == Aggregation::count) return Value(static_cast<std::int64_t>(results.size()));
  Value total = results.front();
  for (std::size_t index = 1; index < results.size(); ++index) {
    const Value& next = results[index];
    if (table.aggregation == Aggregation::sum) {
      if (!total.as_number() || !next.as_number()) {
        note("COLLECT SUM: an output is no number");
        return {};
      }
      total = Value(add(*total.as_number(), *next.as_number()));
      continue;
    }
    const auto order = feel_compare(next, total);
    if (!order) {
      note("COLLECT MIN or MAX: outputs cannot be compared");
      return {};
    }
    if (table.aggregation == Aggregation::minimum ? *order < 0 : *order > 0) total = next;
  }
  return total;
}

}  // namespace softbot::dmn
