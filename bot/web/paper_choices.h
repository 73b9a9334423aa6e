#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "forms/from_web.h"
#include "pipeline/staff_actions.h"
#include "web/form_view.h"
#include "web/paper_check.h"

namespace softbot::web {

/// What somebody can choose for a field of paper; the value of its radio button. "ok": as it stands;
/// "a0", "a1", ...: an alternative; "o:<value>": an option of the question; "leeg": nothing stands there;
/// "anders": typed.
[[nodiscard]] std::string choice_name(const PaperCheck& check);
/// What was chosen for it: who typed an answer without pressing the button before it chose "anders". "":
/// nothing.
[[nodiscard]] std::string choice_of(const PaperCheck& check, const WebParameters& typed);
/// The definition of this one question, for the input of "anders", and the prefix of its names.
[[nodiscard]] FormDefinition other_definition(const PaperCheck& check);
[[nodiscard]] std::string other_prefix(const PaperCheck& check);

/// What was chosen on the page, as the pipeline takes it.
struct PaperChoices {
  pipeline::Correction correction;  ///< without `why` and `judge_again`
  Problems problems;                ///< by PaperCheck::id
  std::size_t answered = 0;         ///< fields and doubts that this settles
  bool settles_all = false;         ///< nothing that the case waits for is left
};

/// Reads the choices. Whoever corrects a row of a list must have looked at all of it: the correction replaces
/// the list.
[[nodiscard]] PaperChoices paper_choices(const std::vector<PaperCheck>& checks,
                                         const Application& application, const WebParameters& typed,
                                         Date today);

}  // namespace softbot::web
