#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/request.h"
#include "web/site.h"

namespace softbot::web {

/// What a colleague chose in the worklist, and the way through it from case to case. The choice stays in a
/// cookie of their browser: names and values of filters, nothing about a person, and only for the account
/// that chose.

/// What the filters of the worklist are called in an address and in the cookie.
[[nodiscard]] const std::vector<std::string>& worklist_filters();

/// What is chosen among the parameters of a query: only filters that have a value.
[[nodiscard]] http::Parameters choice_in(const http::Parameters& query);
/// The choice as a query: "lijst=mij&soort=small-aids".
[[nodiscard]] std::string query_of(const http::Parameters& choice);
/// The cases that are meant by a choice, within what the visitor may see.
[[nodiscard]] QueueFilter worklist_filter(const Visit& visit, const http::Parameters& choice);

/// What this account chose last in this browser; nothing chosen when that is unknown.
[[nodiscard]] http::Parameters kept_choice(const Visit& visit);
/// Has the browser keep the choice.
void keep_choice(const Visit& visit, http::Response& response, const http::Parameters& choice);

/// Sets walk: the cases before and behind this one in the chosen list, {previous, next, before, behind}.
/// After an action the way goes on from where the case stood, also when it has left the list.
void add_walk(Value& context, const Visit& visit, const ApplicationReference& reference);
/// Has the browser keep where the case stands now, for the pages under its own address and for two hours.
void keep_place(const Visit& visit, http::Response& response, const ApplicationReference& reference,
                const std::string& address);

/// Giving several cases to a colleague at once: part of add_queue_pages.
void add_assignment_pages(http::Router& router, const std::shared_ptr<const Site>& site);

}  // namespace softbot::web
