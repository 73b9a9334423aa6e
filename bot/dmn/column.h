#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dmn/condition.h"

// One column of a table cut into pieces on which each of its cells is either met or unmet throughout.
namespace softbot::dmn {

/// A set of numbers below `size`.
class Bits {
 public:
  Bits() = default;
  explicit Bits(std::size_t size) : size_(size), words_((size + 63) / 64) {}

  void add(std::size_t at) { words_[at / 64] |= std::uint64_t{1} << (at % 64); }
  void add_range(std::size_t first, std::size_t last);  ///< both included; none when last lies before first
  void remove(std::size_t at) { words_[at / 64] &= ~(std::uint64_t{1} << (at % 64)); }
  [[nodiscard]] bool has(std::size_t at) const { return (words_[at / 64] >> (at % 64) & 1U) != 0; }
  [[nodiscard]] bool empty() const;
  [[nodiscard]] bool meets(const Bits& other) const;
  [[nodiscard]] std::size_t first() const;  ///< the least; only when not empty
  [[nodiscard]] Bits both(const Bits& other) const;
  [[nodiscard]] Bits either(const Bits& other) const;
  [[nodiscard]] Bits others() const;
  [[nodiscard]] const std::vector<std::uint64_t>& words() const { return words_; }
  bool operator==(const Bits&) const = default;

 private:
  std::size_t size_ = 0;
  std::vector<std::uint64_t> words_;
};

/// What is known of the values that a column can have.
struct ColumnDomain {
  Type::Kind kind = Type::Kind::any;
  bool whole = false;         ///< whole numbers only
  bool not_negative = false;  ///< such as a count
  Condition allowed;          ///< always, unless there are allowed values
  bool every_piece = false;   ///< keep pieces that hold no value, such as those between 1 and 2 of a count
};

class Column {
 public:
  /// `cells` has one condition for each rule.
  Column(std::string text, const ColumnDomain& domain, const std::vector<Condition>& cells);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t pieces() const { return pieces_; }
  /// The pieces on which a rule's cell is met for certain, and those on which it may be.
  [[nodiscard]] const Bits& certain(std::size_t rule) const { return certain_[rule]; }
  [[nodiscard]] const Bits& possible(std::size_t rule) const { return possible_[rule]; }
  /// Pieces that hold values which may come; the piece of null is not among them.
  [[nodiscard]] const Bits& expected() const { return expected_; }
  /// The same with the piece of null.
  [[nodiscard]] const Bits& all() const { return all_; }
  /// Whether a rule's cell is known on every piece: it compares with ends that have their place.
  [[nodiscard]] bool exact(std::size_t rule) const { return exact_[rule]; }
  [[nodiscard]] Value::Kind kind() const { return kind_; }
  [[nodiscard]] const std::vector<Endpoint>& ends() const { return ends_; }
  /// A value out of a piece, as FEEL or in words.
  [[nodiscard]] std::string example(std::size_t piece) const;

 private:
  /// Where a condition is met for certain, and where it may be.
  struct Sets {
    Bits certain;
    Bits possible;
  };
  [[nodiscard]] bool collect(const Condition& condition);
  [[nodiscard]] bool put_in_order();
  [[nodiscard]] Sets sets_of(const Condition& condition) const;
  [[nodiscard]] Sets range_sets(const Condition& range) const;
  [[nodiscard]] Sets unknown() const;
  [[nodiscard]] bool exists(std::size_t piece, const ColumnDomain& domain) const;
  [[nodiscard]] std::optional<Value> between(const Value* low, const Value* high) const;

  std::string text_;
  Value::Kind kind_ = Value::Kind::null;
  bool whole_ = false;
  std::vector<Endpoint> ends_;                    ///< in order; piece 2i+1 is end i, even pieces lie between
  std::size_t pieces_ = 0;                        ///< the last one is null
  bool ordered_ = true;                           ///< false: nothing is known of the order of the ends
  std::map<std::string, std::size_t> positions_;  ///< of ends, by their key
  std::set<std::pair<std::string, std::string>> known_order_;  ///< keys: the first lies before the second
  std::vector<bool> exact_;
  std::vector<Bits> certain_;
  std::vector<Bits> possible_;
  Bits expected_;
  Bits all_;
};

}  // namespace softbot::dmn
