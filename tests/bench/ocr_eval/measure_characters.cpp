#include "measure_characters.h"

#include <array>
#include <cstdio>
#include <utility>
#include <vector>

#include "bound.h"
#include "characters.h"

namespace softbot::eval {
namespace {

std::string lines_of(const CharacterFigures& figures, const std::string& prefix) {
  std::array<char, 256> text{};
  std::snprintf(text.data(), text.size(), "%saccuracy %.4f of %zu\n%saccepted %zu errors %zu upper95 %.6f\n",
                prefix.c_str(), static_cast<double>(figures.right) / static_cast<double>(figures.count),
                figures.count, prefix.c_str(), figures.accepted, figures.errors,
                upper95(figures.errors, figures.accepted));
  return text.data();
}

}  // namespace

Result<std::string> measure_characters(const Options& options) {
  const auto classes = classes_from(options.value("classes"));
  if (!classes) {
    return fail(ErrorCode::invalid_input,
                "--classes takes digits, capitals or all, not \"" + options.value("classes") + "\".");
  }
  const auto pictures = fill::read_labelled_pictures(options.value("images"), options.value("labels"));
  if (!pictures) return fail(pictures.error());
  const auto written = characters_of(pictures->labels, *classes, options.value("labels"));
  if (!written) return fail(written.error());
  auto nets = ocr::load_nets(models_of(options));
  if (!nets) return fail(nets.error());
  const Lie lie = options.has("transposed") ? Lie::transposed : Lie::upright;
  const auto read = signs_on(*pictures, ink_levels(*pictures), lie, *classes, *nets);
  const auto figures = figures_of(*written, read);
  std::string told = lines_of(figures.at(""), "");
  for (const auto& [kind, part] : figures) {
    if (*classes == Classes::all && !kind.empty()) told += lines_of(part, kind + ": ");
  }
  std::vector<Judged> judged;
  for (std::size_t i = 0; i < read.size(); ++i)
    judged.push_back({read[i].chance, is_right((*written)[i], read[i].sign)});
  return calibration_told(options, std::move(judged), options.value("classes"))
      .map([&](const std::string& table) { return told + table; });
}

}  // namespace softbot::eval
