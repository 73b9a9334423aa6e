#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "domain/deadlines.h"

/// The lengths of terms and amounts that the law itself gives, one row each with its article. Law as in force
/// on 1 July 2026 (Awb: 1 January 2026, Wmo 2015: 1 July 2026, Participatiewet: 1 January 2026). What a
/// municipality may choose for itself does not belong here.
namespace softbot::law {

struct TermRule {
  std::string_view code;
  std::string_view label;  ///< Dutch
  TermParty party;
  int days;
  std::string_view length;  ///< Dutch, as the law says it
  std::string_view article;
};

inline constexpr TermRule kInvestigation{
    "investigation", "Onderzoek na de melding", TermParty::municipality, 42,
    "Zes weken",     "Wmo 2015 2.3.2 lid 1"};
inline constexpr TermRule kPersonalPlan{"personal-plan", "Persoonlijk plan inleveren", TermParty::resident, 7,
                                        "Zeven dagen",   "Wmo 2015 2.3.2 lid 2"};
inline constexpr TermRule kWmoDecision{"decision",   "Besluit op de aanvraag", TermParty::municipality, 14,
                                       "Twee weken", "Wmo 2015 2.3.5 lid 2"};
inline constexpr TermRule kAwbDecision{"decision",   "Besluit op de aanvraag", TermParty::municipality, 56,
                                       "Acht weken", "Awb 4:13 lid 2"};
inline constexpr TermRule kAdvance{"advance",    "Voorschot levensonderhoud", TermParty::municipality, 28,
                                   "Vier weken", "Participatiewet 52 lid 1"};
inline constexpr TermRule kUntreated{
    "untreated", "Besluit om niet te behandelen", TermParty::municipality, 28, "Vier weken", "Awb 4:5 lid 4"};
inline constexpr TermRule kNoticeOfDefault{
    "notice-of-default", "Alsnog beslissen na ingebrekestelling", TermParty::municipality, 14, "Twee weken",
    "Awb 4:17 lid 3"};
inline constexpr TermRule kPenaltyDecision{
    "penalty-decision", "Besluit over de dwangsom", TermParty::municipality, 14, "Twee weken", "Awb 4:18"};
inline constexpr TermRule kObjection{"objection", "Bezwaar maken", TermParty::resident,
                                     42,          "Zes weken",     "Awb 6:7"};
inline constexpr TermRule kObjectionDecision{
    "objection-decision", "Besluit op het bezwaar", TermParty::municipality, 42,
    "Zes weken",          "Awb 7:10 lid 1"};
inline constexpr TermRule kObjectionDecisionCommittee{"objection-decision",    "Besluit op het bezwaar",
                                                      TermParty::municipality, 84,
                                                      "Twaalf weken",          "Awb 7:10 lid 1"};

inline constexpr int kObjectionExtensionDays = 42;  ///< "ten hoogste zes weken", Awb 7:10 lid 3
inline constexpr int kPostedObjectionDays = 7;      ///< received at most a week after the term, Awb 6:9 lid 2

struct PenaltyStep {
  int days;
  std::int64_t cents_per_day;
};

/// Awb 4:17 lid 1 (42 days at most) and lid 2 (the amounts).
inline constexpr std::array kPenaltySteps = {PenaltyStep{14, 2300}, PenaltyStep{14, 3500},
                                             PenaltyStep{14, 4500}};
inline constexpr int kPenaltyDays = 42;

inline constexpr std::string_view kNextWorkingDay = "Algemene termijnenwet 1 lid 1";

}  // namespace softbot::law
