#pragma once

#include "web/paper_check.h"
#include "web/paper_choices.h"
#include "web/queries.h"

namespace softbot::web {

/// What somebody had chosen when the page is shown again instead of going on, and why it is.
struct PaperInput {
  WebParameters typed = {};
  Problems problems = {};   ///< by PaperCheck::id; "" for the page as a whole
  std::string notice = {};  ///< what was not done and how to do it, when nothing was wrong; "" for none
  std::string done = {};    ///< what was done all the same; "": as the address says
};

/// What the case page says about the paper of a case: {left, typedBy}; false when it did not come on paper.
[[nodiscard]] Value paper_card(const std::vector<PaperCheck>& checks, const Application& application);

/// Reasons or tasks of a view, each with the question that it is about ("about"; "" for none) and whether the
/// page of the paper is where to deal with it ("atPaper"). A task of many fields comes once.
[[nodiscard]] Value reasons_in_words(const Value& reasons, const std::vector<PaperCheck>& checks);

/// The context of staff/paper: pages with places, fields in the order of looking, ink, doubts, the rest.
/// `address` is the case's.
[[nodiscard]] Value paper_view(const CaseFile& file, const std::vector<PaperCheck>& checks,
                               const std::string& address, const PaperInput& input);

}  // namespace softbot::web
