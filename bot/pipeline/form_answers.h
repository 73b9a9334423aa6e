#pragma once

#include <string>
#include <vector>

#include "forms/definition.h"
#include "forms/geometry/geometry.h"
#include "ports/reader.h"

namespace softbot::pipeline {

/// One page of a form that was filled in: its number on the form, and the page as it was read.
struct FormPage {
  int number = 1;
  const ReadPage* read = nullptr;
};

/// A crop that a person will want to see: of a field that is not certain, or that somebody wrote in freely.
struct WantedCrop {
  std::string field;
  int page = 1;   ///< of the form
  int image = 0;  ///< among the images of that page
};

/// What one application gets out of the pages: canonical answers, and how each was read
/// (Application::readings, still without documents).
struct FormAnswers {
  Value common = Value::object();
  Value fields = Value::object();
  Value readings = Value::object();
  std::string signature = "absent";  ///< found, doubtful, absent
  std::vector<WantedCrop> crops;
};

/// The answers of the common part and of `definition.type`. What cannot be understood, or is of no kind that
/// the definition takes, stays out of the answers and is known to be ink. Words in free fields stay out: they
/// are shown, not guessed. Pure.
[[nodiscard]] FormAnswers answers_of(const FormGeometry& geometry, const FormDefinition& common_definition,
                                     const FormDefinition& definition, const std::vector<FormPage>& pages);

/// Where a reading of this page of the form stands on it; nothing when the form has no such field there.
/// Several types may use one name: then the place tells.
[[nodiscard]] const PaperField* printed_field(const FormGeometry& geometry, int page, const Reading& reading);

/// Numbers of the pages on which something of this type, or of the common part, is asked.
[[nodiscard]] std::vector<int> pages_with(const FormGeometry& geometry, std::string_view type);

/// The same page of a form twice: which of them to use (0 or 1), or -1 when they say different things.
[[nodiscard]] int better_of(const ReadPage& first, const ReadPage& second);

}  // namespace softbot::pipeline
