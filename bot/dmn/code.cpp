#include "dmn/code.h"

#include <utility>

namespace softbot::dmn {

NodeId Code::add(Op op, std::uint32_t a, std::uint32_t b, const std::vector<NodeId>& kids) {
  Node node;
  node.op = op;
  node.a = a;
  node.b = b;
  node.first = static_cast<std::uint32_t>(children.size());
  node.count = static_cast<std::uint32_t>(kids.size());
  node.source = current_source;
  children.insert(children.end(), kids.begin(), kids.end());
  nodes.push_back(node);
  return static_cast<NodeId>(nodes.size() - 1);
}

NodeId Code::constant(Value value) {
  constants.push_back(std::move(value));
  return add(Op::constant, static_cast<std::uint32_t>(constants.size() - 1), 0, {});
}

std::uint32_t Code::name(std::string_view text) {
  const auto found = name_index.find(text);
  if (found != name_index.end()) return found->second;
  const auto index = static_cast<std::uint32_t>(names.size());
  names.emplace_back(text);
  name_index.emplace(std::string(text), index);
  return index;
}

std::uint32_t Code::keys(const std::vector<std::string>& texts) {
  const auto first = static_cast<std::uint32_t>(key_names.size());
  for (const std::string& text : texts) {
    const std::uint32_t index = name(text);
    key_names.push_back(index);
  }
  return first;
}

std::uint32_t Code::type(Type wanted) {
  types.push_back(std::move(wanted));
  return static_cast<std::uint32_t>(types.size() - 1);
}

}  // namespace softbot::dmn
