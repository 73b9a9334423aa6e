#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "dmn/dmn.h"

/// Decisions as a person wrote them, for who explains a model in words. Nothing here is evaluated.
namespace softbot::dmn {

struct WrittenRule {
  std::vector<std::string> cells;    ///< in the order of the input columns; "-" for any
  std::vector<std::string> outputs;  ///< in the order of the output columns
  std::vector<std::string> annotations;
};

/// One decision; a decision table when it has rules.
struct WrittenDecision {
  std::string id;
  std::string name;
  std::string description;
  std::vector<std::string> inputs;   ///< input expressions of the table
  std::vector<std::string> outputs;  ///< names of the output columns; "" for one without
  std::vector<WrittenRule> rules;
  std::string expression;  ///< of a literal expression; "" else
};

struct WrittenModel {
  std::string name;
  std::string description;
  std::vector<std::string> inputs;         ///< names of the input data
  std::vector<WrittenDecision> decisions;  ///< in the order of the file
};

/// Reads the decisions of a model of DMN 1.2 to 1.5; their logic other than tables and literal expressions is
/// left out.
[[nodiscard]] tl::expected<WrittenModel, Problem> written_model(std::string_view xml);

}  // namespace softbot::dmn
