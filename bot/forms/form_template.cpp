#include "forms/form_template.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include "domain/json.h"
#include "forms/config_reader.h"
#include "forms/template_reader.h"

namespace softbot {
namespace {

namespace fs = std::filesystem;

/// Each page that comes in is held against each page of each of them.
constexpr std::size_t most_templates = 60;
constexpr std::size_t most_bytes = std::size_t{6} << 20;  ///< of all, as they travel to the reader

/// What a file's name says: "templates/voorbeeld/small-aids.2025.json".
struct FileName {
  std::string municipality;
  std::string type;
};

std::optional<FileName> file_name(const std::string& file) {
  const fs::path path(file);
  FileName name{path.parent_path().filename().string(), path.stem().string()};
  const auto dot = name.type.find('.');
  const std::string edition = dot == std::string::npos ? "1" : name.type.substr(dot + 1);
  name.type = name.type.substr(0, dot);
  if (!is_kebab_case(name.municipality) || !is_kebab_case(name.type) || !is_kebab_case(edition))
    return std::nullopt;
  return name;
}

class Builder {
 public:
  Builder(const Catalogue& forms, const Municipalities& municipalities)
      : forms_(forms), municipalities_(municipalities) {}

  void add(const std::string& file, const std::string& text) {
    const auto name = file_name(file);
    if (!name) return report(file, "", "This is no name for a template.", name_remedy());
    if (!municipalities_.contains(name->municipality))
      return report(file, "", "There is no municipality \"" + name->municipality + "\".",
                    "Name the folder after a file of municipalities/: " + known_municipalities() + ".");
    const FormDefinition* own = forms_.find(name->type, name->municipality);
    if (own == nullptr)
      return report(file, "", "There is no form of the type \"" + name->type + "\". " + name_remedy(),
                    suggestion(name->type, forms_.types(name->municipality)));
    auto reading = read_template(file, text);
    if (!reading) return take(std::move(reading.error()));
    if (reading->geometry.types.front() != name->type)
      report(file, "/template", "The file is named after another type.", "Write \"" + name->type + "\".");
    if (reading->geometry.municipality != name->municipality)
      report(file, "/municipality", "The folder is named after another municipality.",
             "Write \"" + name->municipality + "\".");
    auto bound = with_questions(file, std::move(*reading), forms_.common(), *own);
    if (!bound) return take(std::move(bound.error()));
    keep({file, template_version(text), geometry_id(bound->geometry), std::move(*bound)});
  }

  tl::expected<FormTemplates, std::vector<ConfigProblem>> finish() && {
    if (templates_.size() > most_templates || bytes_ > most_bytes)
      report("templates", "", "There are more templates than the reader can hold a page against.",
             "Leave at most 60, of 6 MiB together.");
    if (!problems_.empty()) return tl::unexpected(std::move(problems_));
    return std::move(templates_);
  }

 private:
  void report(const std::string& file, const std::string& path, std::string problem, std::string remedy) {
    problems_.push_back({file, path, std::move(problem), std::move(remedy)});
  }
  void take(std::vector<ConfigProblem> problems) {
    std::ranges::move(problems, std::back_inserter(problems_));
  }

  static std::string name_remedy() {
    return "Name it templates/<municipality>/<type>.json, or <type>.<edition>.json.";
  }
  [[nodiscard]] std::string known_municipalities() const {
    std::string names;
    for (const auto& [id, municipality] : municipalities_) names += (names.empty() ? "" : ", ") + id;
    return names;
  }

  void keep(FormTemplate one) {
    if (const FormTemplate* same = find_template(templates_, one.geometry)) {
      report(one.file, "", "Its fields stand where those of " + same->file + " stand.",
             "Keep one of the two: which was read could not be told.");
      return;
    }
    bytes_ += to_json(to_value(one.reading)).size();
    templates_.push_back(std::move(one));
  }

  const Catalogue& forms_;
  const Municipalities& municipalities_;
  FormTemplates templates_;
  std::size_t bytes_ = 0;
  std::vector<ConfigProblem> problems_;
};

Result<std::string> content_of(const fs::path& path, const std::string& name) {
  std::ifstream file(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.good() && !file.eof())
    return fail(ErrorCode::configuration, name + " cannot be read: give softbot the right to read it.");
  return content;
}

}  // namespace

const FormTemplate* find_template(const FormTemplates& templates, std::string_view geometry) {
  const auto found = std::ranges::find(templates, geometry, &FormTemplate::geometry);
  return found == templates.end() ? nullptr : &*found;
}

Result<TemplateFiles> read_template_files(const fs::path& config_dir) {
  TemplateFiles files;
  std::error_code error;
  for (fs::directory_iterator folder(config_dir / "templates", error), end; !error && folder != end;
       folder.increment(error)) {
    std::error_code no_folder;
    if (!folder->is_directory(no_folder)) continue;
    for (fs::directory_iterator entry(folder->path(), error); !error && entry != end;
         entry.increment(error)) {
      if (entry->path().extension() != ".json") continue;
      const std::string name =
          "templates/" + folder->path().filename().string() + "/" + entry->path().filename().string();
      auto content = content_of(entry->path(), name);
      if (!content) return fail(content.error());
      files.emplace(name, std::move(*content));
    }
  }
  if (error && error != std::errc::no_such_file_or_directory)
    return fail(ErrorCode::configuration, "templates/ cannot be read whole (" + error.message() +
                                              "): give softbot the right to read it.");
  return files;
}

tl::expected<FormTemplates, std::vector<ConfigProblem>> form_templates(const TemplateFiles& files,
                                                                       const Catalogue& forms,
                                                                       const Municipalities& municipalities) {
  Builder builder(forms, municipalities);
  for (const auto& [file, text] : files) builder.add(file, text);
  return std::move(builder).finish();
}

}  // namespace softbot
