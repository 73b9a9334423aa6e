#include "forms/municipality.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <sstream>
#include <system_error>

#include "domain/email.h"
#include "domain/postcode.h"
#include "forms/config_reader.h"

namespace softbot {
namespace {

namespace fs = std::filesystem;

bool is_digits(std::string_view text, std::size_t length) {
  return text.size() == length && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Two hexadecimal digits as 0 to 255; -1 when they are none.
int hex_pair(std::string_view pair) {
  int sum = 0;
  for (const char c : pair) {
    const std::size_t digit =
        std::string_view("0123456789abcdef").find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
    if (digit == std::string_view::npos) return -1;
    sum = sum * 16 + static_cast<int>(digit);
  }
  return sum;
}

/// Contrast of a colour with white as WCAG 2 computes it; 0 when it is no "#rrggbb".
double contrast_with_white(std::string_view colour) {
  if (colour.size() != 7 || colour[0] != '#') return 0;
  constexpr std::array weights{0.2126, 0.7152, 0.0722};
  double luminance = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const int part = hex_pair(colour.substr(1 + 2 * i, 2));
    if (part < 0) return 0;
    const double share = part / 255.0;
    luminance += weights[i] * (share <= 0.03928 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4));
  }
  return 1.05 / (luminance + 0.05);
}

PostalAddress read_address(ConfigReader& reader, const Value& file, std::string_view name) {
  PostalAddress address;
  const std::string path = pointer("", name);
  if (!file.contains(name)) {
    reader.report("", "\"" + std::string(name) + "\" is missing.",
                  R"(Add {"name", "street", "postcode", "town"}.)");
    return address;
  }
  const Value& value = file[name];
  if (!reader.check_object(value, path, {"name", "street", "postcode", "town"})) return address;
  address.name = reader.text(value, path, "name", Need::required);
  address.street = reader.text(value, path, "street", Need::required);
  const std::string postcode = reader.text(value, path, "postcode", Need::required);
  if (const auto parsed = parse_postcode(postcode)) {
    address.postcode = parsed->formatted();
  } else if (!postcode.empty()) {
    reader.report(pointer(path, "postcode"), "This is no Dutch postcode.", "Write it as 1234 AB.");
  }
  address.town = reader.text(value, path, "town", Need::required);
  return address;
}

std::string read_email(ConfigReader& reader, const Value& object, const std::string& path) {
  std::string email = reader.text(object, path, "email", Need::required);
  if (!email.empty() && !parse_email(email)) {
    reader.report(pointer(path, "email"), "This is no e-mail address.", "Write it as name@example.nl.");
  }
  return email;
}

std::string read_website(ConfigReader& reader, const Value& object, const std::string& path) {
  std::string website = reader.text(object, path, "website", Need::required);
  if (!website.empty() && !website.starts_with("https://")) {
    reader.report(pointer(path, "website"), "A website's address begins with https://.",
                  "Write https:// in front of it.");
    return "";
  }
  return website;
}

ClientSupport read_client_support(ConfigReader& reader, const Value& file) {
  ClientSupport support;
  const std::string path = "/clientSupport";
  if (!file.contains("clientSupport")) {
    reader.report("", "\"clientSupport\" is missing.",
                  "Say who gives free client support (Wmo 2015 2.2.4): name, phone, email, website, text.");
    return support;
  }
  const Value& value = file["clientSupport"];
  if (!reader.check_object(value, path, {"name", "phone", "email", "website", "text"})) return support;
  support.name = reader.text(value, path, "name", Need::required);
  support.phone = reader.text(value, path, "phone", Need::required);
  support.email = read_email(reader, value, path);
  support.website = read_website(reader, value, path);
  support.text = reader.local_text(value, path, "text", Need::required);
  return support;
}

std::vector<OwnContribution> read_contributions(ConfigReader& reader, const Value& file) {
  std::vector<OwnContribution> contributions;
  const Value::List& items = reader.list(file, "", "ownContribution", Need::required);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string path = pointer("/ownContribution", i);
    if (!reader.check_object(items[i], path, {"year", "perMonth"})) continue;
    const auto year = reader.integer(items[i], path, "year", 2015, 2199);
    if (!items[i].contains("year")) reader.report(path, "\"year\" is missing.", "Add the calendar year.");
    const std::string text = reader.text(items[i], path, "perMonth", Need::required);
    const auto amount = parse_money(text);
    if (!text.empty() && (!amount || amount->value < 0)) {
      reader.report(pointer(path, "perMonth"), "This is no amount of money.", R"(Write euros as "21.80".)");
    }
    if (!year || !amount) continue;
    if (std::ranges::find(contributions, *year, &OwnContribution::year) != contributions.end()) {
      reader.report(pointer(path, "year"), "This year stands twice.", "Remove one of the two.");
      continue;
    }
    contributions.push_back({*year, *amount});
  }
  std::ranges::sort(contributions, {}, &OwnContribution::year);
  return contributions;
}

bool takes_all(const TeamRoute& route) {
  return route.types.empty() && !route.age_below && !route.age_from;
}

std::vector<TeamRoute> read_teams(ConfigReader& reader, const Value& file) {
  std::vector<TeamRoute> teams;
  const Value::List& items = reader.list(file, "", "teams", Need::required);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string path = pointer("/teams", i);
    if (!reader.check_object(items[i], path, {"team", "name", "types", "ageBelow", "ageFrom"})) continue;
    TeamRoute route;
    route.team = reader.text(items[i], path, "team", Need::required);
    if (!route.team.empty() && !is_kebab_case(route.team)) {
      reader.report(pointer(path, "team"), "A team's id is not in kebab-case.",
                    "Write lower case letters and digits joined by hyphens.");
    }
    route.name = reader.text(items[i], path, "name", Need::required);
    route.types = reader.texts(items[i], path, "types", Need::optional);
    route.age_below = reader.integer(items[i], path, "ageBelow", 1, 130);
    route.age_from = reader.integer(items[i], path, "ageFrom", 0, 130);
    if (!teams.empty() && takes_all(teams.back())) {
      reader.report(path, "The team before this one takes everything, so that nothing comes here.",
                    "Put the team without \"types\" and ages last.");
    }
    teams.push_back(std::move(route));
  }
  if (!teams.empty() && !takes_all(teams.back())) {
    reader.report("/teams", "Some applications have no team.",
                  "End the list with a team without \"types\", \"ageBelow\" and \"ageFrom\".");
  }
  return teams;
}

std::string read_colour(ConfigReader& reader, const Value& file) {
  std::string colour = reader.text(file, "", "accentColour", Need::required);
  if (colour.empty()) return colour;
  const double contrast = contrast_with_white(colour);
  if (contrast == 0) {
    reader.report("/accentColour", "This is no colour.", R"(Write it as "#154273".)");
  } else if (contrast < 4.5) {
    reader.report("/accentColour", "White text on this colour cannot be read well (WCAG 2.1, 1.4.3).",
                  "Choose a darker colour, with a contrast of 4.5 or more.");
  }
  return colour;
}

Municipality read_municipality(ConfigReader& reader, const Value& file, const std::string& id) {
  Municipality municipality;
  municipality.id = id;
  if (!is_kebab_case(id)) {
    reader.report("", "The file's name is not in kebab-case.",
                  "Name it with lower case letters and digits joined by hyphens.");
  }
  reader.check_object(file, "",
                      {"name",
                       "display",
                       "registerCode",
                       "letterhead",
                       "returnAddress",
                       "objectionAddress",
                       "phone",
                       "email",
                       "website",
                       "openingHours",
                       "onBehalfOf",
                       "mandate",
                       "signatory",
                       "clientSupport",
                       "ownContribution",
                       "teams",
                       "caseloadBound",
                       "accentColour",
                       "algorithmRegister",
                       "learning"});
  municipality.name = reader.text(file, "", "name", Need::required);
  municipality.display = reader.text(file, "", "display", Need::required);
  municipality.register_code = reader.text(file, "", "registerCode", Need::required);
  if (!municipality.register_code.empty() && !is_digits(municipality.register_code, 4)) {
    reader.report("/registerCode", "This is no municipality code.", R"(Write its four digits, as "0599".)");
  }
  municipality.letterhead = read_address(reader, file, "letterhead");
  municipality.return_address = read_address(reader, file, "returnAddress");
  municipality.objection_address = read_address(reader, file, "objectionAddress");
  municipality.phone = reader.text(file, "", "phone", Need::required);
  municipality.email = read_email(reader, file, "");
  municipality.website = read_website(reader, file, "");
  municipality.opening_hours = reader.text(file, "", "openingHours", Need::required);
  municipality.on_behalf_of = reader.text(file, "", "onBehalfOf", Need::required);
  municipality.mandate = reader.local_text(file, "", "mandate", Need::required);
  municipality.signatory = reader.text(file, "", "signatory", Need::required);
  municipality.client_support = read_client_support(reader, file);
  municipality.own_contribution = read_contributions(reader, file);
  municipality.teams = read_teams(reader, file);
  municipality.caseload_bound = reader.integer(file, "", "caseloadBound", 1, 10'000).value_or(185);
  municipality.accent_colour = read_colour(reader, file);
  municipality.algorithm_register = read_algorithm_register(reader, file);
  municipality.learning = read_learning(reader, file);
  return municipality;
}

struct ReadMunicipalities {
  Municipalities found;
  std::vector<ConfigProblem> problems;
};

Municipality read_file(ConfigReader& reader, std::string_view json, const std::string& id) {
  const Value file = reader.object_from(json);
  return file.is_object() ? read_municipality(reader, file, id) : Municipality{};
}

ReadMunicipalities read_all(const fs::path& config_dir) {
  ReadMunicipalities result;
  std::error_code error;
  for (fs::directory_iterator entry(config_dir / "municipalities", error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() != ".json") continue;
    const std::string id = entry->path().stem().string();
    ConfigReader reader("municipalities/" + entry->path().filename().string());
    std::ifstream in(entry->path(), std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    if (in) {
      result.found.emplace(id, read_file(reader, content.str(), id));
    } else {
      reader.report("", "The file cannot be read.", "Check that it is a readable file.");
    }
    result.problems.insert(result.problems.end(), reader.problems().begin(), reader.problems().end());
  }
  if (result.found.empty() && result.problems.empty()) {
    result.problems.push_back({"municipalities", "", "There is no municipality.",
                               "Add municipalities/<id>.json, or name another configuration folder."});
  }
  std::ranges::stable_sort(result.problems, {}, &ConfigProblem::file);
  return result;
}

}  // namespace

std::vector<ConfigProblem> check_municipalities(const fs::path& config_dir) {
  return read_all(config_dir).problems;
}

Result<Municipalities> load_municipalities(const fs::path& config_dir) {
  ReadMunicipalities all = read_all(config_dir);
  if (!all.problems.empty()) return fail(to_error(all.problems));
  return std::move(all.found);
}

Result<Municipality> parse_municipality(std::string_view file, std::string_view json) {
  ConfigReader reader{std::string(file)};
  Municipality municipality = read_file(reader, json, fs::path(file).stem().string());
  if (!reader.problems().empty()) return fail(to_error(reader.problems()));
  return municipality;
}

std::optional<Cents> own_contribution_on(const Municipality& municipality, Date day) {
  const auto found =
      std::ranges::find(municipality.own_contribution, static_cast<int>(day.year()), &OwnContribution::year);
  if (found == municipality.own_contribution.end()) return std::nullopt;
  return found->per_month;
}

std::string team_for(const Municipality& municipality, std::string_view type, std::optional<int> age) {
  for (const TeamRoute& route : municipality.teams) {
    if (!route.types.empty() && std::ranges::find(route.types, type) == route.types.end()) continue;
    if (route.age_below && (!age || *age >= *route.age_below)) continue;
    if (route.age_from && (!age || *age < *route.age_from)) continue;
    return route.team;
  }
  return "";
}

}  // namespace softbot
