#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What a model says, as lines that people can compare: to see what two versions differ in.
namespace softbot::dmn {

struct OutlineLine {
  std::string element;  ///< `decision "Norm"`; "" for the model itself
  std::string text;     ///< of a rule all of it: `true | < 65 -> false | "too-young" // Te jong.`
  bool operator==(const OutlineLine&) const = default;
};

/// Every name, type, expression, cell and annotation in the order of the file, without ids and layout: the
/// same for files that editors merely laid out differently. Nothing for what is no DMN.
[[nodiscard]] std::vector<OutlineLine> outline(std::string_view xml);

}  // namespace softbot::dmn
