#include "demo_persons.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "domain/bsn.h"
#include "domain/json.h"

namespace softbot::samples {
namespace {

constexpr std::size_t most_numbers = 20;
constexpr std::array automatic_members{"inOnderzoek", "geheimhoudingPersoonsgegevens",
                                       "opschortingBijhouding", "rni", "verificatie"};

bool is_automatic(std::string_view name) {
  return std::ranges::find(automatic_members, name) != automatic_members.end();
}

enum class Asked { no, part, whole };

Asked asked_for(const std::string& path, const std::vector<std::string>& fields) {
  auto result = Asked::no;
  for (const auto& field : fields) {
    if (path == field || path.starts_with(field + ".")) return Asked::whole;
    if (field.starts_with(path + ".")) result = Asked::part;
  }
  return result;
}

Value part_of(const Value& value, const std::string& path, const std::vector<std::string>& fields) {
  if (value.is_list()) {
    auto list = Value::list();
    for (const auto& item : value.items()) list.push(part_of(item, path, fields));
    return list;
  }
  auto object = Value::object();
  for (const auto& [name, member] : value.members()) {
    auto member_path = path;
    member_path.append(path.empty() ? "" : ".").append(name);
    const bool kind = name == "type" && !path.empty();
    const auto asked = asked_for(member_path, fields);
    if (kind || is_automatic(name) || asked == Asked::whole) {
      object.set(name, member);
    } else if (asked == Asked::part) {
      object.set(name, part_of(member, member_path, fields));
    }
  }
  return object;
}

/// As the standard's "Foutbericht".
http::Response problem(int status, std::string_view title, std::string_view code) {
  auto response =
      http::json_response(status, Value::object({{"title", title}, {"status", status}, {"code", code}}));
  response.content_type = "application/problem+json";
  return response;
}

std::vector<std::string> texts_of(const Value& list) {
  std::vector<std::string> texts;
  for (const auto& item : list.items()) texts.push_back(item.text_or_empty());
  return texts;
}

http::Response answer(const DemoPersons& persons, const http::Request& request) {
  if (request.content_type() != "application/json")
    return problem(415, "Media Type wordt niet ondersteund.", "unsupported");
  const auto question = parse_json(request.body);
  if (!question) return problem(400, "Opgegeven JSON is niet correct.", "json");
  if ((*question)["type"].text_or_empty() != "RaadpleegMetBurgerservicenummer") {
    return problem(400, "Deze demo kent alleen RaadpleegMetBurgerservicenummer.", "paramsValidation");
  }
  const auto numbers = texts_of((*question)["burgerservicenummer"]);
  const auto fields = texts_of((*question)["fields"]);
  const bool automatic = std::ranges::any_of(fields, is_automatic);
  if (numbers.empty() || numbers.size() > most_numbers || fields.empty() || automatic) {
    return problem(400, "Een of meerdere parameters zijn niet correct.", "paramsValidation");
  }
  auto found = Value::list();
  for (const auto& number : numbers) {
    const auto person = persons.find(number);
    if (person != persons.end()) found.push(only_fields(person->second, fields));
  }
  return http::json_response(
      200, Value::object({{"type", "RaadpleegMetBurgerservicenummer"}, {"personen", std::move(found)}}));
}

}  // namespace

Result<DemoPersons> demo_persons_from(std::string_view json) {
  const auto file = parse_json(json);
  if (!file) return fail(ErrorCode::configuration, "the demo register's file: " + file.error().message);
  DemoPersons persons;
  for (const auto& person : (*file)["personen"].items()) {
    const auto bsn = parse_bsn(person["burgerservicenummer"].text_or_empty());
    if (!bsn || !is_test_bsn(*bsn)) {
      return fail(ErrorCode::configuration, "the demo register's file: person " +
                                                std::to_string(persons.size() + 1) +
                                                " has no test number (999900006 to 999999990).");
    }
    if (!persons.emplace(bsn->digits(), person).second) {
      return fail(ErrorCode::configuration, "the demo register's file: a number is there twice.");
    }
  }
  if (persons.empty())
    return fail(ErrorCode::configuration, "the demo register's file has no list \"personen\".");
  return persons;
}

Value only_fields(const Value& person, const std::vector<std::string>& fields) {
  return part_of(person, "", fields);
}

http::Router demo_register(DemoPersons persons, std::string key) {
  const auto shared = std::make_shared<const DemoPersons>(std::move(persons));
  http::RouterHooks hooks;
  hooks.finish = [](const http::Request&, http::Response& response) {
    response.headers.set("X-Demo-Register", "made-up people only");
  };
  http::Router router(std::move(hooks));
  router.add(
      {.method = http::Method::post,
       .pattern = "/haalcentraal/api/brp/personen",
       .handler = [shared, key = std::move(key)](const http::Request& request, const http::PathParameters&) {
         if (!key.empty() && request.headers.get("X-API-KEY") != key)
           return problem(401, "Niet correct geauthenticeerd.", "authentication");
         return answer(*shared, request);
       }});
  router.add({.method = http::Method::get,
              .pattern = "/",
              .handler = [](const http::Request&, const http::PathParameters&) {
                return http::text_response(
                    200, "DEMO REGISTER. Everybody in it is made up. Never use it for real applications.\n");
              }});
  return router;
}

}  // namespace softbot::samples
