#include "measure_forms.h"

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <vector>

#include "domain/json.h"
#include "form_figures.h"
#include "samples/fill/sources.h"

namespace softbot::eval {
namespace {

/// Applications that one daemon gets: fewer than the caps of a day, which are left as they are shipped.
constexpr std::size_t applications_at_once = 40;

std::size_t requests_in(const Value& file) {
  std::size_t requests = 0;
  for (const Value& form : file["forms"].items()) requests += form["submission"]["requests"].items().size();
  return requests;
}

std::vector<std::vector<Value>> parts_of(const std::vector<Value>& files) {
  std::vector<std::vector<Value>> parts;
  std::size_t applications = applications_at_once;
  for (const Value& file : files) {
    const std::size_t more = requests_in(file);
    if (applications + more > applications_at_once) {
      parts.emplace_back();
      applications = 0;
    }
    parts.back().push_back(file);
    applications += more;
  }
  return parts;
}

Result<std::vector<Value>> files_in(const std::filesystem::path& folder) {
  const auto content = fill::contents_of(folder / "truth.json");
  if (!content) return fail(content.error());
  const auto truth = parse_json(*content);
  const auto wrong = [&](const std::string& what) {
    return fail(ErrorCode::invalid_input, (folder / "truth.json").string() + " " + what +
                                              " A folder is wanted that fill-forms has written.");
  };
  if (!truth) return wrong("is no JSON: " + truth.error().message);
  std::vector<Value> files = (*truth)["files"].items();
  if (files.empty()) return wrong("names no files.");
  for (const Value& file : files) {
    const std::filesystem::path scan = folder / file["file"].text_or_empty();
    if (requests_in(file) == 0) return wrong("has no submission for " + scan.filename().string() + ".");
    if (!std::filesystem::is_regular_file(scan))
      return wrong("names " + scan.filename().string() + ", which is not there.");
  }
  if (!std::filesystem::is_regular_file(folder / "register.json"))
    return fail(ErrorCode::invalid_input, (folder / "register.json").string() + " is not there.");
  return files;
}

}  // namespace

Result<FormsMeasured> measure_forms(const Options& options) {
  const std::filesystem::path folder = options.value("dir");
  const auto files = files_in(folder);
  if (!files) return fail(files.error());
  FormFigures figures;
  std::size_t done = 0;
  try {
    for (const std::vector<Value>& part : parts_of(*files)) {
      figures =
          with(std::move(figures), part, outcomes_of_truth(part, folder), outcomes_of_scans(part, folder));
      done += part.size();
      std::fprintf(stderr, "%zu of %zu files\n", done, files->size());
    }
  } catch (const std::runtime_error& error) {
    return fail(ErrorCode::internal, error.what());
  }
  if (figures.grantable == 0)
    return fail(ErrorCode::invalid_input,
                folder.string() + " tells nothing: the policy grants none of its forms on the truth.");
  std::string text = told(figures);
  for (const std::string& line : figures.wrong) text += line + "\n";
  if (options.has("detail")) text += told_in_detail(figures);
  return FormsMeasured{text, figures.wrong_grants > 0};
}

}  // namespace softbot::eval
