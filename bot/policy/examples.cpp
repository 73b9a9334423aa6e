#include "policy/examples.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "domain/json.h"
#include "domain/text.h"
#include "policy/facts.h"
#include "policy/judgement.h"

namespace softbot {
namespace {

/// Where something stands in a file, to say what is wrong with it.
struct Place {
  std::string file;
  std::string example;  ///< "" for the file as a whole

  [[nodiscard]] tl::unexpected<Error> wrong(const std::string& what) const {
    return fail(ErrorCode::configuration, "policy/" + file + ": " + example + what);
  }
};

const std::vector<std::string_view> members_of_facts{fact::answers, fact::of_register, fact::provisions,
                                                     fact::history, fact::application};

Result<void> check_members(const Place& place, const Value& object, const std::string& which,
                           const std::vector<std::string_view>& known) {
  if (!object.is_object()) return place.wrong(which + " must be an object.");
  for (const auto& member : object.members()) {
    if (std::ranges::find(known, member.name) == known.end())
      return place.wrong(which + " does not know \"" + member.name + "\".");
  }
  return {};
}

/// RFC 7396: members of objects one by one, null takes away, anything else replaces.
Value merged(const Value& base, const Value& changes) {
  if (!changes.is_object()) return changes;
  Value result = base.is_object() ? base : Value::object();
  for (const auto& [name, change] : changes.members()) {
    if (change.is_null()) {
      result.erase(name);
    } else {
      result.set(name, merged(result[name], change));
    }
  }
  return result;
}

/// "age" of {"register": {"age": 64}}.
void collect_names(const Value& changes, std::vector<std::string>& names) {
  for (const auto& [name, change] : changes.members()) {
    if (change.is_object()) {
      collect_names(change, names);
    } else {
      names.push_back(name);
    }
  }
}

Result<std::vector<std::string>> codes_from(const Place& place, const Value& list) {
  std::vector<std::string> codes;
  for (const auto& code : list.items()) {
    if (code.text_or_empty().empty())
      return place.wrong("\"refer\" must be a list of codes of reasons, such as \"wlz\".");
    codes.push_back(*code.as_text());
  }
  if (codes.empty()) return place.wrong("\"refer\" needs the codes of all reasons, such as [\"wlz\"].");
  return codes;
}

Result<ExpectedOutcome> outcome_from(const Place& place, const Value& source) {
  if (auto known = check_members(place, source, "\"expect\"", {"grant", "refer"}); !known)
    return fail(known.error());
  if (source.contains("grant") == source.contains("refer"))
    return place.wrong("\"expect\" needs either \"grant\" or \"refer\".");
  ExpectedOutcome expected;
  if (source.contains("refer")) {
    auto codes = codes_from(place, source["refer"]);
    if (!codes) return fail(codes.error());
    expected.reasons = *std::move(codes);
    return expected;
  }
  const auto& grant = source["grant"];
  if (!grant.is_object() || grant.members().empty())
    return place.wrong("\"grant\" needs what is granted, such as {\"minutesPerWeek\": 125}.");
  for (const auto& member : grant.members())
    if (!is_member_of_grant(member.name))
      return place.wrong("\"grant\" does not know \"" + member.name + "\".");
  expected.grants = true;
  expected.grant = grant;
  return expected;
}

/// What the examples of a file share.
struct Shared {
  std::string municipality;
  std::string today;
  Value facts;
};

Result<PolicyExample> example_from(Place place, const Value& source, const Shared& shared) {
  const auto name = std::string(trim(source["name"].text_or_empty()));
  if (name.empty()) return place.wrong("needs a \"name\" that says what is special about the case.");
  place.example = "\"" + name + "\": ";
  if (auto known =
          check_members(place, source, "the example", {"name", "municipality", "today", "changes", "expect"});
      !known)
    return fail(known.error());
  const auto& changes = source["changes"];
  if (!changes.is_null())
    if (auto known = check_members(place, changes, "\"changes\"", members_of_facts); !known)
      return fail(known.error());
  const auto text_of = [&](std::string_view member, const std::string& otherwise) {
    return source.contains(member) ? source[member].text_or_empty() : otherwise;
  };
  const auto today = parse_iso_date(text_of("today", shared.today));
  if (!today) return place.wrong("\"today\" must be a day, such as \"2026-11-21\".");
  PolicyExample example;
  example.file = place.file;
  example.name = name;
  example.type = place.file.substr(0, place.file.size() - examples_extension.size());
  example.municipality = text_of("municipality", shared.municipality);
  if (example.municipality.empty()) return place.wrong("needs a \"municipality\", here or for the file.");
  example.today = *today;
  example.facts = changes.is_null() ? shared.facts : merged(shared.facts, changes);
  collect_names(changes, example.special_members);
  auto expected = outcome_from(place, source["expect"]);
  if (!expected) return fail(expected.error());
  example.expected = *std::move(expected);
  return example;
}

}  // namespace

Result<std::vector<PolicyExample>> examples_from(const std::string& file, std::string_view json) {
  Place place{file, ""};
  const auto source = parse_json(json);
  if (!source) return place.wrong(source.error().message);
  if (auto known = check_members(place, *source, "the file",
                                 {"$schema", "municipality", "today", "facts", "examples"});
      !known)
    return fail(known.error());
  if (auto known = check_members(place, (*source)["facts"], "\"facts\"", members_of_facts); !known)
    return fail(known.error());
  const Shared shared{(*source)["municipality"].text_or_empty(), (*source)["today"].text_or_empty(),
                      (*source)["facts"]};
  std::vector<PolicyExample> examples;
  std::set<std::string> names;
  for (const auto& item : (*source)["examples"].items()) {
    place.example = "example " + std::to_string(examples.size() + 1) + ": ";
    auto example = example_from(place, item, shared);
    if (!example) return fail(example.error());
    if (!names.insert(example->name).second) return place.wrong("\"" + example->name + "\" is there twice.");
    examples.push_back(*std::move(example));
  }
  if (examples.empty()) return Place{file, ""}.wrong("needs a list \"examples\".");
  return examples;
}

Result<void> all_as_expected(const std::vector<ExampleResult>& results) {
  Error error{ErrorCode::conflict, "", false, {}};
  for (const auto& result : results) {
    if (result.as_expected()) continue;
    std::string what;
    for (const auto& difference : result.differences) what += (what.empty() ? "" : " ") + difference;
    error.fields.push_back({result.example.file + ": " + result.example.name, "example-fails", what});
  }
  if (error.fields.empty()) return {};
  error.message = std::to_string(error.fields.size()) + " van de " + std::to_string(results.size()) +
                  " voorbeelden komen anders uit dan erbij staat. Verander de regels of de voorbeelden.";
  return fail(std::move(error));
}

Value to_value(const ExampleResult& result) {
  const auto& example = result.example;
  auto refer = Value::list();
  for (const auto& code : example.expected.reasons) refer.push(code);
  auto differences = Value::list();
  for (const auto& difference : result.differences) differences.push(difference);
  auto rules = Value::list();
  for (const auto& rule : result.rules)
    rules.push(Value::object({{"decision", rule.decision},
                              {"number", static_cast<std::int64_t>(rule.number)},
                              {"sentence", rule.sentence}}));
  return Value::object(
      {{"file", example.file},
       {"name", example.name},
       {"type", example.type},
       {"municipality", example.municipality},
       {"today", format_iso(example.today)},
       {"asExpected", result.as_expected()},
       {"expected", example.expected.grants ? Value::object({{"grant", example.expected.grant}})
                                            : Value::object({{"refer", std::move(refer)}})},
       {"outcome", result.outcome},
       {"differences", std::move(differences)},
       {"rules", std::move(rules)}});
}

}  // namespace softbot
