#include "domain/urgency.h"

#include <algorithm>
#include <array>

namespace softbot {

bool cannot_wait(const Application& application) {
  static constexpr std::array<std::string_view, 3> codes{"post-objection", "post-notice-of-default",
                                                         "post-human-request"};
  return application.type == "incoming-post" &&
         std::ranges::any_of(application.reasons, [](const Reason& reason) {
           return std::ranges::find(codes, reason.code) != codes.end();
         });
}

}  // namespace softbot
