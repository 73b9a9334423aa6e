#pragma once

#include <optional>
#include <string>

#include "pipeline/incoming_post.h"
#include "web/site.h"

namespace softbot::web {

/// What came between when somebody dealt with an item of post: a colleague closed it, holds it, or changed
/// it.
struct PostRefusal {
  int status = 409;
  std::string text;  ///< whole sentences: what came between, that nothing was done, and what to do now
};

/// Nothing when the error is about what was typed, or about neither the item nor its colleagues. `item`: as
/// it is now.
[[nodiscard]] std::optional<PostRefusal> post_refusal(const Visit& visit, const Error& error,
                                                      const Application& item);

/// True while the item waits for somebody.
[[nodiscard]] bool is_open_post(const Application& item);

/// What became of an item. Nothing while it is open.
[[nodiscard]] Result<std::optional<pipeline::PostEnd>> end_of_item(const Visit& visit,
                                                                   const Application& item);

/// Sets endWords, endDate, endBy, endNote (what a colleague wrote who closed it), endCase (where its papers
/// lie now) and endAdvice (what somebody can do who came too late).
void add_end(Value& context, const Application& item, const pipeline::PostEnd& end);

}  // namespace softbot::web
