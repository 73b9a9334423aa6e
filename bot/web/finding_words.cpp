#include "web/finding_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "web/word_table.h"

namespace softbot::web {
namespace {

constexpr std::array<Word, 13> headings{
    {{"gap", "Gat: een geval waarvoor geen regel geldt", ""},
     {"overlap", "Overlap: regels die tegelijk gelden en elkaar tegenspreken", ""},
     {"never-fires", "Regel die nooit kan gelden", ""},
     {"type-error", "Soorten waarden die niet bij elkaar passen", ""},
     {"broken", "Uitdrukking die niet klopt", ""},
     {"not-loaded", "Bestand dat niet als DMN te lezen is", ""},
     {"too-large", "Tabel die te groot is om helemaal na te kijken", ""},
     {"policy-rule", "Niet zoals een beleid moet zijn", ""},
     {"example-fails", "Voorbeeld dat anders uitkomt dan het zegt", ""},
     {"file-too-large", "Bestand dat te groot is", ""},
     {"not-utf8", "Bestand dat geen UTF-8 is", ""},
     {"file-name", "Naam van een bestand die niet kan", ""},
     {"unknown-municipality", "Gemeente die hier niet bestaat", ""}}};

constexpr std::array<Word, 17> elements{{{"decision", "besluit", ""},
                                         {"knowledge model", "kennismodel", ""},
                                         {"businessKnowledgeModel", "kennismodel", ""},
                                         {"decisionService", "besluitdienst", ""},
                                         {"inputData", "gegeven", ""},
                                         {"itemDefinition", "soort waarde", ""},
                                         {"itemComponent", "onderdeel", ""},
                                         {"decisionTable", "tabel", ""},
                                         {"rule", "regel", ""},
                                         {"inputEntry", "cel voor invoer", ""},
                                         {"outputEntry", "cel voor uitkomst", ""},
                                         {"input", "invoer", ""},
                                         {"output", "uitkomst", ""},
                                         {"variable", "variabele", ""},
                                         {"literalExpression", "uitdrukking", ""},
                                         {"informationRequirement", "verwijzing", ""},
                                         {"knowledgeRequirement", "verwijzing", ""}}};

constexpr std::array<Word, 2> bounds{
    {{" is more than ", " is meer dan ", ""}, {" is less than ", " is minder dan ", ""}}};

std::string step_words(std::string_view step) {
  for (const auto& [name, word, unused] : elements) {
    const auto rest = step.substr(std::min(name.size(), step.size()));
    if (step.starts_with(name) && (rest.empty() || rest.front() == ' '))
      return std::string(word).append(rest);
  }
  return std::string(step);
}

/// "regel 3", "regels 1 en 2".
std::string rules_words(std::span<const std::size_t> rules) {
  std::string words = rules.size() == 1 ? "regel " : "regels ";
  for (std::size_t index = 0; index < rules.size(); ++index) {
    if (index > 0) words += index + 1 == rules.size() ? " en " : ", ";
    words += std::to_string(rules[index]);
  }
  return words;
}

std::string place_words(const DraftFinding& finding) {
  const std::string line = finding.line > 0 ? "tekstregel " + std::to_string(finding.line) : std::string();
  if (finding.element.empty()) return line.empty() ? line : "Op " + line + ": ";
  return "In " + element_words(finding.element) + (line.empty() ? "" : " (" + line + ")") + ": ";
}

std::string gap_words(std::span<const std::size_t> closest) {
  const std::string none = "op dit geval past geen enkele regel.";
  if (closest.empty()) return none;
  return none + " Het dichtst in de buurt " + (closest.size() == 1 ? "komt " : "komen ") +
         rules_words(closest) + ".";
}

/// The first rule is the one that never counts; those behind it take all that it could have.
std::string never_words(std::span<const std::size_t> rules) {
  if (rules.empty()) return "een regel kan nooit gelden.";
  const std::string never = rules_words(rules.first(1)) + " kan nooit gelden: ";
  if (rules.size() == 1) return never + "geen enkele waarde past erop.";
  return never + rules_words(rules.subspan(1)) +
         (rules.size() == 2 ? " gaat altijd voor." : " gaan altijd voor.");
}

std::string overlap_words(std::span<const std::size_t> rules) {
  if (rules.empty()) return "er zijn nog meer regels die tegelijk gelden.";
  return rules_words(rules) + " gelden tegelijk, en dat mag in deze tabel niet.";
}

std::string core_words(const DraftFinding& finding) {
  const std::string& code = finding.code;
  if (code == "gap") return gap_words(finding.rules);
  if (code == "overlap") return overlap_words(finding.rules);
  if (code == "never-fires") return never_words(finding.rules);
  if (code == "not-loaded") return "dit bestand is niet als DMN te lezen.";
  if (code == "policy-rule") return "dit is niet zoals een beleid moet zijn.";
  if (code == "too-large") return "de tabel is te groot om op alle gaten en botsende regels na te kijken.";
  const std::string which = finding.rules.empty() ? std::string() : rules_words(finding.rules) + ": ";
  if (code == "type-error") return which + "de soorten waarden passen niet bij elkaar.";
  return which + "een uitdrukking klopt niet.";
}

std::string example_words(std::string example) {
  for (const auto& [english, dutch, unused] : bounds) {
    for (auto at = example.find(english); at != std::string::npos; at = example.find(english, at))
      example.replace(at, english.size(), dutch);
  }
  return example;
}

bool has_more_to_say(const DraftFinding& finding) {
  constexpr std::array<std::string_view, 4> codes{"type-error", "broken", "not-loaded", "policy-rule"};
  return std::ranges::find(codes, finding.code) != codes.end() ||
         (finding.code == "never-fires" && finding.rules.size() == 1);
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace

FindingWords words_of(const DraftFinding& finding) {
  const std::string heading = finding_heading(finding.code);
  if (finding.code == "example-fails")
    return {heading, "Voorbeeld \"" + finding.element + "\": " + finding.message, ""};
  std::string sentence = capitalised(place_words(finding) + core_words(finding));
  if (!finding.example.empty()) sentence += " Bijvoorbeeld: " + example_words(finding.example) + ".";
  return {heading, std::move(sentence), has_more_to_say(finding) ? finding.message : std::string()};
}

std::string finding_heading(std::string_view code) {
  return look_up_or_name(headings, code, "nl");
}

std::string element_words(std::string_view element) {
  constexpr std::string_view between = " / ";
  std::string words;
  while (true) {
    const auto end = element.find(between);
    words += step_words(element.substr(0, end));
    if (end == std::string_view::npos) return words;
    words += between;
    element.remove_prefix(end + between.size());
  }
}

}  // namespace softbot::web
