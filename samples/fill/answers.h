#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "domain/result.h"
#include "domain/value.h"
#include "forms/catalogue.h"
#include "person.h"
#include "random.h"

namespace softbot::fill {

/// What people answer, and how often: samples/fill/mix.json. Per part ("common" or a type) and field a list
/// of
/// {"answer": ..., "weight": n}, or {"each": {option: probability}} for choices, {"words": [...]} for free
/// text, {"days": [from, to]} for a date so many days from today. A field that is not in it is left empty.
/// Overrides with --answer come before the mix.
struct Mix {
  Value parts;
  /// Error `configuration`: JSON, or a part that is no form.
  [[nodiscard]] static Result<Mix> from(std::string_view json, const Catalogue& catalogue);
};

/// One application as its writer means it.
struct MeantForm {
  std::vector<std::string> types;
  Person person;
  Value common;  ///< answers, signature and signingDate among them
  /// Answers per type, in the order of `types`.
  std::vector<Value> fields;
  Value provisions;  ///< granted before, as POST /api/v1/provisions takes them; null without
};

struct MeaningOptions {
  std::string municipality;
  Date today{};
  double free_text = 0;  ///< share of forms with words in a free field
  Value fixed;           ///< {"common.urgent": true, "household-help.pets": false}: not drawn
};

/// Draws answers until the form is coherent: only questions that apply are answered.
[[nodiscard]] MeantForm mean_something(const Catalogue& catalogue, const Mix& mix,
                                       const std::vector<std::string>& types, const Person& person,
                                       const MeaningOptions& options, Random& random);

/// The same application as data: the body of POST /api/v1/submissions.
[[nodiscard]] Value submission_of(const MeantForm& form, std::string_view municipality);

}  // namespace softbot::fill
