#pragma once

#include <optional>

#include "pipeline/edit.h"
#include "policy/kill_switch.h"
#include "policy/sample_alarm.h"

/// What becomes of a grant that was held for the sample, told to the alarm (policy/sample_alarm.h) in the
/// unit of work in which it becomes it. Released by a person, or decided by a person who typed the very same:
/// confirmed. Another decision by a person, or another judgement by the bot after a person corrected or asked
/// something: overturned. A case that the resident changes, withdraws or takes to a person says nothing about
/// the bot and is not counted.
namespace softbot::pipeline {

/// The bot's grant is held now.
void note_held(Application& application);

/// A consultant changes, or asks, something that the held grant rests on.
void note_in_doubt(Application& application);
[[nodiscard]] bool is_in_doubt(const Application& application);

/// A person released the held grant. The switch that the alarm threw, if it did.
[[nodiscard]] Result<std::optional<KillSwitch>> count_release(const Services& services,
                                                              Transaction& transaction,
                                                              Application& application, Effects& effects);

/// Whether this decision of a person gives the resident what the held grant gives: granted in full, the same
/// help in the same form by the same provider until the same day, beginning no earlier than the bot had it
/// and, if that is later, by `today`. An aid may be typed by its code or in the words of the form.
[[nodiscard]] bool upholds_held_grant(const Configuration& configuration, const Application& application,
                                      const Decision& decision, Date today);

/// A person decided by themselves; `application.decision` still holds what the bot made ready.
/// `past_is_same`: neither the resident nor what is known of them changed since the bot judged.
enum class PastIsSame { no, yes };
[[nodiscard]] Result<std::optional<KillSwitch>> count_person_decision(
    const Services& services, Transaction& transaction, Application& application, Effects& effects,
    const Decision& decision, PastIsSame past_is_same);

/// The bot judged anew; `grant` is null when it would not grant.
[[nodiscard]] Result<std::optional<KillSwitch>> count_new_judgement(const Services& services,
                                                                    Transaction& transaction,
                                                                    Application& application,
                                                                    Effects& effects, const Value& grant);

/// Once the unit is durable: to the log, that somebody is told.
void tell(const Services& services, const std::optional<KillSwitch>& thrown);

}  // namespace softbot::pipeline
