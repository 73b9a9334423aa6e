#pragma once

#include <string>

#include "web/form_view.h"
#include "web/queries.h"
#include "web/shared_views.h"
#include "web/site.h"

namespace softbot::web {

/// What a consultant had typed when an action was refused, so that the page can be shown again with it.
struct CaseInput {
  const WebParameters* typed = nullptr;
  Problems problems;  ///< per input; "why", "reasons" and "outcome" are the page's own
  bool open_fields = false;
  bool open_decide = false;
  bool open_call = false;
};

/// The case page. The look is recorded by who calls.
[[nodiscard]] http::Response show_staff_case(const Visit& visit, const CaseFile& file,
                                             const CaseInput& input);

/// The answers of a case as inputs hold them.
[[nodiscard]] WebParameters inputs_of(const Visit& visit, const Application& application);

}  // namespace softbot::web
