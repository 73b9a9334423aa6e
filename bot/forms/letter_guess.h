#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "forms/letter_kinds.h"

namespace softbot {

/// How likely a letter is of a kind.
struct LikelyKind {
  std::string kind;  ///< one of letter_kind_names(), or `letter_of_no_kind`
  double probability = 0;
  bool operator==(const LikelyKind&) const = default;
};

/// Words of the letter that speak for a kind, as they stand there.
struct LetterEvidence {
  std::string kind;
  std::string words;
  bool operator==(const LetterEvidence&) const = default;
};

/// What the words of a letter say about its kind. Nothing is understood: configured phrases are looked for.
struct LetterGuess {
  std::vector<LikelyKind> kinds;         ///< all of them, likeliest first; together 1
  std::vector<LetterEvidence> evidence;  ///< strongest first; of each kind a few
  bool says_little = false;  ///< hardly any print could be read, as with handwriting: then nothing is likely
  bool operator==(const LetterGuess&) const = default;
};

/// Pure; any bytes will do, and a text of any length takes bounded time.
[[nodiscard]] LetterGuess guess_letter(const LetterKinds& kinds, std::string_view text);

/// The probability of a kind in a guess; 0 when it is not among them.
[[nodiscard]] double probability_of(const LetterGuess& guess, std::string_view kind);

/// The kinds that a person is told, what is urgent first; none when nothing is likely enough.
[[nodiscard]] std::vector<std::string> told_kinds(const LetterKinds& kinds, const LetterGuess& guess);

}  // namespace softbot
