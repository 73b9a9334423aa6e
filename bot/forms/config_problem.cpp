#include "forms/config_problem.h"

namespace softbot {

Error to_error(const std::vector<ConfigProblem>& problems) {
  Error error{ErrorCode::configuration, "", false, {}};
  for (const ConfigProblem& problem : problems) {
    error.fields.push_back(
        {problem.file + "#" + problem.path, "configuration", problem.problem + " " + problem.remedy});
  }
  error.message = problems.empty() ? "The configuration is wrong." : to_line(problems.front());
  if (problems.size() > 1) error.message += " And " + std::to_string(problems.size() - 1) + " more.";
  return error;
}

std::string to_line(const ConfigProblem& problem) {
  const std::string place = problem.path.empty() ? problem.file : problem.file + " " + problem.path;
  return place + ": " + problem.problem + " " + problem.remedy;
}

}  // namespace softbot
