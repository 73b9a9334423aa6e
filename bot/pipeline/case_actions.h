#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pipeline/intake.h"

namespace softbot::pipeline {

/// What an applicant (with the code, or signed in) does to their own application. Each action is durable when
/// it returns, writes a case event and starts what follows from it. The caller has checked that the sender
/// may touch this application.

/// Answers to what was asked; names as in the definition, "common.postcode" for the common part or a type's
/// own name. Decisive answers of somebody who has not signed in need the signature again. `conflict` once
/// decided or withdrawn; `invalid_input` names fields.
[[nodiscard]] Result<Application> answer(const Services& services, const ApplicationReference& reference,
                                         const Sender& sender, const Value& fields);

/// A file handed in later.
[[nodiscard]] Result<Application> hand_in(const Services& services, const ApplicationReference& reference,
                                          const Sender& sender, const Attachment& attachment);

/// Takes the application back. Possible until it is decided.
[[nodiscard]] Result<Application> withdraw(const Services& services, const ApplicationReference& reference,
                                           const Sender& sender);

/// "A person, please" (AVG 22): to the queue at once, whatever the state; after a decision too.
[[nodiscard]] Result<Application> ask_for_person(const Services& services,
                                                 const ApplicationReference& reference, const Sender& sender);

/// Signs after all: the sender is signed in as the person whom the application is about. `forbidden` for
/// somebody else.
[[nodiscard]] Result<Application> sign(const Services& services, const ApplicationReference& reference,
                                       const Sender& sender);

/// Objects to the decision (Awb 6:4), in the resident's own words: a person's task at once, confirmed by
/// letter. `forbidden` for who is not signed in as the person whom the application is about, `conflict` while
/// nothing is decided, `invalid_input` without words or with more than `longest_objection` bytes. The same
/// words on the same day are one objection.
inline constexpr std::size_t longest_objection = 20'000;
[[nodiscard]] Result<Application> object_to_decision(const Services& services,
                                                     const ApplicationReference& reference,
                                                     const Sender& sender, const std::string& words);

}  // namespace softbot::pipeline
