#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/intake.h"
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
  bool session_changed = false;  ///< nothing was sent: the session is not the one that the page had
  std::string experience_problem = {};
  std::string letters_problem = {};  ///< with the address that was typed for them
  std::string typed_address = {};
};

/// The page of one case for a resident, or for whoever has the code.
[[nodiscard]] http::Response show_case(Visit& visit, const OpenedCase& opened, const Again& again = {});

/// A page about one case: for whoever holds the code, or is signed in as the person whom it is about.
/// Everybody else is asked for reference and code.
using CaseHandler = std::function<http::Response(Visit&, const OpenedCase&, const http::PathParameters&)>;
[[nodiscard]] PageHandler case_page(CaseHandler action);

/// Who sends something to this case.
[[nodiscard]] pipeline::Sender sender_of(const Visit& visit, const OpenedCase& opened);

/// On to the case, which says in words what was done: done_words in resident_case.cpp.
[[nodiscard]] http::Response done(const OpenedCase& opened, const std::string& what);

/// The last day on which the resident may object, ISO; "" when no decision was published yet.
[[nodiscard]] std::string objection_day(const Value& view);

/// Sets `experience`: the three questions after a decision, or a word of thanks; nothing for who has only the
/// code or before a decision.
void add_experience(Value& context, const Visit& visit, const OpenedCase& opened, const Again& again);
/// Taking the answers to them: part of add_case_pages.
void add_experience_pages(http::Router& router, const std::shared_ptr<const Site>& site);

/// Sets `letters`: how the letters of this case come, and choosing otherwise; nothing for who has only the
/// code, before it is signed, or where nobody is mailed.
void add_letter_choice(Value& context, const Visit& visit, const OpenedCase& opened, const Again& again);
/// What the status of a decision that was, or will be, announced by mail says instead of "by post"; "" for
/// every other.
[[nodiscard]] std::string announced_status_words(const Visit& visit, const OpenedCase& opened);
/// Taking that choice: part of add_case_pages.
void add_letter_pages(http::Router& router, const std::shared_ptr<const Site>& site);

/// Objecting to a decision: part of add_case_pages.
void add_objection_pages(http::Router& router, const std::shared_ptr<const Site>& site);

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
