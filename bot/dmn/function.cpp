#include "dmn/function.h"

#include <algorithm>
#include <utility>

#include "dmn/builtins.h"

namespace softbot::dmn {

Function::Function(std::shared_ptr<const Code> code, std::uint32_t index, List captured)
    : code_(std::move(code)), index_(index), captured_(std::move(captured)) {
  for (const Value& value : captured_) nesting_ = std::max(nesting_, value.nesting());
}

std::string Function::signature() const {
  if (builtin_) return std::string(builtin_->name);
  std::string text;
  for (const Parameter& parameter : code().parameters) {
    if (!text.empty()) text += ", ";
    text += parameter.name;
  }
  return text;
}

}  // namespace softbot::dmn
