#include "pipeline/template_pages.h"

#include <algorithm>
#include <set>

#include "pipeline/paper_stages.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

bool is_by_template(const ReadPage& page) {
  return page.code && !page.code_of_softbot;
}

void take_away(ReadPage& page, std::string_view problem) {
  if (!page.code_of_softbot) page.code.reset();
  page.readings.clear();
  if (page.images.size() > 1) page.images.resize(1);  // the page itself
  page.problem = problem;
}

/// A code on paper never leads to a template: no form that was printed here has its fields so.
void check_code(const FormTemplates& templates, ReadPage& page) {
  if (find_template(templates, page.code->geometry) != nullptr) take_away(page, "unknown-geometry");
}

void check_page(const FormTemplates& templates, std::string_view municipality, ReadPage& page) {
  if (page.code_of_softbot) {
    if (page.code) check_code(templates, page);
  } else if (page.code) {
    const FormTemplate* found = find_template(templates, page.code->geometry);
    if (found == nullptr || !page.problem.empty()) {
      take_away(page, "resembles-form");
    } else if (found->reading.geometry.municipality != municipality) {
      take_away(page, "template-other-municipality");
    }
  } else if (page.problem == "two-ways" || page.problem == "other-edition") {
    page.problem = "resembles-form";
  } else if (page.problem == "no-fit" || page.problem == "no-time") {
    page.problem = "no-marks";
  }
}

/// Each page of one form, and of that form only, once: then they belong together in whatever order they lie.
bool is_one_form(const ReadFile& file) {
  std::string form;
  std::set<int> numbers;
  for (const ReadPage& page : file.pages) {
    if (!page.code && page.blank) continue;
    // What was not recognised may be another's page of the same form.
    if (!page.code) return false;
    if (page.code_of_softbot || !numbers.insert(page.code->page).second) return false;
    if (!form.empty() && form != page.code->geometry) return false;
    form = page.code->geometry;
  }
  return true;
}

/// Gives consecutive pages of one form the same set number: a page that is there already begins the next, and
/// so does anything else with something on it between them.
class Sets {
 public:
  Sets(const std::function<std::string()>& new_set, bool one_form) : new_set_(new_set), one_form_(one_form) {}

  void take(ReadPage& page) {
    if (!is_by_template(page)) {
      if (!page.blank && !one_form_) set_.clear();
      return;
    }
    const bool goes_on = !set_.empty() && page.code->geometry == form_ && !seen_.contains(page.code->page);
    if (!goes_on) {
      set_ = new_set_();
      form_ = page.code->geometry;
      seen_.clear();
    }
    seen_.insert(page.code->page);
    page.code->set = set_;
  }

 private:
  const std::function<std::string()>& new_set_;
  bool one_form_;
  std::string set_;
  std::string form_;
  std::set<int> seen_;
};

/// The template that the form was read by, when it is still the same.
const FormTemplate* template_of(const Configuration& configuration, const NewForm& form) {
  const FormTemplate* found = find_template(configuration.templates, form.code.geometry);
  return found != nullptr && found->version == form.set.template_version ? found : nullptr;
}

}  // namespace

ReadingTemplates reading_templates(const FormTemplates& templates, std::string_view municipality) {
  ReadingTemplates list;
  for (const FormTemplate& one : templates) list.push_back(one.reading);
  std::ranges::stable_partition(
      list, [&](const ReadingTemplate& one) { return one.geometry.municipality == municipality; });
  return list;
}

ReadFile with_template_sets(ReadFile file, const FormTemplates& templates, std::string_view municipality,
                            const std::function<std::string()>& new_set) {
  for (ReadPage& page : file.pages) check_page(templates, municipality, page);
  Sets sets(new_set, is_one_form(file));
  for (ReadPage& page : file.pages) sets.take(page);
  return file;
}

std::string template_version_of(const ReadPage& page, const FormTemplates& templates) {
  if (!is_by_template(page)) return {};
  const FormTemplate* found = find_template(templates, page.code->geometry);
  return found == nullptr ? std::string() : found->version;
}

std::vector<Reason> doubts_about_template(const Services& services, const NewForm& form) {
  std::vector<Reason> doubts;
  if (form.set.template_version.empty()) return doubts;
  const auto configuration = services.configuration();
  const FormTemplate* found = template_of(*configuration, form);
  if (found == nullptr || !found->reading.proven) doubts.push_back(queue::reason("form-by-template"));
  const bool alone = form.set.scans.size() == 1 && has_one_form_alone(form.set.scans.front().record);
  if (form.chosen.by_number.size() > 1 && !alone) doubts.push_back(queue::reason("pages-by-order"));
  return doubts;
}

Value template_value(const Services& services, const NewForm& form) {
  if (form.set.template_version.empty()) return {};
  const auto configuration = services.configuration();
  const FormTemplate* found = template_of(*configuration, form);
  return Value::object(
      {{"file", found == nullptr ? std::string() : found->file}, {"version", form.set.template_version}});
}

}  // namespace softbot::pipeline
