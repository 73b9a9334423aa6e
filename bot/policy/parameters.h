#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "domain/result.h"
#include "domain/value.h"

namespace softbot {

/// A value from a day on, until the next one begins.
struct DatedValue {
  Date from{};
  Value value;
  bool operator==(const DatedValue&) const = default;
};

/// Something that administrators tune without touching a rule: a number or a list of texts.
struct PolicyParameter {
  std::string name;         ///< camelCase, as DMN models use it: parameters.minimumAge
  std::string label;        ///< Dutch, for the administrator's page
  std::string unit;         ///< Dutch: "jaar", "eurocent", "minuten per week"
  std::string explanation;  ///< Dutch: what it does and where the value comes from
  Value minimum;            ///< number; null for a list of texts
  Value maximum;
  std::vector<DatedValue> values;                                              ///< by date, ascending
  std::map<std::string, std::vector<DatedValue>, std::less<>> municipalities;  ///< instead of `values`
  bool operator==(const PolicyParameter&) const = default;

  /// What holds for this municipality on this day; null when nothing does, which is unknown.
  [[nodiscard]] Value value_on(std::string_view municipality, Date day) const;
  /// A number within the bounds, or a list of texts where there are none.
  [[nodiscard]] bool accepts(const Value& value) const;
};

/// Reads parameters.json. Fails with `configuration` and the place: unknown or missing members, a value
/// outside its bounds, dates out of order, a name used twice.
[[nodiscard]] Result<std::vector<PolicyParameter>> parameters_from(std::string_view json);

/// A value that somebody gives a parameter from a day on, until the next one that it has already.
struct ParameterEdit {
  std::string name;
  std::string municipality;  ///< "": where no municipality has its own values
  Date from{};
  Value value;  ///< null: takes away the value that begins on that very day; the one before it goes on
  bool operator==(const ParameterEdit&) const = default;
};

/// parameters.json with these values in it; a value from the same day is replaced, the earlier ones stay.
/// A municipality without values of its own gets them. `invalid_input` with one FieldError per edit:
/// unknown-parameter, out-of-bounds, not-a-list, nothing-to-take-away; `configuration` for a wrong file.
[[nodiscard]] Result<std::string> with_parameter_values(std::string_view json,
                                                        const std::vector<ParameterEdit>& edits);

/// All of them as one object name -> value.
[[nodiscard]] Value parameter_values(const std::vector<PolicyParameter>& parameters,
                                     std::string_view municipality, Date day);

}  // namespace softbot
