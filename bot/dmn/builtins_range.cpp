#include <utility>

#include "dmn/builtin_groups.h"
#include "dmn/code.h"
#include "dmn/parser.h"

// Relations between points and ranges (DMN 1.5, 10.3.4.10), and range() of a text.
namespace softbot::dmn {

namespace {

/// A point counts as the range from itself to itself.
struct Span {
  Value low;
  Value high;
  bool low_in = true;
  bool high_in = true;
};

std::optional<Span> span_of(const Value& value) {
  const Range* range = value.as_range();
  if (!range) return value.is_null() ? std::nullopt : std::optional(Span{value, value, true, true});
  if (range->low.is_null() || range->high.is_null()) return std::nullopt;
  return Span{range->low, range->high, range->low_included, range->high_included};
}

struct Both {
  Span left;
  Span right;
};

/// Both arguments as spans of values that can be ordered.
std::optional<Both> both(const List& arguments) {
  auto left = span_of(arguments[0]);
  auto right = span_of(arguments[1]);
  if (!left || !right || !feel_compare(left->low, right->low) || !feel_compare(left->high, right->high))
    return std::nullopt;
  return Both{std::move(*left), std::move(*right)};
}

int order(const Value& left, const Value& right) {
  return feel_compare(left, right).value_or(0);
}

bool is_before(const Span& left, const Span& right) {
  const int distance = order(left.high, right.low);
  return distance < 0 || (distance == 0 && !(left.high_in && right.low_in));
}

/// The start of `outer` lies before, or at, the start of `inner`.
bool starts_no_later(const Span& outer, const Span& inner) {
  const int distance = order(outer.low, inner.low);
  return distance < 0 || (distance == 0 && (outer.low_in || !inner.low_in));
}

bool ends_no_earlier(const Span& outer, const Span& inner) {
  const int distance = order(outer.high, inner.high);
  return distance > 0 || (distance == 0 && (outer.high_in || !inner.high_in));
}

bool meets(const Span& left, const Span& right) {
  return left.high_in && right.low_in && order(left.high, right.low) == 0;
}

bool overlaps(const Span& left, const Span& right) {
  return !is_before(left, right) && !is_before(right, left);
}

bool same_start(const Span& left, const Span& right) {
  return order(left.low, right.low) == 0 && left.low_in == right.low_in;
}

bool same_end(const Span& left, const Span& right) {
  return order(left.high, right.high) == 0 && left.high_in == right.high_in;
}

bool includes(const Span& outer, const Span& inner) {
  return starts_no_later(outer, inner) && ends_no_earlier(outer, inner);
}

bool overlaps_before(const Span& left, const Span& right) {
  const bool starts_first =
      order(left.low, right.low) < 0 || (order(left.low, right.low) == 0 && left.low_in && !right.low_in);
  const bool ends_inside = order(left.high, right.high) < 0 ||
                           (order(left.high, right.high) == 0 && (!left.high_in || right.high_in));
  return starts_first && !is_before(left, right) && ends_inside;
}

bool finishes(const Span& left, const Span& right) {
  return same_end(left, right) && starts_no_later(right, left);
}

bool starts(const Span& left, const Span& right) {
  return same_start(left, right) && ends_no_earlier(right, left);
}

bool coincides(const Span& left, const Span& right) {
  return same_start(left, right) && same_end(left, right);
}

using Relation = bool (*)(const Span& left, const Span& right);

template <Relation relation>
Outcome related(const List& arguments, Caller&) {
  const auto spans = both(arguments);
  if (!spans) return no_value("the arguments must be points or ranges of the same kind");
  return Value(relation(spans->left, spans->right));
}

template <Relation relation>
Outcome related_back(const List& arguments, Caller&) {
  const auto spans = both(arguments);
  if (!spans) return no_value("the arguments must be points or ranges of the same kind");
  return Value(relation(spans->right, spans->left));
}

/// Which arguments must be ranges; a point there gives null.
template <Relation relation, bool first, bool second, bool backward>
Outcome between_ranges(const List& arguments, Caller& caller) {
  if ((first && !arguments[0].as_range()) || (second && !arguments[1].as_range()))
    return no_value("a point stands where a range is asked");
  return backward ? related_back<relation>(arguments, caller) : related<relation>(arguments, caller);
}

/// An end of a range() text: a literal, or date("...") and its like on a literal.
bool is_literal_end(const Code& code, NodeId id) {
  const Node& node = code.nodes[id];
  if (node.op == Op::constant) return true;
  if (node.op == Op::negate) return is_literal_end(code, code.child(node, 0));
  if (node.op != Op::builtin || node.count != 1) return false;
  const std::string_view name = code.builtins[node.a]->name;
  return (name == "date" || name == "time" || name == "date and time" || name == "duration") &&
         code.nodes[code.child(node, 0)].op == Op::constant;
}

Value literal_end(const Code& code, NodeId id, Caller& caller) {
  const Node& node = code.nodes[id];
  if (node.op == Op::constant) return code.constants[node.a];
  const Value inner = literal_end(code, code.child(node, 0), caller);
  if (node.op == Op::negate) return inner.as_number() ? Value(negate(*inner.as_number())) : Value();
  return code.builtins[node.a]->run({inner}, caller).value_or(Value());
}

Outcome range_of(const List& arguments, Caller& caller) {
  const std::string* text = arguments[0].as_string();
  if (!text) return wrong_argument(0, "a string", arguments[0]);
  if (text->size() > 1000 || !caller.charge(100)) return no_value("the text is no range");
  Code code;
  code.sources.emplace_back();
  Scope scope;
  MemberNames members;
  const std::map<std::string, Type> types;
  const auto parsed = compile_expression(*text, Surroundings{code, scope, members, types});
  if (!parsed || !parsed->faults.empty()) return no_value("the text is no range");
  const Node& node = code.nodes[parsed->node];
  if (node.op != Op::range || !is_literal_end(code, code.child(node, 0)) ||
      !is_literal_end(code, code.child(node, 1)))
    return no_value("the text is no range of literals");
  Range made{literal_end(code, code.child(node, 0), caller), literal_end(code, code.child(node, 1), caller),
             (node.a & 1U) != 0, (node.a & 2U) != 0, Range::Comparison::none};
  const auto distance = feel_compare(made.low, made.high);
  if (!distance || *distance > 0) return no_value("the ends of the range do not fit");
  return Value(std::move(made));
}

}  // namespace

std::vector<Builtin> range_builtins() {
  const std::vector<std::string_view> any = {"point1,point2", "point,range", "range,point", "range1,range2"};
  const std::vector<std::string_view> ranges = {"range1,range2"};
  const std::vector<std::string_view> point_first = {"point,range", "range1,range2"};
  const std::vector<std::string_view> range_first = {"range,point", "range1,range2"};
  return {
      {"before", any, related<is_before>, every_argument},
      {"after", any, related_back<is_before>, every_argument},
      {"meets", ranges, between_ranges<meets, true, true, false>, every_argument},
      {"met by", ranges, between_ranges<meets, true, true, true>, every_argument},
      {"overlaps", ranges, between_ranges<overlaps, true, true, false>, every_argument},
      {"overlaps before", ranges, between_ranges<overlaps_before, true, true, false>, every_argument},
      {"overlaps after", ranges, between_ranges<overlaps_before, true, true, true>, every_argument},
      {"finishes", point_first, between_ranges<finishes, false, true, false>, every_argument},
      {"finished by", range_first, between_ranges<finishes, true, false, true>, every_argument},
      {"includes", range_first, between_ranges<includes, true, false, false>, every_argument},
      {"during", point_first, between_ranges<includes, false, true, true>, every_argument},
      {"starts", point_first, between_ranges<starts, false, true, false>, every_argument},
      {"started by", range_first, between_ranges<starts, true, false, true>, every_argument},
      {"coincides", {"point1,point2", "range1,range2"}, related<coincides>, every_argument},
      {"range", {"from"}, range_of, every_argument},
  };
}

}  // namespace softbot::dmn
