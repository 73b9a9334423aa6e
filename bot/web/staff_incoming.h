#pragma once

#include <string>

#include "web/form_post.h"
#include "web/queries.h"
#include "web/shared_views.h"
#include "web/site.h"

namespace softbot::web {

/// Who deals with post that no form and no case claims.
inline constexpr std::uint64_t incoming_post_roles =
    http::role::mail_room | http::role::clerk | http::role::consultant;
/// Who may type an application over from it.
inline constexpr std::uint64_t incoming_start_roles = http::role::clerk | http::role::consultant;

/// An item of incoming post that this colleague may see; `not_found` for any other case.
[[nodiscard]] Result<CaseFile> incoming_item(const Visit& visit, const ApplicationReference& reference);

/// The address of an item.
[[nodiscard]] std::string incoming_address(const ApplicationReference& reference);

/// Holds an item for this colleague, as cases are held; `conflict` when it was dealt with.
[[nodiscard]] Result<Application> claim_post(const Visit& visit, const ApplicationReference& item,
                                             std::int64_t version);

/// Types an application over from an item: part of add_incoming_post_pages.
void add_incoming_start_pages(http::Router& router, const std::shared_ptr<const Site>& site);

}  // namespace softbot::web
