#include "web/safeguard_form.h"

#include <algorithm>
#include <array>
#include <optional>

#include "domain/money.h"
#include "policy/share.h"

namespace softbot::web {
namespace {

enum class Kind { number, euros, percent };

struct Part {
  const char* field;   ///< as in the name of a field
  const char* member;  ///< as in the settings
  Kind kind;
  const char* wrong;  ///< what to fill in
};

constexpr std::array<Part, 3> limit_parts{
    {{"grants", "grantsPerDay", Kind::number, "vul een geheel getal in, 0 of meer."},
     {"euros", "centsPerDay", Kind::euros, "vul een bedrag in euro’s in, zoals 15.000 of 15000,00."},
     {"sample", "sampleShare", Kind::percent, "vul een percentage in van 0 tot en met 100."}}};
constexpr std::array<Part, 4> test_parts{
    {{"acceptable", "acceptable", Kind::percent, "vul een percentage in tussen 0 en 100."},
     {"unacceptable", "unacceptable", Kind::percent, "vul een percentage in tussen 0 en 100."},
     {"falseAlarm", "falseAlarm", Kind::percent, "vul een percentage in tussen 0 en 50."},
     {"missed", "missed", Kind::percent, "vul een percentage in tussen 0 en 50."}}};
constexpr const char* test_prefix = "test.";

std::string without_sign(std::string text) {
  if (text.ends_with('%')) text.pop_back();
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

std::string shown(const Part& part, const Value& value) {
  if (value.is_null()) return {};
  if (part.kind == Kind::percent) {
    const auto share = share_from(value);
    return share ? without_sign(percent_words(*share)) : std::string();
  }
  const auto number = value.as_integer();
  if (!number) return {};
  if (part.kind == Kind::number) return std::to_string(*number);
  const auto cents = std::to_string(*number % 100);
  return std::to_string(*number / 100) + "," + (cents.size() < 2 ? "0" : "") + cents;
}

bool is_digits(const std::string& text, std::size_t most) {
  return !text.empty() && text.size() <= most &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// "2,5" -> "0.025", as the settings write a share.
std::optional<Value> share_typed(std::string text) {
  std::ranges::replace(text, ',', '.');
  const auto dot = std::min(text.find('.'), text.size());
  const std::string whole = text.substr(0, dot);
  std::string part = dot == text.size() ? "0" : text.substr(dot + 1);
  if (!is_digits(whole, 3) || !is_digits(part, 4)) return std::nullopt;
  part.resize(4, '0');
  const std::int64_t per_million = std::stoll(whole) * whole_share / 100 + std::stoll(part);
  if (per_million > whole_share) return std::nullopt;
  return Value(share_text(per_million));
}

std::optional<Value> value_typed(const Part& part, const std::string& text) {
  if (part.kind == Kind::percent) return share_typed(without_sign(text));
  if (part.kind == Kind::number)
    return is_digits(text, 6) ? std::optional(Value(Number{std::to_string(std::stol(text))})) : std::nullopt;
  const auto cents = parse_money(text);
  return cents && cents->value >= 0 ? std::optional(Value(cents->value)) : std::nullopt;
}

const Value& limits_of(const SafeguardForm& form, const Value& settings, const std::string& type) {
  return form.municipality.empty() ? settings["types"][type]
                                   : settings["municipalities"][form.municipality][type];
}

void put_limits(const SafeguardForm& form, Value& settings, const std::string& type, const Value& limits) {
  const bool everywhere = form.municipality.empty();
  Value types = everywhere ? settings["types"] : settings["municipalities"][form.municipality];
  if (types.is_null()) types = Value::object();
  if (limits.is_null()) {
    types.erase(type);
  } else {
    types.set(type, limits);
  }
  if (everywhere) {
    settings.set("types", types);
    return;
  }
  Value municipalities = settings["municipalities"];
  if (municipalities.is_null()) municipalities = Value::object();
  if (types.members().empty()) {
    municipalities.erase(form.municipality);
  } else {
    municipalities.set(form.municipality, types);
  }
  if (municipalities.members().empty()) {
    settings.erase("municipalities");
  } else {
    settings.set("municipalities", municipalities);
  }
}

/// What was typed in some fields, put over what there was.
template <std::size_t Count>
Value typed_parts(const std::array<Part, Count>& parts, const std::string& prefix, Value values,
                  const PostedForm& posted, std::vector<SummaryLine>& problems) {
  for (const Part& part : parts) {
    const std::string name = prefix + part.field;
    const std::string text = posted.get(name);
    if (auto value = value_typed(part, text)) {
      values.set(part.member, *std::move(value));
    } else {
      problems.emplace_back(safeguard_field_id(name), std::string("Zo kan het niet: ") + part.wrong);
    }
  }
  return values;
}

bool all_empty(const std::string& prefix, const PostedForm& posted) {
  return std::ranges::all_of(limit_parts,
                             [&](const Part& part) { return posted.get(prefix + part.field).empty(); });
}

}  // namespace

std::string safeguard_field_id(const std::string& name) {
  std::string id = name;
  std::ranges::replace(id, '.', '-');
  return id;
}

std::map<std::string, std::string> typed_safeguards(const SafeguardForm& form, const Value& settings) {
  std::map<std::string, std::string> fields;
  for (const auto& type : form.types)
    for (const Part& part : limit_parts)
      fields[type + "." + part.field] = shown(part, limits_of(form, settings, type)[part.member]);
  if (!form.municipality.empty()) return fields;
  for (const Part& part : test_parts)
    fields[std::string(test_prefix) + part.field] = shown(part, settings["sampleTest"][part.member]);
  return fields;
}

ReadSafeguards read_safeguards(const SafeguardForm& form, const Value& settings, const PostedForm& posted) {
  ReadSafeguards read{settings, {}};
  for (const auto& type : form.types) {
    const std::string prefix = type + ".";
    if (!form.municipality.empty() && all_empty(prefix, posted)) {
      put_limits(form, read.settings, type, Value());
      continue;
    }
    Value limits = limits_of(form, settings, type);
    if (limits.is_null()) limits = Value::object();
    put_limits(form, read.settings, type,
               typed_parts(limit_parts, prefix, std::move(limits), posted, read.problems));
  }
  if (!form.municipality.empty()) return read;
  Value test = settings["sampleTest"];
  if (test.is_null()) test = Value::object();
  read.settings.set("sampleTest",
                    typed_parts(test_parts, test_prefix, std::move(test), posted, read.problems));
  return read;
}

}  // namespace softbot::web
