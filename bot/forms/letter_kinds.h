#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "forms/config_problem.h"
#include "forms/word_pattern.h"

namespace softbot {

/// What letters can be, beside `letter_of_no_kind`. The names are a border: config/post/letters.json and the
/// reasons "post-<kind>" hold them.
[[nodiscard]] const std::vector<std::string>& letter_kind_names();
inline constexpr std::string_view letter_of_no_kind = "other";

/// Objection, notice of default and a request for a person: they go to a person at once.
[[nodiscard]] bool is_urgent_letter(std::string_view kind);

/// A phrase to look for: its parts stand in this order in one sentence, with at most a few words between
/// them.
struct LetterCue {
  std::vector<std::vector<WordPattern>> parts;
  int weight = 0;  ///< points; negative speaks against the kind
  bool operator==(const LetterCue&) const = default;
};

struct LetterKind {
  std::string kind;
  std::vector<LetterCue> cues;
  bool operator==(const LetterKind&) const = default;
};

/// config/post/letters.json: what words say about the kind of a letter. Sorts and shows; decides nothing.
struct LetterKinds {
  double sharpness = 0;    ///< natural logarithm of the odds per point
  double shown_from = 1;   ///< probability from which a kind is told
  double urgent_from = 1;  ///< the same for the urgent kinds
  int start = 0;           ///< points of "something else" before anything is read
  std::vector<std::string> plain_words;
  std::vector<LetterKind> kinds;
  bool operator==(const LetterKinds&) const = default;
};

/// Every mistake in config/post/letters.json.
[[nodiscard]] std::vector<ConfigProblem> check_letter_kinds(const std::filesystem::path& config_dir);

/// The file, or a `configuration` error that lists every mistake.
[[nodiscard]] Result<LetterKinds> load_letter_kinds(const std::filesystem::path& config_dir);

/// The same from the file's content.
[[nodiscard]] Result<LetterKinds> parse_letter_kinds(std::string_view json);

}  // namespace softbot
