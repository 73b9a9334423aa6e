#include "forms/signals.h"

#include <algorithm>

#include "domain/text.h"
#include "forms/config_reader.h"
#include "forms/definition.h"
#include "forms/word_pattern.h"

namespace softbot {
namespace {

/// The words of the phrase stand next to each other, in order.
bool holds(const std::vector<std::string_view>& words, std::string_view phrase) {
  const std::vector<WordPattern> pattern = pattern_of(phrase);
  if (pattern.empty()) return false;
  const auto found =
      std::search(words.begin(), words.end(), pattern.begin(), pattern.end(),
                  [](std::string_view word, const WordPattern& part) { return part.matches(word); });
  return found != words.end();
}

bool hits(const Signal& signal, const std::vector<std::string_view>& words) {
  const auto held = [&](const std::string& phrase) { return holds(words, phrase); };
  if (std::ranges::any_of(signal.words, held)) return true;
  return std::ranges::any_of(signal.combinations, [&](const std::vector<std::string>& together) {
    return std::ranges::all_of(together, held);
  });
}

void add_free_texts(const FormDefinition& definition, const Value& answers, std::vector<FreeText>& texts) {
  for (const std::string& name : free_fields(definition)) {
    const std::string& text = answers[name].text_or_empty();
    if (!trim(text).empty()) texts.push_back({name, text});
  }
}

std::vector<std::vector<std::string>> read_combinations(ConfigReader& reader, const Value& value,
                                                        const std::string& path) {
  std::vector<std::vector<std::string>> combinations;
  const Value::List& items = reader.list(value, path, "combinations", Need::optional);
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::vector<std::string> words;
    for (const Value& word : items[i].items()) words.push_back(word.text_or_empty());
    const bool usable = words.size() >= 2 && std::ranges::none_of(words, [](const std::string& word) {
                          return pattern_of(word).empty();
                        });
    if (usable) {
      combinations.push_back(std::move(words));
    } else {
      reader.report(pointer(pointer(path, "combinations"), i),
                    "A combination is not a list of two or more words.", R"(Write ["man", "overleden"].)");
    }
  }
  return combinations;
}

Signal read_signal(ConfigReader& reader, const Value& value, const std::string& path) {
  Signal signal;
  if (!reader.check_object(value, path, {"code", "label", "words", "combinations"})) return signal;
  signal.code = reader.text(value, path, "code", Need::required);
  if (!signal.code.empty() && !is_kebab_case(signal.code)) {
    reader.report(pointer(path, "code"), "A signal's code is not in kebab-case.",
                  "Write lower case letters and digits joined by hyphens.");
  }
  signal.label = reader.text(value, path, "label", Need::required);
  signal.words = reader.texts(value, path, "words", Need::optional);
  for (std::size_t i = 0; i < signal.words.size(); ++i) {
    if (!is_too_wide(pattern_of(signal.words[i]))) continue;
    reader.report(pointer(pointer(path, "words"), i), "This word would be found nearly everywhere.",
                  "Write at least three letters before \"*\".");
  }
  signal.combinations = read_combinations(reader, value, path);
  if (signal.words.empty() && signal.combinations.empty()) {
    reader.report(path, "This signal can never be found.", "Add \"words\" or \"combinations\".");
  }
  return signal;
}

}  // namespace

SignalList read_signals(ConfigReader& reader, const Value& file) {
  SignalList list;
  if (!reader.check_object(file, "", {"version", "signals"})) return list;
  list.version = reader.integer(file, "", "version", 1, 1'000'000).value_or(1);
  const Value::List& items = reader.list(file, "", "signals", Need::required);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string path = pointer("/signals", i);
    Signal signal = read_signal(reader, items[i], path);
    if (std::ranges::find(list.signals, signal.code, &Signal::code) != list.signals.end()) {
      reader.report(pointer(path, "code"), "Another signal has this code.", "Join the two, or rename one.");
    }
    list.signals.push_back(std::move(signal));
  }
  return list;
}

std::vector<FreeText> free_texts(const FormDefinition& common_definition, const FormDefinition& definition,
                                 const Value& common, const Value& fields) {
  std::vector<FreeText> texts;
  add_free_texts(common_definition, common, texts);
  add_free_texts(definition, fields, texts);
  return texts;
}

std::vector<Reason> find_signals(const SignalList& list, const std::vector<FreeText>& texts) {
  std::vector<Reason> reasons;
  for (const FreeText& text : texts) {
    const std::string folded = fold(text.text);
    const std::vector<std::string_view> words = words_of(folded);
    for (const Signal& signal : list.signals) {
      if (!hits(signal, words)) continue;
      reasons.push_back({"signal-" + signal.code,
                         "Mogelijk signaal: " + signal.label + ". Neem contact op voor een gesprek.",
                         text.field});
    }
  }
  return reasons;
}

}  // namespace softbot
