// ocr-eval: how well softbot reads handwriting. See --help and README.md.

#include <cstdio>
#include <string>

#include "measure_characters.h"
#include "options.h"

namespace {

using namespace softbot;
using namespace softbot::eval;

constexpr int done = 0;
constexpr int wrong_use_or_file = 2;

}  // namespace

int main(int count, char** arguments) {
  const auto options = options_from({arguments + 1, arguments + count});
  Result<std::string> told;
  if (!options) {
    told = fail(options.error());
  } else if (options->command == "help") {
    told = std::string(help_text());
  } else {
    told = measure_characters(*options);
  }
  if (!told) {
    std::fprintf(stderr, "ocr-eval: %s\n", told.error().message.c_str());
    return wrong_use_or_file;
  }
  std::fputs(told->c_str(), stdout);
  return done;
}
