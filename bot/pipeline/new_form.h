#pragma once

#include <string>
#include <vector>

#include "pipeline/gathered_set.h"

namespace softbot::pipeline {

/// What one type of the form came to, with the documents that go with it.
struct TypeAnswers {
  std::string type;
  FormAnswers answers;
};

/// Everything about a set that becomes a submission.
struct NewForm {
  const GatheredSet& set;
  const ChosenPages& chosen;
  const FormGeometry& geometry;
  PageCode code;
  std::vector<TypeAnswers> types;
  std::vector<Reason> doubts;
};

/// Seals the pages, crops and files that belong to one application of the form, and writes into its readings
/// and its paper where they are. The rows of what was sealed; nothing is stored yet.
[[nodiscard]] Result<std::vector<DocumentRecord>> keep_form(const Services& services, const NewForm& form,
                                                            const PersonRecord& person,
                                                            const TypeAnswers& type,
                                                            Application& application);

}  // namespace softbot::pipeline
