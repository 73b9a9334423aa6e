#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/form_template.h"
#include "pipeline/new_form.h"
#include "ports/reader.h"

/// Pages of municipalities' own forms, which carry no code: what the reader found by their templates.
namespace softbot::pipeline {

/// As the reader takes them: those of this municipality first, so that they are found when time is short.
[[nodiscard]] ReadingTemplates reading_templates(const FormTemplates& templates,
                                                 std::string_view municipality);

/// Makes what was read by templates ready to be sorted. Pages that lie together as one form get one set
/// number
/// (`new_set` draws them); what is not surely a form of this municipality loses what was read of it, and its
/// `problem` says why: resembles-form (nearly one, or one of two alike), template-other-municipality. The
/// rest is as it would be without templates.
[[nodiscard]] ReadFile with_template_sets(ReadFile file, const FormTemplates& templates,
                                          std::string_view municipality,
                                          const std::function<std::string()>& new_set);

/// The version of the template that this page was read by; "" for all others.
[[nodiscard]] std::string template_version_of(const ReadPage& page, const FormTemplates& templates);

/// What a person must look at before anything is granted on a form that was read by a template: all of it,
/// until the template is proven; and whether its pages belong together, where the scan holds more than this
/// form. Nothing for our own forms.
[[nodiscard]] std::vector<Reason> doubts_about_template(const Services& services, const NewForm& form);

/// For Application::paper: {file, version}; null for our own forms.
[[nodiscard]] Value template_value(const Services& services, const NewForm& form);

}  // namespace softbot::pipeline
