#include "dmn/builtins.h"

#include <algorithm>
#include <utility>

#include "dmn/builtin_groups.h"

namespace softbot::dmn {

namespace {

/// One parameter of a signature.
struct Slot {
  std::string name;
  bool optional = false;
  bool rest = false;
  Type::Kind kind = Type::Kind::any;
};

std::vector<Slot> slots_of(std::string_view signature) {
  std::vector<Slot> slots;
  while (!signature.empty()) {
    const std::size_t comma = signature.find(',');
    std::string_view name = signature.substr(0, comma);
    signature = comma == std::string_view::npos ? std::string_view() : signature.substr(comma + 1);
    Slot slot;
    if (name.front() == '?') slot.optional = true;
    if (name.front() == '*') slot.rest = true;
    if (slot.optional || slot.rest) name.remove_prefix(1);
    if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
      slot.kind = name.substr(colon + 1) == "string" ? Type::Kind::string : Type::Kind::list;
      name = name.substr(0, colon);
    }
    slot.name = std::string(name);
    slots.push_back(std::move(slot));
  }
  return slots;
}

std::optional<Arrangement> arrange_in(const std::vector<Slot>& slots, const std::vector<std::string>& names) {
  std::vector<int> order(slots.size(), -1);
  for (std::size_t argument = 0; argument < names.size(); ++argument) {
    const auto found = std::find_if(slots.begin(), slots.end(),
                                    [&](const Slot& slot) { return slot.name == names[argument]; });
    if (found == slots.end()) return std::nullopt;
    int& place = order[static_cast<std::size_t>(found - slots.begin())];
    if (place >= 0) return std::nullopt;
    place = static_cast<int>(argument);
  }
  for (std::size_t index = 0; index < slots.size(); ++index)
    if (order[index] < 0 && !slots[index].optional) return std::nullopt;
  while (!order.empty() && order.back() < 0) order.pop_back();
  Arrangement arrangement{std::move(order), {}};
  for (std::size_t index = 0; index < arrangement.order.size(); ++index)
    arrangement.kinds.push_back(slots[index].kind);
  return arrangement;
}

std::vector<Builtin> all_builtins() {
  std::vector<Builtin> all;
  for (const auto& group : {conversion_builtins(), number_builtins(), string_builtins(), list_builtins(),
                            temporal_builtins(), context_builtins(), range_builtins()})
    all.insert(all.end(), group.begin(), group.end());
  std::sort(all.begin(), all.end(),
            [](const Builtin& left, const Builtin& right) { return left.name < right.name; });
  return all;
}

}  // namespace

const std::vector<Builtin>& builtins() {
  static const std::vector<Builtin> all = all_builtins();
  return all;
}

const Builtin* find_builtin(std::string_view name) {
  for (const Builtin& builtin : builtins())
    if (builtin.name == name) return &builtin;
  return nullptr;
}

List as_taken(const Builtin& builtin, List arguments) {
  for (std::size_t index = 0; index < arguments.size() && index < 8; ++index) {
    if ((builtin.singles >> index & 1U) == 0) continue;
    const List* list = arguments[index].as_list();
    if (list && list->size() == 1) arguments[index] = Value(list->front());
  }
  return arguments;
}

/// Signatures may share their names, as before(point, range) and before(range, point): then the order tells.
std::optional<Arrangement> arrange(const Builtin& builtin, const std::vector<std::string>& names) {
  for (const std::string_view signature : builtin.signatures) {
    const std::vector<Slot> slots = slots_of(signature);
    const bool same_order =
        std::equal(slots.begin(), slots.end(), names.begin(), names.end(),
                   [](const Slot& slot, const std::string& name) { return slot.name == name; });
    if (same_order) return arrange_in(slots, names);
  }
  for (const std::string_view signature : builtin.signatures)
    if (auto arrangement = arrange_in(slots_of(signature), names)) return arrangement;
  return std::nullopt;
}

bool accepts(const Builtin& builtin, std::size_t count) {
  return std::any_of(
      builtin.signatures.begin(), builtin.signatures.end(), [count](std::string_view signature) {
        const std::vector<Slot> slots = slots_of(signature);
        const auto required = static_cast<std::size_t>(std::count_if(
            slots.begin(), slots.end(), [](const Slot& slot) { return !slot.optional && !slot.rest; }));
        const bool endless = !slots.empty() && slots.back().rest;
        return count >= required && (endless || count <= slots.size());
      });
}

}  // namespace softbot::dmn
