// Processor time to read the pages of a form, against the program `tesseract` on the same pages. See
// README.md.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "domain/json.h"
#include "ocr/decode/scan_file.h"
#include "ocr/fields/recogniser.h"
#include "ocr/read_page.h"

namespace softbot::ocr {
namespace {

constexpr int runs = 5;

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double processor_time(int whose) {
  rusage used{};
  getrusage(whose, &used);
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// Seconds of the fastest of some runs, from the file's bytes to readings and crops.
double time_of_reading(const std::string& bytes, const PageReadingTools& tools, std::size_t& fields) {
  double best = std::numeric_limits<double>::max();
  for (int run = 0; run < runs; ++run) {
    const double before = processor_time(RUSAGE_SELF);
    auto file = ScanFile::open(bytes);
    if (!file) return 0;
    const DecodedPage page = file->page(0);
    fields = read_page(page.image, 0, tools).readings.size();
    best = std::min(best, processor_time(RUSAGE_SELF) - before);
  }
  return best;
}

double time_of_tesseract(const std::string& path) {
  double best = std::numeric_limits<double>::max();
  for (int run = 0; run < 2; ++run) {
    const double before = processor_time(RUSAGE_CHILDREN);
    const pid_t child = fork();
    if (child == 0) {
      if (std::freopen("/dev/null", "w", stderr) == nullptr) _exit(126);
      execlp("tesseract", "tesseract", path.c_str(), "/dev/null", "-l", "nld", static_cast<char*>(nullptr));
      _exit(127);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) == 127)
      return 0;
    best = std::min(best, processor_time(RUSAGE_CHILDREN) - before);
  }
  return best;
}

int measure(const std::vector<std::string>& arguments) {
  auto recogniser = Recogniser::load(arguments[0]);
  const auto json = parse_json(content_of(arguments[1]));
  auto geometry = json ? geometry_from(*json) : fail(json.error());
  if (!recogniser || !geometry) {
    std::printf("%s\n", recogniser ? geometry.error().message.c_str() : recogniser.error().message.c_str());
    return 1;
  }
  const FindGeometry find = [&](const PageCode&) { return std::optional(*geometry); };
  const PageReadingTools tools{**recogniser, find};
  double ours = 0;
  double theirs = 0;
  for (std::size_t i = 2; i < arguments.size(); ++i) {
    std::size_t fields = 0;
    const double one = time_of_reading(content_of(arguments[i]), tools, fields);
    const double other = time_of_tesseract(arguments[i]);
    if (one <= 0 || other <= 0) {
      std::printf("%s: not a picture, or there is no program tesseract (package tesseract-ocr).\n",
                  arguments[i].c_str());
      return 1;
    }
    std::printf("page %zu: %zu fields, %.3f s; tesseract %.3f s; %.1f times\n", i - 1, fields, one, other,
                other / one);
    ours += one;
    theirs += other;
  }
  std::printf("all pages: %.3f s; tesseract %.3f s; %.1f times faster (aim: 5)\n", ours, theirs,
              theirs / ours);
  return 0;
}

}  // namespace
}  // namespace softbot::ocr

int main(int count, char** arguments) {
  if (count < 4) {
    std::printf("reading_time MODELS GEOMETRY.json PAGE.png...: processor seconds of one core\n");
    return 2;
  }
  setenv("OMP_THREAD_LIMIT", "1", 1);
  return softbot::ocr::measure(std::vector<std::string>(arguments + 1, arguments + count));
}
