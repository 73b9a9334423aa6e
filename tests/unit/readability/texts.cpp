#include "texts.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <stdexcept>

#include "domain/json.h"
#include "support/checkout.h"

namespace softbot::readability {
namespace {

namespace files = std::filesystem;

/// Sources whose literals residents read.
constexpr std::array sources{"bot/forms/answer_check.cpp",
                             "bot/forms/attachment_check.cpp",
                             "bot/forms/completeness.cpp",
                             "bot/forms/paper_conditions.cpp",
                             "bot/forms/paper_furniture.cpp",
                             "bot/pipeline/answers_in_words.cpp",
                             "bot/pipeline/asking.cpp",
                             "bot/pipeline/case_actions.cpp",
                             "bot/pipeline/granting.cpp",
                             "bot/web/resident_experience.cpp",
                             "bot/web/application_form.cpp",
                             "bot/web/application_summary.cpp",
                             "bot/web/file_look.cpp",
                             "bot/web/form_view.cpp",
                             "bot/web/known_answers.cpp",
                             "bot/web/resident_case.cpp",
                             "bot/web/resident_form.cpp",
                             "bot/web/resident_case_pages.cpp",
                             "bot/web/resident_objection.cpp",
                             "bot/web/resident_start.cpp",
                             "bot/web/sign_in.cpp",
                             "bot/web/stale_form.cpp",
                             "bot/web/waiting.cpp",
                             "bot/web/words.cpp"};

std::string text_of(const files::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Neither where white space stands nor what surrounds the words.
std::string tidy(const std::string& text) {
  static const std::regex space("\\s+");
  std::string line = std::regex_replace(text, space, " ");
  if (!line.empty() && line.front() == ' ') line.erase(0, 1);
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

void add_dutch(const Value& value, std::vector<std::string>& pieces) {
  for (const Value::Member& member : value.members()) {
    if (member.name == "nl" && member.value.is_text()) pieces.push_back(member.value.text_or_empty());
    add_dutch(member.value, pieces);
  }
  for (const Value& item : value.items()) add_dutch(item, pieces);
}

std::vector<std::string> pieces_of_json(const std::string& text) {
  const auto value = parse_json(text);
  if (!value) throw std::runtime_error(value.error().message);
  std::vector<std::string> pieces;
  add_dutch(*value, pieces);
  return pieces;
}

std::string without_sections(std::string text, const std::string& name) {
  const std::string begin = "{{#" + name + "}}";
  const std::string end = "{{/" + name + "}}";
  for (auto at = text.find(begin); at != std::string::npos; at = text.find(begin)) {
    const auto last = text.find(end, at);
    text.erase(at, last == std::string::npos ? std::string::npos : last + end.size() - at);
  }
  return text;
}

bool is_english(const files::path& path) {
  const std::string name = path.filename().string();
  return name.find(".en.") != std::string::npos || name.find("-en.") != std::string::npos;
}

void add_folder(std::vector<Document>& documents, const std::string& folder, const std::string& extension) {
  std::vector<files::path> found;
  for (const auto& entry : files::recursive_directory_iterator(checkout() / folder)) {
    const bool example = entry.path().parent_path().filename() == "examples";
    if (entry.path().extension() == extension && !is_english(entry.path()) && !example)
      found.push_back(entry.path());
  }
  std::ranges::sort(found);
  for (const auto& path : found) {
    const std::string text = text_of(path);
    documents.push_back({files::relative(path, checkout()).generic_string(),
                         extension == ".json" ? pieces_of_json(text) : pieces_of_template(text)});
  }
}

std::size_t how_often(const std::string& text, const std::regex& words) {
  return static_cast<std::size_t>(
      std::distance(std::sregex_iterator(text.begin(), text.end(), words), std::sregex_iterator()));
}

bool is_dutch(const std::string& text) {
  static const std::regex dutch(
      "\\b(u|uw|de|het|een|wij|we|niet|van|dat|die|is|op|en|dan|naar|nog|voor|staat|bent|hebt|kunt|geen)\\b",
      std::regex::icase);
  static const std::regex english(
      "\\b(you|your|the|a|an|we|not|of|that|on|and|then|to|for|are|have|can|no|it|this|be)\\b",
      std::regex::icase);
  return how_often(text, dutch) > how_often(text, english);
}

}  // namespace

std::vector<std::string> pieces_of_template(std::string text) {
  static const std::regex partials("\\{\\{[>!][^}]*\\}\\}");
  static const std::regex sections("\\{\\{[#^/][^}]*\\}\\}");
  static const std::regex names("\\{\\{\\{?[^}]*\\}\\}\\}?");
  static const std::regex around_words("</?(b|i|strong|em|a|span|code|abbr)(\\s[^>]*)?>");
  static const std::regex elements("<[^>]*>");
  text = without_sections(std::move(text), "en");
  text = std::regex_replace(text, partials, "");
  text = std::regex_replace(text, sections, "");
  text = std::regex_replace(text, names, "1");  // whatever stands there, it is short
  text = std::regex_replace(text, around_words, "");
  text = std::regex_replace(text, elements, "\f");
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find('\f', at), text.size());
    const std::string piece = tidy(text.substr(at, end - at));
    if (piece.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos) pieces.push_back(piece);
    at = end + 1;
  }
  return pieces;
}

std::vector<std::string> dutch_literals_of(const std::string& source) {
  static const std::regex joined("\"\\s*\\n\\s*\"");
  static const std::regex literal("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
  const std::string text = std::regex_replace(source, joined, "");
  std::vector<std::string> pieces;
  for (auto one = std::sregex_iterator(text.begin(), text.end(), literal); one != std::sregex_iterator();
       ++one) {
    const std::string words = (*one)[1];
    if (words.find(' ') != std::string::npos && is_dutch(words)) pieces.push_back(words);
  }
  return pieces;
}

std::vector<Document> resident_documents() {
  std::vector<Document> documents;
  add_folder(documents, "config/forms", ".json");
  add_folder(documents, "config/municipalities", ".json");
  add_folder(documents, "config/letters", ".mustache");
  add_folder(documents, "bot/web/templates/resident", ".mustache");
  add_folder(documents, "bot/web/templates/form", ".mustache");
  for (const char* path : sources) documents.push_back({path, dutch_literals_of(text_of(checkout() / path))});
  return documents;
}

}  // namespace softbot::readability
