// Measures the whole program and prints it, with what we aim at. See README.md.

#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "bench/observed.h"
#include "bench/offered_load.h"
#include "bench/raw_sqlite.h"
#include "support/crowd.h"

namespace softbot::bench {
namespace {

using tests::Daemon;

constexpr std::size_t residents = 4'500;
constexpr const char* wrk_seconds = "8s";
constexpr double raw_seconds = 5;
constexpr double step_seconds = 4;
constexpr double measured_seconds = 12;
constexpr std::size_t burst = 300;

/// Job threads of the daemon, when another number than the shipped one is measured.
std::string& job_threads() {
  static std::string number;
  return number;
}

/// Puts another number of job threads into these settings.
void set_job_threads(const std::filesystem::path& settings) {
  std::ifstream stream(settings);
  std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  const auto begin = text.find("\"threads\": ");
  if (begin == std::string::npos) throw std::runtime_error("softbot.json names no job threads");
  text.replace(begin, text.find(',', begin) - begin, "\"threads\": " + job_threads());
  std::ofstream(settings) << text;
}

/// A daemon with a crowd to ask for help, and caps that never end it.
struct Place {
  tests::TemporaryFolder folder;
  std::unique_ptr<Daemon> daemon;

  Place() {
    tests::write_register(folder.path() / "register.json", tests::crowd(residents));
    Daemon::Options options;
    options.config = tests::generous_configuration(folder.path() / "config", "0");
    if (!job_threads().empty()) set_job_threads(options.config);
    options.persons = folder.path() / "register.json";
    options.demo = false;
    daemon = std::make_unique<Daemon>(options);
    static_cast<void>(daemon->key());
  }
};

template <class... Values>
void print(const char* format, Values... values) {
  std::printf(format, values...);
  std::fflush(stdout);
}

void print_start(const Bodies& bodies) {
  std::ifstream load("/proc/loadavg");
  std::string now;
  std::getline(load, now);
  print("softbot bench: %u cores, load %s, bodies of %zu bytes\n\n", std::thread::hardware_concurrency(),
        now.c_str(), bodies.all().front().size());
}

struct Intake {
  double per_second = 0;
  double p50 = 0;
  double p99 = 0;
  double errors = 0;
  double accepted = 0;
};

/// The line that submit.lua prints at its end.
Intake intake_from(const std::string& output) {
  std::istringstream line(output.substr(std::min(output.find("result "), output.size())));
  std::string word;
  double requests = 0;
  double microseconds = 0;
  Intake intake;
  line >> word >> requests >> microseconds >> intake.errors >> intake.p50 >> intake.p99;
  if (!line || requests <= 0) throw std::runtime_error("wrk gave no result:\n" + output);
  intake.accepted = requests - intake.errors;
  intake.per_second = intake.accepted / (microseconds / 1e6);
  intake.p50 /= 1000;
  intake.p99 /= 1000;
  return intake;
}

Intake run_wrk(Place& place, const Bodies& bodies) {
  const auto file = place.folder.path() / "bodies";
  std::ofstream stream(file);
  for (const std::string& body : bodies.all()) stream << body << '\n';
  stream.close();
  return intake_from(
      tests::run({"/usr/bin/wrk", "-t1", "-c64", std::string("-d") + wrk_seconds, "--latency", "-s",
                  std::string(SOFTBOT_SOURCE_DIR) + "/tests/bench/submit.lua",
                  place.daemon->url() + "/api/v1/submissions", "--", file.string(), place.daemon->key()})
          .output);
}

/// Durable intake, while the bot works on what came in, beside what SQLite alone does.
void measure_intake(const Bodies& bodies) {
  Place place;
  const double commits_before = metric(*place.daemon, "softbot_store_commits");
  const Intake intake = run_wrk(place, bodies);
  const double commits = metric(*place.daemon, "softbot_store_commits") - commits_before;
  const double memory = peak_megabytes(*place.daemon);
  place.daemon->kill();
  const auto batch =
      static_cast<std::size_t>(std::max(1.0, std::round(intake.accepted / std::max(1.0, commits))));
  const RawResult raw =
      measure_raw(place.daemon->data() / "softbot.db", place.folder.path() / "raw", batch, raw_seconds);
  print(
      "intake (wrk, 64 connections)   %8.0f durable submissions/s   p50 %.1f ms   p99 %.1f ms   %.0f "
      "errors\n",
      intake.per_second, intake.p50, intake.p99, intake.errors);
  print(
      "raw SQLite, same rows          %8.0f submissions/s           %.1f rows, %.0f bytes each, %zu in a "
      "commit\n",
      raw.submissions_per_second, raw.rows_per_submission, raw.bytes_per_submission, batch);
  print("ratio                          %8.2f                         aim: 0.25\n",
        intake.per_second / raw.submissions_per_second);
  print("peak memory, flooded           %8.0f MB                      aim: under 300 MB\n\n", memory);
}

/// Whether the backlog stays as it is at this rate.
bool keeps_up(Daemon& daemon, Bodies& bodies, double rate) {
  const auto half = static_cast<std::size_t>(rate * step_seconds / 2);
  const Offered first = offer(daemon, bodies.take(half), rate);
  const double middle = metric(daemon, "softbot_jobs_waiting");
  const Offered second = offer(daemon, bodies.take(half), rate);
  const double end = metric(daemon, "softbot_jobs_waiting");
  const bool sent = first.references.size() + second.references.size() == 2 * half && half > 0;
  // A few jobs are always under way; a backlog is more than what half a second brings in, and growing.
  const bool grows = end > std::max(12.0, rate * 3) && end > middle;
  print("  offered %6.0f/s: backlog %5.0f, then %5.0f jobs -> %s\n", rate, middle, end,
        sent && !grows ? "keeps up" : "grows");
  if (!drained(daemon, 30)) throw std::runtime_error("the backlog does not drain within 30 seconds");
  return sent && !grows;
}

double highest_rate(Daemon& daemon, Bodies& bodies) {
  double good = 0;
  double bad = 0;
  for (double rate = 4; bad == 0 && rate <= 256; rate *= 2)
    (keeps_up(daemon, bodies, rate) ? good : bad) = rate;
  for (int step = 0; step < 3 && good > 0 && bad > 0; ++step) {
    const double rate = std::round((good + bad) / 2);
    if (rate == good || rate == bad) break;
    (keeps_up(daemon, bodies, rate) ? good : bad) = rate;
  }
  return good;
}

void measure_processing(Bodies& bodies) {
  Place place;
  Daemon& daemon = *place.daemon;
  static_cast<void>(offer(daemon, bodies.take(10), 5));  // wakes everything up
  static_cast<void>(drained(daemon, 30));

  const auto begin = std::chrono::steady_clock::now();
  const Offered flood = offer(daemon, bodies.take(burst), 0);
  if (!drained(daemon, 60)) throw std::runtime_error("the burst is not done within a minute");
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const Times of_burst = times_of(daemon, flood.references);
  print(
      "decisions                      %8.1f /s                      %zu in a burst, letters and orders "
      "included\n",
      static_cast<double>(of_burst.to_decision.size()) / seconds, of_burst.to_decision.size());

  const double rate = highest_rate(daemon, bodies);
  print("highest rate that keeps up     %8.0f submissions/s\n", rate);
  const double half = std::max(1.0, rate / 2);
  const Offered calm = offer(daemon, bodies.take(static_cast<std::size_t>(half * measured_seconds)), half);
  static_cast<void>(drained(daemon, 30));
  const Times times = times_of(daemon, calm.references);
  print("at half of it, %5.0f/s: %zu applications, %zu not decided by the bot\n", half,
        times.to_decision.size(), times.others);
  print("  time to decision             p50 %.0f ms   p99 %.0f ms         aim: p99 within 100 ms\n",
        percentile(times.to_decision, 0.5), percentile(times.to_decision, 0.99));
  print("  time to letter               p50 %.0f ms   p99 %.0f ms\n", percentile(times.to_letter, 0.5),
        percentile(times.to_letter, 0.99));
  print("peak memory, working           %8.0f MB                      aim: under 300 MB\n",
        peak_megabytes(daemon));
}

}  // namespace
}  // namespace softbot::bench

// intake_bench [JOB_THREADS]
int main(int count, char** values) {
  try {
    if (count > 1) softbot::bench::job_threads() = values[1];
    softbot::bench::Bodies bodies(softbot::bench::residents);
    softbot::bench::print_start(bodies);
    softbot::bench::measure_intake(bodies);
    softbot::bench::measure_processing(bodies);
  } catch (const std::exception& problem) {
    std::cerr << "bench: " << problem.what() << '\n';
    return 1;
  }
  return 0;
}
