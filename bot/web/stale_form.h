#pragma once

#include <optional>
#include <string>

#include "http/router.h"
#include "web/form_post.h"
#include "web/site.h"

namespace softbot::web {

// A session may end, or begin, while somebody types. What they typed is shown again then, and nothing is sent
// until they press once more.

/// True for forms whose handlers compare the token themselves (session_since), so that they can show what was
/// typed. The guard of all other forms refuses another token.
[[nodiscard]] bool compares_its_own_token(const http::Route& route);

/// What became of the session that a form was opened with. Anything but `same`: send nothing.
enum class SessionSince {
  same,
  ended,    ///< nobody is signed in any more
  changed,  ///< somebody signed in meanwhile: anew, or for the first time
};
[[nodiscard]] SessionSince session_since(const Visit& visit, const PostedForm& posted);

/// A form about a case that came when its session was over: asks to open the case again, and carries along
/// what was typed. Nothing when this request is no such form.
[[nodiscard]] std::optional<http::Response> show_unsent(const Visit& visit, int status);
/// The same after a wrong code. `posted` is that form itself.
[[nodiscard]] http::Response show_unsent(const Visit& visit, const PostedForm& posted,
                                         const std::string& problem);

}  // namespace softbot::web
