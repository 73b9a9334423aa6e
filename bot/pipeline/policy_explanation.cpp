#include "pipeline/policy_explanation.h"

#include <utility>

#include "policy/versions.h"

namespace softbot::pipeline {
namespace {

/// The label of an answer in these questions, rows of lists included.
const Option* option_in(const std::vector<Field>& fields, std::string_view value) {
  for (const Field& field : fields) {
    if (const Option* option = field.option(value)) return option;
    if (const Option* option = option_in(field.fields, value)) return option;
  }
  return nullptr;
}

std::string option_words(const FormDefinition* definition, std::string_view value) {
  if (definition != nullptr) {
    for (const Section& section : definition->sections) {
      if (const Option* option = option_in(section.fields, value)) return option->label.nl;
    }
  }
  return std::string(value);
}

}  // namespace

Result<ActivePolicyWords> active_policy_words(Transaction& transaction) {
  const auto active = active_configuration(transaction, policy_name());
  if (!active) return fail(ErrorCode::configuration, "No policy is active.");
  const auto files = files_of(active->content);
  if (!files) return fail(files.error());
  auto words = PolicyWords::from(*files);
  if (!words) return fail(words.error());
  return ActivePolicyWords{active->version, active->created, *std::move(words)};
}

std::vector<TypeWords> explain_policy(const PolicyWords& words, const Catalogue& forms,
                                      std::string_view municipality, Date day) {
  return words.explain(municipality, day, [&](std::string_view type, std::string_view value) {
    return option_words(forms.find(type, municipality), value);
  });
}

}  // namespace softbot::pipeline
