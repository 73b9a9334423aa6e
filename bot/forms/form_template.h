#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "forms/catalogue.h"
#include "forms/config_problem.h"
#include "forms/geometry/reading_template.h"
#include "forms/municipality.h"

namespace softbot {

/// A municipality's own paper form for one type of application: config/templates/<municipality>/<type>.json,
/// or <type>.<edition>.json where several editions go round. A plain value.
struct FormTemplate {
  std::string file;         ///< below the configuration folder: "templates/voorbeeld/small-aids.json"
  std::string version;      ///< of the file: template_version()
  std::string geometry;     ///< geometry_id() of reading.geometry
  ReadingTemplate reading;  ///< each field is a question of the type, as on our own forms
  bool operator==(const FormTemplate&) const = default;
};

/// All of them, in the order of their files.
using FormTemplates = std::vector<FormTemplate>;

/// The one whose fields stand so; null when there is none.
[[nodiscard]] const FormTemplate* find_template(const FormTemplates& templates, std::string_view geometry);

/// Files by their name below the configuration folder.
using TemplateFiles = std::map<std::string, std::string>;

/// What lies in templates/; nothing without that folder. Error: `configuration` when a file cannot be read.
[[nodiscard]] Result<TemplateFiles> read_template_files(const std::filesystem::path& config_dir);

/// The templates, with fields that are questions of these forms. Error: every mistake with its place and what
/// to do. Pure.
[[nodiscard]] tl::expected<FormTemplates, std::vector<ConfigProblem>> form_templates(
    const TemplateFiles& files, const Catalogue& forms, const Municipalities& municipalities);

/// A template whose fields become questions of a type: their part, class, kind and bounds; what is no
/// question (a printed code) is left out. Errors name the place in `file`. Pure.
[[nodiscard]] tl::expected<ReadingTemplate, std::vector<ConfigProblem>> with_questions(
    const std::string& file, ReadingTemplate reading, const FormDefinition& common,
    const FormDefinition& own);

}  // namespace softbot
