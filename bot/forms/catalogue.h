#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "forms/config_problem.h"
#include "forms/definition.h"
#include "forms/signals.h"

namespace softbot {

/// File contents by their name below the configuration folder: "forms/common.json",
/// "forms/household-help.json", "forms/signals.json", "municipalities/molendam/forms/stairlift.json".
using FormFiles = std::map<std::string, std::string>;

/// All form definitions: the shipped ones, and per municipality its own, which add a type or take the place
/// of the shipped definition of the same type. Immutable; share it between threads as shared_ptr<const
/// Catalogue>. Pointers and references that it gives live as long as it does.
class Catalogue {
 public:
  [[nodiscard]] const FormDefinition& common() const { return common_; }
  [[nodiscard]] const SignalList& signals() const { return signals_; }

  /// The shipped definition of a type, or null.
  [[nodiscard]] const FormDefinition* find(std::string_view type) const;
  /// The municipality's own definition, else the shipped one, or null.
  [[nodiscard]] const FormDefinition* find(std::string_view type, std::string_view municipality) const;

  /// The shipped types, in the order in which they are offered.
  [[nodiscard]] std::vector<std::string> types() const;
  /// Shipped types, then the municipality's own.
  [[nodiscard]] std::vector<std::string> types(std::string_view municipality) const;

 private:
  friend struct CatalogueBuilder;
  FormDefinition common_;
  SignalList signals_;
  std::vector<FormDefinition> shipped_;
  std::map<std::string, std::vector<FormDefinition>, std::less<>> own_;
};

/// Reads every form file below the folder. Error: `configuration` when the folder or a file cannot be read.
[[nodiscard]] Result<FormFiles> read_form_files(const std::filesystem::path& config_dir);

/// Every mistake in every file, empty when all is well.
[[nodiscard]] std::vector<ConfigProblem> check_forms(const FormFiles& files);
[[nodiscard]] std::vector<ConfigProblem> check_forms(const std::filesystem::path& config_dir);

/// The catalogue, or a `configuration` error whose `fields` list every mistake (see to_error).
[[nodiscard]] Result<Catalogue> load_catalogue(const FormFiles& files);
[[nodiscard]] Result<Catalogue> load_catalogue(const std::filesystem::path& config_dir);

}  // namespace softbot
