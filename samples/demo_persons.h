#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "domain/value.h"
#include "http/router.h"

namespace softbot::samples {

/// The made-up people of the demo register, by citizen number, each as the standard "BRP API Personen" writes
/// a person.
using DemoPersons = std::map<std::string, Value, std::less<>>;

/// Reads a file in the official response format {"type", "personen": [...]}. Fails with `configuration` when
/// it is not, when a number is there twice, or when a number is not a test number (999900006 to 999999990):
/// nobody real may be in it.
[[nodiscard]] Result<DemoPersons> demo_persons_from(std::string_view json);

/// What is left of a person when only these fields are asked for ("naam.voornamen"), as the real register
/// answers: types of residences and dates, inOnderzoek, geheimhoudingPersoonsgegevens and
/// opschortingBijhouding come by themselves.
[[nodiscard]] Value only_fields(const Value& person, const std::vector<std::string>& fields);

/// Answers POST /haalcentraal/api/brp/personen (RaadpleegMetBurgerservicenummer), and / with a page that says
/// what this is. `key`: what header X-API-KEY must hold; "" for no key.
[[nodiscard]] http::Router demo_register(DemoPersons persons, std::string key);

}  // namespace softbot::samples
