#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/views.h"
#include "web/queries.h"
#include "web/site.h"

namespace softbot::web {

/// Views that several pages share.

/// The types that a municipality offers: {type, typeId, typeTitle, typeIntro}.
[[nodiscard]] Value types_view(const Visit& visit);
/// The municipalities to choose from, of these only when given: {municipalityId, municipalityDisplay,
/// chosen}.
[[nodiscard]] Value municipalities_view(const Visit& visit, const std::vector<std::string>& only);
/// Whom a resident may ask for free support.
void add_support(Value& context, const Visit& visit);

/// One line of an error summary: id of the input, and what is wrong.
using SummaryLine = std::pair<std::string, std::string>;
/// Sets hasProblems, summaryTitle and problems of form/summary; nothing when there are no lines.
void add_summary(Value& context, std::string_view language, const std::vector<SummaryLine>& lines);

/// The title of a type in a municipality.
[[nodiscard]] std::string type_title(const Visit& visit, const std::string& type,
                                     const std::string& municipality);
/// All answers of an application in words: list of {copyTitle, answers: [{question, answer}]}.
[[nodiscard]] Value answers_in_words(const Configuration& configuration, const std::string& type,
                                     const std::string& municipality, const Value& common,
                                     const Value& fields, std::string_view language);
/// Documents as lists show them: {documentId, documentTitle, documentSize, documentDate}. Takes the list of a
/// view.
[[nodiscard]] Value documents_view(const Value& documents, std::string_view language);
/// Sets keepSlot and keepOwner of a form whose answers the browser keeps: where, and whose they are.
void add_keeping(Value& context, const Visit& visit, const std::string& slot);
/// What was granted, as key and text. `form`: names what may be chosen; null leaves its code.
[[nodiscard]] Value grant_view(const Value& grant, const FormDefinition* form, std::string_view language);
/// Sets claimedBy, claimUntil, claimedByMe and claimedByOther: who holds the case or the item of post now.
void add_claim(Value& context, const Visit& visit, const Application& application);
/// True when somebody else holds it now.
[[nodiscard]] bool is_held_by_other(const Visit& visit, const Application& application);
/// A document as download or to look at in the browser.
[[nodiscard]] http::Response document_response(const Visit& visit, const ApplicationReference& reference,
                                               const std::string& id, pipeline::Viewer viewer);
/// The badge that goes with an outcome.
[[nodiscard]] std::string outcome_badge(std::string_view outcome);
/// A place after signing in or after an action: only paths of ours, as "zaak/REFERENCE"; else the fallback.
[[nodiscard]] std::string safe_place(std::string_view wanted, std::string_view fallback);

}  // namespace softbot::web
