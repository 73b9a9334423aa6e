#include "try_models.h"

#include <array>
#include <cstdio>

#include "bound.h"
#include "forms/geometry/box_signs.h"
#include "ocr/fields/read_crop.h"

namespace softbot::eval {
namespace {

std::string line_of(const char* name, const std::string& version, const TrialFigures& figures) {
  std::array<char, 256> text{};
  std::snprintf(text.data(), text.size(), "%s (%s): exact %zu certain %zu wrong %zu of %zu upper95 %.6f\n",
                name, version.c_str(), figures.exact, figures.certain, figures.wrong, figures.readings,
                upper95(figures.wrong, figures.certain));
  return text.data();
}

std::string than(std::size_t tried, std::size_t in_use) {
  return std::to_string(tried) + ", where those in use have " + std::to_string(in_use);
}

}  // namespace

TrialFigures trial_of(const std::vector<KeptReading>& readings, ocr::Recogniser& models) {
  TrialFigures figures;
  for (const KeptReading& kept : readings) {
    const Reading read = ocr::read_crop(kept.crop, kept.geometry, models);
    const bool right = signs_in_boxes(kept.geometry.fields.front(), read.value) == kept.written;
    const bool certain = read.state == ReadingState::certain;
    ++figures.readings;
    figures.exact += right ? 1U : 0U;
    figures.certain += certain ? 1U : 0U;
    figures.wrong += certain && !right ? 1U : 0U;
  }
  return figures;
}

std::vector<std::string> against_replacing(const TrialFigures& in_use, const TrialFigures& tried) {
  std::vector<std::string> reasons;
  if (tried.readings < least_readings) {
    reasons.push_back("there are " + std::to_string(tried.readings) + " readings; " +
                      std::to_string(least_readings) + " are the least that say something");
  }
  if (tried.exact < in_use.exact) reasons.push_back("fewer are exact: " + than(tried.exact, in_use.exact));
  if (tried.certain < in_use.certain)
    reasons.push_back("fewer are certain: " + than(tried.certain, in_use.certain));
  if (tried.wrong > in_use.wrong)
    reasons.push_back("more are wrong among the certain: " + than(tried.wrong, in_use.wrong));
  return reasons;
}

Result<Trial> try_models(const Options& options) {
  const auto readings = kept_readings(options.value("dir"));
  if (!readings) return fail(readings.error());
  Options of_those_in_use{options.command, {}};
  if (options.has("against")) of_those_in_use.values["models"] = options.value("against");
  const auto in_use = ocr::Recogniser::load(models_of(of_those_in_use));
  if (!in_use) return fail(in_use.error());
  const auto tried = ocr::Recogniser::load(options.value("models"));
  if (!tried) return fail(tried.error());
  const TrialFigures before = trial_of(*readings, **in_use);
  const TrialFigures after = trial_of(*readings, **tried);
  Trial trial;
  trial.told = line_of("in use", (*in_use)->version(), before) + line_of("new", (*tried)->version(), after);
  const auto reasons = against_replacing(before, after);
  trial.may_replace = reasons.empty();
  trial.told += trial.may_replace ? "may replace: not worse in any of them\n" : "refused\n";
  for (const std::string& reason : reasons) trial.told += "  " + reason + "\n";
  return trial;
}

}  // namespace softbot::eval
