#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "domain/value.h"
#include "forms/definition.h"
#include "forms/from_web.h"
#include "web/form_rows.h"
#include "web/upload_tray.h"

namespace softbot::web {

/// What is wrong per question, by the name of its input ("common.bsn", "living-allowance.accounts.0.iban").
using Problems = std::map<std::string, std::string>;

/// A form as it stands: what was typed, and how to show it.
struct FormState {
  std::string language = "nl";
  std::string channel = "web";
  std::vector<std::string> types;  ///< that are asked for
  WebParameters typed;
  Problems problems;
  std::set<std::string> read_only;         ///< names that may be seen, not changed
  std::map<std::string, std::string> old;  ///< staff: the stored answer beside what is typed
  std::set<std::string> left_out;          ///< names of questions that are not put
  bool one_section_only = false;
};

/// The answers of one part out of what was typed, in canonical form.
[[nodiscard]] Value answers_of(const FormDefinition& definition, std::string_view prefix,
                               const WebParameters& typed);

/// One part of the form (common, or a type's own) as the template form/part takes it. `common` is the
/// definition that "common.x" in conditions means.
[[nodiscard]] Value part_view(const FormDefinition& common, const FormDefinition& definition,
                              std::string_view prefix, const FormState& state);

/// Only these fields of a part, as form/field takes them; for answers to what was asked.
[[nodiscard]] Value fields_view(const FormDefinition& common, const FormDefinition& definition,
                                std::string_view prefix, const FormState& state,
                                const std::vector<std::string>& names);

/// The attachments of one part as form/files takes them, with the files that are in the tray.
[[nodiscard]] Value attachments_view(const FormDefinition& common, const FormDefinition& definition,
                                     std::string_view prefix, const FormState& state,
                                     const std::vector<TrayFile>& files);

/// The id of a section of a part: where "Wijzigen" leads.
[[nodiscard]] std::string section_id(std::string_view prefix, std::string_view section);

/// The id of the input with this name: where an error summary points to.
[[nodiscard]] std::string id_of(std::string_view name);

}  // namespace softbot::web
