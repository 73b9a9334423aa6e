#include "domain/urgency.h"

#include <algorithm>
#include <array>

namespace softbot {

bool cannot_wait(const Application& application) {
  static constexpr std::array<std::string_view, 3> post{"post-objection", "post-notice-of-default",
                                                        "post-human-request"};
  const bool is_post = application.type == "incoming-post";
  const bool over =
      application.status == ApplicationStatus::decided || application.status == ApplicationStatus::withdrawn;
  return !over && std::ranges::any_of(application.reasons, [&](const Reason& reason) {
    return is_post ? std::ranges::find(post, reason.code) != post.end() : reason.code == "urgent";
  });
}

}  // namespace softbot
