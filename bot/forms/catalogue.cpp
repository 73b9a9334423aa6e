#include "forms/catalogue.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>

#include "forms/definition_reader.h"

namespace softbot {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view common_file = "forms/common.json";
constexpr std::string_view signals_file = "forms/signals.json";
/// The order in which shipped types are offered; others follow by name.
constexpr std::array<std::string_view, 5> usual_order{"household-help", "small-aids", "extension",
                                                      "general-notification", "living-allowance"};

/// "municipalities/<id>/forms/<type>.json" -> id; "" for a shipped file.
std::string municipality_of(std::string_view file) {
  constexpr std::string_view prefix = "municipalities/";
  if (!file.starts_with(prefix)) return "";
  file.remove_prefix(prefix.size());
  return std::string(file.substr(0, file.find('/')));
}

std::string stem_of(const std::string& file) {
  return fs::path(file).stem().string();
}

/// The types that files are named after, so that a broken file breaks no other.
std::vector<std::string> known_types(const FormFiles& files) {
  std::vector<std::string> types;
  for (const auto& [name, content] : files) {
    std::string type = stem_of(name);
    const bool other = name == common_file || name == signals_file;
    if (!other && std::ranges::find(types, type) == types.end()) types.push_back(std::move(type));
  }
  return types;
}

struct ReadFile {
  ConfigReader reader;
  std::string municipality;
  FormDefinition definition;
};

std::size_t rank_of(const std::string& type) {
  return static_cast<std::size_t>(std::ranges::find(usual_order, type) - usual_order.begin());
}

Result<std::string> content_of(const fs::path& path, const std::string& name) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  if (!in)
    return fail(ErrorCode::configuration, "Cannot read " + name + ": check that it is a readable file.");
  return std::move(content).str();
}

/// JSON files directly in a folder, by name. A folder that is not there has none.
std::vector<fs::path> json_files(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == ".json") found.push_back(entry->path());
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

/// Builds a catalogue and the list of mistakes in one go.
struct CatalogueBuilder {
  Catalogue catalogue;
  std::vector<ConfigProblem> problems;

  explicit CatalogueBuilder(const FormFiles& files) {
    read_all(files);
    const FormDefinition* common = read_common();
    const std::vector<std::string> types = known_types(files);
    for (ReadFile& file : read_) {
      const bool is_common = file.definition.type == "common";
      if (common != nullptr) {
        check_references(file.reader, file.definition, {is_common ? nullptr : common, types});
      }
      take(std::move(file));
    }
    std::ranges::stable_sort(catalogue.shipped_, [](const FormDefinition& a, const FormDefinition& b) {
      return std::pair(rank_of(a.type), a.type) < std::pair(rank_of(b.type), b.type);
    });
  }

 private:
  void read_all(const FormFiles& files) {
    bool signals_found = false;
    for (const auto& [name, content] : files) {
      ConfigReader reader(name);
      const Value json = reader.object_from(content);
      if (name == signals_file) {
        signals_found = true;
        if (json.is_object()) catalogue.signals_ = read_signals(reader, json);
        keep(reader);
        continue;
      }
      if (!json.is_object()) {
        keep(reader);
        continue;
      }
      FormDefinition definition = read_definition(reader, json);
      if (!definition.type.empty() && definition.type != stem_of(name)) {
        reader.report("/type", "The type is not the file's name.",
                      "Make \"type\" \"" + stem_of(name) + "\", or rename the file.");
      }
      if (definition.type == "common" && name != common_file) {
        reader.report("/type", "There is one common part, forms/common.json.", "Use another type.");
        definition.type.clear();
      }
      read_.push_back({std::move(reader), municipality_of(name), std::move(definition)});
    }
    if (!signals_found) {
      problems.push_back({std::string(signals_file), "", "The file is missing.", "Put it back."});
    }
  }

  const FormDefinition* read_common() {
    const auto found =
        std::ranges::find_if(read_, [](const ReadFile& f) { return f.definition.type == "common"; });
    if (found == read_.end()) {
      const bool named =
          std::ranges::any_of(problems, [](const ConfigProblem& p) { return p.file == common_file; });
      if (!named) {
        problems.push_back({std::string(common_file), "", "The common part is missing.",
                            "Put it back, with \"type\": \"common\"."});
      }
      return nullptr;
    }
    catalogue.common_ = found->definition;
    return &catalogue.common_;
  }

  void take(ReadFile file) {
    keep(file.reader);
    if (file.definition.type == "common" || file.definition.type.empty()) return;
    auto& target = file.municipality.empty() ? catalogue.shipped_ : catalogue.own_[file.municipality];
    target.push_back(std::move(file.definition));
  }

  void keep(const ConfigReader& reader) {
    problems.insert(problems.end(), reader.problems().begin(), reader.problems().end());
  }

  std::vector<ReadFile> read_;
};

const FormDefinition* Catalogue::find(std::string_view type) const {
  const auto found = std::ranges::find(shipped_, type, &FormDefinition::type);
  return found == shipped_.end() ? nullptr : &*found;
}

const FormDefinition* Catalogue::find(std::string_view type, std::string_view municipality) const {
  if (const auto own = own_.find(municipality); own != own_.end()) {
    const auto found = std::ranges::find(own->second, type, &FormDefinition::type);
    if (found != own->second.end()) return &*found;
  }
  return find(type);
}

std::vector<std::string> Catalogue::types() const {
  std::vector<std::string> types;
  for (const FormDefinition& definition : shipped_) types.push_back(definition.type);
  return types;
}

std::vector<std::string> Catalogue::types(std::string_view municipality) const {
  std::vector<std::string> all = types();
  const auto own = own_.find(municipality);
  if (own == own_.end()) return all;
  for (const FormDefinition& definition : own->second) {
    if (std::ranges::find(all, definition.type) == all.end()) all.push_back(definition.type);
  }
  return all;
}

Result<FormFiles> read_form_files(const fs::path& config_dir) {
  FormFiles files;
  const auto add = [&](const fs::path& path, const std::string& folder) -> std::optional<Error> {
    const std::string name = folder + "/" + path.filename().string();
    auto content = content_of(path, name);
    if (!content) return content.error();
    files.emplace(name, std::move(*content));
    return std::nullopt;
  };
  for (const fs::path& path : json_files(config_dir / "forms")) {
    if (const auto error = add(path, "forms")) return fail(*error);
  }
  if (files.empty()) {
    return fail(
        ErrorCode::configuration,
        "There are no form definitions in forms/ below the configuration folder: name the right folder.");
  }
  std::error_code error;
  for (fs::directory_iterator entry(config_dir / "municipalities", error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string folder = "municipalities/" + entry->path().filename().string() + "/forms";
    for (const fs::path& path : json_files(entry->path() / "forms")) {
      if (const auto problem = add(path, folder)) return fail(*problem);
    }
  }
  return files;
}

std::vector<ConfigProblem> check_forms(const FormFiles& files) {
  return CatalogueBuilder(files).problems;
}

std::vector<ConfigProblem> check_forms(const fs::path& config_dir) {
  const auto files = read_form_files(config_dir);
  if (!files) return {{"forms", "", files.error().message, "Put the files back, or name another folder."}};
  return check_forms(*files);
}

Result<Catalogue> load_catalogue(const FormFiles& files) {
  CatalogueBuilder builder(files);
  if (!builder.problems.empty()) return fail(to_error(builder.problems));
  return std::move(builder.catalogue);
}

Result<Catalogue> load_catalogue(const fs::path& config_dir) {
  const auto files = read_form_files(config_dir);
  if (!files) return fail(files.error());
  return load_catalogue(*files);
}

}  // namespace softbot
