#include "web/stale_form.h"

#include <algorithm>
#include <array>

#include "pipeline/edit.h"
#include "web/shared_views.h"

namespace softbot::web {
namespace {

constexpr std::array<std::string_view, 4> own_token{
    "/aanvragen", "/staff/balie/formulier", "/zaak/{reference}/antwoord", "/zaak/{reference}/bezwaar"};
constexpr std::array<std::string_view, 5> not_typed{"csrf", "action", "reference", "code", "unsent"};

Value hidden_inputs(const WebParameters& typed) {
  Value hidden = Value::list();
  for (const auto& [name, value] : typed) {
    if (std::ranges::find(not_typed, name) == not_typed.end())
      hidden.push(Value::object({{"name", name}, {"value", value}}));
  }
  return hidden;
}

http::Response show(const Visit& visit, int status, const std::string& reference, const std::string& what,
                    const WebParameters& typed, const std::string& problem) {
  Frame frame;
  frame.title = visit.say("Nog niet verstuurd", "Not sent yet");
  frame.menu = "case";
  frame.language_form = "unsent";  // an address cannot show it again in another language
  frame.with_errors = !problem.empty();
  Value context = Value::object({{"reference", reference},
                                 {"what", what},
                                 {"byCode", what == "antwoord"},
                                 {"hidden", hidden_inputs(typed)},
                                 {"codeError", problem}});
  if (!problem.empty()) add_summary(context, visit.language(), {{"code", problem}});
  return visit.show(status, "resident/unsent", frame, std::move(context));
}

}  // namespace

bool compares_its_own_token(const http::Route& route) {
  return route.method == http::Method::post &&
         std::ranges::find(own_token, std::string_view(route.pattern)) != own_token.end();
}

SessionSince session_since(const Visit& visit, const PostedForm& posted) {
  const std::string& now = visit.identity().csrf;
  const std::string then = posted.get("csrf");
  if (then == now) return SessionSince::same;
  return now.empty() ? SessionSince::ended : SessionSince::changed;
}

std::optional<http::Response> show_unsent(const Visit& visit, int status) {
  const http::Request& request = visit.request();
  const auto& path = request.segments;
  const bool is_form = request.method == http::Method::post && path.size() == 3 && path[0] == "zaak" &&
                       (path[2] == "antwoord" || path[2] == "bezwaar");
  if (!is_form) return std::nullopt;
  const auto posted = posted_form(request);
  if (!posted) return std::nullopt;
  return show(visit, status, normalise_reference(path[1]), path[2], posted->typed, "");
}

http::Response show_unsent(const Visit& visit, const PostedForm& posted, const std::string& problem) {
  return show(visit, 422, normalise_reference(posted.get("reference")), posted.get("unsent"), posted.typed,
              problem);
}

}  // namespace softbot::web
