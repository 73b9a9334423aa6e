#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "adapters/letters/letter_printer.h"
#include "adapters/letters/markup.h"
#include "domain/json.h"

namespace softbot {
namespace {

using letters::MarkupKind;
using letters::Tag;

/// Gathers what is wrong in one folder of letters.
class FolderCheck {
 public:
  FolderCheck(std::filesystem::path folder, LetterTemplates templates)
      : folder_(std::move(folder)), templates_(std::move(templates)), printer_(templates_) {}

  [[nodiscard]] std::vector<LetterProblem> run() {
    for (const auto& [name, text] : templates_.letters) {
      look_at(name + ".mustache", text, MarkupKind::letter);
    }
    for (const auto& [name, text] : templates_.partials) {
      look_at("partials/" + name + ".mustache", text, MarkupKind::fragment);
    }
    if (problems_.empty()) {  // what does not hold together cannot be printed; saying so twice helps nobody
      print_examples();
    }
    return std::move(problems_);
  }

 private:
  void add(std::string file, std::size_t line, std::string problem, std::string remedy) {
    problems_.push_back({std::move(file), line, std::move(problem), std::move(remedy)});
  }

  void look_at(const std::string& file, const std::string& text, MarkupKind kind) {
    std::vector<Tag> open;
    for (const auto& tag : letters::find_tags(text)) {
      look_at_tag(file, tag, kind, open);
    }
    for (const auto& tag : open) {
      add(file, tag.line, "the section \"" + tag.name + "\" is not closed",
          "Write {{/" + tag.name + "}} where it ends.");
    }
    for (auto& found : letters::check_markup(letters::without_tags(text), kind)) {
      add(file, found.line, std::move(found.problem), std::move(found.remedy));
    }
  }

  void look_at_tag(const std::string& file, const Tag& tag, MarkupKind kind, std::vector<Tag>& open) {
    switch (tag.kind) {
      case Tag::Kind::section:
      case Tag::Kind::inverted:
        open.push_back(tag);
        break;
      case Tag::Kind::end:
        if (open.empty() || open.back().name != tag.name) {
          add(file, tag.line, "{{/" + tag.name + "}} closes nothing",
              "Close sections in the order in which they were opened.");
        } else {
          open.pop_back();
        }
        break;
      case Tag::Kind::forbidden:
        add(file, tag.line, "a value is put in without escaping", "Write {{name}} with two braces.");
        break;
      case Tag::Kind::partial:
        if (kind == MarkupKind::fragment) {
          add(file, tag.line, "a partial in a partial", "Name it in the letter itself.");
        } else if (templates_.partials.count(tag.name) == 0) {
          add(file, tag.line, "there is no partial \"" + tag.name + "\"",
              "Add partials/" + tag.name + ".mustache.");
        }
        break;
      case Tag::Kind::variable:
      case Tag::Kind::comment:
        break;
    }
  }

  /// The letter that an example is of: "repair" for "repair.no-suspension".
  [[nodiscard]] std::string letter_of(const std::string& example) const {
    return example.substr(0, example.find('.'));
  }

  void print_examples() {
    std::map<std::string, std::set<std::string>> reached;
    std::error_code error;
    std::set<std::filesystem::path> files;
    for (std::filesystem::directory_iterator entry(folder_ / "examples", error), end; !error && entry != end;
         entry.increment(error)) {
      if (entry->path().extension() == ".json") {
        files.insert(entry->path());
      }
    }
    for (const auto& file : files) {
      print_example(file, reached);
    }
    for (const auto& [name, text] : templates_.letters) {
      report_unreached(name, text, reached);
    }
  }

  void print_example(const std::filesystem::path& path,
                     std::map<std::string, std::set<std::string>>& reached) {
    const std::string file = "examples/" + path.filename().string();
    std::ifstream stream(path, std::ios::binary);
    const auto context = parse_json(std::string{std::istreambuf_iterator<char>(stream), {}});
    if (!context) {
      return add(file, 0, context.error().message, "Correct the JSON.");
    }
    const auto letter = letter_of(path.stem().string());
    const auto printed = printer_.print(letter, *context);
    if (!printed) {
      return add(file, 0, printed.error().message, "Correct the template or the example.");
    }
    if (const auto filled = letters::fill(templates_, letter, *context)) {
      reached[letters::template_name(templates_, letter, *context)].insert(filled->names.begin(),
                                                                           filled->names.end());
    }
  }

  void report_unreached(const std::string& name, const std::string& text,
                        const std::map<std::string, std::set<std::string>>& reached) {
    const auto names = reached.find(name);
    if (names == reached.end()) {
      return add(name + ".mustache", 0, "there is no example for it",
                 "Add examples/" + letter_of(name) + ".json.");
    }
    for (const auto& tag : letters::find_tags(text)) {
      const bool looked_up = tag.kind == Tag::Kind::variable || tag.kind == Tag::Kind::section ||
                             tag.kind == Tag::Kind::inverted;
      if (looked_up && names->second.count(tag.name) == 0) {
        add(name + ".mustache", tag.line, "no example reaches \"" + tag.name + "\"",
            "Add an example (examples/" + letter_of(name) +
                ".<variant>.json) in which the part around it is printed.");
      }
    }
  }

  std::filesystem::path folder_;
  LetterTemplates templates_;
  PangoLetterPrinter printer_;
  std::vector<LetterProblem> problems_;
};

}  // namespace

std::vector<LetterProblem> check_letters(const std::filesystem::path& folder) {
  auto templates = read_letter_templates(folder);
  if (!templates) {
    return {{folder.string(), 0, templates.error().message, "Put the letters in place."}};
  }
  return FolderCheck(folder, std::move(*templates)).run();
}

}  // namespace softbot
