#include "dmn/parser.h"

#include <optional>
#include <utility>

#include "dmn/builtins.h"
#include "dmn/function.h"
#include "dmn/type_parser.h"

namespace softbot::dmn {

namespace {

constexpr int deepest = 400;

/// Precedence of binary operators, loosest first.
enum class Level : int { disjunction, conjunction, comparison, sum, product, power, unary };

Level tighter(Level level) {
  return static_cast<Level>(static_cast<int>(level) + 1);
}

struct BinaryOperator {
  std::string_view symbol;
  Op op;
};

/// Recursive descent straight to nodes. Scope is pushed and popped exactly as slots are when the nodes are
/// evaluated.
class Parser {
 public:
  Parser(std::string_view text, Surroundings around) : scan_(text), around_(around), code_(around.code) {}

  NodeId whole_expression() {
    if (scan_.sees_word("function")) entry_name_ = around_.entry_name;
    const NodeId node = expression();
    expect_end();
    return node;
  }

  NodeId whole_unary_tests(std::uint32_t input_slot) {
    input_slot_ = input_slot;
    if (scan_.at_end() || only_dash()) return no_node;
    const std::size_t begin = scan_.at();
    if (scan_.take_word("not") && scan_.take("(")) {
      const auto tests = test_list();
      if (scan_.take(")") && scan_.at_end()) return code_.add(Op::unary_tests, input_slot, 1, tests);
      scan_.go_to(begin);
    }
    scan_.go_to(begin);
    const auto tests = test_list();
    expect_end();
    return code_.add(Op::unary_tests, input_slot, 0, tests);
  }

  std::vector<NodeId> whole_values() {
    if (scan_.at_end() || only_dash()) return {};
    auto tests = test_list();
    expect_end();
    return tests;
  }

  [[nodiscard]] std::vector<std::string> faults() const { return {faults_.begin(), faults_.end()}; }

 private:
  /// Refuses text that nests or backtracks too much; one stands in every function that can recur.
  class Guard {
   public:
    explicit Guard(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > deepest) parser_.scan_.fail("the expression nests too deep");
      if (++parser_.steps_ > 20'000 + 50 * parser_.scan_.text().size())
        parser_.scan_.fail("the expression is too complex");
    }
    ~Guard() { --parser_.depth_; }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    Parser& parser_;
  };

  void expect_end() {
    if (scan_.at_end()) return;
    std::string message = "unexpected " + scan_.here();
    if (!last_unknown_.empty()) message += "; nothing is called \"" + last_unknown_ + "\"";
    scan_.fail(message);
  }

  bool only_dash() {
    const std::size_t begin = scan_.at();
    if (scan_.take("-") && scan_.at_end()) return true;
    scan_.go_to(begin);
    return false;
  }

  // ---- unary tests

  std::vector<NodeId> test_list() {
    std::vector<NodeId> tests;
    do {
      tests.push_back(test());
    } while (scan_.take(","));
    return tests;
  }

  NodeId test() {
    const Guard guard(*this);
    if (const auto comparison = take_comparison()) return comparison_test(*comparison);
    const bool outer = std::exchange(used_input_, false);
    NodeId node = expression();
    if (used_input_) node = code_.add(Op::predicate, 0, 0, {node});
    used_input_ = outer || used_input_;
    return node;
  }

  std::optional<Range::Comparison> take_comparison() {
    using Comparison = Range::Comparison;
    if (scan_.take("<=")) return Comparison::less_or_equal;
    if (scan_.take("<")) return Comparison::less;
    if (scan_.take(">=")) return Comparison::greater_or_equal;
    if (scan_.take(">")) return Comparison::greater;
    if (scan_.take("!=")) return Comparison::not_equal;
    if (scan_.take("=")) return Comparison::equal;
    return std::nullopt;
  }

  NodeId comparison_test(Range::Comparison comparison) {
    const NodeId operand = binary(Level::sum);
    return code_.add(Op::comparison, static_cast<std::uint32_t>(comparison), 0, {operand});
  }

  // ---- expressions

  NodeId expression() {
    const Guard guard(*this);
    return binary(Level::disjunction);
  }

  NodeId binary(Level level) {
    switch (level) {
      case Level::disjunction:
        return word_operators(level, "or", Op::disjunction);
      case Level::conjunction:
        return word_operators(level, "and", Op::conjunction);
      case Level::comparison:
        return comparison();
      case Level::sum:
        return symbol_operators(level, {{"+", Op::add}, {"-", Op::subtract}});
      case Level::product:
        return symbol_operators(level, {{"*", Op::multiply}, {"/", Op::divide}});
      case Level::power:
        return symbol_operators(level, {{"**", Op::power}});
      case Level::unary:
        break;
    }
    return unary();
  }

  NodeId word_operators(Level level, std::string_view word, Op op) {
    NodeId left = binary(tighter(level));
    while (scan_.take_word(word)) left = code_.add(op, 0, 0, {left, binary(tighter(level))});
    return left;
  }

  NodeId symbol_operators(Level level, const std::vector<BinaryOperator>& operators) {
    NodeId left = binary(tighter(level));
    for (;;) {
      const BinaryOperator* found = nullptr;
      for (const BinaryOperator& candidate : operators)
        if (scan_.sees(candidate.symbol) && !(candidate.op == Op::multiply && scan_.sees("**")))
          found = &candidate;
      if (!found) return left;
      scan_.take(found->symbol);
      left = code_.add(found->op, 0, 0, {left, binary(tighter(level))});
    }
  }

  NodeId comparison() {
    static constexpr std::pair<std::string_view, Op> symbols[] = {
        {"<=", Op::less_or_equal}, {">=", Op::greater_or_equal}, {"!=", Op::not_equal},
        {"<", Op::less},           {">", Op::greater},           {"=", Op::equal}};
    NodeId left = binary(Level::sum);
    for (;;) {
      bool found = false;
      for (const auto& [symbol, op] : symbols) {
        if (!scan_.take(symbol)) continue;
        left = code_.add(op, 0, 0, {left, binary(Level::sum)});
        found = true;
        break;
      }
      if (!found && scan_.take_word("between")) {
        const NodeId low = binary(Level::sum);
        scan_.expect_word("and");
        left = code_.add(Op::between, 0, 0, {left, low, binary(Level::sum)});
        found = true;
      } else if (!found && scan_.take_word("in")) {
        left = in_tests(left);
        found = true;
      }
      if (!found) return left;
    }
  }

  /// The right side of `in`: one test, or several in round brackets.
  NodeId in_tests(NodeId value) {
    const Guard guard(*this);
    std::vector<NodeId> children = {value};
    const std::size_t begin = scan_.at();
    if (scan_.take("(")) {
      do {
        children.push_back(in_test());
      } while (scan_.take(","));
      if (scan_.take(")")) return code_.add(Op::in, 0, 0, children);
      children.resize(1);
      scan_.go_to(begin);
    }
    if (const auto operation = take_comparison()) {
      children.push_back(comparison_test(*operation));
    } else {
      children.push_back(binary(Level::sum));
    }
    return code_.add(Op::in, 0, 0, children);
  }

  NodeId in_test() {
    if (const auto operation = take_comparison()) return comparison_test(*operation);
    return expression();
  }

  NodeId unary() {
    const Guard guard(*this);
    const bool is_negative = scan_.take("-");
    if (is_negative && !scan_.sees_number()) return code_.add(Op::negate, 0, 0, {unary()});
    NodeId node = postfix(is_negative ? code_.constant(Value(negate(number()))) : primary());
    while (scan_.sees_word("instance")) {
      scan_.take_word();
      scan_.expect_word("of");
      Type type = TypeParser(scan_, around_.types).type();
      node = code_.add(Op::instance_of, code_.type(std::move(type)), 0, {node});
    }
    return node;
  }

  NodeId postfix(NodeId node) {
    for (;;) {
      if (scan_.sees(".") && !scan_.sees("..")) {
        scan_.take(".");
        node = code_.add(Op::path, code_.name(member_name()), 0, {node});
      } else if (scan_.sees("[")) {
        const auto filtered = filter(node);
        if (!filtered) return node;
        node = *filtered;
      } else if (scan_.sees("(")) {
        node = call(node);
      } else {
        return node;
      }
    }
  }

  /// A filter, or nothing when the bracket turns out to close a range such as [1..2[.
  std::optional<NodeId> filter(NodeId list) {
    const std::size_t begin = scan_.at();
    const std::size_t scope_size = around_.scope.size();
    scan_.take("[");
    const bool in_range = std::exchange(in_range_end_, false);
    try {
      around_.scope.push_item();
      const NodeId condition = expression();
      scan_.expect("]");
      around_.scope.pop(1);
      in_range_end_ = in_range;
      return code_.add(Op::filter, 0, 0, {list, condition});
    } catch (const SyntaxError&) {
      if (!in_range) throw;
      around_.scope.pop(around_.scope.size() - scope_size);
      in_range_end_ = in_range;
      scan_.go_to(begin);
      return std::nullopt;
    }
  }

  std::string member_name() {
    scan_.skip_space();
    if (const auto found = around_.members.longest(scan_.text(), scan_.at())) {
      scan_.go_to(found->end);
      return found->name;
    }
    const std::string_view word = scan_.take_word();
    if (word.empty()) scan_.fail("expected the name of a member but found " + scan_.here());
    return std::string(word);
  }

  NodeId call(NodeId callee) {
    const Guard guard(*this);
    scan_.expect("(");
    std::vector<NodeId> arguments;
    std::vector<std::string> names;
    while (!scan_.sees(")")) {
      if (const auto name = scan_.take_name_before_colon()) {
        scan_.take(":");
        names.push_back(*name);
      }
      if (!names.empty() && names.size() != arguments.size() + 1) scan_.fail("name all arguments or none");
      arguments.push_back(expression());
      if (!scan_.take(",")) break;
      if (scan_.sees(")")) scan_.fail("expected an argument");
    }
    scan_.expect(")");
    if (const Builtin* builtin = builtin_of(callee)) return builtin_call(*builtin, arguments, names);
    arguments.insert(arguments.begin(), callee);
    if (names.empty()) return code_.add(Op::call, 0, 0, arguments);
    return code_.add(Op::call_named, code_.keys(names), 0, arguments);
  }

  const Builtin* builtin_of(NodeId node) const {
    const Node& found = code_.nodes[node];
    if (found.op != Op::constant) return nullptr;
    const Function* function = code_.constants[found.a].as_function();
    return function ? function->builtin() : nullptr;
  }

  NodeId builtin_call(const Builtin& builtin, std::vector<NodeId> arguments,
                      const std::vector<std::string>& names) {
    const std::string label(builtin.name);
    if (!names.empty()) {
      const auto arrangement = arrange(builtin, names);
      if (!arrangement) return broken("the function " + label + " has no such parameters");
      std::vector<NodeId> arranged;
      for (std::size_t place = 0; place < arrangement->order.size(); ++place) {
        const int index = arrangement->order[place];
        NodeId node =
            index < 0 ? code_.add(Op::absent, 0, 0, {}) : arguments[static_cast<std::size_t>(index)];
        if (const Type::Kind kind = arrangement->kinds[place]; kind != Type::Kind::any)
          node = code_.add(Op::coerce, code_.type(Type{kind, ""}),
                           code_.name(names[static_cast<std::size_t>(index)]), {node});
        arranged.push_back(node);
      }
      arguments = std::move(arranged);
    } else if (!accepts(builtin, arguments.size())) {
      return broken("the function " + label + " does not take " + std::to_string(arguments.size()) +
                    " arguments");
    }
    code_.builtins.push_back(&builtin);
    return code_.add(Op::builtin, static_cast<std::uint32_t>(code_.builtins.size() - 1), 0, arguments);
  }

  NodeId broken(const std::string& reason) {
    faults_.insert(reason);
    return code_.add(Op::broken, code_.name(reason), 0, {});
  }

  // ---- primary expressions

  NodeId primary() {
    const Guard guard(*this);
    switch (scan_.peek()) {
      case '"':
        return code_.constant(Value(scan_.take_string()));
      case '@':
        return at_literal();
      case '(':
        return bracketed();
      case '[':
        return list_or_range();
      case ']':
        return open_range();
      case '{':
        return context();
      case '\0':
        scan_.fail("expected an expression but the text ends");
      default:
        break;
    }
    if (scan_.sees_number()) return code_.constant(Value(number()));
    return name_or_keyword();
  }

  Number number() {
    const std::string_view text = scan_.take_number();
    const auto value = Number::parse(text.front() == '.' ? "0" + std::string(text) : std::string(text));
    if (!value) scan_.fail("the number " + std::string(text) + " is out of range");
    return *value;
  }

  NodeId at_literal() {
    scan_.take("@");
    const std::string text = scan_.take_string();
    if (const auto date = parse_date(text)) return code_.constant(Value(*date));
    if (const auto moment = parse_date_time(text)) return code_.constant(Value(*moment));
    if (const auto time = parse_time(text)) return code_.constant(Value(*time));
    if (const auto months = parse_months_duration(text)) return code_.constant(Value(*months));
    if (const auto days = parse_days_duration(text)) return code_.constant(Value(*days));
    return broken("@\"" + text + "\" is no date, time or duration");
  }

  NodeId bracketed() {
    scan_.take("(");
    const bool in_range = std::exchange(in_range_end_, false);
    NodeId node = no_node;
    if (const auto operation = take_comparison()) {
      node = comparison_test(*operation);
    } else {
      node = expression();
    }
    in_range_end_ = in_range;
    if (scan_.take("..")) return range_end(node, false);
    scan_.expect(")");
    return node;
  }

  NodeId open_range() {
    scan_.take("]");
    const NodeId low = expression();
    scan_.expect("..");
    return range_end(low, false);
  }

  NodeId range_end(NodeId low, bool low_included) {
    const bool in_range = std::exchange(in_range_end_, true);
    const NodeId high = expression();
    in_range_end_ = in_range;
    const bool high_included = scan_.sees("]");
    if (!scan_.take("]") && !scan_.take(")") && !scan_.take("[")) scan_.fail("a range is not closed");
    return code_.add(Op::range, (low_included ? 1U : 0U) | (high_included ? 2U : 0U), 0, {low, high});
  }

  NodeId list_or_range() {
    scan_.take("[");
    const bool in_range = std::exchange(in_range_end_, false);
    std::vector<NodeId> items;
    NodeId result = no_node;
    while (!scan_.sees("]")) {
      items.push_back(in_test());
      if (items.size() == 1 && scan_.take("..")) {
        result = range_end(items.front(), true);
        break;
      }
      if (!scan_.take(",")) break;
      if (scan_.sees("]")) scan_.fail("expected an element");
    }
    if (result == no_node) {
      scan_.expect("]");
      result = code_.add(Op::list, 0, 0, items);
    }
    in_range_end_ = in_range;
    return result;
  }

  NodeId context() {
    scan_.take("{");
    const bool in_range = std::exchange(in_range_end_, false);
    std::vector<NodeId> values;
    std::vector<std::string> keys;
    while (!scan_.sees("}")) {
      if (scan_.peek() == '"') {
        keys.push_back(scan_.take_string());
      } else if (auto key = scan_.take_name_before_colon()) {
        keys.push_back(std::move(*key));
      } else {
        scan_.fail("expected a key but found " + scan_.here());
      }
      scan_.expect(":");
      around_.members.add(keys.back());
      if (scan_.sees_word("function")) entry_name_ = keys.back();
      values.push_back(expression());
      entry_name_.clear();
      around_.scope.push(keys.back());
      if (!scan_.take(",")) break;
      if (scan_.sees("}")) scan_.fail("expected a key");
    }
    scan_.expect("}");
    around_.scope.pop(keys.size());
    in_range_end_ = in_range;
    for (std::size_t index = 0; index < keys.size(); ++index)
      for (std::size_t other = 0; other < index; ++other)
        if (keys[index] == keys[other])
          return broken("the key \"" + keys[index] + "\" stands twice in a context");
    return code_.add(Op::context, code_.keys(keys), 0, values);
  }

  // ---- names and what starts with a word

  NodeId name_or_keyword() {
    const std::string_view word = scan_.peek_word();
    if (word.empty()) scan_.fail("unexpected " + scan_.here());
    const auto found = longest_known();
    const std::size_t known = found ? found->end - scan_.at() : 0;
    if (known <= word.size()) {
      if (const auto node = keyword(word)) return *node;
    }
    if (found) {
      scan_.go_to(found->end);
      return name_node(*found);
    }
    scan_.take_word();
    return unknown_node(std::string(word));
  }

  std::optional<NodeId> keyword(std::string_view word) {
    if (word == "true" || word == "false") {
      scan_.take_word();
      return code_.constant(Value(word == "true"));
    }
    if (word == "null") {
      scan_.take_word();
      return code_.constant(Value());
    }
    if (word == "if") return conditional();
    if (word == "for") return for_each();
    if (word == "some" || word == "every") return quantified();
    if (word == "function") return function();
    return std::nullopt;
  }

  struct Known {
    std::size_t end = 0;
    std::string name;
    std::optional<std::uint32_t> slot;  ///< of a variable
    const Builtin* builtin = nullptr;
    bool is_item = false;
  };

  std::optional<Known> longest_known() {
    scan_.skip_space();
    std::optional<Known> best;
    const auto& entries = around_.scope.entries();
    for (std::size_t index = entries.size(); index-- > 0;) {
      const auto end = match_name(scan_.text(), scan_.at(), entries[index].parts);
      if (end && (!best || *end > best->end))
        best = Known{*end, entries[index].name, static_cast<std::uint32_t>(index), nullptr,
                     entries[index].is_item};
    }
    if (around_.scope.in_filter()) {
      const auto member = around_.members.longest(scan_.text(), scan_.at());
      if (member && (!best || member->end > best->end))
        best = Known{member->end, member->name, {}, nullptr, false};
    }
    if (const auto function = longest_builtin(); function && (!best || function->end > best->end))
      best = function;
    return best;
  }

  std::optional<Known> longest_builtin() {
    const std::string_view word = scan_.peek_word();
    std::optional<Known> best;
    for (const Builtin& builtin : builtins()) {
      if (builtin.name.substr(0, word.size()) != word) continue;
      const auto end = match_name(scan_.text(), scan_.at(), name_parts(builtin.name));
      if (end && (!best || *end > best->end))
        best = Known{*end, std::string(builtin.name), {}, &builtin, false};
    }
    return best;
  }

  NodeId name_node(const Known& known) {
    NodeId node = no_node;
    if (known.slot) {
      used_input_ = used_input_ || known.slot == input_slot_;
      node = code_.add(Op::local, *known.slot, 0, {});
    } else if (known.builtin) {
      node = code_.constant(Value(std::make_shared<const Function>(*known.builtin)));
      if (scan_.sees("(")) return node;
    } else {
      node = code_.add(Op::unknown_name, code_.name(known.name), 0, {});
    }
    const std::uint32_t further_in = known.slot ? *known.slot + (known.is_item ? 0 : 1) : 0;
    return members_before(node, known.name, further_in);
  }

  NodeId unknown_node(const std::string& name) {
    if (!around_.scope.in_filter()) {
      faults_.insert("nothing is called \"" + name + "\"");
      last_unknown_ = name;
    }
    return members_before(code_.add(Op::unknown_name, code_.name(name), 0, {}), name, 0);
  }

  /// Inside filters, members of the items hide names from further out.
  NodeId members_before(NodeId node, const std::string& name, std::uint32_t from) {
    const auto& entries = around_.scope.entries();
    for (std::uint32_t slot = from; slot < entries.size(); ++slot)
      if (entries[slot].is_item) node = code_.add(Op::member_or, code_.name(name), slot, {node});
    return node;
  }

  NodeId conditional() {
    scan_.take_word();
    const NodeId condition = expression();
    scan_.expect_word("then");
    const NodeId yes = expression();
    scan_.expect_word("else");
    return code_.add(Op::conditional, 0, 0, {condition, yes, expression()});
  }

  std::string loop_variable() {
    std::string name;
    while (!scan_.sees_word("in")) {
      const std::string_view word = scan_.take_word();
      if (word.empty()) scan_.fail("expected the name of a variable but found " + scan_.here());
      if (!name.empty()) name += ' ';
      name += word;
    }
    if (name.empty()) scan_.fail("expected the name of a variable");
    scan_.take_word("in");
    return name;
  }

  NodeId domain() {
    const NodeId low = expression();
    if (!scan_.take("..")) return low;
    return code_.add(Op::iteration, 0, 0, {low, expression()});
  }

  /// `x in list, y in list ...`; pushes a variable for each.
  std::vector<NodeId> domains() {
    std::vector<NodeId> nodes;
    do {
      const std::string name = loop_variable();
      nodes.push_back(domain());
      around_.scope.push(name);
    } while (scan_.take(","));
    return nodes;
  }

  NodeId for_each() {
    scan_.take_word();
    const std::size_t first_node = code_.nodes.size();
    const std::uint32_t partial = around_.scope.push("partial");
    std::vector<NodeId> nodes = domains();
    const std::size_t count = nodes.size();
    scan_.expect_word("return");
    nodes.push_back(expression());
    around_.scope.pop(count + 1);
    bool uses_partial = false;
    for (std::size_t index = first_node; index < code_.nodes.size(); ++index)
      uses_partial = uses_partial || (code_.nodes[index].op == Op::local && code_.nodes[index].a == partial);
    return code_.add(Op::for_each, uses_partial ? 1 : 0, 0, nodes);
  }

  NodeId quantified() {
    const Op op = scan_.take_word() == "some" ? Op::some : Op::every;
    std::vector<NodeId> nodes = domains();
    const std::size_t count = nodes.size();
    scan_.expect_word("satisfies");
    nodes.push_back(expression());
    around_.scope.pop(count);
    return code_.add(op, 0, 0, nodes);
  }

  /// One that is the whole value of an entry may call itself by the name of that.
  NodeId function() {
    scan_.take_word();
    FunctionCode made;
    made.name = std::exchange(entry_name_, "");
    made.captured = around_.scope.size();
    made.knows_itself = !made.name.empty() && !around_.scope.has(made.name);
    scan_.expect("(");
    while (!scan_.sees(")")) {
      made.parameters.push_back(parameter());
      if (!scan_.take(",")) break;
    }
    scan_.expect(")");
    if (scan_.sees_word("external")) scan_.fail("external functions are not supported");
    if (made.knows_itself) around_.scope.push(made.name);
    for (const Parameter& one : made.parameters) around_.scope.push(one.name);
    made.body = expression();
    around_.scope.pop(made.parameters.size() + (made.knows_itself ? 1 : 0));
    code_.functions.push_back(std::move(made));
    return code_.add(Op::function, static_cast<std::uint32_t>(code_.functions.size() - 1), 0, {});
  }

  Parameter parameter() {
    if (auto name = scan_.take_name_before_colon()) {
      scan_.take(":");
      return Parameter{std::move(*name), TypeParser(scan_, around_.types).type()};
    }
    std::string name;
    for (std::string_view word = scan_.take_word(); !word.empty(); word = scan_.take_word())
      name += (name.empty() ? "" : " ") + std::string(word);
    if (name.empty()) scan_.fail("expected a parameter but found " + scan_.here());
    return Parameter{std::move(name), Type{}};
  }

  Scanner scan_;
  Surroundings around_;
  Code& code_;
  std::optional<std::uint32_t> input_slot_;
  bool used_input_ = false;
  bool in_range_end_ = false;  ///< `[` may close the range
  int depth_ = 0;
  std::size_t steps_ = 0;
  std::set<std::string> faults_;
  std::string last_unknown_;
  std::string entry_name_;  ///< of the entry whose value begins here, if it is a function
};

/// Runs the parser; whatever it pushed on the scope before it failed is taken off again.
template <class Work>
auto guarded(Surroundings around, Work work) -> tl::expected<decltype(work()), SyntaxError> {
  const std::uint32_t size = around.scope.size();
  try {
    return work();
  } catch (const SyntaxError& error) {
    around.scope.pop(around.scope.size() - size);
    return tl::unexpected<SyntaxError>(error);
  }
}

}  // namespace

tl::expected<Parsed, SyntaxError> compile_expression(std::string_view text, Surroundings around) {
  Parser parser(text, around);
  return guarded(around, [&] {
    const NodeId node = parser.whole_expression();
    return Parsed{node, parser.faults()};
  });
}

tl::expected<Parsed, SyntaxError> compile_unary_tests(std::string_view text, std::uint32_t input_slot,
                                                      Surroundings around) {
  Parser parser(text, around);
  return guarded(around, [&] {
    const NodeId node = parser.whole_unary_tests(input_slot);
    return Parsed{node, parser.faults()};
  });
}

tl::expected<std::vector<NodeId>, SyntaxError> compile_values(std::string_view text, Surroundings around) {
  Parser parser(text, around);
  return guarded(around, [&] { return parser.whole_values(); });
}

}  // namespace softbot::dmn
