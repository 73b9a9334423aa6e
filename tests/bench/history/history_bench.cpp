#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "bench/history/fill_store.h"
#include "domain/json.h"
#include "policy/versions.h"
#include "support/daemon.h"
#include "support/process.h"

// How long it takes to try one changed parameter on a long history, and what memory it needs.
namespace {

namespace fs = std::filesystem;
using namespace softbot;
using Seconds = std::chrono::duration<double>;

constexpr std::uint64_t seed = 20'261'127;
constexpr std::int64_t whole_history = 1'000'000;
constexpr int number_of_tries = 3;    // machines are noisy
constexpr double limit_seconds = 60;  // for a million cases on two cores

double since(std::chrono::steady_clock::time_point start) {
  return Seconds(std::chrono::steady_clock::now() - start).count();
}

double file_megabytes(const fs::path& folder) {
  double bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
  return bytes / 1e6;
}

double processor_seconds(const rusage& used) {
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

std::string load_of_the_machine() {
  std::ifstream file("/proc/loadavg");
  std::string load;
  file >> load;
  return load;
}

void write_draft(const fs::path& folder, ConfigurationFiles files) {
  auto& parameters = files.at("parameters.json");
  const std::string before = R"("value": 65})";  // householdHelpMinimumAge
  const auto at = parameters.find(before);
  if (at == std::string::npos) throw std::runtime_error("the parameter has another value now");
  parameters.replace(at, before.size(), R"("value": 70})");
  files.erase("household-help.examples.json");  // the examples of the old age say that it is wrong
  fs::create_directories(folder);
  for (const auto& [name, text] : files) std::ofstream(folder / name, std::ios::binary) << text;
}

/// `tells`: also what the try found.
double seconds_of_a_try(const fs::path& draft, const fs::path& data, std::int64_t cases, bool tells) {
  rusage before{};
  getrusage(RUSAGE_CHILDREN, &before);
  const auto start = std::chrono::steady_clock::now();
  const auto ended =
      tests::run({tests::softbot_program(), "simulate", "--draft", draft.string(), "--data", data.string()});
  const double seconds = since(start);
  if (ended.status != 0) throw std::runtime_error(ended.output);
  rusage after{};
  getrusage(RUSAGE_CHILDREN, &after);
  const double worked = processor_seconds(after) - processor_seconds(before);
  const auto counts = ended.output.find("before: ");
  if (tells)
    std::cout << ended.output.substr(0, ended.output.find('\n', ended.output.find("after: ", counts)) + 1);
  std::cout << "one parameter changed, tried on them: " << seconds << " s, " << worked
            << " s of processor time (" << worked * 1e6 / static_cast<double>(cases)
            << " us a case); load of the machine after it " << load_of_the_machine() << std::endl;
  return seconds;
}

int measure(std::int64_t cases) {
  const tests::TemporaryFolder folder;
  const fs::path data = folder.path() / "data";
  const fs::path draft = folder.path() / "draft";
  auto files =
      read_configuration_folder(fs::path(SOFTBOT_SOURCE_DIR) / "config/policy/default", {".dmn", ".json"});
  if (!files) throw std::runtime_error(files.error().message);
  write_draft(draft, *files);
  const auto start = std::chrono::steady_clock::now();
  bench::fill_store(data, *files, cases, seed);
  std::cout << std::fixed << std::setprecision(1) << cases << " cases of seed " << seed << " made in "
            << since(start) << " s, " << file_megabytes(data)
            << " MB\nload of the machine before the try: " << load_of_the_machine() << std::endl;
  std::vector<double> tries;
  for (int i = 0; i < number_of_tries; ++i) tries.push_back(seconds_of_a_try(draft, data, cases, i == 0));
  std::sort(tries.begin(), tries.end());
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  const double limit = limit_seconds * static_cast<double>(cases) / whole_history;
  std::cout << "peak memory " << static_cast<double>(used.ru_maxrss) / 1024 << " MB\n"
            << std::setprecision(2)
            << "against the limit of 60 s for a million: " << tries[tries.size() / 2] / limit
            << " times in the middle try, " << tries.front() / limit << " in the fastest\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::int64_t cases = whole_history;
  if (argc > 1) {
    const std::string_view text = argv[1];
    const auto read = std::from_chars(text.data(), text.data() + text.size(), cases);
    if (read.ec != std::errc() || cases < 1) {
      std::cerr << "history_bench [NUMBER OF CASES]\n";
      return 2;
    }
  }
  try {
    return measure(cases);
  } catch (const std::exception& failure) {
    std::cerr << "history_bench: " << failure.what() << '\n';
    return 1;
  }
}
