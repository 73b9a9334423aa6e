#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pipeline/policy_life.h"
#include "web/form_post.h"
#include "web/shared_views.h"
#include "web/site.h"

/// What the pages of the life of a policy share.
namespace softbot::web {

/// List, versions, approval and going back; the parameters and the files of a version; a version tried
/// on past applications.
void add_policy_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_policy_parameter_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_policy_file_pages(http::Router& router, const std::shared_ptr<const Site>& site);
void add_policy_trial_pages(http::Router& router, const std::shared_ptr<const Site>& site);

[[nodiscard]] std::string policy_address(const std::string& version);
/// Who asks, as somebody who changes the policy.
[[nodiscard]] pipeline::PolicyEditor policy_editor(const Visit& visit);
/// Why this colleague may change nothing, in words; "" when they may.
[[nodiscard]] std::string refusal_to_change(const Visit& visit);
/// What this version of the policy is, with its address: `policyVersion`, `shortVersion`, `versionAddress`.
void add_version_names(Value& context, const ConfigurationRecord& record);
/// Sets `refused` and `hasRefused`: what of the findings keeps a draft out, or else the errors of the
/// refusal.
void add_refusal(Value& context, const Error& error, const std::vector<DraftFinding>& findings);
/// To the page of the draft that was kept.
[[nodiscard]] http::Response to_draft(const pipeline::ProposedPolicy& proposed);
/// An error as a page of its own, with its message: what administrators do wrong is said in words.
[[nodiscard]] http::Response policy_problem(const Visit& visit, const Error& error);

}  // namespace softbot::web
