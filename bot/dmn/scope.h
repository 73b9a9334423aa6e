#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace softbot::dmn {

/// Splits a name into words and single symbols, so that names compare whatever the spaces: "a  - b" is
/// {a,-,b}.
[[nodiscard]] std::vector<std::string> name_parts(std::string_view name);
/// The name with single spaces between words.
[[nodiscard]] std::string normal_name(std::string_view name);

/// If `text` from `at` starts with this name, the byte behind it. Words must end where the name's words end.
[[nodiscard]] std::optional<std::size_t> match_name(std::string_view text, std::size_t at,
                                                    const std::vector<std::string>& parts);

/// Names of members anywhere in a model that consist of more than one word; paths and filters need them.
class MemberNames {
 public:
  void add(std::string_view name);
  /// The longest of these names at `at`: its text, and the byte behind it.
  struct Found {
    std::string name;
    std::size_t end = 0;
  };
  [[nodiscard]] std::optional<Found> longest(std::string_view text, std::size_t at) const;

 private:
  std::map<std::vector<std::string>, std::string> names_;  ///< parts to the name as declared
};

/// The variables that an expression sees, innermost last. Each takes a slot of the frame while it is
/// evaluated.
class Scope {
 public:
  struct Entry {
    std::string name;
    std::vector<std::string> parts;
    bool is_item = false;  ///< the item of a filter: its members are seen as names
  };

  std::uint32_t push(std::string_view name);
  std::uint32_t push_item();
  void pop(std::size_t count);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] bool in_filter() const;
  [[nodiscard]] bool has(std::string_view name) const;

 private:
  std::vector<Entry> entries_;
};

}  // namespace softbot::dmn
