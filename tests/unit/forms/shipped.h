#pragma once

#include <filesystem>
#include <ostream>
#include <string_view>

#include "domain/application.h"
#include "domain/json.h"
#include "forms/catalogue.h"
#include "support/checkout.h"

namespace softbot::forms_test {

inline std::filesystem::path config_dir() {
  return checkout() / "config";
}

/// The files as shipped, to change one and see what happens.
inline FormFiles shipped_files() {
  return read_form_files(config_dir()).value();
}

inline const Catalogue& shipped() {
  static const Catalogue catalogue = load_catalogue(config_dir()).value();
  return catalogue;
}

inline const FormDefinition& shipped(std::string_view type) {
  return type == "common" ? shipped().common() : *shipped().find(type);
}

/// A Value out of JSON written in a test.
inline Value json(std::string_view text) {
  return parse_json(text).value();
}

/// What somebody answers who lives alone and applies for themselves.
inline Value complete_common() {
  return json(R"({"bsn":"999900006","initials":"J.M.","birthName":"Jansen","birthDate":"1948-03-27",
    "postcode":"1234AB","houseNumber":"12A","street":"Dorpsstraat","town":"Voorbeeld",
    "livingSituation":"alone","hasRepresentative":false,"wlz":false,"urgent":false,"personalPlan":false})");
}

}  // namespace softbot::forms_test

namespace softbot {

/// How a failing test shows one.
inline void PrintTo(const Asked& asked, std::ostream* out) {
  *out << asked.field << ": " << asked.code << " (" << asked.text << ")";
}

inline void PrintTo(const FieldError& error, std::ostream* out) {
  *out << error.field << ": " << error.code << " (" << error.message << ")";
}

}  // namespace softbot
