#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "domain/money.h"
#include "forms/algorithm_register.h"
#include "forms/config_problem.h"
#include "forms/definition.h"
#include "forms/learning.h"

namespace softbot {

/// Where post goes.
struct PostalAddress {
  std::string name;      ///< first line: "Gemeente Voorbeeld, team Bezwaar"
  std::string street;    ///< "Raadhuisplein 1" or "Postbus 100"
  std::string postcode;  ///< "1234 AB"
  std::string town;
  bool operator==(const PostalAddress&) const = default;
};

/// Free and independent client support (Wmo 2015 2.2.4, 2.3.2 lid 3).
struct ClientSupport {
  std::string name;
  std::string phone;
  std::string email;
  std::string website;
  LocalText text;  ///< one sentence for letters and pages
  bool operator==(const ClientSupport&) const = default;
};

/// Own contribution per household a month (Wmo 2015 2.1.4a) in a calendar year.
struct OwnContribution {
  int year = 0;
  Cents per_month;
  bool operator==(const OwnContribution&) const = default;
};

/// A team and what it takes. The first route that fits is taken.
struct TeamRoute {
  std::string team;                ///< kebab-case
  std::string name;                ///< for screens
  std::vector<std::string> types;  ///< empty: all
  std::optional<int> age_below;    ///< only residents younger than this
  std::optional<int> age_from;     ///< only residents of this age or older
  bool operator==(const TeamRoute&) const = default;
};

/// What a municipality is to its residents and on its letters: config/municipalities/<id>.json.
struct Municipality {
  std::string id;             ///< kebab-case, the file's name
  std::string name;           ///< "Voorbeeld"
  std::string display;        ///< "Gemeente Voorbeeld"
  std::string register_code;  ///< four digits, as in the BRP ("gemeentecode")
  PostalAddress letterhead;
  PostalAddress return_address;
  PostalAddress objection_address;
  std::string phone;  ///< as people read it
  std::string email;
  std::string website;
  std::string opening_hours;  ///< Dutch
  std::string on_behalf_of;   ///< "het college van burgemeester en wethouders van Voorbeeld" (Awb 10:10)
  LocalText mandate;          ///< the sentence under a decision (Awb 10:3, 10:10)
  std::string signatory;      ///< office, not a person: "teammanager Wmo"
  ClientSupport client_support;
  std::vector<OwnContribution> own_contribution;  ///< by year, ascending
  std::vector<TeamRoute> teams;
  int caseload_bound = 185;                             ///< residents per full-time consultant
  std::string accent_colour;                            ///< "#154273"; contrast with white at least 4.5:1
  std::optional<AlgorithmRegister> algorithm_register;  ///< without it there is no entry to publish
  std::optional<Learning> learning;                     ///< without it no correction is kept
  bool operator==(const Municipality&) const = default;
};

/// By id.
using Municipalities = std::map<std::string, Municipality, std::less<>>;

/// Every mistake in config/municipalities/*.json.
[[nodiscard]] std::vector<ConfigProblem> check_municipalities(const std::filesystem::path& config_dir);

/// All municipalities, or a `configuration` error that lists every mistake.
[[nodiscard]] Result<Municipalities> load_municipalities(const std::filesystem::path& config_dir);

/// One municipality from a file's content; `file` is its name for messages, "municipalities/molendam.json".
[[nodiscard]] Result<Municipality> parse_municipality(std::string_view file, std::string_view json);

/// The amount for the year of this day; nothing when it is not configured.
[[nodiscard]] std::optional<Cents> own_contribution_on(const Municipality& municipality, Date day);

/// The team for an application; `age` is nothing when it is not known. "" only when no route fits, which
/// check_municipalities() does not let pass.
[[nodiscard]] std::string team_for(const Municipality& municipality, std::string_view type,
                                   std::optional<int> age);

}  // namespace softbot
