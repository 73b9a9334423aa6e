#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "forms/config_problem.h"

namespace softbot {

/// A piece of written reasons that consultants choose and then make their own.
struct StandardText {
  std::string name;                   ///< kebab-case
  std::string title;                  ///< in the list to choose from
  std::string text;                   ///< Dutch, whole sentences
  std::vector<std::string> types;     ///< of application; empty: all
  std::vector<std::string> outcomes;  ///< granted, granted-in-part, refused, untreated; empty: all
  std::string municipality;           ///< "": every one
  bool operator==(const StandardText&) const = default;
};

/// In the order of the files: those for every municipality first.
using StandardTexts = std::vector<StandardText>;

/// Every mistake in config/letters/standard-texts.json and config/municipalities/<id>/standard-texts.json.
/// Both may be absent.
[[nodiscard]] std::vector<ConfigProblem> check_standard_texts(const std::filesystem::path& config_dir);

/// The files, or a `configuration` error that lists every mistake.
[[nodiscard]] Result<StandardTexts> load_standard_texts(const std::filesystem::path& config_dir);

/// What a consultant may choose for an application of this type in this municipality. A municipality's own
/// text takes the place of the general one with the same name.
[[nodiscard]] StandardTexts standard_texts_for(const StandardTexts& all, std::string_view municipality,
                                               std::string_view type);

}  // namespace softbot
