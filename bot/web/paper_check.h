#pragma once

#include <string>
#include <vector>

#include "domain/application.h"
#include "forms/definition.h"
#include "pipeline/services.h"

namespace softbot::web {

/// How much waits for a look at one field of a paper form.
enum class Check {
  must,    ///< the case waits for it
  may,     ///< not certain, but nothing rests on it
  look,    ///< ink in somebody's own words: shown, not guessed
  nothing  ///< certain, supported, looked at, or empty
};

/// One field of a paper form as a person checks it: how it was read, and what it may be instead.
struct PaperCheck {
  std::string name;     ///< as in Application::readings: "bsn", "householdMembers[0].birthYear"
  std::string id;       ///< of the page: "householdMembers-0-birthYear"
  bool common = false;  ///< of the common part
  std::string list;     ///< of a row: its list, and which row
  std::size_t row = 0;
  Field field;           ///< the question; of a row the row's; without label when no definition knows it
  bool known = false;    ///< a definition knows it: then it can be corrected
  std::string question;  ///< in Dutch, with the row before it
  Check check = Check::nothing;
  Value reading;                    ///< see Application::readings
  Value value;                      ///< what stands in the answers now; null: nothing
  std::vector<Value> alternatives;  ///< what may stand there too, best first; never `value`
};

/// All fields that were read, in the order in which a person should look, which is that of the page: what the
/// case waits for (doubtful ones first), somebody's own words, what may be looked at, and the rest as on the
/// form.
[[nodiscard]] std::vector<PaperCheck> paper_checks(const Configuration& configuration,
                                                   const Application& application);

/// The state of a reading in plain words: "Niet zeker", "Nagekeken door cora op 26 november 2026 17:02".
[[nodiscard]] std::string reading_words(const PaperCheck& check);
/// The badge that goes with it.
[[nodiscard]] std::string reading_badge(const PaperCheck& check);

/// An answer as people read it; "niets ingevuld" for none.
[[nodiscard]] std::string paper_answer_words(const PaperCheck& check, const Value& answer);

/// How much is left to do with the paper of a case.
struct PaperLeft {
  std::size_t fields = 0;  ///< that the case waits for
  std::size_t looks = 0;
  std::size_t doubts = 0;  ///< about the paper as a whole
  [[nodiscard]] bool any() const { return fields + looks + doubts > 0; }
};
[[nodiscard]] PaperLeft paper_left(const std::vector<PaperCheck>& checks, const Application& application);
/// "2 antwoorden zijn niet zeker gelezen. Er is 1 keer iets met de hand bij geschreven."; "" for nothing.
[[nodiscard]] std::string paper_left_words(const PaperLeft& left);

/// What can be done about a doubt about the paper as a whole, by its code.
[[nodiscard]] std::string doubt_remedy_words(std::string_view code);

}  // namespace softbot::web
