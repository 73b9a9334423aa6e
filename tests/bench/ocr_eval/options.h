#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "calibration.h"
#include "domain/result.h"

namespace softbot::eval {

/// What is asked for on the command line. A plain value.
struct Options {
  std::string command;                        ///< "characters", ...; "help" when help is asked for
  std::map<std::string, std::string> values;  ///< by option without its dashes; "" for one without a value

  [[nodiscard]] bool has(const std::string& option) const { return values.contains(option); }
  [[nodiscard]] const std::string& value(const std::string& option) const { return values.at(option); }
};

/// Every option that a command needs is there, and no other than it knows. Error `invalid_input`: what is
/// wrong with the command line. Pure.
[[nodiscard]] Result<Options> options_from(const std::vector<std::string_view>& arguments);

[[nodiscard]] std::string_view help_text();

/// With --calibration or --plot: what the probabilities of the readings are worth, as a table to be told; the
/// plot is written to its file. Nothing without them. Error: the file cannot be written.
[[nodiscard]] Result<std::string> calibration_told(const Options& options, std::vector<Judged> readings,
                                                   std::string_view title);

/// The folder of the nets: as given, or that of the checkout that this program was built in.
[[nodiscard]] std::filesystem::path models_of(const Options& options);

}  // namespace softbot::eval
