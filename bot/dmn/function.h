#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dmn/code.h"
#include "dmn/value.h"

namespace softbot::dmn {

/// A function as a value: one of the built-in ones, or a body with the values around the place of its
/// definition.
class Function {
 public:
  explicit Function(const Builtin& builtin) : builtin_(&builtin) {}
  Function(std::shared_ptr<const Code> code, std::uint32_t index, List captured);

  [[nodiscard]] const Builtin* builtin() const { return builtin_; }
  [[nodiscard]] const FunctionCode& code() const { return code_->functions[index_]; }
  [[nodiscard]] const std::shared_ptr<const Code>& owner() const { return code_; }
  [[nodiscard]] const List& captured() const { return captured_; }

  [[nodiscard]] std::string signature() const;  ///< names of the parameters, for people
  [[nodiscard]] int nesting() const { return nesting_; }

 private:
  const Builtin* builtin_ = nullptr;
  std::shared_ptr<const Code> code_;
  std::uint32_t index_ = 0;
  List captured_;
  int nesting_ = 0;
};

}  // namespace softbot::dmn
