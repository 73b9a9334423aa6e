#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/application.h"
#include "domain/value.h"

namespace softbot {

struct FormDefinition;
class ConfigReader;

/// Words that ask for a conversation: never a reason to refuse, never a delay of a grant. No profiling: the
/// list holds situations, not groups of people.
struct Signal {
  std::string code;   ///< kebab-case: loneliness, debts, violence, child, confusion
  std::string label;  ///< Dutch, for the consultant
  /// Words or phrases; "*" at the end of a word stands for any further letters ("eenza*").
  std::vector<std::string> words;
  /// Each holds when all its words stand in the same answer.
  std::vector<std::vector<std::string>> combinations;
  bool operator==(const Signal&) const = default;
};

struct SignalList {
  int version = 1;
  std::vector<Signal> signals;
  bool operator==(const SignalList&) const = default;
};

/// Reads config/forms/signals.json; mistakes go to the reader.
[[nodiscard]] SignalList read_signals(ConfigReader& reader, const Value& file);

/// One answer in somebody's own words.
struct FreeText {
  std::string field;
  std::string text;
};

/// All answers in free fields, of the common part and of the type's own part.
[[nodiscard]] std::vector<FreeText> free_texts(const FormDefinition& common_definition,
                                               const FormDefinition& definition, const Value& common,
                                               const Value& fields);

/// One Reason per signal and field, code "signal-<code>". The text names the signal, never the words found:
/// those are in the answer itself. Compares without case and diacritics.
[[nodiscard]] std::vector<Reason> find_signals(const SignalList& list, const std::vector<FreeText>& texts);

}  // namespace softbot
