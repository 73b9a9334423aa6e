#include "dmn/check_table.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace softbot::dmn {

namespace {

constexpr std::size_t most_gaps = 10;
constexpr std::size_t most_overlaps = 20;

/// Counts what is done, and when it is enough.
class Budget {
 public:
  explicit Budget(std::uint64_t most) : most_(most) {}
  void spend(std::size_t steps) { spent_ += steps; }
  [[nodiscard]] bool used_up() const { return spent_ > most_; }
  [[nodiscard]] std::uint64_t spent() const { return spent_; }

 private:
  std::uint64_t most_;
  std::uint64_t spent_ = 0;
};

enum class Certainty { certain, possible };

std::string joined(const std::vector<std::size_t>& rules) {
  std::string text;
  for (std::size_t index = 0; index < rules.size(); ++index)
    text += (index == 0 ? "" : index + 1 == rules.size() ? " and " : ", ") + std::to_string(rules[index]);
  return text;
}

/// Looks for a point of the columns' pieces that no rule of a set covers.
class Search {
 public:
  Search(const std::vector<Column>& columns, std::size_t rules, Certainty covering, Budget& budget)
      : columns_(columns), budget_(budget) {
    for (std::size_t column = 0; column < columns.size(); ++column) order_.push_back(column);
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t left, std::size_t right) {
      return columns[left].pieces() < columns[right].pieces();
    });
    for (const std::size_t column : order_) {
      std::vector<Bits> by_piece(columns[column].pieces(), Bits(rules));
      Bits whole(rules);
      for (std::size_t rule = 0; rule < rules; ++rule) {
        const Bits& met =
            covering == Certainty::certain ? columns[column].certain(rule) : columns[column].possible(rule);
        for (std::size_t piece = 0; piece < by_piece.size(); ++piece)
          if (met.has(piece)) by_piece[piece].add(rule);
        const Bits& every =
            covering == Certainty::certain ? columns[column].all() : columns[column].expected();
        if (met.both(every) == every) whole.add(rule);
      }
      by_piece_.push_back(std::move(by_piece));
      whole_from_.push_back(std::move(whole));
    }
    for (std::size_t level = whole_from_.size(); level-- > 1;)
      whole_from_[level - 1] = whole_from_[level - 1].both(whole_from_[level]);
  }

  /// Points of a box that none of `covering` covers, one for each way in which they miss; `most` at most.
  /// A box is a set of pieces for each column.
  std::vector<std::vector<std::size_t>> uncovered(const Bits& covering, const std::vector<Bits>& box,
                                                  std::size_t most) {
    box_ = &box;
    most_ = most;
    found_.clear();
    seen_.assign(order_.size() + 1, {});
    point_.assign(columns_.size(), 0);
    look(0, covering);
    return std::move(found_);
  }

  [[nodiscard]] bool gave_up() const { return budget_.used_up(); }

 private:
  void look(std::size_t level, const Bits& active) {
    if (gave_up() || found_.size() >= most_) return;
    budget_.spend(20 + active.words().size());
    if (active.empty()) {
      for (std::size_t rest = level; rest < order_.size(); ++rest) {
        const Bits& pieces = (*box_)[order_[rest]];
        if (pieces.empty()) return;
        point_[order_[rest]] = pieces.first();
      }
      found_.push_back(point_);
      return;
    }
    if (level == order_.size() || active.meets(whole_from_[level])) return;
    if (!seen_[level].insert(active.words()).second) return;
    const Bits& pieces = (*box_)[order_[level]];
    std::set<std::vector<std::uint64_t>> tried;
    for (std::size_t piece = 0; piece < by_piece_[level].size(); ++piece) {
      if (!pieces.has(piece)) continue;
      const Bits left = active.both(by_piece_[level][piece]);
      budget_.spend(10 + 2 * left.words().size());
      if (!tried.insert(left.words()).second) continue;
      point_[order_[level]] = piece;
      look(level + 1, left);
    }
  }

  const std::vector<Column>& columns_;
  Budget& budget_;
  std::vector<std::size_t> order_;           ///< columns with few pieces first
  std::vector<std::vector<Bits>> by_piece_;  ///< rules that are met, by level and piece
  std::vector<Bits> whole_from_;             ///< rules that ask nothing from this level on
  const std::vector<Bits>* box_ = nullptr;
  std::size_t most_ = 0;
  std::vector<std::set<std::vector<std::uint64_t>>> seen_;
  std::vector<std::size_t> point_;
  std::vector<std::vector<std::size_t>> found_;
};

class TableCheck {
 public:
  TableCheck(const TableView& view, std::uint64_t most_work)
      : view_(view), rules_(view.table->rules.size()), budget_(most_work) {}

  TableFindings run() {
    if (rules_ == 0) {
      add(Finding::Kind::gap, "the table has no rules", {}, {});
      return {std::move(findings_), 0};
    }
    dead_.assign(rules_, false);
    if (!view_.too_large) {
      impossible_rules();
      gaps();
      overlaps();
      masked_rules();
    }
    if (view_.too_large || budget_.used_up()) {
      Finding& finding = add(Finding::Kind::too_large,
                             "the table is too large to look for every gap and hidden rule", {}, {});
      finding.severity = Severity::warning;
    }
    return {std::move(findings_), budget_.spent()};
  }

 private:
  [[nodiscard]] HitPolicy policy() const { return view_.table->policy; }

  Finding& add(Finding::Kind kind, std::string message, std::vector<std::size_t> rules,
               std::vector<ExampleInput> example) {
    Finding finding;
    finding.kind = kind;
    finding.message = std::move(message);
    finding.rules = std::move(rules);
    finding.example = std::move(example);
    findings_.push_back(std::move(finding));
    return findings_.back();
  }

  [[nodiscard]] std::vector<ExampleInput> example_at(const std::vector<std::size_t>& point) const {
    std::vector<ExampleInput> example;
    for (std::size_t column = 0; column < point.size(); ++column)
      example.push_back({view_.columns[column].text(), view_.columns[column].example(point[column])});
    return example;
  }

  [[nodiscard]] std::vector<Bits> box_of(std::size_t rule) const {
    std::vector<Bits> box;
    for (const Column& column : view_.columns) box.push_back(column.certain(rule));
    return box;
  }

  void impossible_rules() {
    for (std::size_t rule = 0; rule < rules_; ++rule) {
      for (std::size_t column = 0; column < view_.columns.size(); ++column) {
        if (!view_.columns[column].possible(rule).empty()) continue;
        dead_[rule] = true;
        add(Finding::Kind::never_fires,
            "rule " + std::to_string(rule + 1) + " can never fire: no value of `" +
                view_.columns[column].text() + "` meets `" + cell_text(rule, column) + "`",
            {rule + 1}, {});
        break;
      }
    }
  }

  [[nodiscard]] std::string cell_text(std::size_t rule, std::size_t column) const {
    std::string text;
    for (std::size_t index = 0; index < view_.table->inputs.size(); ++index)
      if (view_.table->inputs[index].text == view_.columns[column].text())
        text += (text.empty() ? "" : " and ") + view_.table->rules[rule].cells[index].text;
    return text;
  }

  void gaps() {
    const bool may_miss = policy() == HitPolicy::collect || policy() == HitPolicy::rule_order ||
                          policy() == HitPolicy::output_order;
    const auto& outputs = view_.table->outputs;
    const bool has_default = std::any_of(outputs.begin(), outputs.end(), [](const TableOutput& output) {
      return output.default_value != no_node;
    });
    if (may_miss || has_default) return;
    Search search(view_.columns, rules_, Certainty::possible, budget_);
    Bits all(rules_);
    all.add_range(0, rules_ - 1);
    std::vector<Bits> box;
    for (const Column& column : view_.columns) box.push_back(column.expected());
    for (const auto& point : search.uncovered(all, box, most_gaps)) {
      const std::vector<std::size_t> close = closest(point);
      std::string message = "no rule is met";
      if (!close.empty())
        message += "; rule" + std::string(close.size() == 1 ? " " : "s ") + joined(close) +
                   (close.size() == 1 ? " comes" : " come") + " closest";
      Finding& finding = add(Finding::Kind::gap, std::move(message), close, example_at(point));
      if (doubtful(point)) finding.severity = Severity::warning;
    }
  }

  /// Rules that miss a point in one column only; two at most.
  [[nodiscard]] std::vector<std::size_t> closest(const std::vector<std::size_t>& point) const {
    std::vector<std::size_t> rules;
    for (std::size_t rule = 0; rule < rules_ && rules.size() < 2; ++rule)
      if (missed(rule, point).size() == 1) rules.push_back(rule + 1);
    return rules;
  }

  [[nodiscard]] std::vector<std::size_t> missed(std::size_t rule,
                                                const std::vector<std::size_t>& point) const {
    std::vector<std::size_t> columns;
    for (std::size_t column = 0; column < point.size(); ++column)
      if (!view_.columns[column].possible(rule).has(point[column])) columns.push_back(column);
    return columns;
  }

  /// Whether a gap rests on a column that is computed: perhaps its input never has that value there.
  [[nodiscard]] bool doubtful(const std::vector<std::size_t>& point) const {
    for (std::size_t rule = 0; rule < rules_; ++rule) {
      const auto columns = missed(rule, point);
      if (std::all_of(columns.begin(), columns.end(),
                      [&](std::size_t column) { return !view_.plain[column]; }))
        return true;
    }
    return false;
  }

  void overlaps() {
    if (policy() != HitPolicy::unique && policy() != HitPolicy::any) return;
    std::size_t found = 0;
    for (std::size_t second = 1; second < rules_; ++second) {
      for (std::size_t first = 0; first < second; ++first) {
        budget_.spend(view_.columns.size());
        if (budget_.used_up()) return;
        if (dead_[first] || dead_[second] || !overlap(first, second)) continue;
        const bool any = policy() == HitPolicy::any;
        if (any && same_outputs(first, second)) continue;
        if (++found > most_overlaps) continue;
        const std::vector<std::size_t> both = {first + 1, second + 1};
        Finding& finding = add(Finding::Kind::overlap,
                               "rules " + joined(both) +
                                   (any ? " are met together and differ, against the hit policy ANY"
                                        : " are met together, against the hit policy UNIQUE"),
                               both, example_at(shared_point(first, second)));
        if (any && !constant_outputs(first, second)) finding.severity = Severity::warning;
      }
    }
    if (found > most_overlaps)
      add(Finding::Kind::overlap,
          "and " + std::to_string(found - most_overlaps) + " more pairs of rules overlap", {}, {});
  }

  [[nodiscard]] bool overlap(std::size_t first, std::size_t second) const {
    return std::all_of(view_.columns.begin(), view_.columns.end(), [&](const Column& column) {
      return column.certain(first).meets(column.certain(second));
    });
  }

  [[nodiscard]] std::vector<std::size_t> shared_point(std::size_t first, std::size_t second) const {
    std::vector<std::size_t> point;
    for (const Column& column : view_.columns) {
      const Bits shared = column.certain(first).both(column.certain(second));
      const Bits likely = shared.both(column.expected());
      point.push_back((likely.empty() ? shared : likely).first());
    }
    return point;
  }

  [[nodiscard]] bool same_outputs(std::size_t first, std::size_t second) const {
    return view_.outputs[first] == view_.outputs[second];
  }

  [[nodiscard]] bool constant_outputs(std::size_t first, std::size_t second) const {
    return view_.constant[first] && view_.constant[second];
  }

  /// Rules whose every input is taken by rules that go before them.
  void masked_rules() {
    const bool priority = policy() == HitPolicy::priority;
    if (policy() != HitPolicy::first && !(priority && !view_.ranks.empty())) return;
    Search search(view_.columns, rules_, Certainty::certain, budget_);
    for (std::size_t rule = 0; rule < rules_; ++rule) {
      if (dead_[rule] || search.gave_up()) continue;
      Bits before(rules_);
      std::vector<std::size_t> named;
      for (std::size_t other = 0; other < rules_; ++other) {
        if (!goes_before(other, rule, priority) || dead_[other] || !overlap(other, rule)) continue;
        before.add(other);
        named.push_back(other + 1);
      }
      if (named.empty()) continue;
      std::vector<Bits> box;
      for (const Column& column : view_.columns) box.push_back(column.possible(rule));
      const auto free = search.uncovered(before, box, 1);
      if (!free.empty() || search.gave_up()) continue;
      named.resize(std::min<std::size_t>(named.size(), 5));
      const std::string by = (named.size() == 1 ? "rule " : "rules ") + joined(named);
      named.insert(named.begin(), rule + 1);
      const std::vector<std::size_t> point = shared_point(rule, named[1] - 1);
      add(Finding::Kind::never_fires,
          "rule " + std::to_string(rule + 1) + " can never fire: " + by + " before it take" +
              (named.size() == 2 ? "s" : "") + " all of its inputs",
          named, example_at(point));
    }
  }

  [[nodiscard]] bool goes_before(std::size_t other, std::size_t rule, bool priority) const {
    if (!priority) return other < rule;
    const auto& ranks = view_.ranks;
    return ranks[other] < ranks[rule] || (ranks[other] == ranks[rule] && other < rule);
  }

  const TableView& view_;
  std::size_t rules_;
  std::vector<bool> dead_;
  std::vector<Finding> findings_;
  Budget budget_;
};

}  // namespace

TableFindings check_table(const TableView& view, std::uint64_t most_work) {
  return TableCheck(view, most_work).run();
}

}  // namespace softbot::dmn
