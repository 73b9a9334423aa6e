#pragma once

#include <string>
#include <vector>

#include "pipeline/views.h"
#include "web/form_view.h"
#include "web/queries.h"
#include "web/site.h"

namespace softbot::web {

/// A case as this visitor may see it.
struct OpenedCase {
  CaseFile file;
  pipeline::Viewer viewer = pipeline::Viewer::code;
};

/// What was typed and what is wrong with it, when the page is shown again.
struct Again {
  const WebParameters* typed = nullptr;
  Problems problems;
  std::string file_problem;
};

/// The page of one case for a resident, or for whoever has the code.
[[nodiscard]] http::Response show_case(Visit& visit, const OpenedCase& opened, const Again& again = {});

/// "/zaak/REFERENCE".
[[nodiscard]] std::string case_address(const ApplicationReference& reference);

/// The type's own definition; null when it no longer exists.
[[nodiscard]] const FormDefinition* definition_of(const Visit& visit, const Application& application);

/// The questions of this part among what is asked: names without rows, never the signature.
[[nodiscard]] std::vector<std::string> asked_names(const Application& application,
                                                   const FormDefinition& part);

/// Those questions as inputs, with what was typed.
[[nodiscard]] Value asked_fields(const Visit& visit, const OpenedCase& opened, const WebParameters* typed,
                                 const Problems& problems);

/// What may be handed in: {kind, label, chosen}; what is asked for is chosen.
[[nodiscard]] Value kinds_view(const Visit& visit, const Application& application);

}  // namespace softbot::web
