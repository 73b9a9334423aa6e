#pragma once

#include <string>
#include <vector>

#include "pipeline/services.h"

namespace softbot::pipeline {

/// Who looks. `code`: anybody with reference and code; sees no decision and nothing that the register said.
enum class Viewer { code, resident, staff };

/// An application as JSON for this viewer: the body of GET /api/v1/applications/<reference> and what the
/// pages show.
///
/// code:     reference, type, municipality, received, status, asked[{field,code,text}],
/// deadlines[{code,label,start,end,status,article}],
///           documents[{id,kind,title,mediaType,bytes,created}] (own ones)
/// resident: the same, and outcome, decidedBy, reasons[{code,text,field}], conditions[{name,state,text}],
/// advice[], events[{kind,date,text}],
///           identityAssurance, channel, decision{outcome,decidedBy,at,grant,writtenReasons}|null, documents
///           for the resident
/// staff:    the same, and submission, version, law, language, team, claim{account,until}|null, common,
/// fields, attachments, readings, paper, facts, unconfirmed, sample,
///           signals[], decision with policyVersion and trace, events with by and note, legalDeadline, all
///           documents
[[nodiscard]] Value view_of(const Services& services, const Application& application,
                            const std::vector<DocumentRecord>& documents, Viewer viewer);

/// What stands in a list: reference, type, municipality, status, outcome, decidedBy, received, legalDeadline,
/// reasons[], team, claim, version, name (initials and birth name; staff only).
[[nodiscard]] Value list_item_of(const Services& services, const Application& application);

/// The bytes of a document, opened, with its row. `not_found` when it does not belong to this application or
/// when this viewer may not see it.
struct OpenedDocument {
  DocumentRecord record;
  std::string bytes;
};
[[nodiscard]] Result<OpenedDocument> open_document(const Services& services,
                                                   const ApplicationReference& reference,
                                                   const DocumentId& document, Viewer viewer);

/// Today's date where the law counts: Europe/Amsterdam.
[[nodiscard]] Date today(const Services& services);

}  // namespace softbot::pipeline
