#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/intake.h"
#include "pipeline/paper_files.h"
#include "pipeline/staff_actions.h"

namespace softbot::pipeline {

/// Post that no form and no case claims: an item of this type in the queue. It has its documents and its
/// reasons, its day of receipt, and no clock of its own: what it turns out to be starts one.
inline constexpr std::string_view incoming_post_type = "incoming-post";

/// What becomes an item.
struct PostItem {
  std::string key;           ///< the same twice is one item
  std::vector<int> indices;  ///< pages of the scan; empty: the whole file, which could not be read
  std::vector<Reason> reasons;
};

/// Makes the item out of pages of this scan, once, and writes down in the scan where they went. `also`: other
/// scans with pages of the same item. Its reference.
struct MorePages {
  ScanRecord scan;
  ReadFile read;
  std::vector<int> indices;
};
[[nodiscard]] Result<ApplicationReference> put_in_queue(const Services& services, const OpenedScan& scan,
                                                        const PostItem& item,
                                                        const std::vector<MorePages>& also = {});

/// The reasons for a person that pages give which nothing claims (see ScanRecord::pages), each once, with the
/// numbers of the pages that it is about when these are not all of them.
[[nodiscard]] std::vector<Reason> reasons_of_pages(const std::vector<Value>& pages);
/// The reason for a file that could not be read.
[[nodiscard]] Reason reason_of_refusal(std::string_view code);

/// What a person does with an item. Each closes it. `version` and errors as in staff_actions.h; `conflict`
/// when it was dealt with before, or when it is no item of post.

/// It belongs to a case: its documents go there, with an event of this kind ("objection", "documents", ...),
/// as of the day of receipt. The case.
struct PostLink {
  ApplicationReference reference;
  std::string kind;
  std::string note;
};
[[nodiscard]] Result<Application> link_post(const Services& services, const Staff& staff,
                                            const ApplicationReference& item, std::int64_t version,
                                            const PostLink& link);

/// It is an application after all: starts one of this type with what somebody typed over from it, received on
/// the day that the post came in. The new application.
struct PostStart {
  std::string type;
  std::string municipality;  ///< "": the item's
  Value common;
  Value fields;
  bool is_signed = false;  ///< there is a signature on the paper
};
[[nodiscard]] Result<Application> start_from_post(const Services& services, const Staff& staff,
                                                  const ApplicationReference& item, std::int64_t version,
                                                  const PostStart& start);

/// What became of an item, for as long as the log is kept: what went to a case is no longer in the item
/// itself.
struct PostEnd {
  std::string how;  ///< post-linked, post-started, post-closed
  std::string by;   ///< account
  Instant at{};
  ApplicationReference to;  ///< the case where its papers lie now; "" when they went nowhere
};
/// Nothing when nobody has dealt with it.
[[nodiscard]] Result<std::optional<PostEnd>> end_of_post(const Services& services,
                                                         const ApplicationReference& item);

/// Nothing more is to be done with it, says the note. The item.
[[nodiscard]] Result<Application> close_post(const Services& services, const Staff& staff,
                                             const ApplicationReference& item, std::int64_t version,
                                             const std::string& note);

}  // namespace softbot::pipeline
