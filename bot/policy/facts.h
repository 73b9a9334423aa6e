#pragma once

#include <string_view>

/// What a policy is told about an application: one `Value` object that the pipeline fills and the policy's
/// DMN models read by name. Whatever is absent or null is unknown, and unknown never grants.
///
/// A model's input is found by its name: one of the names below gives that member as it is; any other name is
/// an answer of the form, looked up in `answers`, or where there is no such member in `fields` and then
/// `common`. The type that the model gives the input decides how text is read ("2026-03-01" as a date,
/// "12.50" as a number).
///
/// Never part of it: name, BSN, address, contact, accounts and somebody's own words.
namespace softbot::fact {

/// The answers to the common part and the type's own part in one flat object, as forms/facts.h makes it:
/// livingSituation, wlz, provisionForm, ...
inline constexpr std::string_view answers = "answers";

/// The same answers as two objects, for who has no form definition at hand. Not looked at when `answers` is
/// there.
inline constexpr std::string_view common = "common";
inline constexpr std::string_view fields = "fields";

/// {matched: boolean, age: number, municipalityMatches: boolean}, see register_facts() in register_check.h.
/// `matched` is true when the register knows the number and the answers support it.
inline constexpr std::string_view of_register = "register";

/// Provisions that the resident has: a list of {type, minutesPerWeek, aid, from, until, provider,
/// decisionNumber, contributionCentsPerMonth}; dates as ISO text, members that are not known left out. Null:
/// not looked up, so unknown.
inline constexpr std::string_view provisions = "provisions";

/// {openSameType: boolean (another application of this type is under way),
///  refusedWithin12Months: boolean (Awb 4:6), lastRefusalDate: ISO date or null}.
inline constexpr std::string_view history = "history";

/// {received: ISO date in Amsterdam, channel: "web", ..., assurance: "digid", ...}.
inline constexpr std::string_view application = "application";

/// The day in Amsterdam on which the policy is evaluated. PolicySet::evaluate() sets it.
inline constexpr std::string_view today = "today";

/// The named parameters of the policy for this municipality and day. PolicySet::evaluate() sets it.
inline constexpr std::string_view parameters = "parameters";

}  // namespace softbot::fact
