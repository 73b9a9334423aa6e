#include "domain/date.h"
#include "pipeline/repair_call.h"
#include "web/case_post.h"

namespace softbot::web {
namespace {

http::Response called(CasePost& post) {
  CaseInput input;
  input.open_call = true;
  const auto outcome = pipeline::call_outcome_from(post.posted.get("outcome"));
  if (!outcome) {
    return refused(
        post,
        Error{ErrorCode::invalid_input, "", false, {{"outcome", "missing", "Kies hoe het gesprek ging."}}},
        input);
  }
  pipeline::RepairCall call;
  call.outcome = *outcome;
  call.note = post.posted.get("note");
  if (const auto until = parse_iso_date(post.posted.get("until"))) call.until = *until;
  return finished(
      post,
      pipeline::record_repair_call(post.visit.services(), post.staff, post.reference, post.version, call),
      "gebeld", input);
}

}  // namespace

void add_case_call_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  add_page(router, site, http::Method::post, "/staff/zaak/{reference}/gebeld", http::role::consultant,
           case_post_page(called));
}

}  // namespace softbot::web
