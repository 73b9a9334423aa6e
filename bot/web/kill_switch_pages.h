#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "web/shared_views.h"

namespace softbot::web {

/// What was refused about a kill switch, to be told on the administrators' page.
struct SwitchProblem {
  int status = 200;
  SummaryLine line;   ///< empty text: nothing was refused
  std::string typed;  ///< the reason that was written in that field
};

/// Sets switches, anyKilled and killedWords: how each kill switch stands, what waits and what happened.
void add_switches(Value& context, const Visit& visit, const Management& all, const SwitchProblem& problem);
/// What was done, by the word in the address; "" for none.
[[nodiscard]] std::string switch_done_words(std::string_view done);
/// Throwing one; proposing, ending and confirming its release.
void add_kill_switch_pages(http::Router& router, const std::shared_ptr<const Site>& site);

/// The administrators' page.
[[nodiscard]] http::Response show_management(const Visit& visit, const SwitchProblem& problem);

}  // namespace softbot::web
