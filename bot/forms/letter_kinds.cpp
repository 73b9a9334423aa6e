#include "forms/letter_kinds.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "domain/text.h"
#include "forms/config_reader.h"

namespace softbot {
namespace {

constexpr std::string_view file_name = "post/letters.json";
constexpr std::string_view gap = " ... ";
constexpr int most_points = 10;

std::vector<std::vector<WordPattern>> parts_of(std::string_view phrase) {
  std::vector<std::vector<WordPattern>> parts;
  while (true) {
    const std::size_t end = phrase.find(gap);
    parts.push_back(pattern_of(phrase.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    phrase.remove_prefix(end + gap.size());
  }
}

void read_cues(ConfigReader& reader, const Value& group, const std::string& path, LetterKind& kind) {
  if (!reader.check_object(group, path, {"weight", "words"})) return;
  const auto weight = reader.integer(group, path, "weight", -most_points, most_points);
  if (!weight || *weight == 0)
    reader.report(pointer(path, "weight"), "These words weigh nothing.", "Write -10 to 10, and not 0.");
  const auto phrases = reader.texts(group, path, "words", Need::required);
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    LetterCue cue{parts_of(phrases[i]), weight.value_or(0)};
    if (std::ranges::any_of(cue.parts, is_too_wide)) {
      reader.report(pointer(pointer(path, "words"), i), "This would be found nearly everywhere.",
                    "Write at least three letters before \"*\", and words on both sides of \"...\".");
      continue;
    }
    kind.cues.push_back(std::move(cue));
  }
}

LetterKind read_kind(ConfigReader& reader, const Value& value, const std::string& path) {
  LetterKind kind;
  if (!reader.check_object(value, path, {"kind", "cues"})) return kind;
  kind.kind = reader.one_of(value, path, "kind", letter_kind_names());
  const Value::List& groups = reader.list(value, path, "cues", Need::required);
  for (std::size_t i = 0; i < groups.size(); ++i)
    read_cues(reader, groups[i], pointer(pointer(path, "cues"), i), kind);
  return kind;
}

int number(ConfigReader& reader, const Value& file, std::string_view name, int low, int high) {
  if (!file.contains(name)) {
    reader.report("", "\"" + std::string(name) + "\" is missing.",
                  "Add it: " + std::to_string(low) + " to " + std::to_string(high) + ".");
  }
  return reader.integer(file, "", name, low, high).value_or(low);
}

LetterKinds read_kinds(ConfigReader& reader, std::string_view json) {
  LetterKinds all;
  const Value file = reader.object_from(json);
  if (!file.is_object()) return all;
  if (!reader.check_object(
          file, "", {"version", "sharpness", "shownFrom", "urgentFrom", "start", "plainWords", "kinds"}))
    return all;
  number(reader, file, "version", 1, 1'000'000);
  all.sharpness = number(reader, file, "sharpness", 1, 200) / 100.0;
  all.shown_from = number(reader, file, "shownFrom", 1, 100) / 100.0;
  all.urgent_from = number(reader, file, "urgentFrom", 1, 100) / 100.0;
  all.start = number(reader, file, "start", 0, 40);
  for (const std::string& word : reader.texts(file, "", "plainWords", Need::required))
    all.plain_words.push_back(fold(word));
  std::ranges::sort(all.plain_words);
  const Value::List& kinds = reader.list(file, "", "kinds", Need::required);
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const std::string path = pointer("/kinds", i);
    LetterKind kind = read_kind(reader, kinds[i], path);
    if (!kind.kind.empty() && std::ranges::find(all.kinds, kind.kind, &LetterKind::kind) != all.kinds.end())
      reader.report(pointer(path, "kind"), "This kind was there already.", "Join the two.");
    all.kinds.push_back(std::move(kind));
  }
  return all;
}

LetterKinds read_from(ConfigReader& reader, const std::filesystem::path& config_dir) {
  std::ifstream in(config_dir / file_name, std::ios::binary);
  std::ostringstream content;
  if (in) content << in.rdbuf();
  if (!in) {
    reader.report("", "The file is missing or cannot be read.", "Put it back.");
    return {};
  }
  return read_kinds(reader, content.str());
}

}  // namespace

const std::vector<std::string>& letter_kind_names() {
  static const std::vector<std::string> names{
      "objection",        "notice-of-default",    "human-request",  "withdrawal",
      "complaint",        "explanation-request",  "repair-answer",  "change-of-circumstances",
      "referrer-notice",  "household-help",       "small-aids",     "extension",
      "living-allowance", "general-notification", "bank-statement", "identity-document"};
  return names;
}

bool is_urgent_letter(std::string_view kind) {
  return kind == "objection" || kind == "notice-of-default" || kind == "human-request";
}

std::vector<ConfigProblem> check_letter_kinds(const std::filesystem::path& config_dir) {
  ConfigReader reader{std::string(file_name)};
  (void)read_from(reader, config_dir);
  return reader.problems();
}

Result<LetterKinds> load_letter_kinds(const std::filesystem::path& config_dir) {
  ConfigReader reader{std::string(file_name)};
  LetterKinds kinds = read_from(reader, config_dir);
  if (!reader.problems().empty()) return fail(to_error(reader.problems()));
  return kinds;
}

Result<LetterKinds> parse_letter_kinds(std::string_view json) {
  ConfigReader reader{std::string(file_name)};
  LetterKinds kinds = read_kinds(reader, json);
  if (!reader.problems().empty()) return fail(to_error(reader.problems()));
  return kinds;
}

}  // namespace softbot
