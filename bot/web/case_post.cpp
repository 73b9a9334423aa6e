#include "web/case_post.h"

#include <cstdlib>
#include <utility>

namespace softbot::web {
namespace {

/// The input of the page that an error is about.
std::string input_of(const std::string& field, const Application& application, const CaseInput& input) {
  static constexpr std::pair<const char*, const char*> others[] = {{"writtenReasons", "reasons"},
                                                                   {"grant", "minutes"},
                                                                   {"grant.from", "grant-from"},
                                                                   {"hearing.factsDiffer", "differs"},
                                                                   {"hearing.heardOn", "heard-on"},
                                                                   {"hearing.said", "heard-said"},
                                                                   {"hearing.exception", "heard-exception"}};
  std::string name = field.starts_with("fields.") ? field.substr(7) : field;
  for (const auto& [of_error, of_page] : others) {
    if (name == of_error) name = of_page;
  }
  if (input.open_fields && !name.starts_with("common.") && name != "why")
    return application.type + "." + name;
  if (input.open_call) return "call-" + name;
  return name;
}

}  // namespace

PageHandler case_post_page(CaseAct act) {
  return [act = std::move(act)](Visit& visit, const http::PathParameters& parameters) -> http::Response {
    auto posted = posted_form(visit.request());
    if (!posted) return visit.sorry(posted.error(), Audience::staff);
    CasePost post{visit, ApplicationReference(normalise_reference(parameters["reference"])),
                  std::move(*posted), staff_of(visit.identity()), 0};
    const std::string version = post.posted.get("version");
    post.version = std::strtoll(version.c_str(), nullptr, 10);
    return act(post);
  };
}

http::Response refused(CasePost& post, const Error& error, CaseInput input) {
  if (error.code == ErrorCode::stale) return show_stale(post.visit, post.reference, post.posted);
  if (error.code != ErrorCode::invalid_input) {
    if (error.code == ErrorCode::conflict)
      return post.visit.message(409, "Dat kan nu niet", error.message, Audience::staff);
    return post.visit.sorry(error, Audience::staff);
  }
  const auto file = own_case(post.visit, post.reference);
  if (!file) return post.visit.sorry(file.error(), Audience::staff);
  input.typed = &post.posted.typed;
  for (const FieldError& each : error.fields)
    input.problems.try_emplace(input_of(each.field, file->application, input), each.message);
  if (input.problems.empty()) input.problems.try_emplace("reasons", error.message);
  return show_staff_case(post.visit, *file, input);
}

}  // namespace softbot::web
