#include "forms/standard_texts.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "forms/config_reader.h"

namespace softbot {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view general_file = "letters/standard-texts.json";
constexpr std::size_t longest_text = 3'000;
constexpr std::size_t longest_title = 80;

struct Shelf {
  StandardTexts texts;
  std::vector<ConfigProblem> problems;
};

void check_length(ConfigReader& reader, const std::string& path, const std::string& text,
                  std::size_t longest) {
  if (text.size() <= longest) return;
  reader.report(path, "is longer than " + std::to_string(longest) + " bytes", "Make it shorter.");
}

StandardText text_from(ConfigReader& reader, const Value& object, const std::string& path,
                       const std::string& municipality) {
  static const std::vector<std::string> known_outcomes{"granted", "granted-in-part", "refused", "untreated"};
  StandardText text;
  if (!reader.check_object(object, path, {"name", "title", "text", "types", "outcomes"})) return text;
  text.name = reader.text(object, path, "name", Need::required);
  text.title = reader.text(object, path, "title", Need::required);
  text.text = reader.text(object, path, "text", Need::required);
  text.types = reader.texts(object, path, "types", Need::optional);
  text.outcomes = reader.texts(object, path, "outcomes", Need::optional);
  text.municipality = municipality;
  if (!text.name.empty() && !is_kebab_case(text.name))
    reader.report(pointer(path, "name"), "is no name", "Use lower case letters, digits and hyphens.");
  check_length(reader, pointer(path, "title"), text.title, longest_title);
  check_length(reader, pointer(path, "text"), text.text, longest_text);
  for (std::size_t at = 0; at < text.outcomes.size(); ++at) {
    if (std::ranges::find(known_outcomes, text.outcomes[at]) == known_outcomes.end())
      reader.report(pointer(pointer(path, "outcomes"), at), "there is no such outcome",
                    suggestion(text.outcomes[at], known_outcomes));
  }
  for (std::size_t at = 0; at < text.types.size(); ++at) {
    if (!is_kebab_case(text.types[at]))
      reader.report(pointer(pointer(path, "types"), at), "is no type of application",
                    "Name one as its file in forms/ is called.");
  }
  return text;
}

void read_file(const fs::path& config_dir, const std::string& file, const std::string& municipality,
               Shelf& shelf) {
  std::error_code error;
  if (!fs::exists(config_dir / file, error)) return;
  ConfigReader reader(file);
  std::ifstream stream(config_dir / file, std::ios::binary);
  std::ostringstream json;
  json << stream.rdbuf();
  if (!stream) {
    reader.report("", "cannot be read", "Check that it is a file that this user may read.");
  } else if (const Value root = reader.object_from(json.str());
             reader.check_object(root, "", {"description", "texts"})) {
    std::vector<std::string> names;
    const auto& listed = reader.list(root, "", "texts", Need::required);
    for (std::size_t at = 0; at < listed.size(); ++at) {
      const std::string path = pointer("/texts", at);
      StandardText text = text_from(reader, listed[at], path, municipality);
      if (std::ranges::find(names, text.name) != names.end())
        reader.report(pointer(path, "name"), "stands twice in this file",
                      "Give each text a name of its own.");
      names.push_back(text.name);
      shelf.texts.push_back(std::move(text));
    }
  }
  shelf.problems.insert(shelf.problems.end(), reader.problems().begin(), reader.problems().end());
}

Shelf read_all(const fs::path& config_dir) {
  Shelf shelf;
  read_file(config_dir, std::string(general_file), "", shelf);
  std::vector<std::string> municipalities;
  std::error_code error;
  for (fs::directory_iterator entry(config_dir / "municipalities", error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->is_directory()) municipalities.push_back(entry->path().filename().string());
  }
  std::ranges::sort(municipalities);
  for (const std::string& id : municipalities)
    read_file(config_dir, "municipalities/" + id + "/standard-texts.json", id, shelf);
  return shelf;
}

bool is_for(const StandardText& text, std::string_view municipality, std::string_view type) {
  return (text.municipality.empty() || text.municipality == municipality) &&
         (text.types.empty() || std::ranges::find(text.types, type) != text.types.end());
}

}  // namespace

std::vector<ConfigProblem> check_standard_texts(const fs::path& config_dir) {
  return read_all(config_dir).problems;
}

Result<StandardTexts> load_standard_texts(const fs::path& config_dir) {
  Shelf shelf = read_all(config_dir);
  if (!shelf.problems.empty()) return fail(to_error(shelf.problems));
  return std::move(shelf.texts);
}

StandardTexts standard_texts_for(const StandardTexts& all, std::string_view municipality,
                                 std::string_view type) {
  StandardTexts chosen;
  for (const StandardText& text : all) {
    if (!is_for(text, municipality, type)) continue;
    const auto general = std::ranges::find(chosen, text.name, &StandardText::name);
    if (general == chosen.end()) {
      chosen.push_back(text);
    } else {
      *general = text;
    }
  }
  return chosen;
}

}  // namespace softbot
