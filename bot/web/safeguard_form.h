#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/value.h"
#include "web/form_post.h"
#include "web/shared_views.h"

namespace softbot::web {

/// The daily caps, sample shares and the test on the sample as fields: euros and percentages, as people write
/// them.
struct SafeguardForm {
  std::string municipality;        ///< "": all that have no limits of their own
  std::vector<std::string> types;  ///< that the bot may grant
};

/// What the settings say, by name of the field: "small-aids.grants" -> "100", "test.acceptable" -> "0,5".
[[nodiscard]] std::map<std::string, std::string> typed_safeguards(const SafeguardForm& form,
                                                                  const Value& settings);

/// The settings with what was typed, and a line for each field that is not right. A municipality whose fields
/// of a type are all empty has no limits of its own.
struct ReadSafeguards {
  Value settings;
  std::vector<SummaryLine> problems;  ///< by id of the field
};
[[nodiscard]] ReadSafeguards read_safeguards(const SafeguardForm& form, const Value& settings,
                                             const PostedForm& posted);

/// The id of a field on the page.
[[nodiscard]] std::string safeguard_field_id(const std::string& name);

}  // namespace softbot::web
