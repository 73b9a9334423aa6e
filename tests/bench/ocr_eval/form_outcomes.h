#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "domain/value.h"

namespace softbot::eval {

/// What became of one application.
struct Outcome {
  std::string result = "nothing";    ///< the outcome, or the status where there is none; "nothing": no case
  std::vector<std::string> reasons;  ///< why it waits, what was asked
  std::set<std::string> tasks;       ///< what a person has to do before it goes on
  Value view;                        ///< as the queue shows it
};

/// By the set number of the form and the type of the application.
using Outcomes = std::map<std::pair<std::string, std::string>, Outcome>;

/// What became of the application that the queue shows like this. Pure.
[[nodiscard]] Outcome outcome_in(const Value& view);

/// What a daemon made of the files, and how long reading took.
struct RunOnScans {
  Outcomes outcomes;
  double seconds = 0;  ///< from the first upload until all forms are applications
};

/// Starts the daemon as it is shipped, with the register and the earlier provisions of the folder, and tells
/// it what was meant, as somebody would who signs in. `files`: of truth.json. Throws std::runtime_error
/// when the daemon does not start or does not take a truth.
[[nodiscard]] Outcomes outcomes_of_truth(const std::vector<Value>& files,
                                         const std::filesystem::path& folder);

/// The same daemon, which gets the scans.
[[nodiscard]] RunOnScans outcomes_of_scans(const std::vector<Value>& files,
                                           const std::filesystem::path& folder);

}  // namespace softbot::eval
