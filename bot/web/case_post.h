#pragma once

#include <functional>

#include "pipeline/staff_actions.h"
#include "web/case_actions.h"
#include "web/staff_case.h"

namespace softbot::web {

/// One posted action of a consultant on a case, and the version that they had on screen.
struct CasePost {
  Visit& visit;
  ApplicationReference reference;
  PostedForm posted;
  pipeline::Staff staff;
  std::int64_t version = 0;
};

using CaseAct = std::function<http::Response(CasePost&)>;

/// The page of one such action: reads the form and who asks.
[[nodiscard]] PageHandler case_post_page(CaseAct act);

/// What was refused, on a page: the case with the mistakes and with all that was typed, what changed
/// meanwhile, or a message. `input` says which part stands open.
[[nodiscard]] http::Response refused(CasePost& post, const Error& error, CaseInput input = {});

/// Back to the case, where `done` says what happened; else refused().
template <class Stored>
http::Response finished(CasePost& post, const Result<Stored>& result, const char* done,
                        CaseInput input = {}) {
  if (!result) return refused(post, result.error(), std::move(input));
  return http::see_other(staff_case_address(post.reference) + "?gedaan=" + done);
}

/// Deciding on a case, with a look at the letter first: part of add_staff_case_pages.
void add_decide_pages(http::Router& router, const std::shared_ptr<const Site>& site);

/// Whether the papers will come: part of add_staff_case_pages.
void add_case_call_pages(http::Router& router, const std::shared_ptr<const Site>& site);

}  // namespace softbot::web
