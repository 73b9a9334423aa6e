#pragma once

#include <filesystem>
#include <string>

#include "daemon/commands.h"

/// The DMN engine on the command line: no store, no configuration.
namespace softbot::daemon {

struct EvaluateModelOptions {
  std::filesystem::path model;
  std::filesystem::path input;  ///< JSON object, one member for each input of the model
  std::string decision;         ///< name or id of a decision, service or knowledge model; "": every decision
  bool trace = false;
};
/// Prints the result as JSON: the value of that decision, or an object with the value of every decision. With
/// a trace: {"result", "trace"}. Why something became null goes to standard error.
[[nodiscard]] ExitCode evaluate_model(const EvaluateModelOptions& options);

/// Prints what is wrong with a model, a line each, and a summary; `failed` when anything of it is an error.
[[nodiscard]] ExitCode check_model(const std::filesystem::path& model);

enum class KitFailures { counted, named };
/// Runs the compatibility kit below a folder. Ends with the totals of level 2 and level 3.
[[nodiscard]] ExitCode run_model_kit(const std::filesystem::path& folder, KitFailures failures);

}  // namespace softbot::daemon
