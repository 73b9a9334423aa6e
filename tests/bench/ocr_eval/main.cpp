// ocr-eval: how well softbot reads handwriting. See --help and README.md.

#include <cstdio>
#include <string>

#include "cut_glyphs.h"
#include "measure_characters.h"
#include "measure_forms.h"
#include "measure_lines.h"
#include "options.h"
#include "try_models.h"

namespace {

using namespace softbot;
using namespace softbot::eval;

constexpr int done = 0;
constexpr int wrong_grant = 1;
constexpr int not_replaced = 1;
constexpr int wrong_use_or_file = 2;

int refused(const Error& error) {
  std::fprintf(stderr, "ocr-eval: %s\n", error.message.c_str());
  return wrong_use_or_file;
}

int told(const Result<std::string>& figures) {
  if (!figures) return refused(figures.error());
  std::fputs(figures->c_str(), stdout);
  return done;
}

int forms(const Options& options) {
  const auto measured = measure_forms(options);
  if (!measured) return refused(measured.error());
  std::fputs(measured->told.c_str(), stdout);
  return measured->has_wrong_grant ? wrong_grant : done;
}

int corrections(const Options& options) {
  const auto trial = try_models(options);
  if (!trial) return refused(trial.error());
  std::fputs(trial->told.c_str(), stdout);
  return trial->may_replace ? done : not_replaced;
}

}  // namespace

int main(int count, char** arguments) {
  const auto options = options_from({arguments + 1, arguments + count});
  if (!options) return refused(options.error());
  if (options->command == "help") return told(std::string(help_text()));
  if (options->command == "forms") return forms(*options);
  if (options->command == "corrections") return corrections(*options);
  if (options->command == "glyphs") return told(cut_glyphs(*options));
  if (options->command == "lines") return told(measure_lines(*options));
  return told(measure_characters(*options));
}
