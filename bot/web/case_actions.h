#pragma once

#include <string>

#include "web/form_post.h"
#include "web/queries.h"
#include "web/site.h"

namespace softbot::web {

/// What the pages of one case share.

[[nodiscard]] std::string staff_case_address(const ApplicationReference& reference);

/// A case of a municipality that this colleague works for. For everybody else it does not exist.
[[nodiscard]] Result<CaseFile> own_case(const Visit& visit, const ApplicationReference& reference);

/// What happened since the version that somebody had on screen, and what they had typed: nothing is lost.
[[nodiscard]] http::Response show_stale(const Visit& visit, const ApplicationReference& reference,
                                        const PostedForm& posted);

/// The paper of a case beside its answers: part of add_staff_case_pages.
void add_paper_check_pages(http::Router& router, const std::shared_ptr<const Site>& site);

}  // namespace softbot::web
