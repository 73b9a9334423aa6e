#pragma once

#include <string_view>

#include "pipeline/edit.h"
#include "pipeline/staff_actions.h"

namespace softbot::pipeline {

/// Moves of a case that residents, the mail room and consultants share. All work on an application inside a
/// transaction.

/// Looks for words that ask for a conversation in what is typed in the resident's own words.
void note_signals(const Configuration& configuration, Application& application);

/// `conflict`, in Dutch, when the case was decided or withdrawn.
[[nodiscard]] Result<void> must_be_open(const Application& application);

/// Something came in that was asked for, or not: an incomplete case is looked at again, a case with a person
/// gets the reason, one under way starts anew.
void go_on_after_input(const Services& services, Application& application, Effects& effects,
                       std::string_view reason_code);

/// Lets the bot judge from the beginning: forgets its reasons and its proposal.
void judge_again(const Services& services, Application& application, Effects& effects, std::string_view by);

/// The application is signed as of this day.
void accept_signature(const Services& services, Application& application, Effects& effects,
                      IdentityAssurance assurance, std::string_view how, Date day, std::string_view by);

/// Withdrawn as of this day, with a letter that confirms it.
void take_back(const Services& services, Application& application, Effects& effects, Date day,
               std::string_view by);

/// Something came in about the case: record_event inside a transaction, for who may act on it already.
[[nodiscard]] Result<void> take_incoming(const Services& services, Transaction& transaction,
                                         const Staff& staff, const IncomingEvent& event,
                                         Application& application, Effects& effects);

/// "A person, please."
void to_a_person(const Services& services, Application& application, Effects& effects, Date day,
                 std::string_view by);

}  // namespace softbot::pipeline
